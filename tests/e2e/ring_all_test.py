# SPDX-License-Identifier: Apache-2.0
"""A queue that rings all its telephones: what each of them hears over SIP, packet by packet."""

import re
import socket
import threading
import time
import unittest

from harness import main, serve
from sip_peer import RawCall, Telephone

CONFIG = """
[voice]
synthesizer = "none"
[[queue]]
name = "service"
wrap_up = "0s"
offer_time = "1min"
strategy = "ring_all"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service"]
[[agent]]
id = "1002"
password = "hill-side"
queues = ["service"]
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
"""
ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"'
SOON = 0.2  # seconds within which the others are let go


class Desk(Telephone):
    """Answers what it is told by hand; notes what comes and when."""

    def __init__(self, case, center, user, password):
        super().__init__(center, user, password)
        case.addCleanup(self.close)
        self.media = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.media.bind((self.address, 0))
        case.addCleanup(self.media.close)
        self.register()
        center.journal.wait("agent.state", user, state="ready")

    def request(self, *methods, limit=10):
        """When it came, and the request."""
        deadline = time.monotonic() + limit
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                message = self.socket.recv(65536).decode()
            except TimeoutError:
                break
            if message.startswith(methods) and f":{self.center.port}" in message:
                return time.monotonic(), message
        raise AssertionError(f"{self.user} was not told {' or '.join(methods)} within {limit} s")

    def reply(self, request, status, sdp=False):
        kept = [line for line in request.split("\r\n") if re.match(r"(Via|From|Call-ID|CSeq|Record-Route):", line, re.I)]
        to = re.search(r"^To: ?(.*)\r$", request, re.M)[1]
        tag = "" if ";tag=" in to else f";tag={self.id}"
        body = (f"v=0\no=desk 1 1 IN IP4 {self.address}\ns=-\nc=IN IP4 {self.address}\nt=0 0\n"
                f"m=audio {self.media.getsockname()[1]} RTP/AVP 0\n") if sdp else ""
        kind = "Content-Type: application/sdp\n" if sdp else ""
        self.send("\n".join([f"SIP/2.0 {status}", *kept, f"To: {to}{tag}",
                             f"Contact: <sip:{self.user}@{self.address}:{self.port}>",
                             f"{kind}Content-Length: {len(body) + body.count(chr(10))}", "", body]))

    def ring(self):
        _, self.invite = self.request("INVITE")
        self.reply(self.invite, "180 Ringing")

    def pick_up(self):
        self.reply(self.invite, "200 OK", sdp=True)


class RingAllTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG)
        self.desks = [Desk(self, self.center, "1001", "river-bank"), Desk(self, self.center, "1002", "hill-side")]
        self.caller = RawCall(self.center, "8002")
        self.addCleanup(self.caller.close)
        for desk in self.desks:
            desk.ring()

    def ended(self, agent):
        return self.center.journal.wait("contact.offer_ended", self.caller.contact, agent=agent)["data"]["result"]

    def test_of_two_that_answer_in_the_same_millisecond_one_has_the_caller_and_the_other_is_let_go_at_once(self):
        began = time.monotonic()
        for desk in self.desks:
            desk.pick_up()
        self.assertLess(time.monotonic() - began, 0.001 * 5)

        byes = {}

        def listen(desk):
            desk.request("ACK")
            try:
                at, bye = desk.request("BYE", limit=2)
                desk.reply(bye, "200 OK")
                byes[desk.user] = (at, bye)
            except AssertionError:
                pass

        threads = [threading.Thread(target=listen, args=(desk,)) for desk in self.desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        self.assertEqual(len(byes), 1, "one of the two keeps the caller")
        (loser, (at, bye)), = byes.items()
        winner = "1001" if loser == "1002" else "1002"
        self.assertLess(at - began, SOON)
        self.assertIn(ELSEWHERE, bye)
        self.assertEqual((self.ended(winner), self.ended(loser)), ("accepted", "answered_elsewhere"))
        self.center.journal.wait("agent.state", winner, state="busy")
        self.assertEqual(self.center.journal.wait("agent.state", loser, before="reserved")["data"]["state"], "ready")
        self.caller.hang_up()
        self.assertEqual(self.center.closed(self.caller.contact)["agent"], winner)

    def test_a_telephone_that_still_rings_is_told_that_the_call_was_answered_elsewhere(self):
        first, other = self.desks
        first.pick_up()
        began = time.monotonic()

        at, cancel = other.request("CANCEL")
        self.assertLess(at - began, SOON)
        self.assertIn(ELSEWHERE, cancel)
        other.reply(cancel, "200 OK")
        other.reply(other.invite, "487 Request Terminated")
        other.request("ACK")
        self.assertEqual(self.ended("1002"), "answered_elsewhere")
        self.caller.hang_up()

    def test_an_answer_that_crosses_the_cancelling_is_acknowledged_and_hung_up(self):
        first, other = self.desks
        first.pick_up()
        _, cancel = other.request("CANCEL")

        other.pick_up()
        began = time.monotonic()
        other.reply(cancel, "200 OK")

        other.request("ACK")
        at, bye = other.request("BYE")
        other.reply(bye, "200 OK")
        self.assertLess(at - began, SOON)
        self.assertIn(ELSEWHERE, bye)
        self.assertEqual((self.ended("1001"), self.ended("1002")), ("accepted", "answered_elsewhere"))
        self.caller.hang_up()

    def test_a_caller_who_leaves_stops_all_of_them(self):
        self.caller.hang_up()

        for desk in self.desks:
            _, cancel = desk.request("CANCEL")
            self.assertNotIn(ELSEWHERE, cancel)
            desk.reply(cancel, "200 OK")
            desk.reply(desk.invite, "487 Request Terminated")
        self.assertEqual({self.ended("1001"), self.ended("1002")}, {"withdrawn"})
        for user in ("1001", "1002"):
            self.center.journal.wait("agent.state", user, state="ready", before="reserved")


if __name__ == "__main__":
    main()
