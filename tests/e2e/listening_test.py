#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A supervisor's program and browser hear a running call over HTTP: what the caller says, and what it hears."""
import http.client
import json
import math
import re
import struct
import subprocess
import unittest

from tool_test import CONFIG, LIMIT, TOOL, Center

SCRIPT = "expect tone 440 within 5s; tone 800 20s"
HEAD = 44


def share(samples, hertz):
    """How much of the energy is this tone: 1 for nothing else."""
    whole = sum(sample * sample for sample in samples) or 1
    angles = [2 * math.pi * hertz * i / 8000 for i in range(len(samples))]
    real = sum(sample * math.cos(angle) for sample, angle in zip(samples, angles))
    imaginary = sum(sample * math.sin(angle) for sample, angle in zip(samples, angles))
    return 2 * (real * real + imaginary * imaginary) / len(samples) / whole


PLAIN = """
[[number]]
dial = "plain"
flow = "ivr"
prompt = "beep"
"""


class ListeningCenter(Center):
    def __init__(self):
        super().__init__()
        self.config.write_text(CONFIG.format(port=0) + PLAIN + '[web]\nport = 0\ntoken = "river"\n')

    def __enter__(self):
        super().__enter__()
        self.connections = []
        self.web = int(re.search(r"page on http://127\.0\.0\.1:(\d+)/", self.line)[1])
        return self

    def __exit__(self, *reason):
        super().__exit__(*reason)
        for connection in self.connections:
            connection.close()

    def ask(self, method, path, token="river", body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.web, timeout=LIMIT)
        self.connections.append(connection)
        connection.request(method, path, body, headers={"Authorization": f"Bearer {token}"} if token else {})
        return connection.getresponse()


def caller(center, number="menu"):
    return subprocess.Popen([TOOL, "call", center.number(number), "-e", SCRIPT], stdout=subprocess.DEVNULL)


class ListeningTest(unittest.TestCase):
    def hears_the_caller(self, response):
        self.assertEqual((response.status, response.headers["Content-Type"]), (200, "audio/wav"))
        head = response.read(HEAD)
        self.assertEqual(struct.unpack_from("<4s4x4s4sIHHI", head)[:2], (b"RIFF", b"WAVE"))
        self.assertEqual(struct.unpack_from("<HHIIHH", head, 20), (1, 2, 8000, 32000, 4, 16))
        for _ in range(50):
            samples = struct.unpack("<8000h", response.read(16000))
            if share(samples[0::2], 800) > 0.9:
                return
        self.fail("the caller's tone was not heard")

    def test_a_program_hears_the_caller_and_both_ends_are_on_record(self):
        with ListeningCenter() as center, caller(center) as call:
            started = center.wait_for("recording.started")
            path = f"/api/contacts/{started['subject']}/listen"
            self.assertEqual(center.ask("GET", path, token="wrong").status, 401)
            self.assertEqual(center.ask("GET", "/api/contacts/nobody/listen").status, 404)
            response = center.ask("GET", path)
            self.hears_the_caller(response)
            response.close()
            ended = center.wait_for("recording.overheard", begins=False)
            self.assertGreater(ended["data"]["length"], 0.4)
            self.assertEqual(ended["data"]["recording"], started["data"]["recording"])
            entry = center.wait_for("recording.ledger", by="operator")
            self.assertEqual((entry["subject"], entry["data"]["kind"]), (started["data"]["recording"], "overheard"))
            call.terminate()

    def test_a_call_that_nobody_records_is_heard_until_it_ends(self):
        with ListeningCenter() as center, caller(center, "plain") as call:
            contact = center.wait_for("contact.answered")["subject"]
            response = center.ask("GET", f"/api/contacts/{contact}/listen")
            self.hears_the_caller(response)
            begun = center.wait_for("recording.overheard", begins=True)
            self.assertEqual((begun["subject"], begun["data"]["recording"], begun["data"]["by"]), (contact, "", "operator"))
            call.terminate()
            response.read()
            self.assertTrue(response.isclosed(), "the stream ends with the call")
            self.assertGreater(center.wait_for("recording.overheard", begins=False)["data"]["length"], 0.4)

    def test_a_browser_gets_an_address_that_holds_once(self):
        with ListeningCenter() as center, caller(center) as call:
            started = center.wait_for("recording.started")
            path = f"/api/contacts/{started['subject']}/listen"
            url = json.loads(center.ask("POST", path).read())["url"]
            response = center.ask("GET", url, token=None)
            self.hears_the_caller(response)
            self.assertEqual(center.ask("GET", url, token=None).status, 404)
            call.terminate()
            response.read()
            self.assertTrue(response.isclosed(), "the stream ends with the call")

    def test_a_listener_who_does_not_read_costs_the_call_nothing(self):
        with ListeningCenter() as center, caller(center) as call:
            started = center.wait_for("recording.started")
            deaf = center.ask("GET", f"/api/contacts/{started['subject']}/listen")
            call.wait(LIMIT)
            finished = center.wait_for("recording.finished")
            self.assertGreater(finished["data"]["length"], 20)
            self.assertEqual(finished["data"]["lost"], 0)
            self.assertEqual(call.returncode, 0)
            deaf.close()


if __name__ == "__main__":
    unittest.main()
