# SPDX-License-Identifier: Apache-2.0
"""Calls over IPv6: sipp, our own telephone and baresip talk with a center that has no other address, or both."""

import re
import unittest

from baresip import Neighborhood
from harness import SERVICE, TONE, SippCall, main, need, serve, wait_until
from sound import read_wav, silence, tone, write_prompt

CONFIG = TONE + SERVICE


class LoopbackTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG, address="::1", prepare=lambda folder: write_prompt(folder, 3))

    def test_sipp_sends_back_what_it_hears_and_both_are_recorded(self):
        need("sipp")
        for transport in ("u1", "t1"):
            with self.subTest(transport):
                call = SippCall(self.center, "stay", "8001", options=["-t", transport, "-rtp_echo"]).succeed()
                closed = self.center.closed(self.center.contact(driver_id=call.call_id))
                self.assertEqual(closed["cause"], "normal")
                left, right = read_wav(closed["recordings"][0])
                for track in (left, right):
                    self.assertGreater(sum(end - begin for begin, end in track.tones(1000)), 1.5)
                messages = call.files[1].read_text(errors="replace")
                self.assertRegex(messages, rf"Contact: <sip:[^>]*@?\[::1\]:{self.center.port}")
                self.assertIn("c=IN IP6 ::1", messages)

    def test_our_telephone_registers_and_is_called(self):
        phone = self.center.phone("1001", "river-bank", "answer; tone 900 3s; expect tone 700 within 20s; wait 10s\n")
        self.center.journal.wait("agent.state", "1001", state="ready")
        caller = self.center.call("8002", "expect tone 900 within 20s; tone 700 2s; hang up\n", "sip:friend@example.org")
        caller.succeed()
        closed = self.center.closed(self.center.contact(**{"from": "sip:friend@example.org"}))
        self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
        phone.stop()


class BothVersionsTest(unittest.TestCase):
    def test_sipp_over_ipv4_talks_with_a_telephone_over_ipv6_and_the_other_way_round(self):
        need("sipp")
        center = serve(self, '[sip]\nsecond_address = "::1"\n' + CONFIG, prepare=write_prompt)
        for customer, agent in (("127.0.0.1", "::1"), ("::1", "127.0.0.1")):
            with self.subTest(customer=customer):
                center.address = agent
                phone = center.phone("1001", "river-bank", "answer; tone 900 20s; wait 10s\n", name=f"phone-{agent[:3]}")
                seen = len(center.journal.entries)
                wait_until(lambda: any(entry["type"] == "agent.state" and entry["data"]["state"] == "ready"
                                       for entry in center.journal.entries[max(seen - 1, 0):]), "an agent who is ready")
                center.address = customer
                call = SippCall(center, "stay", "8002", options=["-rtp_echo"]).succeed()
                closed = center.closed(center.contact(driver_id=call.call_id))
                self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
                for track in read_wav(closed["recordings"][0]):  # what the agent says and what comes back
                    self.assertGreater(sum(end - begin for begin, end in track.tones(900)), 1)
                own = f"[{customer}]" if ":" in customer else customer
                messages = call.files[1].read_text(errors="replace")
                self.assertRegex(messages, rf"Contact: <sip:[^>]*@?{re.escape(own)}:{center.port}")
                self.assertIn(f"c=IN IP{6 if ':' in customer else 4} {customer}", messages)
                phone.stop()
                center.journal.wait("agent.state", "1001", state="logged_out")


class TelephonesTest(unittest.TestCase):
    def test_two_baresips_talk_through_the_center(self):
        neighborhood = Neighborhood(self, v6=True)
        center = neighborhood.serve(CONFIG, prepare=write_prompt)
        agent = neighborhood.phone("agent", f"<sip:1001@{center.server}>;auth_pass=river-bank;answermode=auto;regint=60",
                                   silence(1) + tone(660, 30))
        customer = neighborhood.phone("customer", "<sip:+8613800000002@customer.example>;regint=0;audio_codecs=pcma",
                                      silence(1) + tone(440, 30))
        center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{center.server}")
        contact = center.contact()
        center.journal.wait("contact.connected", contact, agent="1001")
        customer.command("sndcode", "7")
        agent.event("CALL_DTMF_START", param="7")
        center.recorded(contact, seconds=4)
        customer.command("hangup")
        closed = center.closed(contact)
        self.assertEqual(closed["outcome"], "served")
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(440))
        self.assertTrue(right.tones(660))


if __name__ == "__main__":
    main()
