# SPDX-License-Identifier: Apache-2.0
"""A caller who can misbehave: SIP and RTP packets by hand."""

import hashlib
import itertools
import os
import random
import re
import socket
import struct
import threading
import time

from sound import FRAME, KEYS, PCMU, compress, tone

LIMIT = 30


def status_of(message):
    found = re.match(rb"SIP/2\.0 (\d{3})", message)
    return int(found[1]) if found else 0


class SipPeer:
    """One UDP address from which requests are sent and answers awaited."""

    numbers = itertools.count(1)

    def __init__(self, center, address="127.0.0.1", port=0):
        self.center, self.address = center, address
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, port))
        self.port = self.socket.getsockname()[1]
        self.id = f"peer{next(self.numbers)}-{os.getpid()}"

    def close(self):
        self.socket.close()

    def send(self, message, to=None):
        data = message if isinstance(message, bytes) else message.replace("\n", "\r\n").encode()
        self.socket.sendto(data, to or (self.center.address, self.center.port))

    def request(self, method, number="8000", cseq=1, peer="", more="", body=""):
        where = f"sip:{number}@{self.center.server}"
        return (f"{method} {where} SIP/2.0\n"
                f"Via: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{self.id}{method}{cseq};rport\n"
                f"From: <sip:{self.id}@{self.address}>;tag={self.id}\nTo: <{where}>{peer}\nCall-ID: {self.id}@e2e\n"
                f"CSeq: {cseq} {method}\nContact: <sip:{self.id}@{self.address}:{self.port}>\n"
                f"Max-Forwards: 70\n{more}Content-Length: {len(body.encode()) + body.count(chr(10))}\n\n{body}")

    def answer(self, call_id=None, least=200, limit=LIMIT):
        """The next final answer, of a Call-ID or of ours; None after the limit."""
        wanted = (call_id or f"{self.id}@e2e").encode()
        deadline = time.monotonic() + limit
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                message = self.socket.recv(65536)
            except (TimeoutError, ConnectionError):
                continue
            if status_of(message) >= least and wanted in message:
                return message
        return None

    def ask(self, method, **options):
        """Sends until a final answer comes."""
        for _ in range(6):
            self.send(self.request(method, **options))
            answer = self.answer(limit=5)
            if answer:
                return answer
        raise AssertionError(f"no answer to {method}")


class RawCall(SipPeer):
    """An answered call whose audio is ours, packet by packet."""

    def __init__(self, center, number, formats="0 101", address="127.0.0.1"):
        super().__init__(center, address)
        self.number = number
        self.rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.rtp.bind((address, 0))
        self.sequence, self.timestamp, self.ssrc = 1, 1000, random.getrandbits(32)
        sdp = (f"v=0\no=peer 1 1 IN IP4 {address}\ns=-\nc=IN IP4 {address}\nt=0 0\n"
               f"m=audio {self.rtp.getsockname()[1]} RTP/AVP {formats}\na=rtpmap:101 telephone-event/8000\n")
        answer = self.ask("INVITE", number=number, more="Content-Type: application/sdp\n", body=sdp).decode()
        assert answer.startswith("SIP/2.0 200"), answer
        self.peer = re.search(r"^To:.*(;tag=[^;\s]+)", answer, re.M)[1]
        self.media = (re.search(r"^c=IN IP4 ([\d.]+)", answer, re.M)[1], int(re.search(r"^m=audio (\d+)", answer, re.M)[1]))
        self.send(self.request("ACK", number=number, peer=self.peer))
        self.contact = center.contact(driver_id=f"{self.id}@e2e")
        center.journal.wait("contact.answered", self.contact)

    def packet(self, payload, kind=PCMU, marker=False, timestamp=None, ssrc=None):
        self.sequence += 1
        return struct.pack("!BBHII", 0x80, kind | (0x80 if marker else 0), self.sequence & 0xFFFF,
                           self.timestamp if timestamp is None else timestamp, ssrc or self.ssrc) + payload

    def say(self, samples, between=None):
        """Sends audio in real time; `between` is called before every packet."""
        data = compress(samples)
        begin = time.monotonic()
        for index in range(0, len(data) - FRAME + 1, FRAME):
            if between:
                between()
            self.rtp.sendto(self.packet(data[index:index + FRAME]), self.media)
            self.timestamp += FRAME
            time.sleep(max(0.0, begin + (index + FRAME) / 8000 - time.monotonic()))

    def press(self, keys, send=None):
        """Digits as RFC 4733 events."""
        send = send or (lambda data: self.rtp.sendto(data, self.media))
        for key in keys:
            event = "0123456789*#ABCD".index(key)
            at, self.timestamp = self.timestamp, self.timestamp + 1600
            for step in range(1, 8):
                length, end = min(step, 5) * FRAME, 0x80 if step >= 5 else 0
                send(self.packet(struct.pack("!BBH", event, end | 10, length), 101, step == 1, at))
                time.sleep(0.02)

    def press_loudly(self, keys):
        """Digits as tones."""
        for key in keys:
            self.say(tone(KEYS[key], 0.1, 12000) + [0] * 800)

    def hang_up(self, cseq=2):
        """`cseq`: beyond that of every request before."""
        assert status_of(self.ask("BYE", number=self.number, cseq=cseq, peer=self.peer)) == 200

    def close(self):
        self.rtp.close()
        super().close()


class Telephone(SipPeer):
    """Registers, and waits for what it is told."""

    def __init__(self, center, user, password):
        super().__init__(center)
        self.user, self.password = user, password

    def register(self, seconds=60):
        where = f"sip:{self.center.server}"

        def request(cseq, more=""):
            return (f"REGISTER {where} SIP/2.0\nVia: SIP/2.0/UDP {self.address}:{self.port};branch=z9hG4bK{self.id}r{cseq};rport\n"
                    f"From: <sip:{self.user}@{self.address}>;tag={self.id}\nTo: <sip:{self.user}@{self.address}>\n"
                    f"Call-ID: {self.id}@e2e\nCSeq: {cseq} REGISTER\nContact: <sip:{self.user}@{self.address}:{self.port}>\n"
                    f"Max-Forwards: 70\nExpires: {seconds}\n{more}Content-Length: 0\n\n")

        self.send(request(1))
        challenge = self.answer().decode()
        realm, nonce = (re.search(rf'{name}="([^"]*)"', challenge)[1] for name in ("realm", "nonce"))

        def md5(text):
            return hashlib.md5(text.encode()).hexdigest()

        response = md5(f"{md5(f'{self.user}:{realm}:{self.password}')}:{nonce}:00000001:abcd:auth:{md5(f'REGISTER:{where}')}")
        self.send(request(2, f'Authorization: Digest username="{self.user}", realm="{realm}", nonce="{nonce}", uri="{where}", '
                             f'response="{response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abcd"\n'))
        assert status_of(self.answer(least=200)) == 200

    def told(self, method="NOTIFY", answer="200 OK"):
        """The next request of this method from the center as it runs now, answered."""
        self.socket.settimeout(LIMIT)
        while True:
            message = self.socket.recv(65536).decode()
            if message.startswith(f"{method} ") and f":{self.center.port}" in message:
                break
        kept = [line for line in message.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq|v|f|t|i):", line, re.I)]
        self.send("\n".join([f"SIP/2.0 {answer}", *kept, "Content-Length: 0", "", ""]))
        return message


class Stranger:
    """Sprays packets at a port that is none of its business, and listens whether anything comes back."""

    def __init__(self, address, make):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self.make, self.over, self.heard = make, threading.Event(), 0

    def spray(self, to, every=0.005):
        def run():
            while not self.over.wait(every):
                self.socket.sendto(self.make(), to)
                try:
                    self.socket.recv(2048)
                    self.heard += 1
                except BlockingIOError:
                    pass

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        return self

    def stop(self):
        self.over.set()
        self.thread.join()
        self.socket.close()
        return self.heard
