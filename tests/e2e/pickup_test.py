# SPDX-License-Identifier: Apache-2.0
"""What rings at a colleague's telephone is picked up by a code that another one dials."""

import unittest

from baresip import Neighborhood
from harness import main
from sound import silence, tone

CONFIG = """
[center]
pickup_code = "*8"
[voice]
synthesizer = "none"
[[queue]]
name = "service"
wrap_up = "200ms"
offer_time = "1min"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service"]
[[agent]]
id = "1002"
password = "hill-side"
queues = ["service"]
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
"""


class PickupTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        neighborhood = Neighborhood(cls)
        cls.center = neighborhood.serve(CONFIG)
        cls.server = cls.center.server
        cls.colleague = neighborhood.agent(cls.center, "1001", "river-bank", silence(1) + tone(660, 60))
        cls.agent = neighborhood.agent(cls.center, "1002", "hill-side", silence(1) + tone(880, 60))
        cls.customer = neighborhood.phone("customer", "<sip:+8613800000002@customer.example>;regint=0",
                                          silence(1) + tone(440, 60))

    def test_the_code_has_what_rings_and_nothing_where_nothing_does(self):
        self.agent.command("dial", f"sip:*8@{self.server}")
        self.assertIn("404", self.agent.event("CALL_CLOSED")["param"])
        self.customer.command("dial", f"sip:*8@{self.server}")
        self.assertIn("603", self.customer.event("CALL_CLOSED")["param"])

        self.customer.command("dial", f"sip:8002@{self.server}")
        contact = self.center.contact(to=f"sip:8002@{self.server}")
        self.colleague.event("CALL_INCOMING")
        self.agent.command("dial", f"sip:*8@{self.server}")

        self.center.journal.wait("contact.connected", contact, agent="1002")
        self.colleague.event("CALL_CLOSED")
        self.customer.command("sndcode", "7")
        self.agent.event("CALL_DTMF_START", param="7")
        self.customer.command("hangup")
        closed = self.center.closed(contact)
        self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1002"))


if __name__ == "__main__":
    main()
