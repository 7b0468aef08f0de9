# SPDX-License-Identifier: Apache-2.0
"""Calls over IPv6 alone: sipp, our own telephone and baresip talk with a center that has no other address."""

import pathlib
import tempfile
import unittest

from baresip import MODULES, Baresip, TwoNetworks
from harness import SippCall, main, need, need_root, serve, wait_until
from sound import read_wav, silence, tone, write_wav

CONFIG = """
[center]
data = "@DATA@"
[sip]
address = "@ADDRESS@"
port = @PORT@
[voice]
folders = ["@FOLDER@/prompts"]
synthesizer = "none"
[[queue]]
name = "service"
record = true
wrap_up = "200ms"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service"]
[[number]]
dial = "8001"
flow = "ivr"
prompt = "tone"
record = true
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
"""


def center_for(case, **options):
    return serve(case, CONFIG,
                 prepare=lambda folder: write_wav(folder / "prompts" / "en" / "tone.wav", tone(1000, 3)), **options)


class LoopbackTest(unittest.TestCase):
    def setUp(self):
        self.center = center_for(self, address="::1")

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


class TelephonesTest(unittest.TestCase):
    def test_two_baresips_talk_through_the_center(self):
        need("baresip", "ip")
        need_root("it makes network namespaces, for baresip takes no loopback")
        if not MODULES:
            raise unittest.SkipTest("baresip's modules are not installed")
        networks = TwoNetworks(v6=True)
        self.addCleanup(networks.close)
        center = center_for(self, address=networks.center_address, port=5060, enter=networks.inside(networks.center))
        temporary = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        self.addCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)

        def phone(name, user, host, hertz, more):
            write_wav(folder / f"{name}.wav", silence(1) + tone(hertz, 30))
            made = Baresip(networks, folder, name, f"<sip:{user}@{host}>;{more}", folder / f"{name}.wav")
            self.addCleanup(made.stop)
            return made

        agent = phone("agent", "1001", center.server, 660, "auth_pass=river-bank;answermode=auto;regint=60")
        customer = phone("customer", "+8613800000002", "customer.example", 440, "regint=0;audio_codecs=pcma")
        center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{center.server}")
        contact = center.contact()
        center.journal.wait("contact.connected", contact, agent="1001")
        customer.command("sndcode", "7")
        agent.event("CALL_DTMF_START", param="7")
        recording = pathlib.Path(center.journal.wait("recording.started", contact)["data"]["file"])
        wait_until(lambda: recording.stat().st_size > 16000 * 4, "four seconds of recording")
        customer.command("hangup")
        closed = center.closed(contact)
        self.assertEqual(closed["outcome"], "served")
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(440))
        self.assertTrue(right.tones(660))


if __name__ == "__main__":
    main()
