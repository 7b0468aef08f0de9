#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recordings are copied to a store that checks signatures, through interruptions, and come back from it."""
import json
import pathlib
import shutil
import subprocess
import unittest

from harness import wait_until
from recording_test import call
from s3_store import Store
from tool_test import CONFIG, LIMIT, TOOL, Center, run


class CopiedCenter(Center):
    """A center whose recordings go to a store; made, with a recording, and stopped before it is tried."""

    def __init__(self, store, secret=Store.secret):
        super().__init__()
        (self.folder / "s3.key").write_text(secret + "\n")
        self.config.write_text(CONFIG.format(port=0) + store.config("s3.key"))

    def backup(self, *arguments):
        return run("recording", "backup", "-c", str(self.config), *arguments)

    def copies(self):
        return json.loads(self.backup("--status", "--json").stdout)

    def recording(self):
        shown = run("recording", "list", "-c", str(self.config), "--deleted", "--json")
        return json.loads(shown.stdout.splitlines()[0])

    def command(self, command, *arguments):
        done = run("recording", command, *arguments, "-c", str(self.config))
        assert done.returncode == 0, done.stderr
        return done.stdout


class BackupTest(unittest.TestCase):
    def test_a_recording_is_copied_with_good_signatures_restored_and_destroyed_there(self):
        with Store() as store, CopiedCenter(store) as center:
            call(center)
            done = center.backup()
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            recording = center.recording()
            file = pathlib.Path(center.data) / "recordings" / recording["file"]
            name = "bank/" + recording["file"]
            self.assertEqual(store.objects[name], file.read_bytes())
            self.assertIn("bank/" + recording["file"].replace(".wav", ".json"), store.objects)
            self.assertIn("bank/ledger/000000000000000.jsonl", store.objects)
            self.assertEqual({fault for _, _, fault in store.requests}, {None})
            status = center.copies()
            self.assertEqual((status["copied"], status["waiting"], status["trouble"]), (1, 0, ""))

            file.write_bytes(b"damaged" + file.read_bytes())
            center.command("restore", recording["id"], "--from-backup", "--by", "anna")
            self.assertEqual(file.read_bytes(), store.objects[name])
            self.assertEqual(run("recording", "verify", center.data).returncode, 0)

            center.command("delete", recording["id"], "--reason", "asked")
            center.command("destroy", recording["id"], "--reason", "asked")
            self.assertEqual(center.backup().returncode, 0)
            self.assertNotIn(name, store.objects)
            self.assertIn("destroyed_in_backup", center.command("show", recording["id"]))

    def test_a_copy_that_is_killed_half_way_counts_for_nothing_and_is_made_again(self):
        with Store() as store, CopiedCenter(store) as center:
            call(center)
            store.stalls = ".wav"
            with subprocess.Popen([TOOL, "recording", "backup", "-c", str(center.config)]) as copying:
                self.assertTrue(store.half_way.wait(LIMIT))
                copying.kill()
            self.assertEqual((center.copies()["copied"], center.copies()["waiting"]), (0, 1))
            self.assertFalse(any(name.endswith(".wav") for name in store.objects))
            store.stalls = None
            self.assertEqual(center.backup().returncode, 0)
            self.assertEqual((center.copies()["copied"], center.copies()["waiting"]), (1, 0))

    def test_a_store_that_says_no_is_named_with_its_reason(self):
        with Store() as store, CopiedCenter(store, secret="wrong") as center:
            call(center)
            denied = center.backup()
            self.assertEqual(denied.returncode, 1)
            self.assertIn("the store answers 403 (SignatureDoesNotMatch); check access_key", denied.stdout)
            (center.folder / "s3.key").write_text(Store.secret + "\n")
            store.broken = True
            self.assertIn("the store answers 503 (SlowDown)", center.backup().stdout)
            store.broken = False
            self.assertEqual(center.backup().returncode, 0)

    def test_a_center_copies_by_itself_and_goes_on_when_the_store_is_there_again(self):
        with Store() as store:
            center = CopiedCenter(store)
            center.config.write_text(center.config.read_text().replace('every = "1h"', 'every = "1s"'))
            store.broken = True
            with center:
                call(center)
                failing = center.wait_for("recording.backup", state="failing")
                self.assertIn("503 (SlowDown)", failing["data"]["why"])
                store.broken = False
                center.wait_for("recording.backup", state="well")
                wait_until(lambda: any(name.endswith(".wav") for name in store.objects), "a copy")
            self.assertEqual(center.status, 0)

    def test_a_whole_archive_comes_back_by_command_and_what_the_store_lost_is_named(self):
        with Store() as store, CopiedCenter(store) as center:
            call(center)
            self.assertEqual(center.backup().returncode, 0)
            recording = center.recording()
            into = center.folder / "restored"

            def restore(*arguments):
                return run("recording", "restore", "-c", str(center.config), "--into", str(into), *arguments)

            first = restore()
            self.assertEqual(first.returncode, 0, first.stdout + first.stderr)
            self.assertIn("1 recordings (0 MB) came back, 0 were there, 0 destroyed, 0 missing", first.stdout)
            self.assertIn("good: 1 recordings", first.stdout)
            self.assertIn(f"put the archive's signing.pem into {into}/keys", first.stdout)
            self.assertIn("0 recordings (0 MB) came back, 1 were there", restore().stdout)
            shutil.copy(pathlib.Path(center.data) / "recordings" / "keys" / "signing.pem", into / "keys")
            listed = run("recording", "list", "-d", str(into), "--json")
            self.assertEqual(json.loads(listed.stdout)["id"], recording["id"], listed.stderr)

            (into / recording["file"]).write_bytes(b"another")
            refused = restore()
            self.assertEqual(refused.returncode, 1)
            self.assertIn(f"{into}/{recording['file']}: is there already and is another one", refused.stderr)
            shutil.rmtree(into)
            del store.objects["bank/" + recording["file"]]
            lacking = restore()
            self.assertEqual(lacking.returncode, 1)
            self.assertRegex(lacking.stdout, f"MISSING: .*: there is no {recording['file']}")
            self.assertIn("NOT GOOD", lacking.stdout)

    def test_a_restore_asks_where_the_backup_is(self):
        asked = run("recording", "restore")
        self.assertNotEqual(asked.returncode, 0)
        self.assertIn("say where the backup is: --from DIRECTORY", asked.stderr)


if __name__ == "__main__":
    unittest.main()
