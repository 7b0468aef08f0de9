# SPDX-License-Identifier: Apache-2.0
"""Callers behind a network that loses every twentieth packet, delays by up to 60 ms, reorders and repeats:
their calls are made, their digits arrive once, their recordings stay in step. CALLS and SECONDS make it longer."""

import collections
import os
import statistics
import unittest

from harness import LIMIT, TONE, Program, main, make_scenario, need, serve
from namespaces import BadLink
from sip_peer import RawCall
from sound import read_wav, silence, tone, write_prompt

CALLS = int(os.environ.get("CALLS", 200))
SECONDS = int(os.environ.get("SECONDS", 20))
STEP = 0.02  # seconds: the delay adapts in whole packets
CONFIG = """
[[number]]
dial = "8000"
flow = "answer"
""" + TONE


class InsistentCall(RawCall):
    """Whoever has no timers sends everything several times."""

    def send(self, message, to=None):
        for _ in range(4):
            super().send(message, to)


class BadNetworkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.link = BadLink(cls)
        cls.center = serve(cls, CONFIG, address=cls.link.near_address, enter=cls.link.enter(cls.link.near),
                           prepare=write_prompt)

    def call(self):
        with self.link.inside(self.link.far):
            call = InsistentCall(self.center, "8001", address=self.link.far_address)
        self.addCleanup(call.close)
        return call

    def test_calls_are_made(self):
        need("sipp")
        script = self.center.folder / "patient.xml"
        make_scenario("patient", script, {})
        sipp = self.center.keep(Program(
            "sipp", ["sipp", self.center.server, "-sf", script, "-s", "8000", "-i", self.link.far_address, "-m", CALLS,
                     "-r", 20, "-cid_str", "%u-bad@e2e", "-nostdin", "-nd", "-trace_err", "-error_file", "sipp.errors",
                     "-timeout", f"{LIMIT + CALLS / 10:.0f}s"],
            self.center.folder, self.link.enter(self.link.far)))
        sipp.wait(2 * LIMIT + CALLS / 10)
        calls = [entry for entry in self.center.show("--type", "contact.arrived")
                 if entry["data"]["driver_id"].endswith("-bad@e2e")]
        self.assertEqual(len(calls), CALLS, sipp.text[-2000:])
        causes = collections.Counter(self.center.closed(entry["subject"])["cause"] for entry in calls)
        print(f"{CALLS} calls: {dict(causes)}")
        self.assertGreaterEqual(causes["normal"], 0.999 * CALLS, f"{causes}\n{sipp.text[-2000:]}")

    def test_digits_arrive_once(self):
        call = self.call()
        call.say(tone(700, 0.4))
        keys = "1234567890*#55A" * 2
        call.press(keys)
        call.hang_up()
        self.center.closed(call.contact)
        pressed = [entry["data"]["value"] for entry in self.center.of(call.contact, "contact.collected")]
        self.assertEqual("".join(pressed), keys)

    def test_recordings_stay_in_step(self):
        call = self.call()
        call.say((tone(700, 0.4) + silence(0.6)) * SECONDS)
        call.hang_up()
        closed = self.center.closed(call.contact)
        left, right = read_wav(closed["recordings"][0])

        self.assertEqual(left.seconds, right.seconds)
        begins = [begin for begin, _ in left.tones(700)]
        self.assertAlmostEqual(len(begins), SECONDS, delta=1)
        late = [begin - round(begin - begins[0]) for begin in begins]
        third = SECONDS // 3
        drift = statistics.median(late[-third:]) - statistics.median(late[third:2 * third])
        print(f"{SECONDS} s: drift {1000 * drift:.0f} ms")
        self.assertLess(abs(drift), 1.5 * STEP, late)


if __name__ == "__main__":
    main()
