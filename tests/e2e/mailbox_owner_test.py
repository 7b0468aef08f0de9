# SPDX-License-Identifier: Apache-2.0
"""The telephone of a mailbox's owner hears the messages without a PIN, and nobody else does."""

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


class MailboxOwnerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("espeak-ng")
        neighborhood = Neighborhood(cls)
        cls.center = neighborhood.serve(CONFIG)
        server = cls.center.server
        cls.owner = neighborhood.phone("owner", f"<sip:1001@{server}>;auth_pass=river-bank;regint=60", silence(120))
        cls.stranger = neighborhood.phone("stranger", "<sip:+8613800000002@stranger.example>;regint=0", silence(120))

    def test_only_the_owners_telephone_hears_the_messages(self):
        wait_until(lambda: "200 OK" in self.owner.text, "the owner's telephone to register")
        self.stranger.command("dial", f"sip:7001@{self.center.server}")
        left = self.center.journal.wait("voicemail.left")
        asked = len(self.center.journal.entries)
        self.stranger.command("dial", f"sip:7002@{self.center.server}")
        wait_until(lambda: "somebody else wanted to hear a mailbox" in self.center.log, "a stranger who is refused")
        self.assertFalse([entry for entry in self.center.journal.entries[asked:] if entry["type"] == "voicemail.heard"])

        self.owner.command("dial", f"sip:7002@{self.center.server}")
        self.center.journal.wait("voicemail.heard", message=left["data"]["message"])


if __name__ == "__main__":
    main()
