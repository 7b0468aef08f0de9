#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who hears whom, measured in the RTP of three real legs: listen, whisper, barge in, hold, park and pick up."""
import itertools
import json
import re
import socket
import threading
import time
import unittest
import urllib.request

from harness import main, serve, wait_until
from sip_peer import SipPeer, status_of
from sound import A, FRAME, MU, PCMU, RATE, Track, compress, tone

CONFIG = """
[web]
port = 0
token = "s3same"
[voice]
synthesizer = "none"
[parking]
slots = ["701"]
[[mailbox]]
name = "none"
[[agent]]
id = "1001"
address = "sip:1001@127.0.0.1:{agent}"
follows_phone = false
[[number]]
dial = "8000"
flow = "extension"
to = "sip:1001@127.0.0.1:{agent}"
mailbox = "none"
"""
WINDOW = 0.8  # seconds of listening


class Leg(SipPeer):
    """A telephone that says one tone all the time and notes what it hears; answers whatever calls it."""

    def __init__(self, address, hertz, user=""):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.address, self.port, self.hertz = address, self.socket.getsockname()[1], hertz
        self.id = user or f"leg{hertz}-{self.port}"
        self.rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.rtp.bind((address, 0))
        self.rtp.settimeout(0.2)
        self.media, self.over, self.heard, self.lock = None, threading.Event(), [], threading.Lock()
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.speak, self.listen)]
        for thread in self.threads:
            thread.start()

    def sdp(self):
        return (f"v=0\no=leg 1 1 IN IP4 {self.address}\ns=-\nc=IN IP4 {self.address}\nt=0 0\n"
                f"m=audio {self.rtp.getsockname()[1]} RTP/AVP {PCMU}\n")

    def agree(self, message):
        self.media = (re.search(r"^c=IN IP4 ([\d.]+)", message, re.M)[1], int(re.search(r"^m=audio (\d+)", message, re.M)[1]))

    def call(self, center, number):
        self.center = center
        answer = self.ask("INVITE", number=number, more="Content-Type: application/sdp\n", body=self.sdp()).decode()
        assert status_of(answer.encode()) == 200, answer
        self.agree(answer)
        peer = re.search(r"^To:.*(;tag=[^;\s]+)", answer, re.M)[1]
        self.send(self.request("ACK", number=number, peer=peer))
        self.answer_calls()
        return center.contact(driver_id=f"{self.id}@e2e")

    def answer_calls(self):
        self.threads.append(threading.Thread(target=self.serve, daemon=True))
        self.threads[-1].start()
        return self

    def serve(self):
        self.socket.settimeout(0.2)
        while not self.over.is_set():
            try:
                data, source = self.socket.recvfrom(65536)
            except (TimeoutError, ConnectionError):
                continue
            message = data.decode()
            if message.startswith(("INVITE", "BYE", "CANCEL")):
                self.reply(message, source)

    def reply(self, message, source):
        invited = message.startswith("INVITE")
        if invited:
            self.agree(message)
        elif message.startswith("BYE"):
            self.media = None
        kept = [line for line in message.splitlines() if line.startswith(("Via:", "From:", "Call-ID:", "CSeq:", "Record-Route:"))]
        to = re.search(r"^To:.*", message, re.M)[0].strip()
        body = self.sdp() if invited else ""
        self.send("\n".join(["SIP/2.0 200 OK", *kept, to if ";tag=" in to else f"{to};tag={self.id}",
                             f"Contact: <sip:{self.id}@{self.address}:{self.port}>",
                             *(["Content-Type: application/sdp"] if invited else []),
                             f"Content-Length: {len(body) + body.count(chr(10))}", "", body]), source)

    def speak(self):
        data = compress(tone(self.hertz, 1.0, 6000))
        frames = [data[at:at + FRAME] for at in range(0, len(data), FRAME)]
        begin = time.monotonic()
        for number in itertools.count():
            if self.over.wait(max(0.0, begin + number * FRAME / RATE - time.monotonic())):
                return
            if self.media:
                head = bytes([0x80, PCMU]) + (number & 0xFFFF).to_bytes(2, "big") + (number * FRAME).to_bytes(4, "big") + b"tone"
                self.rtp.sendto(head + frames[number % len(frames)], self.media)

    def listen(self):
        while not self.over.is_set():
            try:
                packet = self.rtp.recv(2048)
            except (TimeoutError, ConnectionError):
                continue
            if packet[1] & 0x7F in (0, 8):
                table = A if packet[1] & 0x7F else MU
                with self.lock:
                    self.heard += [table[code] for code in packet[12:]]

    def hears(self):
        """What came since this was asked last."""
        with self.lock:
            samples, self.heard = self.heard, []
        return Track(samples, RATE)

    def close(self):
        self.over.set()
        for thread in self.threads:
            thread.join()
        self.socket.close()
        self.rtp.close()


class SupervisionTest(unittest.TestCase):
    def setUp(self):
        self.legs = {name: Leg("127.0.0.1", hertz) for name, hertz in (("customer", 440), ("agent", 770), ("supervisor", 1210))}
        for leg in self.legs.values():
            self.addCleanup(leg.close)
        agent = self.legs["agent"].answer_calls()
        self.supervisor = f"sip:chief@127.0.0.1:{self.legs['supervisor'].answer_calls().port}"
        self.center = serve(self, CONFIG.replace("{agent}", str(agent.port)))
        self.page = self.center.process.line(r"page on (http://[\d.:]+/)")[1]
        self.contact = self.legs["customer"].call(self.center, "8000")
        self.center.journal.wait("contact.connected", self.contact, agent="1001")

    def order(self, **order):
        request = urllib.request.Request(f"{self.page}api/contacts/{self.contact}/parties", json.dumps(order).encode(),
                                         {"Authorization": "Bearer s3same"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def hearing(self):
        """All pairs "who < whom" in one window."""
        for leg in self.legs.values():
            leg.hears()
        time.sleep(WINDOW)
        tracks = {name: leg.hears() for name, leg in self.legs.items()}
        return {f"{ear} < {mouth}" for ear, track in tracks.items() for mouth, leg in self.legs.items()
                if ear != mouth and sum(end - begin for begin, end in track.tones(leg.hertz, share=0.2)) > WINDOW / 2}

    def assert_hearing(self, *pairs):
        wanted, found = set(pairs), []

        def holds():
            found.append(self.hearing())
            return found[-2:] == [wanted, wanted]

        try:
            wait_until(holds, "the right hearing", limit=20)
        except AssertionError:
            self.fail(f"heard {sorted(found[-1])}, expected {sorted(wanted)}")

    talk = ("customer < agent", "agent < customer")
    overheard = (*talk, "supervisor < customer", "supervisor < agent")

    def test_who_hears_whom_with_a_supervisor(self):
        self.assert_hearing(*self.talk)

        self.order(do="supervise", to=self.supervisor, mode="listen")
        self.center.journal.wait("leg.answered", self.contact, leg=3)
        self.assert_hearing(*self.overheard)

        self.order(do="supervise", leg=3, mode="whisper")
        self.assert_hearing(*self.overheard, "agent < supervisor")

        self.order(do="supervise", leg=3, mode="barge")
        self.assert_hearing(*self.overheard, "agent < supervisor", "customer < supervisor")

        self.order(do="mute", leg=2)
        self.assert_hearing("agent < customer", "agent < supervisor", "supervisor < customer", "customer < supervisor")

        self.order(do="mute", leg=2, on=False)
        self.order(do="hold")
        self.assert_hearing("agent < supervisor", "supervisor < agent")

        self.order(do="retrieve")
        self.order(do="supervise", leg=3, mode="listen")
        self.assert_hearing(*self.overheard)

    def test_who_hears_whom_when_a_customer_is_parked_and_picked_up(self):
        self.assert_hearing(*self.talk)

        self.assertEqual(self.order(do="park")["parked"], "701")
        self.assert_hearing()

        second = self.legs["agent"] = Leg("127.0.0.1", 1600, "1001")
        self.addCleanup(second.close)
        second.call(self.center, "701")
        self.center.journal.wait("contact.unparked", self.contact, result="picked_up")
        self.assert_hearing(*self.talk)


if __name__ == "__main__":
    main()
