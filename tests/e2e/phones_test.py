# SPDX-License-Identifier: Apache-2.0
"""Two real telephones, a customer's and an agent's: what one says the other hears, and it is recorded."""

import unittest

from baresip import Neighborhood
from harness import SERVICE, TONE, main
from sound import read_wav, silence, tone, write_prompt

CONFIG = TONE + SERVICE
CUSTOMER_SAYS = (440, 880, 1500)  # a second each, half a second apart
AGENT_SAYS = (660, 1200)


def sentence(tones, before):
    samples = silence(before)
    for hertz in tones:
        samples += tone(hertz, 1.0) + silence(0.5)
    return samples + silence(60)


class PhonesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        neighborhood = Neighborhood(cls)
        cls.center = neighborhood.serve(CONFIG, prepare=write_prompt)
        cls.server = cls.center.server
        cls.agent = neighborhood.phone("agent", f"<sip:1001@{cls.server}>;auth_pass=river-bank;answermode=auto;regint=60",
                                       sentence(AGENT_SAYS, 1))
        cls.customer = neighborhood.phone("customer", "<sip:+8613800000002@customer.example>;regint=0;audio_codecs=pcma",
                                          sentence(CUSTOMER_SAYS, 3))

    def dial(self, number):
        self.customer.command("dial", f"sip:{number}@{self.server}")
        return self.center.contact(to=f"sip:{number}@{self.server}")

    def assert_says(self, track, tones, others=()):
        """The tones one after the other, a second long and half a second apart, and no others."""
        spans = [track.tones(hertz) for hertz in tones]
        self.assertEqual([len(found) for found in spans], [1] * len(tones), spans)
        begins = [found[0][0] for found in spans]
        for found in spans:
            self.assertAlmostEqual(found[0][1] - found[0][0], 1.0, delta=0.2)
        for first, second in zip(begins, begins[1:]):
            self.assertAlmostEqual(second - first, 1.5, delta=0.2)
        self.assertEqual([hertz for hertz in others if track.tones(hertz, share=0.2)], [])
        return begins

    def test_customer_and_agent_talk(self):
        self.center.journal.wait("agent.state", "1001", state="ready")
        contact = self.dial("8002")
        self.center.journal.wait("contact.connected", contact, agent="1001")
        self.customer.command("sndcode", "7")
        self.agent.event("CALL_DTMF_START", param="7")
        self.center.recorded(contact, seconds=9)
        self.customer.command("hangup")
        closed = self.center.closed(contact)
        self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))

        left, right = read_wav(closed["recordings"][0])
        customer_began = self.assert_says(left, CUSTOMER_SAYS, AGENT_SAYS)
        agent_began = self.assert_says(right, AGENT_SAYS, CUSTOMER_SAYS)
        heard_by_agent = self.assert_says(self.agent.heard(), CUSTOMER_SAYS, AGENT_SAYS)
        self.assert_says(self.customer.heard(), AGENT_SAYS, CUSTOMER_SAYS)
        # Both sides of the conversation lie in the recording as the agent heard and spoke them.
        self.assertAlmostEqual(customer_began[0] - agent_began[0], heard_by_agent[0] - 1.0, delta=0.3)

    def test_keys_and_prompts_reach_the_other_side(self):
        contact = self.dial("8001")
        self.center.journal.wait("recording.started", contact)
        self.customer.event("CALL_ESTABLISHED")
        self.customer.command("sndcode", "5")
        self.center.journal.wait("contact.collected", contact, key="pressed", value="5")
        self.customer.command("hangup")
        closed = self.center.closed(contact)
        self.assertEqual(closed["cause"], "normal")
        self.assertTrue(read_wav(closed["recordings"][0])[1].tones(1000))


if __name__ == "__main__":
    main()
