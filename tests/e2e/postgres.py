# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of a test's own, from the system's package, at a Unix socket in a temporary folder."""

import glob
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest


class Postgres:
    """Skips the test where the package is missing. It refuses to run as root: then it is the user postgres."""

    def __init__(self, case):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise unittest.SkipTest("PostgreSQL is not installed (Debian: postgresql)")
        self.programs = pathlib.Path(programs[-1])
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vcsr-postgres-"))
        case.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self.folder / "data", "-U", "vcsr", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        case.addCleanup(self.stop)
        self.address = f"host={self.folder} user=vcsr dbname=postgres"

    def _run(self, program, *arguments):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*user, self.programs / program, *map(str, arguments)], cwd=self.folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        return done.returncode

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        if self._run("pg_ctl", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "start") != 0:
            raise AssertionError((self.folder / "log").read_text())

    def stop(self):
        """At once: sessions are lost, what was not committed too."""
        self._run("pg_ctl", "-w", "-D", self.folder / "data", "-m", "immediate", "stop")

    def ask(self, statement):
        return subprocess.run([self.programs / "psql", "-XAt", self.address, "-c", statement], check=True,
                              capture_output=True, text=True).stdout.strip()
