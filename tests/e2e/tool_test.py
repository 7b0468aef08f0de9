#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command end to end: a served center, callers and an agent's telephone on loopback."""
import datetime
import json
import math
import os
import pathlib
import re
import signal
import struct
import subprocess
import tempfile
import unittest
import wave

TOOL = os.path.join(os.environ["VCSR_BUILD"], "bin", "vcsr")
LIMIT = 60

CONFIG = """
[center]
data = "data"
[sip]
port = {port}
[voice]
folders = ["prompts"]
synthesizer = "none"
[[queue]]
name = "service"
wrap_up = "0s"
music = "beep"
[[agent]]
id = "1001"
name = "Anna"
password = "river"
queues = ["service"]
[[number]]
dial = "menu"
flow = "ivr"
prompt = "beep"
record = true
[[number]]
dial = "desk"
flow = "queue"
queue = "service"
"""


def run(*arguments):
    return subprocess.run([TOOL, *arguments], capture_output=True, text=True, timeout=LIMIT)


def write_beep(path):
    samples = (int(8000 * math.sin(2 * math.pi * 440 * i / 8000)) for i in range(16000))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


class Center:
    """`vcsr serve` in a folder of its own; stopped by SIGTERM."""

    def __init__(self, port=0):
        self.home = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        self.folder = pathlib.Path(self.home.name)
        (self.folder / "prompts" / "en").mkdir(parents=True)
        write_beep(self.folder / "prompts" / "en" / "beep.wav")
        self.config = self.folder / "center.toml"
        self.config.write_text(CONFIG.format(port=port))
        self.data = str(self.folder / "data")

    def __enter__(self):
        self.process = subprocess.Popen([TOOL, "serve", str(self.config)], stdout=subprocess.PIPE, text=True)
        self.line = self.process.stdout.readline()
        self.port = int(re.search(r"SIP on 127\.0\.0\.1:(\d+)", self.line)[1])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.status = self.process.wait(timeout=LIMIT)
        self.process.stdout.close()
        self.home.cleanup()

    def number(self, dial):
        return f"sip:{dial}@127.0.0.1:{self.port}"

    def journal(self, *arguments):
        shown = run("journal", "show", self.data, "--json", *arguments)
        return [json.loads(line) for line in shown.stdout.splitlines()]

    def wait_for(self, kind, **data):
        """Until an entry of this type with these data is in the journal."""
        with subprocess.Popen([TOOL, "journal", "follow", self.data, "--json", "--type", kind],
                              stdout=subprocess.PIPE, text=True) as follower:
            for line in follower.stdout:
                entry = json.loads(line)
                if all(entry["data"].get(key) == value for key, value in data.items()):
                    follower.send_signal(signal.SIGINT)
                    return entry
        raise AssertionError(f"no {kind} with {data}")


class Telephone:
    """`vcsr phone`, registered as the agent."""

    def __init__(self, center, script, *options):
        self.process = subprocess.Popen(
            [TOOL, "phone", "--register", f"1001@127.0.0.1:{center.port}", "--password", "river",
             "--calls", "1", "--events", "-e", script, *options], stdout=subprocess.PIPE, text=True)

    def ends(self):
        output, _ = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, [json.loads(line) for line in output.splitlines()]


class CallerTest(unittest.TestCase):
    def test_a_caller_hears_the_prompt_and_presses_keys(self):
        with Center() as center:
            call = run("call", center.number("menu"), "--from", "sip:+8613800000001@127.0.0.1", "-e",
                       "expect tone 440 within 5s; digits 12; wait 200ms; hang up")
            self.assertEqual(call.returncode, 0, call.stdout)
            closed = center.wait_for("contact.closed")
            collected = [entry["data"]["value"] for entry in center.journal("--contact", closed["subject"])
                         if entry["type"] == "contact.collected"]
            self.assertEqual(collected, ["1", "2"])
            self.assertTrue(pathlib.Path(closed["data"]["recordings"][0]).stat().st_size > 44)
        self.assertEqual(center.status, 0)

    def test_a_script_that_does_not_come_off_says_where(self):
        with Center() as center:
            call = run("call", center.number("menu"), "-e", "wait 100ms; expect tone 1000 within 500ms")
            self.assertEqual(call.returncode, 1)
            self.assertIn("FAILED", call.stdout)
            self.assertIn("line 1: expect tone 1000 within 500ms: something else was heard within 0.5 s",
                          call.stdout)

    def test_a_caller_who_is_interrupted_hangs_up(self):
        with Center() as center:
            with subprocess.Popen([TOOL, "call", center.number("menu"), "-e", "wait 60s"],
                                  stdout=subprocess.DEVNULL) as call:
                center.wait_for("contact.answered")
                call.send_signal(signal.SIGINT)
                closed = center.wait_for("contact.closed")
            self.assertEqual(closed["data"]["cause"], "normal")
            self.assertEqual(call.returncode, 1)

    def test_a_number_that_nothing_serves_is_refused(self):
        with Center() as center:
            call = run("call", center.number("nobody"), "-e", "wait 1s")
            self.assertEqual(call.returncode, 1)
            self.assertIn("not_found", call.stdout)


class AgentTest(unittest.TestCase):
    def test_caller_and_agent_hear_each_other(self):
        with Center() as center:
            recording = center.folder / "agent.wav"
            phone = Telephone(center, "ring 200ms; answer; expect tone 500 within 10s; tone 600 1s; "
                              "expect hangup within 20s", "--record", str(recording))
            center.wait_for("agent.state", state="ready")
            call = run("call", center.number("desk"), "-e",
                       "expect tone 440 within 5s; expect silence 100ms; tone 500 1s; "
                       "expect tone 600 within 10s; wait 1500ms; hang up")
            status, events = phone.ends()
            self.assertEqual(call.returncode, 0, call.stdout)
            self.assertEqual(status, 0, events)
            self.assertIn("call", [event["event"] for event in events])
            closed = center.wait_for("contact.closed")["data"]
            self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
            self.assertGreater(recording.stat().st_size, 16000)


class FaultTest(unittest.TestCase):
    def test_a_second_center_on_the_port_is_refused(self):
        with Center() as first:
            second = Center(first.port)
            refused = run("serve", str(second.config))
            self.assertEqual(refused.returncode, 1)
            self.assertIn(f"127.0.0.1:{first.port}", refused.stderr)
            self.assertIn("in use", refused.stderr)
            second.home.cleanup()

    def test_a_second_center_on_the_data_is_refused(self):
        with Center() as first:
            refused = run("serve", str(first.config))
            self.assertEqual(refused.returncode, 1)
            self.assertIn("another center works on the data folder", refused.stderr)
            self.assertIn(f"process {first.process.pid}", refused.stderr)

    def test_calls_go_on_where_their_recordings_cannot_be_made(self):
        with Center() as center:
            now = datetime.datetime.now(datetime.timezone.utc)
            for day in (now, now + datetime.timedelta(days=1)):
                (center.folder / "data/recordings" / f"{day:%Y-%m-%d}").write_text("not a folder")
            call = run("call", center.number("menu"), "-e", "expect tone 440 within 5s; digits 12; wait 1s; hang up",
                       "--record", str(center.config / "caller.wav"))
            self.assertEqual(call.returncode, 1, call.stdout)
            self.assertIn(f"not recorded {center.config}: cannot be created: ", re.sub(" +", " ", call.stdout))
            self.assertNotIn("FAILED", call.stdout)
            self.assertEqual(center.wait_for("contact.closed")["data"]["recordings"], [])
            finished = center.wait_for("recording.finished")["data"]
            self.assertEqual(finished["file"], "")
            self.assertIn(f"{now:%Y-%m}-", finished["error"])
            self.assertIn(": cannot be created: ", finished["error"])

    def test_a_configuration_is_checked_without_serving(self):
        center = Center()
        good = run("serve", "--check", str(center.config))
        self.assertEqual((good.returncode, good.stderr), (0, ""))
        center.config.write_text('[sip]\nport = 70000\n')
        bad = run("serve", "--check", str(center.config))
        self.assertEqual(bad.returncode, 2)
        self.assertIn("center.toml:2: sip.port: expected a whole number from 0 to 65535, got 70000", bad.stderr)
        self.assertFalse((center.folder / "data").exists())
        center.home.cleanup()

    def test_misuse_exits_with_2_and_says_what_is_wrong(self):
        self.assertEqual(run("serve", "/nowhere.toml").returncode, 2)
        self.assertEqual(run("dance").returncode, 2)
        script = run("call", "sip:1@127.0.0.1", "-e", "dance")
        self.assertEqual((script.returncode, script.stderr), (2, 'script:1: unknown step "dance"\n'))
        nowhere = run("call", "fax:1", "-e", "wait 1s")
        self.assertEqual(nowhere.returncode, 2)
        self.assertIn("expected an address such as sip:8000@127.0.0.1:5060, got 'fax:1'", nowhere.stderr)


if __name__ == "__main__":
    unittest.main()
