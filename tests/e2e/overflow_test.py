# SPDX-License-Identifier: Apache-2.0
"""Where callers go who get no agent: what they hear over SIP, and where the journal says that they went."""

import unittest

from harness import main, need, serve
from sip_peer import Telephone
from sound import write_prompt

CONFIG = """
[voice]
folders = ["prompts"]
[[hours]]
name = "never"
open = ["Mon-Sun 00:00-24:00"]
holidays = ["2000-01-01/2099-12-31"]
[[queue]]
name = "narrow"
limit = 1
[[queue.overflow]]
when = "full"
queue = "wide"
[[queue]]
name = "wide"
[[queue.overflow]]
when = "waited"
after = "1s"
mailbox = "messages"
[[queue]]
name = "deserted"
[[queue.overflow]]
when = "nobody"
prompt = "sorry"
[[queue]]
name = "shut"
hours = "never"
[[queue.overflow]]
when = "closed"
closed = "sorry"
[[mailbox]]
name = "messages"
greeting = "tone"
review = false
[[agent]]
id = "1001"
password = "river-bank"
queues = ["deserted"]
[[number]]
dial = "8001"
flow = "queue"
queue = "narrow"
[[number]]
dial = "8002"
flow = "queue"
queue = "deserted"
[[number]]
dial = "8003"
flow = "queue"
queue = "shut"
"""
SORRY = "expect tone 880 within 20s; expect hangup within 20s\n"


def prompts(folder):
    write_prompt(folder, 1, "tone", 600)
    write_prompt(folder, 1, "sorry", 880)


class OverflowTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG, prepare=prompts)

    def call(self, number, script, name):
        caller = f"sip:{name}@127.0.0.1"
        program = self.center.call(number, script, caller, name)
        return program, self.center.contact(**{"from": caller})

    def went(self, contact, **where):
        self.center.journal.wait("contact.overflowed", contact, **where)

    def test_a_full_queue_leads_to_another_and_after_a_while_there_to_a_mailbox(self):
        need("espeak-ng")  # the words of thanks
        self.call("8001", "wait 60s\n", "first")
        self.center.journal.wait("contact.queued", queue="narrow")

        second, contact = self.call("8001", "expect tone 600 within 20s; expect tone 1000 within 20s; tone 700 3s; hang up\n", "second")

        self.went(contact, queue="narrow", when="full", to="queue", target="wide")
        self.went(contact, queue="wide", when="waited", to="mailbox", target="messages")
        second.succeed()
        self.center.journal.wait("voicemail.left", contact, mailbox="messages")

    def test_where_nobody_is_logged_in_a_prompt_is_said_and_so_when_the_last_agent_goes(self):
        early, contact = self.call("8002", SORRY, "early")
        self.went(contact, queue="deserted", when="nobody", to="prompt")
        early.succeed()

        phone = Telephone(self.center, "1001", "river-bank")
        self.addCleanup(phone.close)
        phone.register()
        self.center.journal.wait("agent.state", "1001", state="ready")
        late, contact = self.call("8002", SORRY, "late")
        phone.told("INVITE", "486 Busy Here")
        self.center.journal.wait("agent.state", "1001", state="not_ready", before="reserved")
        phone.id += "-again"  # another dialog, and not the same request once more
        phone.register(0)

        self.went(contact, queue="deserted", when="nobody", to="prompt")
        late.succeed()
        left = self.center.journal.wait("contact.left_queue", contact)["data"]
        self.assertEqual(left["result"], "nobody")
        self.assertGreater(left["waited"], 0)

    def test_who_calls_a_closed_queue_hears_so_and_the_call_ends_as_closed(self):
        caller, contact = self.call("8003", SORRY, "anna")

        self.went(contact, queue="shut", when="closed", to="closed", target="sorry")
        caller.succeed()
        self.assertEqual(self.center.closed(contact)["outcome"], "closed")


if __name__ == "__main__":
    main()
