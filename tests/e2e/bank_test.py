# SPDX-License-Identifier: Apache-2.0
"""The bank of the examples, by its command, scripted telephones and what is left afterwards."""

import json
import sqlite3
import unittest
from datetime import datetime

from harness import main, need, serve
from sound import read_wav

CONFIG = """
[log]
level = "debug"
[voice]
folders = ["@EXAMPLES@/music", "@EXAMPLES@/bank/prompts"]
[[queue]]
name = "service"
music = "music"
position = "position"
wrap_up = "500ms"
[[agent]]
id = "1001"
name = "Wang Fang"
password = "river-bank"
queues = ["service"]
[[number]]
dial = "6000"
flow = "bank"
queue = "service"
database = "@DATA@/bank.db"
script = "@EXAMPLES@/bank/bank.sql"
rules = "@EXAMPLES@/bank/priority.dmn"
record = true
"""
ANNA, ZHANG_WEI = "sip:+8613800000002@127.0.0.1", "sip:+8613800000003@127.0.0.1"

BALANCE = """
expect voice within 60s
tone 900 500ms              # while the PIN is asked for: nothing of it is recorded
digits 4711
wait 1s                     # the PIN is checked
expect voice within 60s
tone 1200 500ms
digits 1
expect voice within 60s
wait 3s
digits 9
expect hangup within 60s
"""
PERSON_WITHOUT_PIN = """
expect voice within 60s
digits 0#
expect tone 1850 within 120s
tone 1450 1s
wait 1s
hang up
"""
PERSON_WITH_PIN = """
expect voice within 60s
digits 8888
wait 1s
digits 0
expect tone 1850 within 120s
tone 1450 1s
wait 1s
hang up
"""
AGENT = """
ring 300ms
answer
wait 1s
tone 1850 1s
expect hangup within 60s
"""


def seconds_between(first, second):
    return (datetime.fromisoformat(second["at"]) - datetime.fromisoformat(first["at"])).total_seconds()


class BankTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("espeak-ng")
        cls.center = serve(cls, CONFIG)
        cls.journal = cls.center.journal

        # Anna Weber settles something alone. Then she waits for a person, and Zhang Wei after her.
        self_service = cls.center.call("6000", BALANCE, ANNA, "anna_alone")
        cls.alone = cls.center.contact(**{"from": ANNA})
        cls.center.closed(cls.alone, limit=120)
        self_service.succeed()
        callers = [cls.center.call("6000", PERSON_WITHOUT_PIN, ANNA, "anna_waits")]
        cls.anna = cls.journal.wait("contact.queued", limit=120)["subject"]
        callers.append(cls.center.call("6000", PERSON_WITH_PIN, ZHANG_WEI, "zhang_wei"))
        cls.vip = cls.center.contact(**{"from": ZHANG_WEI})
        cls.journal.wait("contact.queued", cls.vip, limit=120)
        phone = cls.center.phone("1001", "river-bank", AGENT, options=["--calls", "2"])
        for contact in (cls.vip, cls.anna):
            cls.center.closed(contact, limit=120)
        for program in (*callers, phone):
            program.succeed()

    def entry(self, kind, contact):
        return self.journal.wait(kind, contact)

    def record(self, contact):
        with sqlite3.connect(f"file:{self.center.data}/center.db?mode=ro", uri=True) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute("SELECT * FROM contact WHERE id = ?", (contact,)).fetchone())

    def recording(self, contact):
        return read_wav(self.center.closed(contact)["recordings"][0])

    def test_a_customer_settles_her_matter_alone(self):
        closed = self.center.closed(self.alone)
        self.assertEqual((closed["outcome"], closed["agent"], closed["error"]), ("self_served", "", ""))
        self.assertEqual(self.entry("contact.identified", self.alone)["data"]["name"], "Anna Weber")
        verified = [entry["data"]["verification"] for entry in self.center.of(self.alone, "contact.verified")]
        self.assertEqual(verified, ["number", "pin"])
        self.assertEqual(self.entry("contact.settled", self.alone)["data"]["what"], "balance told")

    def test_the_record_of_a_contact_is_kept(self):
        alone, waited = self.record(self.alone), self.record(self.anna)
        self.assertEqual((alone["outcome"], alone["agent"], alone["queue"]), ("self_served", "", ""))
        self.assertEqual(json.loads(alone["attributes"])["asked_for"], "balance")
        self.assertEqual((waited["outcome"], waited["agent"], waited["queue"], waited["reason"]),
                         ("served", "1001", "service", "asked for a person"))
        self.assertEqual(alone["customer"], waited["customer"])
        self.assertGreater(waited["waited"], 0)
        self.assertGreater(waited["talked"], 1_000_000)
        self.assertEqual(json.loads(waited["recordings"]), self.center.closed(self.anna)["recordings"])

    def test_a_vip_goes_ahead_of_the_queue(self):
        queued = {contact: self.entry("contact.queued", contact)["data"] for contact in (self.anna, self.vip)}
        self.assertEqual([queued[contact]["priority"] for contact in (self.anna, self.vip)], [0, 30])
        self.assertEqual([queued[contact]["position"] for contact in (self.anna, self.vip)], [1, 1])
        offered = [entry["subject"] for entry in self.journal.entries if entry["type"] == "contact.offered"]
        self.assertEqual(offered, [self.vip, self.anna])

    def test_the_agent_sees_who_calls_and_why(self):
        pop = self.entry("contact.offered", self.vip)["data"]["pop"]
        self.assertEqual((pop["name"], pop["reason"], pop["language"], pop["verification"]),
                         ("张伟 Zhang Wei", "asked for a person", "zh", "pin"))
        self.assertEqual(pop["collected"], {"account": "62220003", "segment": "vip"})
        self.assertEqual(pop["indicators"], {"segment": "vip"})
        self.assertEqual(pop["history"], [])

        pop = self.entry("contact.offered", self.anna)["data"]["pop"]
        self.assertEqual((pop["name"], pop["verification"]), ("Anna Weber", "number"))
        self.assertEqual([past["outcome"] for past in pop["history"]], ["self_served"])
        self.assertGreater(pop["waited"], 0)

    def test_the_agents_states_follow_the_work(self):
        states = [entry["data"]["state"] for entry in self.journal.entries if entry["type"] == "agent.state"]
        work = ["ready", "reserved", "busy", "wrap_up"]
        self.assertEqual(states[states.index("ready"):][:7], (work + work)[:7])

    def test_both_voices_are_in_the_recording(self):
        for contact in (self.vip, self.anna):
            caller, heard = self.recording(contact)
            agents, callers = heard.tones(1850), caller.tones(1450)
            self.assertEqual((len(agents), len(callers)), (1, 1))
            self.assertEqual((caller.tones(1850), heard.tones(1450)), ([], []))
            for begin, end in (*agents, *callers):
                self.assertAlmostEqual(end - begin, 1.0, delta=0.15)
            self.assertGreater(callers[0][0], agents[0][0])

    def test_nothing_of_the_pin_is_recorded(self):
        began = self.entry("recording.started", self.alone)
        paused, resumed = self.center.of(self.alone, "recording.paused")
        self.assertEqual((paused["data"]["paused"], resumed["data"]["paused"]), (True, False))
        first, last = seconds_between(began, paused) + 0.2, seconds_between(began, resumed) - 0.2
        self.assertGreater(last - first, 0.5)

        caller, heard = self.recording(self.alone)
        for track in (caller, heard):
            self.assertLess(track.level(first, last), 10)
            self.assertGreater(track.level(last + 0.4), 100)
        self.assertEqual(caller.tones(900), [])
        self.assertEqual(len(caller.tones(1200)), 1)
        finished = self.entry("recording.finished", self.alone)["data"]
        self.assertAlmostEqual(finished["paused"], last - first + 0.4, delta=0.3)
        self.assertAlmostEqual(finished["length"], caller.seconds, delta=0.05)

    def test_the_pin_is_written_nowhere(self):
        said = [value for entry in self.center.show() for value in entry["data"].values() if isinstance(value, str)]
        said += [line.split(" ", 2)[-1] for line in self.center.log.splitlines()]
        for pin in ("4711", "8888"):
            self.assertEqual([text for text in said if pin in text and "driver_id" not in text and "/" not in text], [])


if __name__ == "__main__":
    main()
