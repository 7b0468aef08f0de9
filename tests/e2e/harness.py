# SPDX-License-Identifier: Apache-2.0
"""A center under test and the peers that call it: programs that end with their test, whatever happens."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = ROOT / "examples"
BUILD = pathlib.Path(os.environ.get("VCSR_BUILD", ROOT / "build" / "dev"))
VCSR = BUILD / "bin" / "vcsr"
TEST_CENTER = BUILD / "bin" / "e2e_center"  # the same command with dialogues made for these tests
LIMIT = 60.0  # seconds; never reached where all is well, also on a busy machine

# A part of configurations: 8001 plays a prompt of one tone (sound.write_prompt) and records the caller.
TONE = """
[voice]
folders = ["prompts"]
synthesizer = "none"
[[number]]
dial = "8001"
flow = "ivr"
prompt = "tone"
record = true
"""
# Another: callers of 8002 wait for an agent.
SERVICE = """
[[queue]]
name = "service"
record = true
wrap_up = "200ms"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["service"]
[[number]]
dial = "8002"
flow = "queue"
queue = "service"
"""


def main():
    for program in (VCSR, TEST_CENTER):
        if not program.exists():
            sys.exit(f"{program} is missing: build it, or set VCSR_BUILD to the folder with bin/vcsr")
    unittest.main(verbosity=2, module="__main__")


def need(*programs):
    """Skips where a program is not installed."""
    for program in programs:
        if not shutil.which(program):
            raise unittest.SkipTest(f"{program} is not installed")


def need_root(why):
    if os.geteuid() != 0:
        raise unittest.SkipTest(f"needs root: {why}")


def wait_until(holds, what, limit=LIMIT):
    """For what no journal tells: the length of a file, say."""
    deadline = time.monotonic() + limit
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {limit:.0f} s")
        time.sleep(0.05)


class Program:
    """A process of its own group; its output goes to a file and is shown where a test fails."""

    def __init__(self, name, command, folder, enter=()):
        self.name = name
        self.log = pathlib.Path(folder) / f"{name}.log"
        self.output = open(self.log, "wb")
        self.process = subprocess.Popen([*enter, *map(str, command)], stdin=subprocess.DEVNULL, stdout=self.output,
                                        stderr=subprocess.STDOUT, cwd=folder, start_new_session=True)

    @property
    def text(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def line(self, pattern, limit=LIMIT):
        """The first line of the output in which the pattern is found; waits for it."""
        deadline = time.monotonic() + limit
        while True:
            over = self.process.poll() is not None
            found = re.search(pattern, self.text)
            if found:
                return found
            if over or time.monotonic() > deadline:
                raise AssertionError(f"{self.name} did not say '{pattern}':\n{self.text}")
            time.sleep(0.02)

    def wait(self, limit=LIMIT):
        return self.process.wait(limit)

    def succeed(self, limit=LIMIT):
        try:
            status = self.wait(limit)
        except subprocess.TimeoutExpired:
            self.stop(signal.SIGKILL)
            status = "none: it did not end"
        if status != 0:
            raise AssertionError(f"{self.name}: exit status {status}\n{self.text[:9000]}")
        return self

    def stop(self, how=signal.SIGINT, limit=15):
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            try:
                self.process.wait(limit)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.output.close()
        return self.process.returncode


class JournalFollower:
    """Reads a center's journal from its beginning, as it grows."""

    def __init__(self, data, enter=()):
        self.entries, self.changed, self.over = [], threading.Condition(), False
        self.process = subprocess.Popen([*enter, VCSR, "journal", "follow", "--json", data], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, start_new_session=True)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.entries.append(json.loads(line))
                self.changed.notify_all()
        with self.changed:
            self.over = True
            self.changed.notify_all()

    def wait(self, kind, subject=None, limit=LIMIT, **data):
        """The first entry of this type, subject and data."""

        def suits(entry):
            return entry["type"] == kind and subject in (None, entry["subject"]) and all(
                entry["data"].get(key) == wanted for key, wanted in data.items())

        deadline = time.monotonic() + limit
        seen = 0
        with self.changed:
            while True:
                for entry in self.entries[seen:]:
                    if suits(entry):
                        return entry
                seen = len(self.entries)
                left = deadline - time.monotonic()
                if left <= 0 or self.over:
                    tail = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in self.entries[-25:])
                    raise AssertionError(f"no {kind} {subject or ''} {data} within {limit:.0f} s; the journal ends with\n{tail}")
                self.changed.wait(left)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.thread.join()
        self.process.stdout.close()


def completed(config, data, address, port):
    """The configuration with where it keeps its data and takes its calls."""
    lines = f'[sip]\naddress = "{address}"\nport = {port}\n'
    served = config.replace("[sip]\n", lines, 1) if "[sip]\n" in config else lines + config
    lines = f'[center]\ndata = "{data}"\n'
    return served.replace("[center]\n", lines, 1) if "[center]\n" in served else lines + served


class Center:
    """`vcsr serve` with a configuration, a data folder and ports of its own, which the configuration leaves out."""

    def __init__(self, config, folder=None, program=VCSR, address="127.0.0.1", data=None, enter=(), port=0,
                 prepare=None, journal=None):
        self.temporary = None if folder else tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        self.folder = pathlib.Path(folder or self.temporary.name)
        self.data = pathlib.Path(data or self.folder / "data")
        self.journal_place = journal or self.data
        self.address, self.enter, self.program, self.peers = address, enter, program, []
        self.config = self.folder / "center.toml"
        values = {"DATA": self.data, "EXAMPLES": EXAMPLES}
        whole = completed(config, self.data, address, port)
        self.config.write_text(re.sub(r"@(\w+)@", lambda name: str(values[name[1]]), whole), encoding="utf-8")
        if prepare:
            prepare(self.folder)
        self.starts = 0
        self.began = False
        self.journal = None
        try:
            self.start()
        except AssertionError:
            self.close()
            raise

    def start(self):
        self.starts += 1
        self.process = Program(f"center{self.starts}", [self.program, "serve", self.config], self.folder, self.enter)
        try:
            self.port = int(self.process.line(r"vcsr serves .*SIP on \S+:(\d+)")[1])
        except AssertionError:
            self.process.stop(signal.SIGKILL)
            raise
        self.began = True
        self.journal = JournalFollower(self.journal_place, self.enter)

    @property
    def server(self):
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    @property
    def log(self):
        return self.process.text

    def show(self, *options):
        """The journal's entries, read afresh."""
        shown = subprocess.run([*self.enter, VCSR, "journal", "show", "--json", self.journal_place, *options], check=True, capture_output=True)
        return [json.loads(line) for line in shown.stdout.splitlines()]

    def explain(self, contact, language="en"):
        """Every decision about the contact, in words, from the journal alone."""
        command = [*self.enter, VCSR, "journal", "explain", self.data, contact, "--language", language]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def contact(self, limit=LIMIT, **arrival):
        """The id of the contact that arrives from, to … or with this driver_id."""
        return self.journal.wait("contact.arrived", limit=limit, **arrival)["subject"]

    def closed(self, contact, limit=LIMIT):
        return self.journal.wait("contact.closed", contact, limit)["data"]

    def recorded(self, contact, seconds, limit=LIMIT):
        """The file of the contact's recording, as soon as it has so much."""
        recording = pathlib.Path(self.journal.wait("recording.started", contact)["data"]["file"])
        wait_until(lambda: recording.exists() and recording.stat().st_size > 16000 * seconds,
                   f"{seconds} s of recording", limit)
        return recording

    def of(self, contact, kind=""):
        """What the journal holds of a contact so far."""
        with self.journal.changed:
            return [entry for entry in self.journal.entries
                    if entry["subject"] == contact and entry["type"].startswith(kind)]

    def call(self, number, script, caller="sip:+8613800009999@127.0.0.1", name="caller", options=()):
        path = self.folder / f"{name}.call"
        path.write_text(script, encoding="utf-8")
        return self.keep(Program(name, [VCSR, "call", f"sip:{number}@{self.server}", "--address", self.address, "--from",
                                        caller, "--script", path, *options], self.folder, self.enter))

    def phone(self, user, password, script, name="phone", options=()):
        path = self.folder / f"{name}.call"
        path.write_text(script, encoding="utf-8")
        return self.keep(Program(name, [VCSR, "phone", "--register", f"{user}@{self.server}", "--password", password,
                                        "--address", self.address, "--script", path, *options], self.folder, self.enter))

    def keep(self, program):
        self.peers.append(program)
        return program

    def end_process(self, how=signal.SIGINT):
        """SIGINT, SIGTERM or SIGKILL; start() can follow."""
        status = self.process.stop(how)
        if self.journal:
            self.journal.stop()
        self.journal = None
        return status

    def close(self):
        for peer in reversed(self.peers):
            peer.stop(signal.SIGKILL)
        status = self.end_process()
        try:
            self.check_journal()
        finally:
            if self.temporary:
                self.temporary.cleanup()
        return status

    def check_journal(self):
        """Whatever happened to the center, no entry was changed or is missing."""
        if not self.began or not (self.data / "journal.db").exists():
            return
        checked = subprocess.run([*self.enter, VCSR, "journal", "verify", "--schema", self.data], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def at_end_of(case, end):
    """Of the test case, instance or class."""
    (case.addClassCleanup if isinstance(case, type) else case.addCleanup)(end)


def serve(case, config, **options):
    """A center that lives as long as the test case, instance or class."""
    center = Center(config, **options)
    at_end_of(case, center.close)
    return center


def folder_for(case):
    """A folder that lives as long as the test case, instance or class."""
    folder = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
    at_end_of(case, folder.cleanup)
    return pathlib.Path(folder.name)


class Ports:
    """UDP ports for peers, below those that the system, a center or vcsr's telephones take by themselves."""

    first, last = 10000, 19990
    next = first + os.getpid() * 64 % (last - first)

    @classmethod
    def take(cls, count=1, address="127.0.0.1"):
        """An even port, and the ones after it."""
        while True:
            port = cls.next
            cls.next = port + 2 * ((count + 1) // 2)
            if port + count > cls.last:
                cls.next = cls.first
                continue
            with contextlib.suppress(OSError), contextlib.ExitStack() as held:
                for one in range(port, port + count):
                    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                        held.enter_context(socket.socket(socket.AF_INET, kind)).bind((address, one))
                return port


def make_scenario(name, path, values):
    """A sipp scenario with its parts: <?part name key="value"?> stands for sipp/parts/name.xml."""

    def part(found):
        words = dict(re.findall(r'(\w+)="([^"]*)"', found[2]))
        text = (HERE / "sipp" / "parts" / f"{found[1]}.xml").read_text().rstrip("\n")
        text = re.sub(r"\$\{(\w+)(?::([^}]*))?\}", lambda slot: words.get(slot[1], values.get(slot[1], slot[2] or "")), text)
        return expand(text)

    def expand(text):
        return re.sub(r"<\?part (\w+)([^?]*)\?>", part, text)

    text = expand((HERE / "sipp" / f"{name}.xml").read_text())
    path.write_text(re.sub(r"\$\{(\w+)\}", lambda slot: values.get(slot[1], ""), text))


class SippCall(Program):
    """One call by sipp; its Call-ID makes it known in the journal."""

    count = 0

    def __init__(self, center, scenario, number="", options=(), limit=LIMIT, label=None, target=True, port=0,
                 **values):
        SippCall.count += 1
        name = f"{label or scenario}-{SippCall.count}"
        self.call_id = f"{name}@e2e"
        self.port, media = port or Ports.take(), Ports.take(4)
        script = center.folder / f"{name}.xml"
        make_scenario(scenario, script, values)
        command = ["sipp", center.server if target else "", "-sf", script, "-m", 1, "-i", "::1" if center.address == "::1" else "127.0.0.1", "-p", self.port,
                   "-mp", media, "-s", number or "none", "-nostdin", "-cid_str", self.call_id,
                   "-timeout", f"{limit:.0f}s", "-timeout_error", "-trace_err", "-error_file", f"{name}.errors",
                   "-trace_msg", "-message_file", f"{name}.messages", "-default_behaviors", "all,-bye", *options]
        self.files = [center.folder / f"{name}.{kind}" for kind in ("errors", "messages")]
        super().__init__(name, [part for part in command if part != ""], center.folder)
        center.keep(self)

    @property
    def text(self):
        told = [f"--- {path.name}\n{path.read_text(errors='replace')}" for path in self.files if path.exists()]
        return "\n".join([*told, super().text[-800:]])
