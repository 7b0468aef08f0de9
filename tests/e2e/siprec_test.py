#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Copies of recorded calls at a session recording server (SIPREC), heard there and told of in metadata."""

import json
import struct
import unittest
import urllib.request

import certificates
from harness import TEST_CENTER, TONE, Ports, folder_for, main, serve
from recording_server import SPACE, RecordingServer
from secret_test import check, keys_in
from sip_peer import RawCall
from sound import RATE, read_wav, silence, tone, write_prompt
from supervision_test import CONFIG as DESK
from supervision_test import Leg

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

SECURE = """
[sip]
authenticate_calls = false
tls_port = 0
tls_certificate = "{folder}/center.pem"
tls_key = "{folder}/center.key"
tls_authorities = "{folder}/recorder.pem"
tls_verify = "servers"
[siprec]
server = "sip:recorder@localhost:{port};transport=tls"
encryption = "required"
""" + TONE


def seconds(track, hertz):
    return sum(end - begin for begin, end in track.tones(hertz))


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

    def finish(self, server, call, hertz=440):
        """The call is heard at the server from its first word on."""
        call.say(silence(1))
        call.hang_up(cseq=1000)
        server.wait("BYE")
        customer, heard = (stream.sound for stream in server.streams)
        self.assertGreater(seconds(customer, hertz), 0.9)
        self.assertGreater(seconds(heard, 1000), 1.5)
        return customer

    def test_what_is_said_before_the_recorder_answers_is_not_lost(self):
        server = self.recorder(delay=2)
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        call.say(tone(440, 1))
        self.assertEqual(server.streams[0].packets, [])
        call.say(silence(2))
        center.journal.wait("recording.copy", call.contact, state="begun")

        customer = self.finish(server, call)
        self.assertLess(customer.tones(440)[0][0], 0.6)
        self.assertGreater(customer.seconds, 3.5)

    def test_what_is_said_before_the_recorder_answers_reaches_it_when_the_call_is_over_by_then(self):
        server = self.recorder(delay=3)
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        server.wait("INVITE")
        call.say(silence(0.5) + tone(440, 1))
        call.hang_up(cseq=1000)
        self.assertEqual(server.streams[0].packets, [])
        server.wait("BYE")
        customer, heard = (stream.sound for stream in server.streams)
        self.assertGreater(seconds(customer, 440), 0.9)
        self.assertGreater(seconds(heard, 1000), 0.9)
        center.journal.wait("recording.copy", call.contact, state="ended")

    def test_a_recorder_that_is_busy_is_asked_again_and_hears_what_was_said_meanwhile(self):
        server = self.recorder(status=503)
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        center.journal.wait("recording.copy", call.contact, state="failed", why="503 Not Now")
        server.status = 200
        call.say(tone(440, 1))
        call.say(silence(5))
        center.journal.wait("recording.copy", call.contact, state="begun")
        self.finish(server, call)
        self.assertEqual(len([1 for request in server.requests if request.method == "INVITE"]), 2)

    def test_a_recorder_that_is_not_there_yet_is_found_when_it_is(self):
        port = Ports.take(2)
        center = serve(self, CONFIG % f"sip:recorder@127.0.0.1:{port};transport=tcp", prepare=write_prompt)
        call = self.call(center)
        center.journal.wait("recording.copy", call.contact, state="failed")
        server = self.recorder(port=port)
        call.say(tone(440, 1))
        call.say(silence(5))
        center.journal.wait("recording.copy", call.contact, state="begun")
        self.finish(server, call)

    def test_a_recorder_that_stays_busy_is_asked_three_times_and_no_more(self):
        server = self.recorder(status=503)
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        call.say(silence(16))
        call.hang_up(cseq=1000)
        center.closed(call.contact)
        self.assertEqual(len([1 for request in server.requests if request.method == "INVITE"]), 3)

    def test_a_recorder_that_asks_for_a_password(self):
        server = self.recorder(login=("bank", "river"))
        login = 'user = "bank"\npassword = "river"\n[voice]'
        center = serve(self, (CONFIG % server.uri()).replace("[voice]", login), prepare=write_prompt)
        call = self.call(center)
        center.journal.wait("recording.copy", call.contact, state="begun")
        call.say(tone(440, 1))
        self.finish(server, call)
        self.assertNotIn("Authorization", dict(server.wait("BYE").headers))
        server.wait("BYE", 2)
        self.assertTrue(server.left)
        self.assertNotIn("river", center.log)

    def test_both_streams_report_the_same_time(self):
        server = self.recorder()
        center = serve(self, CONFIG % server.uri(), prepare=write_prompt)
        call = self.call(center)
        for _ in range(40):
            call.say(silence(0.5))
            if all(stream.reports for stream in server.streams):
                break
        call.hang_up(cseq=1000)
        began = []
        for stream in server.streams:
            kind, ssrc, whole, part, timestamp, packets = struct.unpack_from("!xBxxIIIII", stream.reports[0])
            self.assertEqual((kind, ssrc), (200, struct.unpack_from("!8xI", stream.raw[0])[0]))
            self.assertGreater(packets, 100)
            first = struct.unpack_from("!4xI", stream.raw[0])[0]
            began.append(whole + part / 2**32 - ((timestamp - first) & 0xFFFFFFFF) / RATE)
        self.assertAlmostEqual(*began, delta=0.001)

    def test_over_tls_with_encrypted_audio(self):
        folder = folder_for(self)
        certificates.make(folder, "center")
        server = self.recorder(tls=certificates.make(folder, "recorder", names="DNS:localhost"), encrypted=True)
        center = serve(self, SECURE.format(folder=folder, port=server.port), prepare=write_prompt)
        call = self.call(center)
        invite = server.wait("INVITE")
        self.assertIn("RTP/SAVP", invite.sdp)
        center.journal.wait("recording.copy", call.contact, state="begun")
        call.say(tone(440, 1))
        for _ in range(20):
            call.say(silence(0.5))
            if server.streams[0].reports:
                break
        server.streams[0].reader.check_report(server.streams[0].reports[0])
        self.finish(server, call)

    def test_a_recorder_with_another_name_in_its_certificate_gets_nothing(self):
        folder = folder_for(self)
        certificates.make(folder, "center")
        server = self.recorder(tls=certificates.make(folder, "recorder", names="DNS:other.example"), encrypted=True)
        center = serve(self, SECURE.format(folder=folder, port=server.port), prepare=write_prompt)
        call = self.call(center)
        center.journal.wait("recording.copy", call.contact, state="failed")
        self.assertEqual(server.requests, [])


class MetadataTest(unittest.TestCase):
    def setUp(self):
        self.server = RecordingServer()
        self.addCleanup(self.server.close)
        self.legs = {name: Leg("127.0.0.1", hertz, name) for name, hertz in (("customer", 440), ("agent", 770), ("expert", 1210))}
        for leg in self.legs.values():
            self.addCleanup(leg.close)
        agent, self.expert = (f"sip:{user}@127.0.0.1:{self.legs[name].answer_calls().port}"
                              for user, name in (("1001", "agent"), ("expert", "expert")))
        config = DESK.replace("{agent}", str(self.legs["agent"].port))
        self.center = serve(self, f'{config}[[recording]]\nwhole_call = true\n[siprec]\nserver = "{self.server.uri()}"\n')
        self.page = self.center.process.line(r"page on (http://[\d.:]+/)")[1]
        self.contact = self.legs["customer"].call(self.center, "8000")
        self.center.journal.wait("contact.connected", self.contact, agent="1001")
        self.agent = agent

    def order(self, **order):
        request = urllib.request.Request(f"{self.page}api/contacts/{self.contact}/parties", json.dumps(order).encode(),
                                         {"Authorization": "Bearer s3same"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def told(self, holds):
        """The server is told of parties, by their addresses, that suit."""
        def all_told():
            return [self.parties(request.metadata) for request in self.server.requests
                    if request.method == "INVITE" and request.parts]

        with self.server.changed:
            self.assertTrue(self.server.changed.wait_for(lambda: any(map(holds, all_told())), 30), all_told())

    @staticmethod
    def parties(metadata):
        """What each takes part in: "s" the customer hears it, "r" it hears her, "-" neither now, "gone"."""
        names = {one.get("participant_id"): one.find(SPACE + "nameID").get("aor") for one in metadata.findall(SPACE + "participant")}
        gone = {one.get("participant_id") for one in metadata.findall(SPACE + "participantsessionassoc")
                if one.find(SPACE + "disassociate-time") is not None}
        states = {}
        for one in metadata.findall(SPACE + "participantstreamassoc"):
            who = one.get("participant_id")
            on = one.find(SPACE + "disassociate-time") is None
            flow = "".join(kind[0] for kind in ("send", "recv") if one.find(SPACE + kind) is not None)
            states[names[who]] = "gone" if who in gone else flow if on else "-"
        return states

    def test_the_recorder_learns_who_takes_part(self):
        self.told(lambda parties: parties.get(self.agent) == "sr")
        self.order(do="hold")
        self.told(lambda parties: parties.get(self.agent) == "-")
        self.order(do="retrieve")
        count = len(self.server.requests)
        self.order(do="add", to=self.expert)
        self.told(lambda parties: (parties.get(self.agent), parties.get(self.expert)) == ("sr", "sr"))
        self.order(do="drop", leg=3)
        self.told(lambda parties: (parties.get(self.agent), parties.get(self.expert)) == ("sr", "gone"))
        self.assertGreater(len(self.server.requests), count)

    def test_after_a_transfer_the_recorder_learns_who_has_the_customer(self):
        self.told(lambda parties: parties.get(self.agent) == "sr")
        self.order(do="consult", to=self.expert)
        self.center.journal.wait("leg.answered", self.contact, leg=3)
        self.order(do="complete")
        self.told(lambda parties: (parties.get(self.agent), parties.get(self.expert)) == ("gone", "sr"))
        invites = [request for request in self.server.requests if request.method == "INVITE"]
        self.assertEqual(len({request["Call-ID"] for request in invites}), 1)


if __name__ == "__main__":
    main()
