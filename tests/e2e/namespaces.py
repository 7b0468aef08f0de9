# SPDX-License-Identifier: Apache-2.0
"""Two network namespaces with a bad link between them: netem where the kernel has it, else bad_link.py."""

import contextlib
import ctypes
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from harness import HERE, Program, need, need_root

CLONE_NEWNET = 0x40000000


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


def has_netem(namespace):
    return subprocess.run(["ip", "netns", "exec", namespace, "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "0"],
                          capture_output=True).returncode == 0


class BadLink:
    """`near` and `far` are namespaces; their addresses reach each other over the link alone."""

    near_address, far_address = "10.77.0.1", "10.77.0.2"

    def __init__(self, case, loss=0.05, delay=0.01, jitter=0.05, repeated=0.02):
        need_root("it makes network namespaces")
        need("ip", "tc")
        if not pathlib.Path("/dev/net/tun").exists():
            raise unittest.SkipTest("this machine has neither TUN devices nor leave to make them")
        mark = f"vcsr{os.getpid() % 100000}"
        self.near, self.far = f"{mark}n", f"{mark}f"
        for namespace in (self.near, self.far):
            try:
                run("ip", "netns", "add", namespace)
            except subprocess.CalledProcessError as error:
                raise unittest.SkipTest(f"no network namespace can be made: {error.stderr.decode()}") from None
            case.addClassCleanup(subprocess.run, ["ip", "netns", "del", namespace], check=False)
            run("ip", "-n", namespace, "link", "set", "lo", "up")
        if has_netem(self.near):
            run("ip", "link", "add", "bad", "netns", self.near, "type", "veth", "peer", "name", "bad", "netns", self.far)
            devices = ("bad", "bad")
        else:
            devices = self.make_tunnel(case, mark, loss, delay, jitter, repeated)
        for namespace, device, address in zip((self.near, self.far), devices, (self.near_address, self.far_address)):
            run("ip", "-n", namespace, "address", "add", f"{address}/24", "dev", device)
            run("ip", "-n", namespace, "link", "set", device, "up")
            if device == "bad":
                run("ip", "netns", "exec", namespace, "tc", "qdisc", "add", "dev", device, "root", "netem",
                    "delay", f"{1000 * (delay + jitter / 2)}ms", f"{500 * jitter}ms", "loss", f"{100 * loss}%",
                    "duplicate", f"{100 * repeated}%")

    def make_tunnel(self, case, mark, *character):
        devices = (f"{mark}a", f"{mark}b")
        folder = tempfile.TemporaryDirectory(prefix="vcsr-e2e-")
        case.addClassCleanup(folder.cleanup)
        link = Program("bad_link", [sys.executable, HERE / "bad_link.py", *devices, *character], folder.name)
        case.addClassCleanup(link.stop)
        link.line("ready")
        for namespace, device in zip((self.near, self.far), devices):
            run("ip", "link", "set", device, "netns", namespace)
        return devices

    def enter(self, namespace):
        return ["ip", "netns", "exec", namespace]

    @contextlib.contextmanager
    def inside(self, namespace):
        """Sockets that are made meanwhile belong to the namespace and stay there."""
        library = ctypes.CDLL(None, use_errno=True)

        def go(path):
            with open(path, "rb") as there:
                if library.setns(there.fileno(), CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), f"setns {path}")

        with open("/proc/self/ns/net", "rb") as home:
            go(f"/run/netns/{namespace}")
            try:
                yield
            finally:
                if library.setns(home.fileno(), CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), "setns")
