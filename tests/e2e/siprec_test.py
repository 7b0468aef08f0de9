#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Copies of recorded calls at a session recording server (SIPREC), heard there and told of in metadata."""

import unittest

from harness import TEST_CENTER, TONE, main, serve
from recording_server import SPACE, RecordingServer
from secret_test import check, keys_in
from sip_peer import RawCall
from sound import RATE, read_wav, tone, write_prompt

CONFIG = """
[sip]
authenticate_calls = false
[siprec]
server = "%s"
""" + TONE

SECRET = """
[sip]
authenticate_calls = false
[siprec]
server = "%s"
[voice]
synthesizer = "none"
[[number]]
dial = "7000"
flow = "secret"
"""


class SiprecTest(unittest.TestCase):
    def recorder(self, **options):
        server = RecordingServer(**options)
        self.addCleanup(server.close)
        return server

    def call(self, center, number="8001", formats="0 101"):
        call = RawCall(center, number, formats)
        self.addCleanup(call.close)
        return call

    def copied(self, transport):
        server = self.recorder()
        center = serve(self, CONFIG % server.uri(transport), prepare=write_prompt)
        call = self.call(center)
        invite = server.wait("INVITE")
        center.journal.wait("recording.copy", call.contact, state="begun")
        call.say(tone(440, 2))
        call.hang_up(cseq=1000)
        server.wait("BYE")
        center.journal.wait("recording.copy", call.contact, state="ended")
        customer, heard = (stream.sound for stream in server.streams)
        self.assertGreater(sum(end - begin for begin, end in customer.tones(440)), 1.5)
        self.assertGreater(sum(end - begin for begin, end in heard.tones(1000)), 1.5)
        self.assertEqual((customer.tones(1000), heard.tones(440)), ([], []))
        own, _ = read_wav(center.closed(call.contact)["recordings"][0])
        self.assertGreater(sum(end - begin for begin, end in own.tones(440)), 1.5)
        return center, call, invite

    def test_both_sides_of_a_call_are_heard_at_the_recorder(self):
        center, call, invite = self.copied("tcp")

        self.assertIn("siprec", invite["Require"])
        self.assertIn("+sip.src", invite["Contact"])
        headers, _ = invite.parts["application/rs-metadata+xml"]
        self.assertIn("Content-Disposition: recording-session", headers)
        self.assertEqual(invite.directions, ["sendonly", "sendonly"])
        self.assertIn("a=label:1\r\n", invite.sdp)
        self.assertIn("a=label:2\r\n", invite.sdp)
        self.assert_metadata(invite.metadata, center, call)

    def assert_metadata(self, metadata, center, call):
        self.assertEqual(metadata.tag, SPACE + "recording")
        self.assertEqual(metadata.findtext(SPACE + "datamode"), "complete")
        [session] = metadata.findall(SPACE + "session")
        self.assertEqual(session.findtext("{urn:vcsr:recording:1}contact"), call.contact)
        started = center.journal.wait("recording.started", call.contact)
        self.assertEqual(session.findtext("{urn:vcsr:recording:1}recording"), started["data"]["recording"])
        customer, party = metadata.findall(SPACE + "participant")
        self.assertEqual(customer.find(SPACE + "nameID").get("aor"), f"sip:{call.id}@127.0.0.1")
        self.assertIn("sip:8001@", party.find(SPACE + "nameID").get("aor"))
        streams = {stream.findtext(SPACE + "label"): stream.get("stream_id") for stream in metadata.findall(SPACE + "stream")}
        sends = {join.get("participant_id"): join.findtext(SPACE + "send")
                 for join in metadata.findall(SPACE + "participantstreamassoc")}
        self.assertEqual(sends, {customer.get("participant_id"): streams["1"], party.get("participant_id"): streams["2"]})

    def test_over_udp_as_well(self):
        self.copied("udp")

    def test_nothing_of_a_pin_reaches_the_recorder(self):
        server = self.recorder()
        center = serve(self, SECRET % server.uri(), program=TEST_CENTER)
        call = self.call(center, "7000", "0")
        self.assertEqual(server.wait("INVITE").directions, ["sendonly"] * 2)
        self.assertEqual(server.wait("INVITE", 2).directions, ["inactive"] * 2)
        before = [len(stream.packets) for stream in server.streams]
        pin, card = "61829374", "4716258050958645"
        for keys, key in ((pin, "check_8"), (card, "check_16")):
            call.say([0] * (RATE // 2))
            call.press_loudly(keys)
            center.journal.wait("contact.collected", call.contact, key=key, value=check(keys))
        self.assertEqual([len(stream.packets) for stream in server.streams], before)
        resumed = server.wait("INVITE", 3)
        self.assertEqual(resumed.directions, ["sendonly"] * 2)
        call.say([0] * RATE + tone(440, 2))
        call.hang_up(cseq=1000)
        server.wait("BYE")
        customer, heard = (stream.sound for stream in server.streams)
        self.assertEqual((keys_in(customer), keys_in(heard)), ("", ""))
        self.assertGreater(sum(end - begin for begin, end in customer.tones(440)), 1)

    def test_a_recorder_that_refuses_costs_neither_the_call_nor_our_own_recording(self):
        server = self.recorder(status=503)
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        failed = center.journal.wait("recording.copy", call.contact, state="failed")
        self.assertEqual(failed["data"]["why"], "503 Not Now")
        call.say(tone(440, 2))
        call.hang_up(cseq=1000)
        closed = center.closed(call.contact)
        own, heard = read_wav(closed["recordings"][0])
        self.assertGreater(sum(end - begin for begin, end in own.tones(440)), 1.5)
        self.assertGreater(sum(end - begin for begin, end in heard.tones(1000)), 1.5)
        self.assertEqual([stream.packets for stream in server.streams], [[], []])


if __name__ == "__main__":
    main()
