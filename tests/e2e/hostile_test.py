# SPDX-License-Identifier: Apache-2.0
"""What nobody should send and somebody does: the center answers, records nothing of it and goes on."""

import itertools
import os
import random
import unittest

from harness import TONE, SippCall, main, need, serve
from sip_peer import RawCall, SipPeer, Stranger, status_of
from sound import compress, read_wav, tone, write_prompt

CONFIG = """
[sip]
media_timeout = "5s"
[[agent]]
id = "1001"
password = "river-bank"
[[number]]
dial = "8000"
flow = "answer"
""" + TONE

SOUND = "v=0\no=x 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [local_ip]\nt=0 0\n"
SDP = "application/sdp"
BAD_OFFERS = {  # name: content type, description, status
    "not a description": (SDP, "hello, world", "400"),
    "fax only, and the line that hangs some parsers": (SDP, SOUND + "m=image 9 udptl :t38", "488"),
    "no media": (SDP, SOUND, "488"),
    "a port out of range": (SDP, SOUND + "m=audio 99999 RTP/AVP 0", "400"),
    "a negative port": (SDP, SOUND + "m=audio -1 RTP/AVP 0", "400"),
    "no formats": (SDP, SOUND + "m=audio 4000 RTP/AVP", "400"),
    "a payload type out of range": (SDP, SOUND + "m=audio 4000 RTP/AVP 0\na=rtpmap:999 PCMU/8000", "400"),
    "audio to everybody": (SDP, SOUND + "c=IN IP4 239.1.2.3\nm=audio 4000 RTP/AVP 0", "488"),
    "an address of another family": (SDP, SOUND + "m=audio 4000 RTP/AVP 0\nc=IN IP6 ::1", "488"),
    "too many media": (SDP, SOUND + "\n".join(["m=audio 4000 RTP/AVP 0"] * 40), "400"),
    "too many formats": (SDP, SOUND + "m=audio 4000 RTP/AVP " + "0 " * 300, "400"),
    "another type of body": ("text/plain", "hello", "415"),
}


class HostileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.center = serve(cls, CONFIG,
                           prepare=write_prompt)

    def peer(self, kind=SipPeer, *arguments, **options):
        peer = kind(self.center, *arguments, **options)
        self.addCleanup(peer.close)
        return peer

    def assert_alive(self):
        self.assertEqual(status_of(self.peer().ask("OPTIONS")), 200)

    def test_noise_as_datagrams(self):
        chance = random.Random(4475)
        peer = self.peer()
        good = peer.request("INVITE", number="4711").replace("\n", "\r\n").encode()
        for _ in range(300):
            message = bytearray(good if chance.random() < 0.7 else chance.randbytes(chance.randrange(1, 1400)))
            for _ in range(chance.randrange(1, 30)):
                message[chance.randrange(len(message))] = chance.randrange(256)
            peer.send(bytes(message[:chance.randrange(1, len(message) + 1)]))
        self.assert_alive()

    def test_bad_offers_are_refused(self):
        need("sipp")
        calls = [(name, SippCall(self.center, "odd_offer", "8000", label="odd", content=kind, sdp=sdp, status=status))
                 for name, (kind, sdp, status) in BAD_OFFERS.items()]
        for name, call in calls:
            with self.subTest(name):
                call.succeed()
        self.assert_alive()

    def test_a_strangers_packets_are_neither_recorded_nor_answered(self):
        call = self.peer(RawCall, "8001")
        call.say(tone(700, 0.4))
        foreign = compress(tone(2400, 0.02, 12000))
        strangers = [
            Stranger("127.0.0.9", lambda: call.packet(foreign, ssrc=77)).spray(call.media),
            Stranger("127.0.0.1", lambda: call.packet(foreign, ssrc=call.ssrc)).spray(call.media),
            Stranger("127.0.0.9", lambda: os.urandom(random.randrange(1, 400))).spray(call.media, 0.002),
        ]
        call.say(tone(700, 2.0))
        self.assertEqual([stranger.stop() for stranger in strangers], [0, 0, 0])
        call.hang_up()

        closed = self.center.closed(call.contact)
        self.assertEqual(closed["cause"], "normal")
        left, right = read_wav(closed["recordings"][0])
        self.assertEqual(left.tones(2400, share=0.1), [])
        self.assertGreater(sum(end - begin for begin, end in left.tones(700)), 2.0)
        self.assertTrue(right.tones(1000))

    def pressed(self, contact, key):
        self.center.journal.wait("contact.collected", contact, key="pressed", value=key)
        return [entry["data"]["value"] for entry in self.center.of(contact, "contact.collected")]

    def info(self, call, cseq, key):
        return status_of(call.ask("INFO", number="8001", cseq=cseq, peer=call.peer,
                                  more="Content-Type: application/dtmf-relay\n", body=f"Signal={key}\n"))

    def test_digits_after_the_end_belong_to_nobody(self):
        call = self.peer(RawCall, "8001")
        call.say(tone(700, 0.2))
        call.press("5")
        self.assertEqual(self.pressed(call.contact, "5"), ["5"])
        call.hang_up()
        self.center.closed(call.contact)

        call.press("7")
        self.assertEqual(self.info(call, 3, "8"), 481)
        self.assert_alive()
        self.assertEqual(self.pressed(call.contact, "5"), ["5"])

    def test_digits_come_as_tones_and_as_messages(self):
        by_tones = self.peer(RawCall, "8001", formats="0")
        by_tones.say(tone(700, 0.2))
        by_tones.press_loudly("93")
        # Where this machine is busy a packet comes late and cuts a tone in two.
        pressed = [key for key, _ in itertools.groupby(self.pressed(by_tones.contact, "3"))]
        self.assertEqual(pressed, ["9", "3"])
        by_tones.hang_up()

        by_message = self.peer(RawCall, "8001")
        self.assertEqual(self.info(by_message, 2, "#"), 200)
        self.assertEqual(self.pressed(by_message.contact, "#"), ["#"])
        by_message.hang_up()


if __name__ == "__main__":
    main()
