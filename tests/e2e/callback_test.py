# SPDX-License-Identifier: Apache-2.0
"""Customers who would rather be called back than wait: agent first and customer first, and after a crash."""

import signal
import unittest

from baresip import Neighborhood
from harness import main, need
from sound import silence, tone

CONFIG = """
[[queue]]
name = "service"
wrap_up = "200ms"
[queue.callback]
key = "1"
confirm = false
[[queue]]
name = "sales"
wrap_up = "200ms"
[queue.callback]
key = "1"
confirm = false
first = "customer"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service", "sales"]
[[agent]]
id = "2001"
password = "far-away"
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
[[number]]
dial = "8003"
flow = "queue"
queue = "sales"
"""


class CallbackTest(unittest.TestCase):
    def setUp(self):
        need("espeak-ng")
        neighborhood = Neighborhood(self)
        self.center = neighborhood.serve(CONFIG)
        self.neighborhood = neighborhood
        self.customer = neighborhood.agent(self.center, "2001", "far-away", silence(1) + tone(440, 60))

    def asks(self, number):
        """Presses the key and hangs up; the contact that waits in her place."""
        self.customer.command("dial", f"sip:{number}@{self.center.server}")
        caller = self.center.contact(to=f"sip:{number}@{self.center.server}")
        self.center.journal.wait("contact.queued", caller)
        self.customer.command("sndcode", "1")
        asked = self.center.journal.wait("contact.callback", caller=caller)
        self.center.closed(caller)
        self.assertEqual(self.center.closed(caller)["outcome"], "self_served")
        self.center.journal.wait("contact.left_queue", caller, result="callback")
        self.customer.events.clear()
        return asked["subject"]

    def agent_comes(self):
        self.agent = self.neighborhood.agent(self.center, "1001", "river-bank", silence(1) + tone(880, 60))

    def answers(self, phone):
        """It may have rung before there was anybody who could be told of it."""
        phone.line("Incoming call")
        phone.command("accept")

    def talk(self, contact):
        """Both hear each other, to the end of it."""
        self.center.journal.wait("contact.connected", contact, agent="1001")
        self.customer.command("sndcode", "7")
        self.agent.event("CALL_DTMF_START", param="7")
        self.agent.command("sndcode", "8")
        self.customer.event("CALL_DTMF_START", param="8")
        self.agent.command("hangup")
        closed = self.center.closed(contact)
        self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
        self.customer.event("CALL_CLOSED")

    def test_the_agent_answers_and_then_the_customer(self):
        contact = self.asks("8002")
        self.agent_comes()
        self.answers(self.agent)
        self.answers(self.customer)
        self.talk(contact)

    def test_the_customer_answers_and_then_the_agent(self):
        contact = self.asks("8003")
        self.agent_comes()
        self.answers(self.customer)
        self.center.journal.wait("contact.called_back", contact, result="answered")
        self.answers(self.agent)
        self.talk(contact)

    def test_a_promise_is_kept_after_a_crash(self):
        contact = self.asks("8002")
        self.center.end_process(signal.SIGKILL)
        self.center.start()
        self.center.journal.wait("contact.resumed", contact, queue="service")
        self.agent_comes()
        self.answers(self.agent)
        self.answers(self.customer)
        self.talk(contact)


if __name__ == "__main__":
    main()
