# SPDX-License-Identifier: Apache-2.0
"""Messages of real callers: taken where nobody is there, and heard over HTTP by those whom they concern."""

import json
import unittest
import urllib.error
import urllib.request

from harness import main, need, serve
from sound import read_wav, write_prompt

CONFIG = """
[web]
port = 0
[voice]
folders = ["prompts"]
[[hours]]
name = "always"
open = ["Mon-Sun 00:00-24:00"]
[[hours]]
name = "never"
open = ["Mon-Sun 00:00-24:00"]
holidays = ["2000-01-01/2099-12-31"]
[[queue]]
name = "service"
[[agent]]
id = "1001"
queues = ["service"]
[[agent]]
id = "1002"
[[mailbox]]
name = "anna"
phone = "sip:1001"
greeting = "tone"
review = false
[[number]]
dial = "8001"
hours = "always"
closed_mailbox = "anna"
flow = "ivr"
prompt = "menu"
[[number]]
dial = "8002"
hours = "never"
closed_mailbox = "anna"
flow = "ivr"
prompt = "menu"
[[user]]
name = "anna"
role = "agent"
agent = "1001"
token = "anna-token"
[[user]]
name = "bert"
role = "agent"
agent = "1002"
token = "bert-token"
[[user]]
name = "chief"
role = "supervisor"
queues = ["service"]
token = "chief-token"
"""


def prompts(folder):
    write_prompt(folder, 1, "tone", 600)
    write_prompt(folder, 4, "menu", 440)


class VoicemailTest(unittest.TestCase):
    def setUp(self):
        need("espeak-ng")  # the words of thanks
        self.center = serve(self, CONFIG, prepare=prompts)
        self.page = self.center.process.line(r"page on (http://[\d.:]+/)")[1]

    def leave_message(self):
        self.center.call("8002", "expect tone 600 within 20s; expect tone 1000 within 20s; tone 700 3s; hang up\n").succeed()
        return self.center.journal.wait("voicemail.left", mailbox="anna")

    def get(self, user, path):
        """Status and body."""
        request = urllib.request.Request(self.page + path, headers={"Authorization": f"Bearer {user}-token"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def test_who_calls_when_the_center_is_closed_leaves_a_message(self):
        left = self.leave_message()

        self.assertEqual(left["data"]["reason"], "called out of hours")
        self.assertGreater(left["data"]["length"], 2)
        self.assertTrue(read_wav(left["data"]["file"])[0].tones(700))
        self.assertEqual(self.center.closed(left["subject"])["outcome"], "self_served")

    def test_who_calls_when_the_center_is_open_gets_through(self):
        self.center.call("8001", "expect tone 440 within 20s; digits 5; wait 1s; hang up\n").succeed()

        contact = self.center.contact(to=f"sip:8001@{self.center.server}")
        self.center.closed(contact)
        self.assertEqual(self.center.of(contact, "voicemail."), [])
        self.center.journal.wait("contact.collected", contact, key="pressed", value="5")

    def test_a_message_is_heard_by_its_owner_and_her_supervisor_and_nobody_else_learns_of_it(self):
        left = self.leave_message()
        path = f"api/mailboxes/anna/messages/{left['data']['message']}/audio"

        for user in ("anna", "chief"):
            status, sound = self.get(user, path)
            self.assertEqual(status, 200, sound[:300])
            (self.center.folder / f"{user}.wav").write_bytes(sound)
            self.assertTrue(read_wav(self.center.folder / f"{user}.wav")[0].tones(700))
            [mailbox] = json.loads(self.get(user, "api/mailboxes")[1])
            self.assertEqual([message["id"] for message in mailbox["messages"]], [left["data"]["message"]])
        refused = self.get("bert", path)
        self.assertEqual(refused, (403, b"bert (agent) may hear the messages of own mailboxes only\n"))
        self.assertEqual(self.get("bert", "api/mailboxes/nobody/messages/nothing/audio"), refused)
        self.assertEqual(self.get("bert", "api/mailboxes"), (200, b"[]\n"))
        denied = self.center.journal.wait("recording.ledger", left["data"]["message"], by="bert")
        self.assertEqual(denied["data"]["kind"], "denied")


if __name__ == "__main__":
    main()
