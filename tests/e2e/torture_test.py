# SPDX-License-Identifier: Apache-2.0
"""The torture messages of RFC 4475 and RFC 5118, as datagrams and as streams: each gets the answer the RFC asks
for, or none where it asks for none, and the center serves its next caller."""

import os
import re
import select
import socket
import time
import unittest

from harness import ROOT, main, serve
from sip_peer import RawCall, SipPeer, status_of
from sound import write_prompt
from torture_answers import ANSWERS, IPV6

CONFIG = """
[voice]
folders = ["prompts"]
synthesizer = "none"
[[agent]]
id = "1001"
password = "river-bank"
""" + "".join(f'[[number]]\ndial = "{user}"\nflow = "ivr"\nprompt = "tone"\n'
              for user in ("8000", "user", "UserB", "vivekg", "joe"))
TOP_VIA = re.compile(rb"(SIP\s*/\s*[27]\.0\s*/\s*)(UDP|TCP|TLS)(\s+[^\s:;]+:(\d+))?")


def messages():
    """Each by name, as the RFC has it."""
    found = {path.stem: path.read_bytes() for path in (ROOT / "tests" / "data" / "sip-torture").glob("*.dat")}
    return found | {name: text.replace("\n", "\r\n").encode() for name, text in IPV6.items()}


class Exchange:
    """One message on its way by one transport, and what comes back."""

    def __init__(self, name, message, transport, center, host):
        self.name, self.heard, self.over, self.transport = name, b"", False, transport
        section, by_udp, *by_tcp = ANSWERS[name]
        self.section, self.wanted = section, by_tcp[0] if by_tcp and transport == "TCP" else by_udp
        # The Via names the transport that is used, and datagrams are answered at the port it names.
        message = TOP_VIA.sub(rb"\1" + transport.encode() + rb"\3", message, count=1)
        if transport == "TCP":
            self.socket = socket.create_connection((center.address, center.port), 10)
        else:
            via = TOP_VIA.search(message)
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind((host, int(via[4]) if via and via[4] else 5060))
            self.socket.connect((center.address, center.port))
        self.socket.sendall(message)

    def fileno(self):
        return self.socket.fileno()

    def listen(self):
        data = self.socket.recv(65536)
        self.heard += data
        self.over = not data and self.transport == "TCP"

    @property
    def answers(self):
        found = map(status_of, re.split(rb"(?=SIP/2\.0 \d{3} )", self.heard))
        return {status for status in found if status >= 200} or {None}

    @property
    def settled(self):
        return self.over or self.answers != {None} or self.wanted == {None}


class TortureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.center = serve(cls, CONFIG,
                           prepare=lambda folder: write_prompt(folder, 1))

    def torture(self, transport):
        pid = os.getpid()
        exchanges = []
        for index, (name, message) in enumerate(sorted(messages().items())):
            host = f"127.{64 + (pid >> 8 & 63)}.{pid & 255}.{index + 1}"
            exchanges.append(Exchange(name, message, transport, self.center, host))
            self.addCleanup(exchanges[-1].socket.close)
        self.hear(exchanges, 20, until=lambda: all(exchange.settled for exchange in exchanges))
        self.assert_next_caller_is_served()
        self.hear(exchanges, 0.5, until=lambda: False)
        for exchange in exchanges:
            with self.subTest(exchange.name, section=exchange.section):
                self.assertLessEqual(exchange.answers, exchange.wanted, exchange.heard.decode(errors="replace"))
        return {exchange.name: exchange.heard for exchange in exchanges}

    def hear(self, exchanges, limit, until):
        deadline = time.monotonic() + limit
        while not until() and (left := deadline - time.monotonic()) > 0:
            for exchange in select.select([one for one in exchanges if not one.over], [], [], left)[0]:
                exchange.listen()

    def assert_next_caller_is_served(self):
        peer = SipPeer(self.center)
        self.addCleanup(peer.close)
        self.assertEqual(status_of(peer.ask("OPTIONS")), 200)
        call = RawCall(self.center, "8000")
        self.addCleanup(call.close)
        call.hang_up()
        self.assertEqual(self.center.closed(call.contact)["cause"], "normal")

    def assert_all_closed(self):
        """Also those that nobody acknowledged."""
        for entry in self.center.show("--type", "contact.arrived"):
            self.center.closed(entry["subject"])

    def test_as_datagrams(self):
        heard = self.torture("UDP")

        self.assertRegex(heard["TC_BEXT01_V"], rb"Unsupported:.*nothingSupportsThis")
        self.assertRegex(heard["TC_INVUT_V"], rb"Accept:.*application/sdp")
        self.assertRegex(heard["TC_MPART01"], rb"Allow:.*INVITE")
        self.assert_all_closed()

    def test_as_streams(self):
        self.torture("TCP")

        self.assert_all_closed()


if __name__ == "__main__":
    main()
