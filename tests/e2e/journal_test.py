# SPDX-License-Identifier: Apache-2.0
"""What the command makes of a center's journal: shown, exported, checked, brought up to date."""

import contextlib
import hashlib
import json
import pathlib
import re
import sqlite3
import struct
import subprocess
import unittest

from harness import TONE, VCSR, folder_for, main, serve
from sound import write_prompt

CONFIG = '[[queue]]\nname = "service"\n' + TONE
OLD = """CREATE TABLE journal (number INTEGER PRIMARY KEY, at INTEGER NOT NULL,
    type TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL) STRICT;
INSERT INTO journal VALUES (1, 1700000000000001, 'contact.arrived', 'c1', '{"direction":"in"}'),
    (2, 1700000000000002, 'contact.closed', 'c1', '{}');"""


def journal(command, *arguments):
    return subprocess.run([VCSR, "journal", command, *map(str, arguments)], capture_output=True, text=True, timeout=60)


def rows(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT number, at, version, type, subject, data, hash FROM journal ORDER BY number").fetchall()


def chain(entries):
    """The hashes as docs/journal.md defines them."""
    before = bytes(32)
    for number, at, version, kind, subject, data, _ in entries:
        kind, subject, data = kind.encode(), subject.encode(), data.encode()
        before = hashlib.sha256(before + struct.pack(">QqQQQ", number, at, version, len(kind), len(subject)) + kind + subject + data).digest()
        yield before


class JournalTest(unittest.TestCase):
    def center(self):
        center = serve(self, CONFIG, prepare=lambda folder: write_prompt(folder))
        center.call("8001", "wait 1s\nhang up\n").succeed()
        center.closed(center.contact())
        return center

    def change(self, path, statement):
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.executescript(statement)

    def test_a_journal_is_shown_and_exported_by_number_type_and_subject(self):
        center = self.center()
        contact = center.contact()
        everything = [json.loads(line) for line in journal("export", center.data).stdout.splitlines()]
        some = [json.loads(line) for line in journal("export", center.data, "--subject", contact, "--type", "contact",
                                                     "--from", 3).stdout.splitlines()]
        expected = [entry for entry in everything
                    if entry["subject"] == contact and entry["type"].startswith("contact.") and entry["number"] >= 3]
        self.assertTrue(expected)
        self.assertEqual(some, expected)
        self.assertEqual([entry["hash"] for entry in everything],
                         [hash.hex() for hash in chain(rows(center.data / "journal.db"))][:len(everything)])
        file = center.folder / "export.jsonl"
        self.assertEqual(journal("export", center.data, "--output", file).returncode, 0)
        self.assertEqual([json.loads(line) for line in file.read_text().splitlines()][:len(everything)], everything)
        again = journal("export", center.data, "--output", file)
        self.assertEqual(again.returncode, 1)
        self.assertIn("name one that does not exist", again.stderr)
        shown = [json.loads(line) for line in journal("show", "--json", "--subject", contact, center.data).stdout.splitlines()]
        self.assertEqual({entry["subject"] for entry in shown}, {contact})

    def test_a_journal_nobody_touched_is_good_while_the_center_runs_and_afterwards(self):
        center = self.center()
        checked = journal("verify", center.data)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        head = re.search(r"the chain ends at (\d+:[0-9a-f]{64})", checked.stdout)[1]
        center.end_process()
        later = journal("verify", center.data, "--expect", head)
        self.assertEqual(later.returncode, 0, later.stdout)

    def test_a_changed_journal_is_reported_with_the_first_bad_number(self):
        center = self.center()
        center.end_process()
        path = center.data / "journal.db"
        last = len(rows(path))
        head = re.search(r"the chain ends at (\S+)", journal("verify", path).stdout)[1]

        self.change(path, f"DELETE FROM journal WHERE number = {last}")
        shorter = journal("verify", path)
        self.assertEqual(shorter.returncode, 0)
        noted = journal("verify", path, "--expect", head)
        self.assertEqual(noted.returncode, 1)
        self.assertIn(f"entry {last} is bad: entries up to {last} were noted", noted.stdout)

        self.change(path, "UPDATE journal SET data = replace(data, 'voice', 'video') WHERE type = 'contact.arrived'")
        arrived = next(row[0] for row in rows(path) if row[3] == "contact.arrived")
        changed = journal("verify", path)
        self.assertEqual(changed.returncode, 1)
        self.assertIn(f"entry {arrived} is bad", changed.stdout)
        self.assertIn(f"{arrived - 1} entries are good", changed.stdout)
        center.data.joinpath("journal.db").unlink()

    def test_what_is_derived_from_the_journal_is_what_the_center_keeps(self):
        center = self.center()
        contact = center.contact()
        outcome = center.closed(contact)["outcome"]
        live = journal("replay", center.data)
        self.assertEqual(live.returncode, 0, live.stdout + live.stderr)
        center.end_process()
        rebuilt = center.folder / "rebuilt.db"
        again = journal("replay", center.data, "--into", rebuilt)
        self.assertRegex(again.stdout, r"entries replayed: 1 contacts and the histories of 0 customers, 0 differences")
        with contextlib.closing(sqlite3.connect(rebuilt)) as database:
            self.assertEqual(database.execute("SELECT outcome FROM contact").fetchall(), [(outcome,)])
        self.change(center.data / "center.db", "UPDATE contact SET outcome = 'forged'")
        changed = journal("replay", center.data)
        self.assertEqual(changed.returncode, 1)
        self.assertIn(f'contact {contact}: outcome: "{outcome}" by the journal, "forged" in the store', changed.stdout)
        self.change(center.data / "center.db", "DELETE FROM contact")
        self.assertIn("it is not in the store", journal("replay", center.data).stdout)

    def test_a_journal_of_an_earlier_version_is_migrated_on_demand_with_a_copy_beside_it(self):
        folder = folder_for(self)
        path = pathlib.Path(folder) / "journal.db"
        self.change(path, OLD)
        self.assertIn("there is no chain", journal("verify", folder).stdout)
        done = journal("migrate", folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"the journal as it was: {path}.format-1", done.stdout)
        self.assertEqual([row[6] for row in rows(path)], list(chain(rows(path))))
        self.assertEqual(journal("verify", folder).returncode, 0)
        with contextlib.closing(sqlite3.connect(f"{path}.format-1")) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM journal").fetchone(), (2,))
            self.assertEqual(len(database.execute("PRAGMA table_info(journal)").fetchall()), 5)
        self.assertIn("up to date", journal("migrate", folder).stdout)

    def test_a_center_does_not_begin_on_a_journal_of_an_earlier_version(self):
        folder = pathlib.Path(folder_for(self))
        (folder / "data").mkdir()
        self.change(folder / "data" / "journal.db", OLD)
        with self.assertRaises(AssertionError) as refused:
            serve(self, CONFIG, folder=folder, prepare=lambda folder: write_prompt(folder))
        self.assertIn(f"vcsr journal migrate {folder}/data/journal.db", str(refused.exception))
        self.assertIn("which leaves a copy at", str(refused.exception))


if __name__ == "__main__":
    main()
