# SPDX-License-Identifier: Apache-2.0
"""baresip without a head: telephones in a network namespace, with WAV files for microphone and ear."""

import contextlib
import ctypes
import json
import os
import pathlib
import socket
import subprocess
import threading
import time
import unittest

from harness import LIMIT, Program, at_end_of, folder_for, need, need_root, serve
from sound import read_wav, write_wav

MODULES = next((path for path in pathlib.Path("/usr/lib").glob("**/baresip/modules")), None)
CONFIG = """
sip_listen {address}:{port}
audio_source aufile,{source}
audio_player aubridge,{name}
audio_alert aubridge,{name}-alert
rtp_ports {rtp}-{rtp_last}
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module srtp.so
snd_path {folder}
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen {address}:{control}
"""


class TwoNetworks:
    """Two network namespaces joined by a cable: a center's host is number 1, the telephones' number 2."""

    def __init__(self, v6=False):
        number = os.getpid()
        self.center, self.phones = f"vcsr-c{number}", f"vcsr-p{number}"
        network = f"fd00:{number % 50:x}:{number // 50:x}::" if v6 else f"10.{200 + number % 50}.{number // 50 % 250}."
        self.center_address, self.phones_address = f"{network}1", f"{network}2"
        more = ["nodad"] if v6 else []  # an address that waits to be unique cannot be bound
        cable = (f"vcc{number}", f"vcp{number}")
        try:
            for name in (self.center, self.phones):
                self.ip("netns", "add", name)
            self.ip("link", "add", cable[0], "netns", self.center, "type", "veth", "peer", "name", cable[1], "netns",
                    self.phones)
            for name, end, address in ((self.center, cable[0], self.center_address),
                                       (self.phones, cable[1], self.phones_address)):
                self.ip("-n", name, "addr", "add", f"{address}/{64 if v6 else 24}", "dev", end, *more)
                self.ip("-n", name, "link", "set", end, "up")
                self.ip("-n", name, "link", "set", "lo", "up")
        except subprocess.SubprocessError:
            self.close()
            raise

    @staticmethod
    def ip(*command):
        ran = subprocess.run(["ip", *command], stderr=subprocess.PIPE, text=True)
        if ran.returncode:
            raise subprocess.SubprocessError(f"ip {' '.join(command)}: {ran.stderr.strip()}")

    @staticmethod
    def inside(name):
        return ["ip", "netns", "exec", name]

    def connect(self, address, port):
        """A TCP connection from the telephones' namespace; a thread of ours goes there to make it."""
        made = []

        def go():
            with open(f"/run/netns/{self.phones}", "rb") as namespace:
                if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), 0) != 0:
                    return
            with contextlib.suppress(OSError):
                made.append(socket.create_connection((address, port), LIMIT))

        thread = threading.Thread(target=go)
        thread.start()
        thread.join()
        return made[0] if made else None

    def close(self):
        for name in (self.center, self.phones):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


class Neighborhood:
    """A center and real telephones, each in a network of its own; lives as long as the test case, instance or class."""

    def __init__(self, case, modules=(), v6=False):
        need("baresip", "ip")
        need_root("it makes network namespaces, for baresip takes no loopback")
        if not MODULES or not all((MODULES / name).exists() for name in modules):
            raise unittest.SkipTest("baresip's modules are not installed")
        self.case, self.networks = case, TwoNetworks(v6)
        at_end_of(case, self.networks.close)
        self.folder = folder_for(case)

    def serve(self, config, **options):
        return serve(self.case, config, address=self.networks.center_address, port=5060,
                     enter=self.networks.inside(self.networks.center), **options)

    def phone(self, name, account, says, more="", case=None):
        """One with these samples before its microphone; gone with its test case."""
        source = self.folder / f"{name}.wav"
        write_wav(source, says)
        phone = Baresip(self.networks, self.folder, name, account, source, more)
        at_end_of(case or self.case, phone.stop)
        return phone

    def agent(self, center, user, password, says):
        """The telephone of an agent who is ready by now."""
        account = f"<sip:{user}@{center.server}>;auth_user={user};auth_pass={password};regint=60"
        phone = self.phone(user, account, says)
        center.journal.wait("agent.state", user, state="ready")
        return phone


class Baresip(Program):
    """One telephone with its account, its microphone (a WAV file) and its own folder for what it hears."""

    count = 0

    def __init__(self, networks, folder, name, account, source, more=""):
        number = Baresip.count = Baresip.count + 1
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir(parents=True)
        address = networks.phones_address
        values = {"address": f"[{address}]" if ":" in address else address, "port": 5060 + 10 * number, "name": name, "source": source,
                  "rtp": 30000 + 100 * number, "rtp_last": 30098 + 100 * number, "modules": MODULES,
                  "folder": self.folder, "control": 4440 + number}
        (self.folder / "config").write_text(CONFIG.format(**values) + more + "\n")
        (self.folder / "accounts").write_text(account + "\n")
        (self.folder / "contacts").write_text("")
        super().__init__(name, ["baresip", "-f", self.folder], self.folder, networks.inside(networks.phones))
        self.events, self.changed = [], threading.Condition()
        self.control = self.connect(networks, values["control"])
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def connect(self, networks, port):
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline and self.process.poll() is None:
            control = networks.connect(networks.phones_address, port)
            if control:
                return control
            time.sleep(0.1)
        raise AssertionError(f"{self.name} is not to be controlled:\n{self.text}")

    def read(self):
        """Netstrings: "12:{...}," """
        buffer = b""
        with contextlib.suppress(OSError):
            while data := self.control.recv(65536):
                buffer += data
                while b":" in buffer:
                    length, rest = buffer.split(b":", 1)
                    if len(rest) <= int(length):
                        break
                    buffer = rest[int(length) + 1:]
                    with self.changed:
                        self.events.append(json.loads(rest[:int(length)]))
                        self.changed.notify_all()

    def command(self, name, parameters=""):
        text = json.dumps({"command": name, "params": parameters})
        self.control.sendall(f"{len(text)}:{text},".encode())

    def event(self, kind, limit=LIMIT, **data):
        def found():
            return next((event for event in self.events if event.get("type") == kind and
                         all(str(event.get(key)) == value for key, value in data.items())), None)

        with self.changed:
            if not self.changed.wait_for(found, limit):
                raise AssertionError(f"{self.name} told of no {kind} {data}: {self.events}\n{self.text}")
            return found()

    def heard(self):
        """What came out of the earpiece in the last call."""
        return read_wav(max(self.folder.glob("dump-*-dec.wav")))[0]

    def stop(self, *options):
        self.control.close()
        return super().stop(*options)
