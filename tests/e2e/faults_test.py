# SPDX-License-Identifier: Apache-2.0
"""What goes wrong around a center: killed processes, taken ports, databases and disks that fail it."""

import contextlib
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

from harness import TONE, Center, main, need, need_root, serve, wait_until
from sip_peer import SipPeer, status_of
from sound import read_wav, tone, write_prompt, write_wav

CONFIG = """
[[queue]]
name = "service"
""" + TONE
BANK = """
[[number]]
dial = "6000"
flow = "bank"
queue = "service"
database = "@DATA@/bank.db"
script = "@EXAMPLES@/bank/bank.sql"
rules = "@EXAMPLES@/bank/priority.dmn"
"""
LONG_TALK = "tone 700 60s\nhang up\n"


def make_prompt(folder):
    write_prompt(folder)
    for name in ("one-moment", "accounts-unreachable"):
        write_prompt(folder, 0.2, name, 500)
        write_wav(folder / "prompts" / "zh" / f"{name}.wav", tone(500, 0.2))


def start(case, config=CONFIG, **options):
    return serve(case, config, prepare=make_prompt, **options)


@contextlib.contextmanager
def locked(path):
    """Another program that writes to a database and does not come to an end."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


class FaultTest(unittest.TestCase):
    def failure(self, config=CONFIG, **options):
        """What a center says that cannot begin."""
        with self.assertRaises(AssertionError) as failed:
            start(self, config, **options)
        return str(failed.exception)

    def assert_alive(self, center):
        peer = SipPeer(center)
        self.addCleanup(peer.close)
        self.assertEqual(status_of(peer.ask("OPTIONS")), 200)


class KilledTest(FaultTest):
    def test_a_killed_center_leaves_a_readable_recording_and_gives_the_contact_its_outcome(self):
        center = start(self)
        center.call("8001", LONG_TALK)
        contact = center.contact()
        recording = center.recorded(contact, seconds=3.1)
        before = len(center.of(contact))
        center.end_process(signal.SIGKILL)

        caller, heard = read_wav(recording)
        self.assertGreater(caller.seconds, 3)
        for track, hertz in ((caller, 700), (heard, 1000)):
            self.assertGreater(sum(end - begin for begin, end in track.tones(hertz)), 2)

        center.start()
        closed = center.closed(contact)
        self.assertEqual((closed["outcome"], closed["recordings"]), ("interrupted", [str(recording)]))
        self.assertGreaterEqual(len(center.of(contact)), before)
        self.assertIn("an earlier run left open", center.log)
        with contextlib.closing(sqlite3.connect(center.data / "center.db")) as database:
            self.assertEqual(database.execute("SELECT outcome FROM contact WHERE id = ?", (contact,)).fetchall(),
                             [("interrupted",)])

    def test_a_center_that_is_asked_to_stop_ends_its_calls(self):
        center = start(self)
        call = center.call("8001", "expect hangup within 60s\n")
        contact = center.contact()
        center.journal.wait("recording.started", contact)
        self.assertEqual(center.end_process(signal.SIGTERM), 0)
        call.succeed()
        entries = {entry["type"]: entry["data"] for entry in center.show()}
        self.assertEqual(entries["contact.closed"]["outcome"], "interrupted")
        self.assertEqual(entries["recording.finished"]["error"], "")
        self.assertIn("center.stopped", entries)


class TakenTest(FaultTest):
    def test_two_centers_on_one_port(self):
        first = start(self)
        message = self.failure(port=first.port)
        self.assertIn(f"cannot listen at 127.0.0.1:{first.port}", message)
        self.assertIn("stop the program that has it, or set another sip.port", message)
        self.assert_alive(first)

    def test_two_centers_on_one_data_folder(self):
        first = start(self)
        message = self.failure(data=first.data)
        self.assertIn(f"another center works on the data folder {first.data}", message)
        self.assertIn("set center.data to another folder", message)
        self.assert_alive(first)


class DatabaseTest(FaultTest):
    def folder(self):
        temporary = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        self.addCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        (folder / "data").mkdir()
        return folder

    def test_a_database_that_is_missing_and_cannot_be_made(self):
        message = self.failure(CONFIG + BANK.replace("bank.sql", "nothing.sql"))
        self.assertRegex(message, r"there is neither .*bank\.db nor .*nothing\.sql to make it from")

    def test_databases_that_are_locked_or_no_databases(self):
        for name in ("journal.db", "center.db"):
            folder = self.folder()
            with self.subTest(name), locked(folder / "data" / name):
                message = self.failure(folder=folder)
                self.assertIn(name, message)
                self.assertIn("locked by another program", message)
            (folder / "data" / name).write_bytes(b"this is no database" * 100)
            self.assertIn("not an SQLite database", self.failure(folder=folder))

    def test_a_database_that_is_read_only(self):
        enter = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        need(*enter[:1])
        folder = self.folder()
        Center(CONFIG, folder=folder, prepare=make_prompt).close()
        for path in (folder, folder / "data"):
            path.chmod(0o777)
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o666)
        (folder / "data" / "center.db").chmod(0o444)
        message = self.failure(folder=folder, enter=enter)
        self.assertIn("center.db", message)
        self.assertIn("read-only", message)

    def test_a_banks_locked_database_leads_callers_to_a_person(self):
        center = start(self, CONFIG + BANK)
        with locked(center.data / "bank.db"):
            center.call("6000", "wait 60s\nhang up\n", "sip:+8613800000002@127.0.0.1")
            contact = center.contact()
            reason = center.journal.wait("contact.reason", contact)["data"]["reason"]
        self.assertIn("accounts cannot be read", reason)
        center.journal.wait("contact.queued", contact)

    def test_calls_go_on_while_journal_and_records_are_locked(self):
        center = start(self)
        center.journal.wait("center.started")
        with contextlib.ExitStack() as locks:
            for name in ("journal.db", "center.db"):
                locks.enter_context(locked(center.data / name))
            center.call("8001", "expect tone 1000 within 60s\nwait 2s\nhang up\n").succeed()
            self.assertEqual([entry["type"] for entry in center.show()], ["center.started"])
        contact = center.contact()
        center.closed(contact)
        entries = center.show()
        self.assertEqual([entry["number"] for entry in entries], list(range(1, len(entries) + 1)))
        kinds = [entry["type"] for entry in entries if entry["subject"] == contact]
        self.assertEqual((kinds[0], kinds[-1]), ("contact.arrived", "contact.closed"))


class FullDiskTest(FaultTest):
    def setUp(self):
        need_root("it mounts a small disk")
        need("unshare", "nsenter")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vcsr-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder)
        data = self.folder / "data"
        data.mkdir()
        mount = f"mount -t tmpfs -o size=2m none {data} && echo mounted && exec sleep infinity"
        holder = subprocess.Popen(["unshare", "-m", "sh", "-c", mount], stdout=subprocess.PIPE)
        self.addCleanup(holder.stdout.close)
        self.addCleanup(holder.wait)
        self.addCleanup(holder.kill)
        if holder.stdout.readline() != b"mounted\n":
            self.skipTest("no file system can be mounted here")
        self.disk = pathlib.Path(f"/proc/{holder.pid}/root{data}")
        self.enter = ["nsenter", f"--mount=/proc/{holder.pid}/ns/mnt"]

    def fill(self):
        with contextlib.suppress(OSError), open(self.disk / "filler", "wb", buffering=0) as filler:
            while filler.write(b"x" * 4096) == 4096:
                pass

    def test_a_full_disk_ends_no_call_and_loses_nothing(self):
        # However little is left: here the disk is to be full in the middle of it.
        config = CONFIG + "[recordings]\nwarn_free_mb = 0\nrefuse_free_mb = 0\n"
        center = start(self, config, folder=self.folder, enter=self.enter)
        call = center.call("8001", "tone 700 8s\nexpect tone 1000\ntone 1200 1s\nwait 1s\nhang up\n")
        contact = center.contact()
        recording = self.disk / pathlib.Path(
            center.journal.wait("recording.started", contact)["data"]["file"]).relative_to(center.data)
        wait_until(lambda: recording.stat().st_size > 30_000, "two seconds of recording")
        self.fill()
        center.process.line("recordings cannot be written; trying again every second")
        (self.disk / "filler").unlink()
        center.process.line("recordings are written again")
        call.succeed()

        center.closed(contact)
        finished = center.journal.wait("recording.finished", contact)["data"]
        self.assertEqual((finished["error"], finished["lost"]), ("", 0.0))
        caller, heard = read_wav(recording)
        self.assertEqual(len(caller.tones(700)), 1)
        self.assertAlmostEqual(caller.tones(700)[0][1] - caller.tones(700)[0][0], 8, delta=0.3)
        self.assertEqual(len(caller.tones(1200)), 1)
        numbers = [entry["number"] for entry in center.journal.entries]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))


if __name__ == "__main__":
    main()
