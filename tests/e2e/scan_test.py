# SPDX-License-Identifier: Apache-2.0
"""Scanners find nothing to use, and floods neither fill the memory nor touch a call that is being made."""

import collections
import contextlib
import itertools
import pathlib
import re
import socket
import subprocess
import time
import unittest

from harness import TONE, main, need, serve
from sip_peer import SipPeer, status_of
from sound import read_wav, write_prompt

CONFIG = """
[sip]
max_calls = 50
[[agent]]
id = "1001"
password = "river-bank"
[[number]]
dial = "8000"
flow = "answer"
""" + TONE
FLOOD = 8.0  # seconds
BURST = 40  # requests every 20 ms or so
MOST_CALLS = 50
FORGOTTEN = 36  # seconds after a request was refused


class ScanTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG, prepare=write_prompt)

    def peer(self):
        peer = SipPeer(self.center)
        self.addCleanup(peer.close)
        return peer

    def scan(self, program, *options):
        need(program)
        found = subprocess.run([program, *map(str, options)], cwd=self.center.folder, capture_output=True, text=True, timeout=60)
        return found.stdout + found.stderr

    def test_a_mapper_learns_our_name_and_no_more(self):
        found = self.scan("svmap", "-p", self.center.port, self.center.address)
        self.assertIn("vcsr", found)
        self.assertNotIn("sofia", found.lower())

    def test_a_war_dialler_cannot_tell_who_exists(self):
        # At the center's own address it would be a neighbor, who may speak for others.
        center = serve(self, CONFIG, prepare=write_prompt, address="127.0.0.2")
        for method in ("REGISTER", "OPTIONS", "INVITE"):
            with self.subTest(method):
                found = self.scan("svwar", "-m", method, "-e", "1000-1003", "-p", center.port, center.address)
                self.assertNotRegex(found, r"\| 100\d ")

    def test_a_password_cracker_is_locked_out_before_it_comes_to_the_right_one(self):
        words = self.center.folder / "words"
        words.write_text("".join(f"guess{count}\n" for count in range(20)) + "river-bank\n")
        found = self.scan("svcrack", "-u", "1001", "-d", words, "-p", self.center.port, self.center.address)
        self.assertNotIn("river-bank", found)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.center.process.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def flood(self):
        """Sends calls and registrations as fast as it can; what is answered to them."""
        sender = self.peer()
        sender.socket.setblocking(False)
        answers = collections.Counter()
        end = time.monotonic() + FLOOD
        for count in itertools.count(1):
            method = ("INVITE", "REGISTER")[count % 2]
            text = sender.request(method, number=("8000", f"{count}")[count % 2], cseq=count)
            with contextlib.suppress(BlockingIOError):
                sender.send(text.replace(f"Call-ID: {sender.id}", f"Call-ID: {count}{sender.id}"))
            if count % BURST:
                continue
            with contextlib.suppress(BlockingIOError):
                while True:
                    answers[status_of(sender.socket.recv(65536))] += 1
            if time.monotonic() > end:
                return answers
            time.sleep(0.02)

    def test_a_call_goes_on_through_a_flood_and_memory_has_a_bound(self):
        caller = "sip:friend@127.0.0.1"
        call = self.center.call("8001", "tone 700 80s\nhang up\n", caller)
        contact = self.center.journal.wait("contact.arrived", **{"from": caller})["subject"]
        self.center.recorded(contact, seconds=0)
        before = self.memory()
        first = self.flood()
        peak = self.memory()
        # What was refused is remembered for the 32 s in which it may be repeated, and then makes room; the call goes
        # on meanwhile, which is what is waited for.
        self.center.recorded(contact, seconds=FLOOD + FORGOTTEN)
        second = self.flood()
        after = self.memory()
        self.assertEqual(status_of(self.peer().ask("OPTIONS")), 200)
        call.stop()

        for answers in (first, second):
            self.assertGreater(answers[503], 0, answers)
        self.assertLessEqual(len(self.center.show("--type", "contact.arrived")), 2 * MOST_CALLS + 1)
        self.assertLess(after - peak, 0.5 * (peak - before) + 8192, f"{before} KiB, {peak} KiB, then {after} KiB")
        left, right = read_wav(self.center.closed(contact)["recordings"][0])
        self.assertGreater(left.seconds, 2 * FLOOD + FORGOTTEN)
        self.assertGreater(sum(end - begin for begin, end in left.tones(700)), 0.95 * left.seconds)
        self.assertTrue(right.tones(1000))


class CutOffTest(unittest.TestCase):
    def test_who_floods_through_a_connection_is_cut_off_and_others_are_not(self):
        address, bad, good = "127.0.0.1", "127.0.0.66", "127.0.0.67"
        center = serve(self, CONFIG.replace("max_calls = 50", "max_requests_per_source = 20"), address=address,
                       prepare=write_prompt)
        flooder, friend = (socket.create_connection((address, center.port), 10, (host, 0)) for host in (bad, good))
        self.addCleanup(flooder.close)
        self.addCleanup(friend.close)
        peer = SipPeer(center)
        self.addCleanup(peer.close)

        def message(method, count, connection):
            text = peer.request(method, cseq=count).replace("SIP/2.0/UDP", "SIP/2.0/TCP")
            text = text.replace(f"Call-ID: {peer.id}", f"Call-ID: {count}{connection.fileno()}{peer.id}")
            return text.replace("\n", "\r\n").encode()

        with self.assertRaises(ConnectionError):
            for count in range(1, 100000):
                flooder.sendall(message("INVITE", count, flooder))
                if not flooder.recv(65536):
                    raise ConnectionError
        with self.assertRaises(TimeoutError):
            socket.create_connection((address, center.port), 0.5, (bad, 0))
        friend.sendall(message("OPTIONS", 1, friend))
        self.assertEqual(status_of(friend.recv(65536)), 200)
        self.assertEqual(status_of(peer.ask("OPTIONS")), 200)
        self.assertIn("a host floods", center.log)


if __name__ == "__main__":
    main()
