# SPDX-License-Identifier: Apache-2.0
"""Calls over IPv6: sipp, our own telephone and baresip talk with a center that has no other address, or both."""

import os
import re
import socket
import ssl
import unittest

import certificates
from baresip import Neighborhood
from harness import LIMIT, SERVICE, TONE, Ports, SippCall, main, need, serve, wait_until
from sip_peer import SipPeer, status_of
from sound import read_wav, silence, tone, write_prompt

CONFIG = TONE + SERVICE


class LoopbackTest(unittest.TestCase):
    def setUp(self):
        self.center = serve(self, CONFIG, address="::1", prepare=lambda folder: write_prompt(folder, 3))

    def test_sipp_sends_back_what_it_hears_and_both_are_recorded(self):
        need("sipp")
        for transport in ("u1", "t1"):
            with self.subTest(transport):
                call = SippCall(self.center, "stay", "8001", options=["-t", transport, "-rtp_echo"]).succeed()
                closed = self.center.closed(self.center.contact(driver_id=call.call_id))
                self.assertEqual(closed["cause"], "normal")
                left, right = read_wav(closed["recordings"][0])
                for track in (left, right):
                    self.assertGreater(sum(end - begin for begin, end in track.tones(1000)), 1.5)
                messages = call.files[1].read_text(errors="replace")
                self.assertRegex(messages, rf"Contact: <sip:[^>]*@?\[::1\]:{self.center.port}")
                self.assertIn("c=IN IP6 ::1", messages)

    def test_our_telephone_registers_and_is_called(self):
        phone = self.center.phone("1001", "river-bank", "answer; tone 900 3s; expect tone 700 within 20s; wait 10s\n")
        self.center.journal.wait("agent.state", "1001", state="ready")
        caller = self.center.call("8002", "expect tone 900 within 20s; tone 700 2s; hang up\n", "sip:friend@example.org")
        caller.succeed()
        closed = self.center.closed(self.center.contact(**{"from": "sip:friend@example.org"}))
        self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
        phone.stop()


class BothVersionsTest(unittest.TestCase):
    def test_sipp_over_ipv4_talks_with_a_telephone_over_ipv6_and_the_other_way_round(self):
        need("sipp")
        center = serve(self, '[sip]\nsecond_address = "::1"\n' + CONFIG, prepare=write_prompt)
        for customer, agent in (("127.0.0.1", "::1"), ("::1", "127.0.0.1")):
            with self.subTest(customer=customer):
                center.address = agent
                phone = center.phone("1001", "river-bank", "answer; tone 900 20s; wait 10s\n", name=f"phone-{agent[:3]}")
                seen = len(center.journal.entries)
                wait_until(lambda: any(entry["type"] == "agent.state" and entry["data"]["state"] == "ready"
                                       for entry in center.journal.entries[max(seen - 1, 0):]), "an agent who is ready")
                center.address = customer
                call = SippCall(center, "stay", "8002", options=["-rtp_echo"]).succeed()
                closed = center.closed(center.contact(driver_id=call.call_id))
                self.assertEqual((closed["outcome"], closed["agent"]), ("served", "1001"))
                for track in read_wav(closed["recordings"][0]):  # what the agent says and what comes back
                    self.assertGreater(sum(end - begin for begin, end in track.tones(900)), 1)
                own = f"[{customer}]" if ":" in customer else customer
                messages = call.files[1].read_text(errors="replace")
                self.assertRegex(messages, rf"Contact: <sip:[^>]*@?{re.escape(own)}:{center.port}")
                self.assertIn(f"c=IN IP{6 if ':' in customer else 4} {customer}", messages)
                phone.stop()
                center.journal.wait("agent.state", "1001", state="logged_out")


class Messages:
    """Takes messages out of a stream one by one, as a socket for datagrams does."""

    def __init__(self, stream):
        self.stream, self.read = stream, b""
        self.settimeout, self.sendall, self.close = stream.settimeout, stream.sendall, stream.close

    def recv(self, size):
        while True:
            head, end, body = self.read.partition(b"\r\n\r\n")
            length = int(re.search(rb"Content-Length: *(\d+)", head)[1]) if end else 0
            if end and len(body) >= length:
                self.read = body[length:]
                return head + end + body[:length]
            more = self.stream.recv(size)
            if not more:
                raise ConnectionError("the connection was closed")
            self.read += more


class SecurePeer(SipPeer):
    """A caller over TLS, who looks at the certificate."""

    def __init__(self, center, authority, address, port):
        self.center, self.id = center, f"peer{next(self.numbers)}-{os.getpid()}"
        self.address, self.port = (f"[{address}]" if ":" in address else address), port
        context = ssl.create_default_context(cafile=authority)
        connection = socket.create_connection((address, port), LIMIT)
        self.socket = Messages(context.wrap_socket(connection, server_hostname=address))

    def send(self, message, to=None):
        self.socket.sendall(message.replace("SIP/2.0/UDP", "SIP/2.0/TLS").replace("\n", "\r\n").encode())


class SecureBothVersionsTest(unittest.TestCase):
    def test_tls_is_spoken_at_both_addresses(self):
        port = Ports.take()
        sip = (f'[sip]\nsecond_address = "::1"\ntls_port = {port}\ntls_certificate = "center.pem"\n'
               'tls_key = "center.key"\n')

        def prepare(folder):
            write_prompt(folder)
            certificates.make(folder, "center", names="IP:127.0.0.1,IP:::1")

        center = serve(self, sip + CONFIG, prepare=prepare)
        center.port = port
        for address, version in (("127.0.0.1", 4), ("::1", 6)):
            with self.subTest(address):
                center.address = address
                peer = SecurePeer(center, center.folder / "center.pem", address, port)
                self.addCleanup(peer.close)
                sdp = (f"v=0\no=peer 1 1 IN IP{version} {address}\ns=-\nc=IN IP{version} {address}\nt=0 0\n"
                       "m=audio 19998 RTP/AVP 0\n")
                answer = peer.ask("INVITE", number="8001", more="Content-Type: application/sdp\n", body=sdp).decode()
                self.assertEqual(status_of(answer.encode()), 200, answer)
                self.assertRegex(answer, rf"(?m)^Contact: <sips?:[^>]*@?{re.escape(peer.address)}:{port}")
                self.assertIn(f"c=IN IP{version} {address}", answer)
                to = re.search(r"^To:.*(;tag=[^;\s]+)", answer, re.M)[1]
                peer.send(peer.request("ACK", number="8001", peer=to))
                contact = center.contact(driver_id=f"{peer.id}@e2e")
                center.journal.wait("contact.answered", contact)
                self.assertEqual(status_of(peer.ask("BYE", number="8001", cseq=2, peer=to)), 200)
                self.assertEqual(center.closed(contact)["cause"], "normal")


class TelephonesTest(unittest.TestCase):
    def test_two_baresips_talk_through_the_center(self):
        neighborhood = Neighborhood(self, v6=True)
        center = neighborhood.serve(CONFIG, prepare=write_prompt)
        agent = neighborhood.phone("agent", f"<sip:1001@{center.server}>;auth_pass=river-bank;answermode=auto;regint=60",
                                   silence(1) + tone(660, 30))
        customer = neighborhood.phone("customer", "<sip:+8613800000002@customer.example>;regint=0;audio_codecs=pcma",
                                      silence(1) + tone(440, 30))
        center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{center.server}")
        contact = center.contact()
        center.journal.wait("contact.connected", contact, agent="1001")
        customer.command("sndcode", "7")
        agent.event("CALL_DTMF_START", param="7")
        center.recorded(contact, seconds=4)
        customer.command("hangup")
        closed = center.closed(contact)
        self.assertEqual(closed["outcome"], "served")
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(440))
        self.assertTrue(right.tones(660))


if __name__ == "__main__":
    main()
