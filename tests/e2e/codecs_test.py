# SPDX-License-Identifier: Apache-2.0
"""Real telephones that speak G.722 and Opus, with each other and with those that speak G.711."""

import unittest

from baresip import Neighborhood
from harness import SERVICE, main
from sound import read_wav, silence, tone

CONFIG = """
[sip]
codecs = ["pcma", "g722", "opus"]
[voice]
synthesizer = "none"
""" + SERVICE
WIDE = """
module g722.so
module opus.so
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
"""


class CodecsTest(unittest.TestCase):
    def setUp(self):
        self.neighborhood = Neighborhood(self, modules=("g722.so", "opus.so"))
        self.center = self.neighborhood.serve(CONFIG)

    def phone(self, name, hertz, account):
        return self.neighborhood.phone(name, account, silence(2) + tone(hertz, 60), WIDE)

    def assert_talk(self, customer_speaks, agent_speaks):
        agent = self.phone("agent", 660, f"<sip:1001@{self.center.server}>;auth_pass=river-bank;answermode=auto;regint=60;"
                                         f"audio_codecs={agent_speaks}")
        customer = self.phone("customer", 440, "<sip:+8613800000002@customer.example>;regint=0;"
                                               f"audio_codecs={customer_speaks}")
        self.center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{self.center.server}")
        contact = self.center.contact(to=f"sip:8002@{self.center.server}")
        self.center.journal.wait("contact.connected", contact, agent="1001")
        customer.command("sndcode", "7")
        agent.event("CALL_DTMF_START", param="7")
        self.center.recorded(contact, seconds=5)
        customer.command("hangup")

        closed = self.center.closed(contact)
        self.assertEqual((closed["outcome"], closed["cause"]), ("served", "normal"))
        left, right = read_wav(closed["recordings"][0])
        self.assert_hears(left, 440, 660)
        self.assert_hears(right, 660, 440)
        self.assert_hears(agent.heard(), 440, 660)
        self.assert_hears(customer.heard(), 660, 440)

    def assert_hears(self, track, tone_said, other):
        spans = track.tones(tone_said, share=0.8)
        self.assertGreater(max((end - begin for begin, end in spans), default=0), 1, spans)
        self.assertEqual(track.tones(other), [])

    def test_g722_and_g711(self):
        self.assert_talk("G722/16000/1", "pcma")

    def test_opus_and_g711(self):
        self.assert_talk("opus/48000/2", "pcma")

    def test_opus_and_g722(self):
        self.assert_talk("opus/48000/2", "G722/16000/1")

    def test_opus_on_both_sides(self):
        self.assert_talk("opus/48000/2", "opus/48000/2")


if __name__ == "__main__":
    main()
