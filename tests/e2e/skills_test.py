# SPDX-License-Identifier: Apache-2.0
"""Which telephone rings: that of the agent with the skills the queue asks for, and after a while anybody's."""

import unittest

from baresip import Neighborhood
from harness import main
from sound import silence, tone

CONFIG = """
[voice]
synthesizer = "none"
[[queue]]
name = "service"
wrap_up = "200ms"
offer_time = "1min"
requirement = "zh >= 2"
relaxed = [{ after = "2s" }]
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service"]
[[agent]]
id = "1002"
password = "hill-side"
queues = ["service"]
skills = { zh = 3 }
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
"""


class SkillsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.neighborhood = Neighborhood(cls)
        cls.center = cls.neighborhood.serve(CONFIG)
        cls.server = cls.center.server
        cls.neighborhood.agent(cls.center, "1001", "river-bank", silence(1) + tone(660, 60))
        cls.skilled = cls.neighborhood.agent(cls.center, "1002", "hill-side", silence(1) + tone(880, 60))

    def call(self, name):
        account = f"<sip:{name}@customer.example>;regint=0"
        phone = self.neighborhood.phone(name, account, silence(1) + tone(440, 60))
        phone.command("dial", f"sip:8002@{self.server}")
        return self.center.contact(**{"from": f"sip:{name}@customer.example"})

    def test_the_skilled_agent_first_and_anybody_once_the_requirement_is_relaxed(self):
        first = self.call("li")
        self.skilled.event("CALL_INCOMING")
        assigned = self.center.journal.wait("contact.assigned", first, agent="1002")["data"]
        self.assertEqual((assigned["agents"], assigned["qualified"], assigned["step"]), (2, 1, 0))
        self.skilled.command("accept")
        self.center.journal.wait("contact.connected", first, agent="1002")

        second = self.call("wang")

        assigned = self.center.journal.wait("contact.assigned", second, agent="1001")["data"]
        self.assertEqual((assigned["qualified"], assigned["step"]), (2, 1))
        told = self.center.explain(second)
        self.assertIn("1002 has something in hand", told)
        self.assertIn("1001 lacks a skill: zh is 0, needs 2", told)
        self.assertIn("is offered to 1001", told)
        self.assertIn("1001 缺少技能", self.center.explain(second, "zh"))


if __name__ == "__main__":
    main()
