# SPDX-License-Identifier: Apache-2.0
"""A Kamailio in front of the center: it brings callers and takes calls out, and the center is registered with it."""

import unittest

from harness import HERE, TEST_CENTER, TONE, VCSR, Ports, Program, folder_for, main, need, serve
from sound import read_wav, write_prompt

CONFIG = """
[[trunk]]
address = "sip:127.0.0.1:PROXY"
user = "center"
password = "bridge"
register = true
prefixes = ["0"]
[[number]]
dial = "8000"
flow = "answer"
[[number]]
dial = "center"
flow = "ivr"
prompt = "tone"
[[number]]
dial = "8002"
flow = "connect"
to = "tel:01002"
time = "20s"
[[number]]
dial = "8003"
flow = "connect"
to = "tel:01003"
time = "20s"
""" + TONE


class KamailioTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        need("kamailio")
        cls.proxy, center = Ports.take(), Ports.take()
        folder = folder_for(cls)
        config = folder / "kamailio.cfg"
        config.write_text((HERE / "kamailio.cfg").read_text().replace("${port}", str(cls.proxy)).replace("${center}", str(center)))
        cls.kamailio = Program("kamailio", ["kamailio", "-DD", "-E", "-f", config, "-w", folder, "-m", 32, "-M", 8,
                                            "-P", config.with_suffix(".pid")], folder)
        cls.addClassCleanup(cls.kamailio.stop)
        cls.kamailio.line("registered telephones are served")
        cls.center = serve(cls, CONFIG, port=center, program=TEST_CENTER, prepare=cls.prepare)

    @classmethod
    def prepare(cls, folder):
        write_prompt(folder)
        path = folder / "center.toml"
        path.write_text(path.read_text().replace("PROXY", str(cls.proxy)))

    def through(self, number, script, name):
        """A caller who knows the proxy only; its call's contact."""
        path = self.center.folder / f"{name}.call"
        path.write_text(script, encoding="utf-8")
        caller = f"sip:{name}@127.0.0.1"
        call = self.center.keep(Program(name, [VCSR, "call", f"sip:{number}@127.0.0.1:{self.proxy}", "--from", caller,
                                               "--script", path], self.center.folder))
        return call, self.center.journal.wait("contact.arrived", **{"from": caller})["subject"]

    def phone(self, password, script, name, user="1002"):
        path = self.center.folder / f"{name}.call"
        path.write_text(script, encoding="utf-8")
        return self.center.keep(Program(name, [VCSR, "phone", "--register", f"{user}@127.0.0.1:{self.proxy}", "--password",
                                               password, "--script", path], self.center.folder))

    def test_a_caller_comes_through_the_proxy_and_hangs_up(self):
        call, contact = self.through("8001", "tone 700 1s\nexpect tone 1000 within 20s\ndigits 5\nwait 1s\nhold\n"
                                     "wait 500ms\nretrieve\nwait 500ms\nhang up\n", "holder")
        call.succeed()
        closed = self.center.closed(contact)
        self.assertEqual(closed["cause"], "normal")
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(700))
        self.assertTrue(right.tones(1000))
        self.center.journal.wait("contact.collected", contact, key="pressed", value="5")

    def test_a_caller_finds_the_registered_center_by_its_name(self):
        self.kamailio.line(r"registered center at .*sip:center@127.0.0.1")
        call, contact = self.through("center", "expect tone 1000 within 20s\nhang up\n", "finder")
        call.succeed()
        self.assertEqual(self.center.closed(contact)["cause"], "normal")

    def test_a_telephone_behind_the_proxy_is_called_with_the_trunks_credentials(self):
        phone = self.phone("river", "ring 300ms\nanswer\ntone 1200 1s\nexpect tone 700 within 20s\nexpect hangup within 30s\n",
                           "desk")
        self.kamailio.line("registered 1002 at")
        call, contact = self.through("8002", "expect tone 1200 within 20s\ntone 700 2s\nhang up\n", "client")
        call.succeed()
        phone.line(r"ok +line 5: expect hangup")
        closed = self.center.closed(contact)
        self.assertEqual(closed["cause"], "normal")
        self.kamailio.line("01002 is called by center")
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(700))
        self.assertTrue(right.tones(1200))

    def test_a_telephone_with_a_wrong_password_is_not_there(self):
        self.phone("guess", "answer\n", "thief", user="1003")
        self.kamailio.line("refused 1003")
        call, contact = self.through("8003", "expect hangup within 30s\n", "unlucky")
        call.succeed()
        reached = self.center.journal.wait("contact.collected", contact, key="reached")["data"]["value"]
        self.assertEqual(reached, "unreachable")


if __name__ == "__main__":
    main()
