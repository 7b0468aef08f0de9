# SPDX-License-Identifier: Apache-2.0
"""A center that is killed at any moment among two hundred recorded calls: every answered call has its one outcome
afterwards, what was said up to a second before is there to be heard, and a telephone need not register again.
CRASHES says how often, CRASH_SEED which moments."""

import collections
import contextlib
import datetime
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import time
import unittest

from harness import SERVICE, TONE, VCSR, SippCall, main, need, serve
from sip_peer import RawCall, Telephone
from sound import compress, read_wav, tone, write_prompt

CRASHES = int(os.environ.get("CRASHES", 3))
SEED = int(os.environ.get("CRASH_SEED", 1))
CALLS = 200
WAVES = 4
LATEST = 6.0  # seconds after the first call
LOST_AT_MOST = 1.0  # seconds of what was said; of the calls that were answered none
SLACK = 0.1  # between what happens and its entry
CONFIG = TONE + SERVICE


def prepare(folder):
    write_prompt(folder, 10)
    (folder / "talk.raw").write_bytes(compress(tone(700, 2)))


def moment_of(entry):
    return datetime.datetime.fromisoformat(entry["at"].replace("Z", "+00:00")).timestamp()


class CrashTest(unittest.TestCase):
    def setUp(self):
        need("sipp")
        self.chance = random.Random(SEED)
        self.seen, self.heard = 0, set()

    def call(self, center):
        """Waves of callers who talk; those who are still there when the center dies hear no more."""
        each = CALLS // WAVES
        return [SippCall(center, "talk", "8001", sound="talk.raw", label=f"wave{wave}", least="500", most="6000",
                         options=["-m", each, "-r", self.chance.choice((20, 50, each)), "-l", each, "-cid_str",
                                  f"%u-wave{wave}-{center.starts}@e2e", "-rtp_payload", 0])
                for wave in range(WAVES)]

    def answered(self, wave):
        """The Call-IDs that were told 200: the center had taken them."""
        told = re.compile(r"UDP message received.*\n\nSIP/2.0 200 OK\n(?:(?!-----).*\n)*?Call-ID: (\S+)\nCSeq: 1 INVITE")
        return set(told.findall(wave.files[1].read_text(errors="replace")))

    def check_recordings(self, entries, killed):
        """Each of this run is readable to a second before the crash, and whole if it was finished before."""
        recordings = [entry for entry in entries[self.seen:] if entry["type"] == "recording.started"]
        ends = {entry["data"]["recording"]: moment_of(entry) for entry in entries if entry["type"] == "recording.finished"}
        for entry in recordings:
            path = pathlib.Path(entry["data"]["file"])
            length = ends.get(entry["data"]["recording"], killed - LOST_AT_MOST) - moment_of(entry)
            if length <= 0:
                continue
            left, right = read_wav(path)
            self.assertGreaterEqual(left.seconds, length - SLACK, path)
            self.heard.add(entry["data"]["recording"])
            if len(self.heard) % 20 == 0 and length > 0.5:
                self.assertTrue(left.tones(700), f"{path}: the caller is not heard")
                self.assertTrue(right.tones(1000), f"{path}: the prompt is not heard")

    def check_outcomes(self, entries, answered):
        arrived = {entry["subject"]: entry["data"]["driver_id"] for entry in entries if entry["type"] == "contact.arrived"}
        closed = collections.Counter(entry["subject"] for entry in entries if entry["type"] == "contact.closed")
        self.assertEqual(closed, collections.Counter(arrived.keys()))
        self.assertEqual(answered - set(arrived.values()), set())
        numbers = [entry["number"] for entry in entries]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def check_phone(self, center, phone):
        """It has registered once, and rings when a customer wants its agent."""
        with contextlib.closing(RawCall(center, "8002")) as caller:
            phone.told("INVITE", answer="486 Busy Here")
            caller.hang_up()
            center.closed(caller.contact)

    def recording(self, command, *options):
        return subprocess.run([VCSR, "recording", command, *map(str, options)], check=True, capture_output=True, text=True).stdout

    def check_archive(self, center):
        """Every recording that was heard is in the index, and the ledger holds."""
        listed = {json.loads(line)["id"] for line in
                  self.recording("list", "--json", "--limit", 100_000, "--data", center.data).splitlines()}
        self.assertEqual(self.heard - listed, set())
        self.assertIn("good", self.recording("verify", center.data))

    def check_replay(self, center):
        """The center's records are what the journal says, whatever was cut off when."""
        center.end_process()
        replayed = subprocess.run([VCSR, "journal", "replay", center.data], capture_output=True, text=True)
        self.assertEqual(replayed.returncode, 0, replayed.stdout + replayed.stderr)

    def test_killed_at_any_moment(self):
        center = serve(self, CONFIG, prepare=prepare)
        phone = Telephone(center, "1001", "river-bank")
        self.addCleanup(phone.close)
        answered = set()
        for crash in range(CRASHES):
            moment = self.chance.uniform(0.2, LATEST)
            with self.subTest(crash=crash, moment=f"{moment:.2f} s after the first call"):
                waves = self.call(center)
                center.journal.wait("recording.started")
                time.sleep(moment)
                if crash == 0:
                    phone.register(3600)
                killed = time.time()
                center.end_process(signal.SIGKILL)
                for wave in waves:
                    wave.stop(signal.SIGKILL)
                    answered |= self.answered(wave)
                before = center.show()
                center.start()
                center.journal.wait("center.started")
                self.check_phone(center, phone)
                entries = center.show()
                self.check_recordings(before, killed)
                self.check_outcomes(entries, answered)
                self.seen = len(entries)
        self.check_archive(center)
        self.check_replay(center)
        print(f"{CRASHES} crashes: {len(answered)} answered calls, each with its outcome; {len(self.heard)} recordings heard")


if __name__ == "__main__":
    main()
