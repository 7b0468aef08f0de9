# SPDX-License-Identifier: Apache-2.0
"""What must not be kept, and messages that must: recordings by telephones that we did not write."""

import math
import os
import re
import unittest

from harness import TEST_CENTER, main, need, serve
from sip_peer import RawCall, Telephone, status_of
from sound import KEYS, RATE, read_wav

CONFIG = """
[log]
level = "trace"
[sip]
authenticate_calls = false
[voice]
synthesizer = "%s"
[[mailbox]]
name = "sales"
phone = "sip:1001"
pin = "4711"
silence = "1s"
review = false
[[agent]]
id = "1001"
password = "river-bank"
[[number]]
dial = "7000"
flow = "secret"
[[number]]
dial = "7001"
flow = "voicemail"
mailbox = "sales"
[[number]]
dial = "7002"
flow = "mailbox"
mailbox = "sales"
"""
OPEN = "9081726354"  # asked for openly: has to be found wherever hidden digits must not
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEY_OF = {place: key for key, place in KEYS.items()}


def power(frame, hertz):
    step = 2 * math.pi * hertz / RATE
    real = sum(sample * math.cos(step * i) for i, sample in enumerate(frame))
    imaginary = sum(sample * math.sin(step * i) for i, sample in enumerate(frame))
    return 2 * (real * real + imaginary * imaginary) / len(frame)


def keys_in(track):
    """The keys whose tones can be heard, however short."""
    heard = ""
    last = ""
    for _, frame in track.frames():
        energy = sum(sample * sample for sample in frame)
        key = ""
        if energy > 200 * 200 * len(frame):
            row, column = (max(tones, key=lambda hertz: power(frame, hertz)) for tones in (ROWS, COLUMNS))
            if power(frame, row) + power(frame, column) > 0.8 * energy and power(frame, row) > 0.2 * energy \
                    and power(frame, column) > 0.2 * energy:
                key = KEY_OF[(row, column)]
        if key and key != last:
            heard += key
        last = key
    return heard


def check(digits):
    return sum((place + 1) * int(digit) for place, digit in enumerate(digits)) % 97


def memory_of(pid):
    """All that the process has in writable memory."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not found or "[v" in line:
                continue
            begin, end = (int(part, 16) for part in found.groups())
            try:
                memory.seek(begin)
                yield memory.read(end - begin)
            except OSError:
                continue


class Misheard(Exception):
    """Other digits came out than went in."""


class SecretTest(unittest.TestCase):
    """A PIN and a card number by every way in which digits come."""

    @classmethod
    def setUpClass(cls):
        cls.center = serve(cls, CONFIG % "none", program=TEST_CENTER)

    def give(self, pin, card, press, formats):
        """Answers all three questions; the contact and the recording's tracks."""
        for _ in range(3):
            try:
                return self.give_once(pin, card, press, formats)
            except Misheard:
                continue  # A tone that a busy machine sends in pieces is two.
        self.fail("the digits were misheard three times")

    def press_and_check(self, call, press, digits, key, told):
        press(call, digits)
        if self.center.journal.wait("contact.collected", call.contact, key=key)["data"]["value"] != told:
            call.hang_up(cseq=1000)
            self.center.closed(call.contact)
            raise Misheard

    def give_once(self, pin, card, press, formats):
        call = RawCall(self.center, "7000", formats)
        self.addCleanup(call.close)
        journal = self.center.journal
        journal.wait("recording.paused", call.contact, paused=True)
        call.say([0] * (RATE // 2))
        self.press_and_check(call, press, pin, "check_8", check(pin))
        call.say([0] * (RATE // 2))
        self.press_and_check(call, press, card, "check_16", check(card))
        journal.wait("recording.paused", call.contact, paused=False)
        call.say([0] * RATE)
        self.press_and_check(call, press, OPEN, "open", OPEN)
        call.say([0] * (RATE // 2))
        call.hang_up(cseq=1000)
        closed = self.center.closed(call.contact)
        return call.contact, read_wav(closed["recordings"][0])

    def assert_nowhere(self, *secrets):
        texts = [secret.encode() for secret in secrets]
        opened = OPEN.encode()
        found_open = set()
        for folder, _, names in os.walk(self.center.data):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    content = file.read()
                self.assertEqual([text for text in texts if text in content], [], path)
                if opened in content:
                    found_open.add("files")
        self.assertEqual([text for text in secrets if text in self.center.log], [])
        for piece in memory_of(self.center.process.process.pid):
            self.assertEqual([text for text in texts if text in piece], [], "memory")
            if opened in piece:
                found_open.add("memory")
        self.assertEqual(found_open, {"files", "memory"}, "the search finds what is there")

    def test_as_telephone_events(self):
        pin, card = "83917264", "4539578763621486"
        _, (caller, heard) = self.give(pin, card, lambda call, keys: call.press(keys), "0 101")
        self.assertEqual((keys_in(caller), keys_in(heard)), ("", ""))
        self.assert_nowhere(pin, card)

    def test_as_tones_in_the_audio(self):
        pin, card = "61829374", "4716258050958645"
        contact, (caller, heard) = self.give(pin, card, lambda call, keys: call.press_loudly(keys), "0")
        self.assertEqual(keys_in(caller), OPEN)
        self.assertEqual(keys_in(heard), "")
        self.assert_nowhere(pin, card)
        gaps = self.center.of(contact, "recording.finished")[0]["data"]["gaps"]
        self.assertEqual([gap["reason"] for gap in gaps], ["secret"])
        self.assertGreater(gaps[0]["length"], 24 * 0.2)

    def test_as_sip_info(self):
        pin, card = "57382916", "4929381332664295"
        numbers = iter(range(10, 100))

        def press(call, keys):
            for key in keys:
                answer = call.ask("INFO", number="7000", cseq=next(numbers), peer=call.peer,
                                  more="Content-Type: application/dtmf-relay\n", body=f"Signal={key}\nDuration=160\n")
                self.assertEqual(status_of(answer), 200)
                call.say([0] * (RATE // 10))

        _, (caller, heard) = self.give(pin, card, press, "0 101")
        self.assertEqual((keys_in(caller), keys_in(heard)), ("", ""))
        self.assert_nowhere(pin, card)


class VoicemailTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("espeak-ng")
        cls.center = serve(cls, CONFIG % "espeak-ng", program=TEST_CENTER)

    def test_a_message_is_left_the_lamp_burns_and_the_owner_hears_it(self):
        phone = Telephone(self.center, "1001", "river-bank")
        self.addCleanup(phone.close)
        phone.register()
        notify = phone.told()
        self.assertIn("Event: message-summary", notify)
        self.assertIn("Content-Type: application/simple-message-summary", notify)
        self.assertIn("Messages-Waiting: no", notify)

        caller = self.center.call("7001", "expect tone 1000 within 60s\nwait 500ms\ntone 1450 2s\n"
                                          "expect voice within 60s\nexpect hangup within 60s\n", name="caller")
        left = self.center.journal.wait("voicemail.left")
        caller.succeed()
        said, _ = read_wav(left["data"]["file"])
        begin, end = said.tones(1450)[0]
        self.assertAlmostEqual(end - begin, 2.0, delta=0.2)
        self.assertGreater(said.seconds, 2.9)
        self.assertLess(said.seconds, 6)
        summary = phone.told()
        self.assertIn("Messages-Waiting: yes", summary)
        self.assertIn("Voice-Message: 1/0 (0/0)", summary)
        self.assertEqual(self.center.closed(left["subject"])["outcome"], "self_served")

        self.center.end_process()
        self.center.start()
        owner = self.center.call("7002", "expect voice within 60s\ndigits 4711\nexpect tone 1450 within 60s\nwait 1s\ndigits 2\n"
                                         "expect hangup within 60s\n", "sip:1001@127.0.0.1", "owner")
        self.center.journal.wait("voicemail.removed", message=left["data"]["message"])
        owner.succeed()


if __name__ == "__main__":
    main()
