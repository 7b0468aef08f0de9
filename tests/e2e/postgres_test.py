# SPDX-License-Identifier: Apache-2.0
"""A center whose journal is in PostgreSQL: what it promises while the server, or the center itself, goes away."""

import collections
import json
import signal
import subprocess
import unittest

from harness import TONE, VCSR, main, serve, wait_until
from postgres import Postgres
from sound import write_prompt

CONFIG = '[[queue]]\nname = "service"\n' + TONE


class PostgresTest(unittest.TestCase):
    def setUp(self):
        self.postgres = Postgres(self)

    def center(self, **options):
        config = f'[journal]\npostgres = "{self.postgres.address}"\n' + CONFIG
        return serve(self, config, prepare=lambda folder: write_prompt(folder), journal=self.postgres.address, **options)

    def verify(self):
        checked = subprocess.run([VCSR, "journal", "verify", self.postgres.address], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        return checked.stdout

    def check_outcomes(self, center):
        entries = center.show()
        arrived = {entry["subject"] for entry in entries if entry["type"] == "contact.arrived"}
        closed = collections.Counter(entry["subject"] for entry in entries if entry["type"] == "contact.closed")
        self.assertEqual(closed, collections.Counter(arrived))
        self.assertEqual([entry["number"] for entry in entries], list(range(1, len(entries) + 1)))

    def test_a_call_is_in_the_database_and_followed_from_another_process(self):
        center = self.center()
        center.call("8001", "wait 1s\nhang up\n").succeed()
        contact = center.contact()
        center.closed(contact)
        self.assertFalse((center.data / "journal.db").exists())
        self.assertEqual(self.postgres.ask(f"SELECT count(*) FROM vcsr_journal WHERE type = 'contact.closed' AND subject = '{contact}'"), "1")
        exported = subprocess.run([VCSR, "journal", "export", self.postgres.address, "--subject", contact], check=True,
                                  capture_output=True, text=True).stdout
        self.assertEqual(json.loads(exported.splitlines()[-1])["subject"], contact)
        self.assertIn("the chain ends at", self.verify())

    def test_calls_go_on_while_the_server_is_away_and_nothing_is_missing_afterwards(self):
        center = self.center()
        center.call("8001", "wait 1s\nhang up\n").succeed()
        self.postgres.stop()
        for name in ("away1", "away2"):
            center.call("8001", "expect tone 1000 within 20s\nwait 1s\nhang up\n", name=name).succeed()
        wait_until(lambda: "entries wait in memory" in center.log, "word of it in the log")
        self.postgres.start()
        wait_until(lambda: "entries are durable again" in center.log, "the entries in the database")
        wait_until(lambda: self.postgres.ask("SELECT count(*) FROM vcsr_journal WHERE type = 'contact.closed'") == "3", "all three calls")
        self.check_outcomes(center)
        self.verify()

    def test_a_killed_center_begins_again_at_once_and_gives_every_contact_its_outcome(self):
        center = self.center()
        for cycle in range(3):
            center.call("8001", "tone 700 60s\nhang up\n", name=f"caller{cycle}")
            wait_until(lambda: len([entry for entry in center.show() if entry["type"] == "contact.answered"]) > cycle, "an answered call")
            center.end_process(signal.SIGKILL)
            center.start()
            center.journal.wait("center.started")
        self.check_outcomes(center)
        self.verify()

    def test_a_second_center_on_one_journal_is_refused_and_told_who_has_it(self):
        self.center()
        with self.assertRaises(AssertionError) as refused:
            self.center()
        self.assertRegex(str(refused.exception), r"process \d+ on \S+ is writing it")

    def test_a_center_without_its_server_does_not_begin_and_says_which(self):
        self.postgres.stop()
        with self.assertRaises(AssertionError) as refused:
            self.center()
        self.assertIn(f"journal in database 'postgres' at {self.postgres.folder}:5432", str(refused.exception))


if __name__ == "__main__":
    main()
