# SPDX-License-Identifier: Apache-2.0
"""Real telephones that speak G.722 and Opus, with each other and with those that speak G.711."""

import pathlib
import tempfile
import unittest

from baresip import MODULES, Baresip, TwoNetworks
from harness import main, need, need_root, serve, wait_until
from sound import read_wav, silence, tone, write_wav

CONFIG = """
[center]
data = "@DATA@"
[sip]
address = "@ADDRESS@"
port = @PORT@
codecs = ["pcma", "g722", "opus"]
[voice]
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
dial = "8002"
flow = "queue"
queue = "service"
"""
WIDE = """
module g722.so
module opus.so
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
"""


class CodecsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("baresip", "ip")
        need_root("it makes network namespaces, for baresip takes no loopback")
        if not MODULES or not all((MODULES / name).exists() for name in ("g722.so", "opus.so")):
            raise unittest.SkipTest("baresip's modules are not installed")

    def setUp(self):
        networks = TwoNetworks()
        self.addCleanup(networks.close)
        temporary = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        self.addCleanup(temporary.cleanup)
        self.networks, self.folder = networks, pathlib.Path(temporary.name)
        self.center = serve(self, CONFIG, address=networks.center_address, port=5060,
                            enter=networks.inside(networks.center))
        self.server = f"{networks.center_address}:5060"

    def phone(self, name, hertz, account):
        source = self.folder / f"{name}.wav"
        write_wav(source, silence(2) + tone(hertz, 60))
        phone = Baresip(self.networks, self.folder, name, account, source, WIDE)
        self.addCleanup(phone.stop)
        return phone

    def assert_talk(self, customer_speaks, agent_speaks):
        agent = self.phone("agent", 660, f"<sip:1001@{self.server}>;auth_pass=river-bank;answermode=auto;regint=60;"
                                         f"audio_codecs={agent_speaks}")
        customer = self.phone("customer", 440, "<sip:+8613800000002@customer.example>;regint=0;"
                                               f"audio_codecs={customer_speaks}")
        self.center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{self.server}")
        contact = self.center.contact(to=f"sip:8002@{self.server}")
        self.center.journal.wait("contact.connected", contact, agent="1001")
        customer.command("sndcode", "7")
        agent.event("CALL_DTMF_START", param="7")
        recording = pathlib.Path(self.center.journal.wait("recording.started", contact)["data"]["file"])
        wait_until(lambda: recording.stat().st_size > 16000 * 5, "five seconds of recording")
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
