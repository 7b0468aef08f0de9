# SPDX-License-Identifier: Apache-2.0
"""Puts load on `vcsr serve bench/sip-load.toml` with sipp and rtppeer, and reads what it costs from /proc."""
import csv
import math
import os
import pathlib
import re
import resource
import shutil
import signal
import struct
import subprocess
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ADDRESS = "127.0.0.1"
TARGET = f"{ADDRESS}:5060"
SIPP_PORT = 5260
AGENTS_PORT = 5360
MEDIA_BASE = 40000
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


class LoadFailed(Exception):
    pass


class Window:
    """The processor time of a process, and how busy the machine was, between begin and end."""

    def __init__(self, pid):
        self._pid = pid
        self._began = self._read()

    def _read(self):
        stat = pathlib.Path(f"/proc/{self._pid}/stat").read_text().rpartition(") ")[2].split()
        machine = [int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        return time.monotonic(), int(stat[11]), int(stat[12]), sum(machine), sum(machine) - machine[3] - machine[4]

    def end(self):
        wall, user, system, all_ticks, busy_ticks = (now - then for now, then in zip(self._read(), self._began))
        return {
            "wall_s": round(wall, 3),
            "cpu_s": (user + system) / TICKS,
            "user_s": user / TICKS,
            "system_s": system / TICKS,
            "host_busy_percent": round(100 * busy_ticks / max(all_ticks, 1)),
        }


class Load:
    """A running server and those who call it."""

    def __init__(self, build, folder):
        self._build = build
        self._folder = folder
        self._earlier = folder / "sip-load.earlier"
        self._callers = folder / "sipp.csv"
        self._output = []
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        if not shutil.which("sipp"):
            raise LoadFailed("sipp is missing: apt-get install sip-tester")

    def __enter__(self):
        # Removed after the measurement: for a minute, a file system may spend time on sparing what was removed.
        shutil.rmtree(self._earlier, ignore_errors=True)
        self._earlier.mkdir()
        for old in (self._folder / "sip-load").glob("*"):
            # What is spoken is rendered once and kept.
            if old.name != "speech":
                old.rename(self._earlier / old.name)
        self._server = subprocess.Popen([self._build / "bin/vcsr", "serve", HERE / "sip-load.toml"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        while not (said and said[-1].startswith("vcsr serves")):
            said.append(self._server.stdout.readline())
            if not said[-1]:
                raise LoadFailed(f"the server did not start: {''.join(said)}")
        self._reader = threading.Thread(target=lambda: self._output.extend(self._server.stdout))
        self._reader.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """What the server said of its media at the end."""
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGTERM)
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        self._reader.join()
        shutil.rmtree(self._earlier, ignore_errors=True)
        late = re.search(r"tick_late_p99_us\W+(\d+)", "".join(self._output))
        return {"tick_late_p99_us": int(late[1])} if late else {}

    def calls(self, user, rate, seconds, stay_ms=100):
        """So many new calls each second: answered, held, hung up."""
        count = rate * seconds
        window = Window(self._server.pid)
        sipp = self._sipp("uac_s1.xml", user, "-r", rate, "-m", count, "-d", stay_ms, "-timeout", seconds + 30)
        sipp.wait()
        seen = {**window.end(), **self._counts()}
        in_time = seen["wall_s"] < seconds + stay_ms / 1000 + 2.5
        clean = seen["failed"] == 0 and seen["ok"] == count and in_time
        return {**seen, "rate": rate, "sustained": rate if clean else math.floor(seen["ok"] / seen["wall_s"])}

    def queue(self, user, rate, seconds, stay_ms):
        """So many callers each second, who stay that long; agents ring 100 ms, answer and talk with them."""
        statistics = self._folder / "agents.csv"
        agents = self._sipp_at(AGENTS_PORT, statistics, "-sf", HERE / "sip-load/uas_agent.xml")
        seen = self.calls(user, rate, seconds, stay_ms)
        self._drain(agents)
        return {**seen, "talked": self._counts(statistics)["ok"]}

    def open_calls(self, user, count):
        """Memory that open calls take: after a few have come and gone, so that what is made once is there."""
        self.calls(user, 100, 3)
        before = self._rss_kb()
        sipp = self._sipp("uac_s1.xml", user, "-r", 400, "-m", count, "-d", 15000)
        time.sleep(count / 400 + 4)
        after = self._rss_kb()
        sipp.wait()
        return {**self._counts(), "calls": count, "kb_per_call": round((after - before) / count, 2)}

    def talk(self, user, count, seconds):
        """So many calls at once, each of 30 s, with audio both ways; measured once all are there."""
        ports = 3 * count + 20
        peer = subprocess.Popen([self._build / "bin/bench/rtppeer", ADDRESS, str(MEDIA_BASE + 100), "4", str(ports),
                                 self._caller_audio(), "5000", "300"], stdout=subprocess.PIPE, text=True)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(peer.stdout))
        reader.start()
        sipp = self._sipp("uac_s2.xml", user, "-mp", MEDIA_BASE, "-r", count, "-rp", 10000, "-l", count,
                          "-m", 1_000_000, "-d", 30000, "-timeout", 200)
        time.sleep(12)
        window, first = Window(self._server.pid), len(lines)
        time.sleep(seconds)
        seen, measured = window.end(), lines[first:]
        self._drain(sipp)
        peer.terminate()
        peer.wait()
        reader.join()
        return {**seen, **self._counts(), "calls": count, **self._media(measured)}

    def _media(self, lines):
        seconds = [{key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", line)} for line in lines]
        if not seconds:
            raise LoadFailed("rtppeer said nothing: are its ports free?")
        means = {key: sum(second[key] for second in seconds) / len(seconds) for key in ("active", "received", "sent")}
        return {
            "active": round(means["active"], 1),
            "packets_to_callers_per_s": round(means["received"]),
            "packets_from_callers_per_s": round(means["sent"]),
            "lost": sum(second["lost"] for second in seconds),
            "late40": sum(second["late40"] for second in seconds),
        }

    def _sipp(self, scenario, user, *options):
        return self._sipp_at(SIPP_PORT, self._callers, TARGET, "-sf", HERE / "sip-load" / scenario, "-s", user,
                             "-max_retrans", 6, "-l", 20000, *options)

    def _sipp_at(self, port, statistics, *options):
        statistics.unlink(missing_ok=True)
        command = ["sipp", *options, "-i", ADDRESS, "-p", port, "-nostdin", "-trace_stat", "-stf", statistics,
                   "-fd", 1, "-buff_size", 4_000_000, "-timer_resol", 1]
        return subprocess.Popen([str(word) for word in command], start_new_session=True, cwd=self._folder,
                                stdout=subprocess.DEVNULL, stderr=open(self._folder / "sipp.err", "w"))

    def _drain(self, sipp):
        """No new calls; those there are end by themselves within half a minute."""
        sipp.send_signal(signal.SIGUSR1)
        try:
            sipp.wait(33)
        except subprocess.TimeoutExpired:
            sipp.terminate()
            sipp.wait()

    def _counts(self, statistics=None):
        with open(statistics or self._callers) as rows:
            last = [row for row in csv.DictReader(rows, delimiter=";") if row["TotalCallCreated"]][-1]
        return {
            "created": int(last["TotalCallCreated"]),
            "ok": int(last["SuccessfulCall(C)"]),
            "failed": int(last["FailedCall(C)"]),
            "retransmissions": int(last["Retransmissions(C)"]),
        }

    def _rss_kb(self):
        return int(pathlib.Path(f"/proc/{self._server.pid}/statm").read_text().split()[1]) * PAGE_KB

    def _caller_audio(self):
        """Ten seconds of 440 Hz, µ-law."""
        path = self._folder / "caller.ulaw"
        if not path.exists():
            samples = (0.5 * math.sin(2 * math.pi * 440 * i / 8000) for i in range(80000))
            path.write_bytes(struct.pack("80000B", *(ulaw(sample) for sample in samples)))
        return path


def ulaw(sample):
    """G.711 §3.2, of a sample between -1 and 1."""
    magnitude = min(int(abs(sample) * 32767) >> 2, 8158) + 33
    segment = magnitude.bit_length() - 6
    return ~((0x80 if sample < 0 else 0) | segment << 4 | (magnitude >> (segment + 1)) & 0x0F) & 0xFF
