# SPDX-License-Identifier: Apache-2.0
"""A real telephone subscribes to its mailbox: its lamp follows, and it hears the messages without a PIN."""

import unittest

from baresip import Neighborhood
from harness import main, need, wait_until
from sound import silence

CONFIG = """
[[mailbox]]
name = "sales"
phone = "sip:1001"
silence = "1s"
shortest = "500ms"
review = false
[[agent]]
id = "1001"
password = "river-bank"
[[number]]
dial = "7001"
flow = "voicemail"
mailbox = "sales"
[[number]]
dial = "7002"
flow = "mailbox"
mailbox = "sales"
"""


class MessageWaitingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("espeak-ng")
        neighborhood = Neighborhood(cls, modules=("mwi.so",))
        cls.center = neighborhood.serve(CONFIG)
        server = cls.center.server
        cls.owner = neighborhood.phone("owner", f"<sip:1001@{server}>;auth_pass=river-bank;regint=60;mwi=yes",
                                       silence(120), more="module_app mwi.so")
        cls.stranger = neighborhood.phone("stranger", "<sip:+8613800000002@stranger.example>;regint=0", silence(120))

    def lamp(self, words):
        wait_until(lambda: words in self.owner.text, f"a lamp that tells {words}")

    def test_the_lamp_follows_and_only_the_owners_telephone_hears_the_messages(self):
        self.lamp("Messages-Waiting: no")

        self.stranger.command("dial", f"sip:7001@{self.center.server}")
        left = self.center.journal.wait("voicemail.left")
        self.lamp("Voice-Message: 1/0")

        asked = len(self.center.journal.entries)
        self.stranger.command("dial", f"sip:7002@{self.center.server}")
        wait_until(lambda: "somebody else wanted to hear a mailbox" in self.center.log, "a stranger who is refused")
        self.assertFalse([entry for entry in self.center.journal.entries[asked:] if entry["type"] == "voicemail.heard"])

        self.owner.command("dial", f"sip:7002@{self.center.server}")
        self.center.journal.wait("voicemail.heard", message=left["data"]["message"])
        self.lamp("Voice-Message: 0/1")


if __name__ == "__main__":
    main()
