# SPDX-License-Identifier: Apache-2.0
"""The delivery service of the examples: a good waybill is told about, a doubtful one goes to a person."""

import unittest

from harness import main, need, serve
from sound import read_wav

CONFIG = """
[voice]
folders = ["@EXAMPLES@/music", "@EXAMPLES@/delivery/prompts"]
[[queue]]
name = "shipments"
music = "music"
record = true
wrap_up = "500ms"
[[agent]]
id = "2001"
password = "swift-air"
queues = ["shipments"]
[[number]]
dial = "7000"
flow = "delivery"
queue = "shipments"
database = "@DATA@/delivery.db"
script = "@EXAMPLES@/delivery/delivery.sql"
"""
GOOD_CALLER, DOUBTFUL_CALLER = "sip:+8613900000001@127.0.0.1", "sip:+8613900000002@127.0.0.1"
GOOD = """
expect voice within 60s
digits 1                    # English
wait 1s
digits 78412345675
wait 2s
digits 9
expect hangup within 60s
"""
DOUBTFUL = """
expect voice within 60s
digits 2                    # Chinese
wait 1s
digits 78412345674
wait 2s
digits 78412345674
expect tone 1850 within 120s
tone 1450 800ms
wait 500ms
hang up
"""
AGENT = """
ring 200ms
answer
wait 1s
tone 1850 800ms
expect hangup within 60s
"""


class DeliveryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("espeak-ng")
        cls.center = serve(cls, CONFIG)

        agent = cls.center.phone("2001", "swift-air", AGENT, options=["--calls", "1"])
        programs = [agent, cls.center.call("7000", GOOD, GOOD_CALLER, "good"),
                    cls.center.call("7000", DOUBTFUL, DOUBTFUL_CALLER, "doubtful")]
        cls.good, cls.doubtful = [cls.center.contact(**{"from": caller}) for caller in (GOOD_CALLER, DOUBTFUL_CALLER)]
        for program in programs:
            program.succeed(limit=180)

    def collected(self, contact):
        return {entry["data"]["key"]: entry["data"]["value"] for entry in self.center.of(contact, "contact.collected")}

    def test_a_good_waybill_is_told_about(self):
        contact, closed = self.good, self.center.closed(self.good)
        self.assertEqual((closed["outcome"], closed["error"]), ("self_served", ""))
        settled = self.center.journal.wait("contact.settled", contact)["data"]["what"]
        self.assertEqual(settled, "status told: travelling")
        self.assertEqual(self.collected(contact)["waybill"], "78412345675")

    def test_a_doubtful_waybill_goes_to_a_person_who_sees_why(self):
        contact, closed = self.doubtful, self.center.closed(self.doubtful)
        self.assertEqual((closed["outcome"], closed["agent"], closed["queue"]), ("served", "2001", "shipments"))
        pop = self.center.journal.wait("contact.offered", contact)["data"]["pop"]
        self.assertEqual(pop["reason"], "waybill 78412345674 ends in 4 where 5 was expected")
        self.assertEqual(pop["collected"]["waybill"], "78412345674")
        self.assertEqual(pop["collected"]["doubt"], "ends in 4 where 5 was expected")
        self.assertEqual(pop["language"], "zh")
        caller, heard = read_wav(closed["recordings"][0])
        self.assertTrue(caller.tones(1450) and heard.tones(1850))


if __name__ == "__main__":
    main()
