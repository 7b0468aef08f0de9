#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The center calls customers over trunks, on request over HTTP; carriers are sipp."""
import json
import socket
import ssl
import threading
import unittest
import urllib.error
import urllib.request

import certificates
from harness import Ports, Program, SippCall, folder_for, main, need, serve, wait_until

CONFIG = """
[web]
port = 0
token = "s3same"
[voice]
synthesizer = "none"
[[number]]
dial = "notice"
flow = "answer"
"""

SECURE = """
[[trunk]]
address = "sip:localhost:{port};transport=tls"
name = "carrier"
prefixes = ["*"]
check_every = "1s"
[log]
level = "info"
"""
TRUNK = """
[[trunk]]
address = "sip:127.0.0.1:{port}"
prefixes = {prefixes}
denied = ["+8616"]
caller_id = "+861055550000"
cost = {cost}
check_every = "0s"
answer_time = "1s"
"""


def taken(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
            return False
        except OSError:
            return True


class SecureCarrier:
    """Takes TLS connections, with the certificate of a name, and says yes to every request."""

    def __init__(self, folder, names):
        certificates.make(folder, "carrier", names=names)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "carrier.pem", folder / "carrier.key")
        self.listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port = self.listener.getsockname()[1]
        self.asked = threading.Event()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
                with connection:
                    while request := connection.recv(65536).decode():
                        self.asked.set()
                        lines = [line for line in request.split("\r\n")
                                 if line.split(":")[0] in ("Via", "From", "To", "Call-ID", "CSeq")]
                        answer = "\r\n".join(["SIP/2.0 200 OK", *lines, "Content-Length: 0", "", ""])
                        connection.sendall(answer.encode())
            except OSError:  # among them a handshake that the other side does not like
                if self.listener.fileno() < 0:
                    return

    def close(self):
        self.listener.close()


class SecureTrunkTest(unittest.TestCase):
    def reach(self, names):
        folder = folder_for(self)
        carrier = SecureCarrier(folder, names)
        self.addCleanup(carrier.close)
        certificates.make(folder, "center")
        tls = "".join(f'tls_{key} = "{folder / file}"\n' for key, file in
                      (("certificate", "center.pem"), ("key", "center.key"), ("authorities", "carrier.pem")))
        sip = f'[sip]\ntls_port = 0\ntls_verify = "servers"\n{tls}'
        return serve(self, sip + CONFIG + SECURE.format(port=carrier.port)), carrier

    def test_a_carrier_with_its_own_name_is_asked_over_tls(self):
        _, carrier = self.reach("DNS:localhost")
        self.assertTrue(carrier.asked.wait(30))

    def test_a_carrier_with_another_name_is_told_nothing(self):
        center, carrier = self.reach("DNS:other.example")
        said = center.process.line(r"a server shows a certificate for another name.*")[0]
        center.process.line("a trunk is down")
        self.assertIn("other.example", said)
        self.assertIn("localhost", said)
        self.assertFalse(carrier.asked.is_set())


class OutgoingTest(unittest.TestCase):
    def setUp(self):
        need("sipp")

    def begin(self, *trunks):
        self.center = serve(self, CONFIG + "".join(trunks))
        self.page = self.center.process.line(r"page on (http://[\d.:]+/)")[1]

    def order(self, to, token="s3same"):
        """The status and the words of the answer."""
        body = json.dumps({"to": to, "number": "notice"}).encode()
        request = urllib.request.Request(self.page + "api/calls", body, {"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def carrier(self, port):
        """Takes every call, and says so in its log of messages."""
        carrier = self.center.keep(Program("carrier", [
            "sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", port, "-mp", Ports.take(4), "-nostdin", "-trace_msg",
            "-message_file", "carrier.messages"], self.center.folder))
        wait_until(lambda: taken(port), "the carrier's listening")
        return carrier

    def dialed(self, to):
        contact = self.center.contact(to=to, direction="out")
        return contact, self.center.journal.wait("contact.dialed", contact)["data"]

    def test_a_customer_is_called_over_a_trunk_and_served(self):
        port = Ports.take()
        self.begin(TRUNK.format(port=port, prefixes='["+86"]', cost=1))
        self.carrier(port)

        status, _ = self.order("tel:+8613800000001")
        contact, dialed = self.dialed("tel:+8613800000001")

        self.assertEqual(status, 202)
        self.assertEqual((dialed["result"], dialed["trunk"]), ("answered", f"127.0.0.1:{port}"))
        self.center.journal.wait("contact.answered", contact)
        invite = (self.center.folder / "carrier.messages").read_text(errors="replace")
        self.assertIn(f"INVITE sip:+8613800000001@127.0.0.1:{port}", invite)
        self.assertIn("<sip:+861055550000@", invite)

    def test_a_dead_carrier_is_passed_over(self):
        dead, alive = Ports.take(), Ports.take()
        self.begin(TRUNK.format(port=dead, prefixes='["*"]', cost=1), TRUNK.format(port=alive, prefixes='["*"]', cost=2))
        self.carrier(alive)

        self.order("tel:+8613800000001")

        dialed = self.dialed("tel:+8613800000001")[1]
        self.assertEqual((dialed["result"], dialed["trunk"]), ("answered", f"127.0.0.1:{alive}"))

    def test_a_busy_customer_is_busy(self):
        port = Ports.take()
        self.begin(TRUNK.format(port=port, prefixes='["*"]', cost=1))
        SippCall(self.center, "phone_busy", target=False, port=port)
        wait_until(lambda: taken(port), "the telephone's listening")

        self.order("tel:+8613800000001")
        contact, dialed = self.dialed("tel:+8613800000001")

        self.assertEqual(dialed["result"], "busy")
        self.assertEqual(self.center.closed(contact)["outcome"], "unreached")

    def test_what_no_trunk_grants_is_not_dialled(self):
        port = Ports.take()
        self.begin(TRUNK.format(port=port, prefixes='["+86"]', cost=1))
        carrier = self.carrier(port)

        for number in ("tel:+8616000001", "tel:+4930555", f"sip:+4930555@127.0.0.1:{port}", "sip:anna@127.0.0.1:9"):
            self.order(number)
            self.assertEqual(self.dialed(number)[1]["result"], "refused")

        carrier.stop()
        self.assertFalse((self.center.folder / "carrier.messages").read_text(errors="replace").count("INVITE"))

    def test_calls_need_the_token(self):
        self.begin()

        status, words = self.order("tel:+8613800000001", token="guess")

        self.assertEqual(status, 401)
        self.assertIn("token", words)


if __name__ == "__main__":
    main()
