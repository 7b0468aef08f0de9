# SPDX-License-Identifier: Apache-2.0
"""sipp calls the center and is called by it: what SIP's dialogs look like from the other side."""

import unittest

from harness import TEST_CENTER, Ports, SippCall, main, need, serve

CONFIG = """
[log]
level = "debug"
[sip]
media_timeout = "0s"
[voice]
synthesizer = "none"
[[queue]]
name = "nobody"
[[agent]]
id = "1001"
password = "river-bank"
queues = ["nobody"]
[[number]]
dial = "8000"
flow = "answer"
[[number]]
dial = "8001"
flow = "ring"
time = "300ms"
[[number]]
dial = "8002"
flow = "ring"
time = "60s"
[[number]]
dial = "8003"
flow = "reject"
cause = "busy"
[[number]]
dial = "8004"
flow = "transfer"
to = "sip:8888@127.0.0.1:9"
"""
PHONE = """
[[number]]
dial = "{dial}"
flow = "connect"
to = "sip:sipp@127.0.0.1:{port}"
time = "{time}"
"""
PHONES = {"8010": ("phone_rings", "500ms"), "8011": ("phone_prack", "30s"), "8012": ("phone_busy", "30s")}


def setUpModule():
    need("sipp")


class SignalingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.phone_ports = {dial: Ports.take() for dial in PHONES}
        phones = "".join(PHONE.format(dial=dial, port=cls.phone_ports[dial], time=time)
                         for dial, (_, time) in PHONES.items())
        cls.center = serve(cls, CONFIG + phones, program=TEST_CENTER)
        # The session timer's shortest time is 90 s, and the stack lets two thirds of it pass.
        cls.vanished = cls.sipp("vanish", "8000", headers="Session-Expires: 90;refresher=uac\nSupported: timer")

    @classmethod
    def sipp(cls, scenario, number="", **options):
        return SippCall(cls.center, scenario, number, **options)

    def through(self, scenario, number="", **options):
        return self.sipp(scenario, number, **options).succeed()

    def outcome(self, call):
        return self.center.closed(self.center.contact(driver_id=call.call_id))

    def test_a_call_is_answered_and_hung_up(self):
        for transport in ("u1", "t1"):
            closed = self.outcome(self.through("call", "8000", options=["-t", transport]))
            self.assertEqual((closed["cause"], closed["error"]), ("normal", ""))

    def test_a_caller_gives_up_before_the_answer(self):
        closed = self.outcome(self.through("cancel", "8002"))
        self.assertEqual(closed["outcome"], "refused")

    def test_a_busy_number_and_one_that_does_not_exist(self):
        busy = self.through("refused", "8003", status="486", pattern="cause=17", formats="0 8")
        unknown = self.through("refused", "4711", status="404", pattern="cause=1", formats="0 8")
        self.assertEqual(self.outcome(busy)["outcome"], "refused")
        self.assertEqual(self.outcome(unknown)["cause"], "not_found")
        self.assertIn("nothing serves this number", self.center.log)

    def test_codecs_that_do_not_meet(self):
        self.through("refused", "8000", status="488", pattern="488", formats="18 4")

    def test_hold_and_retrieve(self):
        call = self.through("hold", "8000")
        contact = self.center.contact(driver_id=call.call_id)
        self.center.closed(contact)
        held = [entry["data"]["held"] for entry in self.center.of(contact, "contact.held")]
        self.assertEqual(held, [True, False, True, False])

    def test_a_caller_asks_to_be_transferred(self):
        self.outcome(self.through("refer", "8000"))

    def test_the_center_transfers_a_caller(self):
        self.assertEqual(self.outcome(self.through("referred", "8004"))["outcome"], "transferred")

    def test_options(self):
        self.through("options", "8000")

    def test_a_telephone_registers_with_its_password_only(self):
        self.through("register", "1001", user="1001", password="wrong", status="401")
        self.through("register", "1002", user="1002", password="river-bank", status="401")
        self.assertEqual([e for e in self.center.journal.entries if e["type"] == "agent.state"], [])

        self.through("register", "1001", user="1001", password="river-bank", status="200")
        self.center.journal.wait("agent.state", "1001", state="ready")

    def test_ringing_is_confirmed_where_the_caller_wants_it(self):
        self.outcome(self.through("prack", "8001"))

    def test_the_offer_comes_from_us_where_the_caller_has_none(self):
        self.assertEqual(self.outcome(self.through("late_offer", "8000"))["cause"], "normal")

    def test_digits_after_the_end_belong_to_no_call(self):
        self.outcome(self.through("info_after_bye", "8000"))

    def test_an_offer_of_fax_and_audio_is_answered_for_the_audio(self):
        self.outcome(self.through("fax_first", "8000"))

    def test_methods_that_nobody_serves(self):
        for method, status in (("SUBSCRIBE", "489"), ("PUBLISH", "405"), ("MESSAGE", "405"), ("DANCE", "501")):
            with self.subTest(method):
                self.through("method", "8000", method=method, status=status)

    def call_to_phone(self, dial):
        phone = self.sipp(PHONES[dial][0], "", port=self.phone_ports[dial], target=False)
        caller = self.sipp("mute", dial)
        phone.succeed()
        contact = self.center.contact(driver_id=caller.call_id)
        reached = self.center.journal.wait("contact.collected", contact, key="reached")["data"]["value"]
        return caller, contact, reached

    def test_a_telephone_that_rings_in_vain_is_let_go(self):
        _, contact, reached = self.call_to_phone("8010")
        self.assertEqual(reached, "no_answer")
        self.center.closed(contact)

    def test_a_telephone_that_is_busy(self):
        _, _, reached = self.call_to_phone("8012")
        self.assertEqual(reached, "busy")

    def test_a_telephone_confirms_answers_and_hangs_up(self):
        _, contact, reached = self.call_to_phone("8011")
        self.assertEqual(reached, "answered")
        self.center.journal.wait("contact.disconnected", contact)
        self.center.closed(contact)

    def test_zz_a_caller_who_vanished_is_found_out_by_the_session_timer(self):
        self.vanished.succeed()
        contact = self.center.contact(driver_id=self.vanished.call_id)
        closed = self.center.closed(contact, limit=150)
        self.assertEqual(closed["cause"], "lost")
        self.assertGreater(closed["length"], 50)
        self.assertLess(closed["length"], 120)


LOSS = """
[sip]
max_calls = 1
media_timeout = "1s"
[voice]
synthesizer = "none"
[[number]]
dial = "8000"
flow = "answer"
"""


class LimitsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.center = serve(cls, LOSS)

    def test_a_caller_who_falls_silent_is_hung_up_on(self):
        call = SippCall(self.center, "mute", "8000").succeed()
        self.assertEqual(self.center.closed(self.center.contact(driver_id=call.call_id))["cause"], "lost")

    def test_beyond_the_limit_of_calls_others_are_asked_to_come_back(self):
        SippCall(self.center, "call", "8000").succeed()
        first = SippCall(self.center, "mute", "8000", label="first")
        self.center.journal.wait("contact.answered", self.center.contact(driver_id=first.call_id))

        second = SippCall(self.center, "refused", "8000", status="503", pattern="Retry-After: *[1-9]", formats="0 8")
        second.succeed()

        first.succeed()
        arrived = [entry["data"]["driver_id"] for entry in self.center.show("--type", "contact.arrived")]
        self.assertIn(first.call_id, arrived)
        self.assertNotIn(second.call_id, arrived)


if __name__ == "__main__":
    main()
