#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recordings end to end: made by a served center, found, checked, exported and destroyed by the command."""
import json
import pathlib
import shutil
import signal
import subprocess
import unittest

from harness import wait_until
from tool_test import CONFIG, LIMIT, TOOL, Center, run

CALL = "expect tone 440 within 5s; wait 2500ms; hang up"


class Archive:
    """The command on a center's recordings."""

    def __init__(self, center):
        self.center = center

    def __call__(self, command, *arguments):
        return run("recording", command, *arguments, "-c", str(self.center.config))

    def all(self, *arguments):
        return [json.loads(line) for line in self("list", "--json", *arguments).stdout.splitlines()]

    def verify(self):
        return run("recording", "verify", self.center.data)


class EncryptedCenter(Center):
    def __init__(self):
        super().__init__()
        key = self.folder / "master.key"
        assert run("recording", "new-key", str(key)).returncode == 0
        self.config.write_text(CONFIG.format(port=0) + '[recordings]\nmaster_key_file = "master.key"\n')


def call(center, caller="+8613800000001"):
    done = run("call", center.number("menu"), "--from", f"sip:{caller}@127.0.0.1", "-e", CALL)
    assert done.returncode == 0, done.stdout
    center.wait_for("recording.ledger")


class VoicemailCenter(EncryptedCenter):
    """Its mailbox keeps messages sealed, as Opus."""

    def __init__(self):
        super().__init__()
        text = self.config.read_text().replace('synthesizer = "none"', 'synthesizer = "espeak-ng"')
        self.config.write_text(text + """format = "opus"
[[mailbox]]
name = "sales"
pin = "4711"
silence = "1s"
review = false
[[number]]
dial = "leave"
flow = "voicemail"
mailbox = "sales"
[[number]]
dial = "hear"
flow = "mailbox"
mailbox = "sales"
""")


class RecordingTest(unittest.TestCase):
    @unittest.skipUnless(shutil.which("espeak-ng"), "a mailbox speaks")
    def test_a_message_that_is_sealed_and_kept_as_opus_is_played_to_its_owner(self):
        with VoicemailCenter() as center:
            left = run("call", center.number("leave"), "-e",
                       "expect tone 1000 within 30s; wait 500ms; tone 1450 2s; expect voice within 30s; expect hangup")
            self.assertEqual(left.returncode, 0, left.stdout)
            center.wait_for("recording.ledger")
            [message] = Archive(center).all()
            self.assertTrue(message["file"].endswith(".opus.sealed"), message["file"])
            heard = run("call", center.number("hear"), "--from", "sip:+8613800000002@127.0.0.1", "-e",
                        "expect voice within 30s; digits 4711; expect tone 1450 within 30s; wait 2500ms; digits 2; expect hangup "
                        "within 30s")
            self.assertEqual(heard.returncode, 0, heard.stdout + heard.stderr)
            center.wait_for("voicemail.removed", message=message["id"])

    def test_a_recorded_call_is_found_checked_and_changed_files_show(self):
        with Center() as center:
            call(center)
            archive = Archive(center)
            found = archive.all("--number", "+8613800000001")
            self.assertEqual(len(found), 1)
            self.assertGreater(found[0]["length"], 2)
            self.assertEqual(archive.all("--number", "+1"), [])
            noted = archive("note", found[0]["id"], "promised to pay", "--by", "anna")
            self.assertEqual(noted.returncode, 0, noted.stderr)
            self.assertEqual(archive.all("--text", "PROMISED")[0]["notes"][0]["by"], "anna")
            self.assertEqual(archive.verify().returncode, 0, archive.verify().stdout)
            file = pathlib.Path(center.data) / "recordings" / found[0]["file"]
            content = bytearray(file.read_bytes())
            content[1000] ^= 1
            file.write_bytes(content)
            broken = archive.verify()
            self.assertEqual(broken.returncode, 1)
            self.assertIn("segment 1 of 1", broken.stdout)

    def test_an_encrypted_recording_is_exported_held_deleted_and_destroyed(self):
        with EncryptedCenter() as center:
            call(center)
            archive = Archive(center)
            recording = archive.all()[0]
            self.assertTrue(recording["file"].endswith(".wav.sealed"))
            folder = pathlib.Path(center.data) / "recordings"
            self.assertEqual(list(folder.rglob("*.wav")), [])
            out = center.folder / "out.wav"
            exported = archive("export", recording["id"], str(out), "--by", "auditor")
            self.assertEqual(exported.returncode, 0, exported.stderr)
            self.assertGreater(out.stat().st_size, 2 * 16000)
            self.assertEqual(out.read_bytes()[:4], b"RIFF")
            self.assertEqual(out.stat().st_mode & 0o777, 0o600)
            self.assertIn("exported   auditor", archive("show", recording["id"]).stdout)

            archive("hold", recording["id"], "--reason", "lawsuit 12")
            refused = archive("delete", recording["id"], "--reason", "customer asked")
            self.assertEqual(refused.returncode, 1)
            self.assertIn("is held (lawsuit 12): release it first", refused.stderr)
            for step in (("release",), ("delete", "--reason", "customer asked"),
                         ("destroy", "--reason", "customer asked")):
                done = archive(step[0], recording["id"], *step[1:])
                self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(list(folder.rglob("*.sealed")) + list(folder.rglob("*.key")), [])
            self.assertIn("1 destroyed with proof, 0 faults", archive.verify().stdout)

    def test_a_killed_center_leaves_recordings_that_are_found_after_the_next_start(self):
        with EncryptedCenter() as center:
            caller = subprocess.Popen([TOOL, "call", center.number("menu"), "-e",
                                       "expect tone 440 within 5s; wait 30s; hang up"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            folder = pathlib.Path(center.data) / "recordings"
            center.wait_for("recording.started")
            wait_until(lambda: any(file.stat().st_size > 3 * 16000 for file in folder.rglob("*.sealed")),
                       "three seconds of recording")
            center.process.send_signal(signal.SIGKILL)
            center.process.wait(timeout=LIMIT)
            center.process.stdout.close()
            caller.terminate()
            caller.wait(timeout=LIMIT)
            center.__enter__()
            recording = Archive(center).all()[0]
            self.assertGreaterEqual(recording["length"], 3)
            self.assertEqual(recording["error"], "the program ended while it was recorded")
            out = center.folder / "out.wav"
            exported = Archive(center)("export", recording["id"], str(out))
            self.assertEqual(exported.returncode, 0, exported.stderr)
            self.assertEqual(Archive(center).verify().returncode, 0)


if __name__ == "__main__":
    unittest.main()
