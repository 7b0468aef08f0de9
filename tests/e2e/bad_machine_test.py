# SPDX-License-Identifier: Apache-2.0
"""A center on a machine whose disk is slow, fails or becomes read-only, and whose clock jumps: calls come first, what
is journalled waits, nothing is lost."""

import datetime
import os
import pathlib
import struct
import subprocess
import unittest

from harness import TONE, folder_for, main, need, serve, wait_until
from sound import write_prompt

CONFIG = '[[queue]]\nname = "service"\n' + TONE
TALK = "expect tone 1000 within 20s\nwait 2s\nhang up\n"
SOURCE = pathlib.Path(__file__).with_name("bad_machine.c")


class Machine:
    """What goes wrong, as tests/e2e/bad_machine.c reads it."""

    def __init__(self, case):
        need("cc")
        if "asan" in os.environ["VCSR_BUILD"] or "tsan" in os.environ["VCSR_BUILD"]:
            case.skipTest("a sanitizer wants to be loaded first itself")
        folder = folder_for(case)
        library, self.path = folder / "bad_machine.so", folder / "machine"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
        self.is_well()
        self.enter = ["env", f"LD_PRELOAD={library}", f"BAD_MACHINE={self.path}"]

    def goes(self, sync_ms=0, sync_fails=False, read_only=False, clock=0):
        # In place: the center has it mapped.
        with open(self.path, "r+b" if self.path.exists() else "wb") as file:
            file.write(struct.pack("=4q", sync_ms, sync_fails, read_only, clock))

    def is_well(self):
        self.goes()


class BadMachineTest(unittest.TestCase):
    def setUp(self):
        self.machine = Machine(self)
        self.center = serve(self, CONFIG, prepare=lambda folder: write_prompt(folder), enter=self.machine.enter)
        self.center.journal.wait("center.started")

    def call(self, name):
        self.center.call("8001", TALK, name=name).succeed()

    def check_whole(self, calls):
        """Every call has its one end, in a journal without gaps."""
        def closed():
            return sum(entry["type"] == "contact.closed" for entry in self.center.show())
        wait_until(lambda: closed() == calls, f"the ends of {calls} calls")
        entries = self.center.show()
        self.assertEqual([entry["number"] for entry in entries], list(range(1, len(entries) + 1)))
        self.assertEqual(sum(entry["type"] == "contact.arrived" for entry in entries), calls)

    def test_a_disk_that_takes_its_time_delays_the_journal_but_no_call(self):
        self.machine.goes(sync_ms=3000)
        self.call("slow1")
        self.assertIn("the disk is slow: contacts go on before they are durable in the journal", self.center.log)
        self.machine.is_well()
        self.call("well")
        self.check_whole(2)

    def test_a_sync_that_fails_is_not_believed_later_and_loses_nothing(self):
        self.machine.goes(sync_fails=True)
        self.call("failing1")
        self.call("failing2")
        self.center.process.line("entries wait in memory, trying again each second .*input/output error")
        self.machine.is_well()
        self.center.process.line("entries are durable again")
        self.call("well")
        self.check_whole(3)

    def test_a_file_system_that_becomes_read_only_ends_no_call(self):
        self.machine.goes(read_only=True)
        self.call("stuck1")
        self.call("stuck2")
        self.center.process.line("entries wait in memory, trying again each second")
        self.assertEqual([entry["type"] for entry in self.center.show()], ["center.started"])
        self.machine.is_well()
        self.center.process.line("entries are durable again")
        self.check_whole(2)

    def test_a_clock_that_jumps_by_an_hour_changes_no_length_and_no_order(self):
        lengths = []
        for name, jump in (("still", 0), ("later", 3600), ("earlier", -3600)):
            calling = self.center.call("8001", TALK, name=name)
            contacts = [entry["subject"] for entry in self.wait_for("contact.answered", len(lengths) + 1)]
            self.machine.goes(clock=jump)
            calling.succeed()
            lengths.append(self.center.closed(contacts[-1])["length"])
        self.check_whole(3)
        for length in lengths:
            self.assertGreater(length, 1.9)
            self.assertLess(length, 15)
        arrived = [datetime.datetime.fromisoformat(entry["at"].replace("Z", "+00:00"))
                   for entry in self.center.show() if entry["type"] == "contact.closed"]
        self.assertGreater(arrived[1] - arrived[0], datetime.timedelta(minutes=50))
        self.assertLess(arrived[2] - arrived[1], datetime.timedelta(minutes=-100))

    def wait_for(self, kind, count):
        found = []

        def enough():
            found[:] = [entry for entry in self.center.show() if entry["type"] == kind]
            return len(found) == count
        wait_until(enough, f"{count} of {kind}")
        return found


if __name__ == "__main__":
    main()
