# SPDX-License-Identifier: Apache-2.0
"""Real telephones that encrypt what they say."""

import signal
import unittest

import certificates
from baresip import Neighborhood
from harness import SERVICE, main, wait_until
from sound import read_wav, silence, tone

CONFIG = """
[sip]
encryption = "required"
tls_port = 5061
tls_certificate = "center.pem"
tls_key = "center.key"
[voice]
synthesizer = "none"
""" + SERVICE


class SecureTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.neighborhood = Neighborhood(cls, modules=("srtp.so",))
        networks, folder = cls.neighborhood.networks, cls.neighborhood.folder
        cls.center = cls.neighborhood.serve(
            CONFIG, prepare=lambda home: certificates.make(home, "center", host=networks.center_address))
        certificates.make(folder, "phone", host=networks.phones_address)
        phone = folder / "phone.pem"
        phone.write_text(phone.read_text() + (folder / "phone.key").read_text())
        cls.tls = f"sip_certificate {phone}\nsip_cafile {cls.center.folder}/center.pem"
        cls.server = cls.center.server
        cls.secure_server = f"{networks.center_address}:5061"

    def phone(self, name, account, hertz):
        return self.neighborhood.phone(name, account, silence(2) + tone(hertz, 60), self.tls, case=self)

    def agent(self, name, server, more):
        return self.phone(name, f"<sip:1001@{server}>;auth_pass=river-bank;answermode=auto{more}", 660)

    def customer(self, name, encryption=""):
        return self.phone(name, f"<sip:{name}@customer.example>;regint=0;audio_codecs=pcma{encryption}", 440)

    def test_a_telephone_that_does_not_encrypt_is_refused(self):
        customer = self.customer("plain")
        customer.command("dial", f"sip:8002@{self.server}")

        self.assertIn("488", customer.event("CALL_CLOSED")["param"])

    def talk(self, agent, customer, server):
        self.center.journal.wait("agent.state", "1001", state="ready")
        customer.command("dial", f"sip:8002@{server}")
        contact = self.center.contact(**{"from": f"sip:{customer.name}@customer.example"})
        self.center.journal.wait("contact.connected", contact, agent="1001")
        self.center.recorded(contact, seconds=5)
        customer.command("hangup")

        closed = self.center.closed(contact)
        self.assertEqual((closed["outcome"], closed["cause"]), ("served", "normal"))
        left, right = read_wav(closed["recordings"][0])
        self.assertTrue(left.tones(440))
        self.assertTrue(right.tones(660))
        self.assertTrue(agent.heard().tones(440))
        self.assertTrue(customer.heard().tones(660))

    def talk_over(self, name, server):
        agent = self.agent(f"agent-{name}", server, ";regint=60;mediaenc=srtp-mand")
        self.talk(agent, self.customer(f"customer-{name}", ";mediaenc=srtp-mand"), server)
        agent.stop(signal.SIGTERM)

    def test_customer_and_agent_talk_in_secret(self):
        self.talk_over("tls", f"{self.secure_server};transport=tls")

    def test_connections_are_used_both_ways(self):
        self.talk_over("tcp", f"{self.server};transport=tcp")

    def test_telephones_are_back_after_the_center_was_killed(self):
        agent = self.agent("agent-kept", self.server, ";regint=3600;mediaenc=srtp-mand")
        kept = self.center.data / "phones"
        # Those of the tests before came by other transports.
        wait_until(lambda: kept.exists() and any("1001" in line and "transport=" not in line
                                                 for line in kept.read_text().splitlines()), "its registration in a file")
        registrations = len([event for event in agent.events if event["type"] == "REGISTER_OK"])
        self.center.end_process(signal.SIGKILL)
        self.center.start()

        self.talk(agent, self.customer("customer-kept", ";mediaenc=srtp-mand"), self.server)
        self.assertEqual(registrations, len([event for event in agent.events if event["type"] == "REGISTER_OK"]))
        agent.stop(signal.SIGTERM)

    def test_a_telephone_dials_only_what_the_center_serves(self):
        agent = self.agent("agent-fraud", self.server, ";regint=60;mediaenc=srtp-mand")
        agent.command("dial", f"sip:+44900123456@{self.server}")
        self.assertIn("404", agent.event("CALL_CLOSED")["param"])
        agent.stop(signal.SIGTERM)


if __name__ == "__main__":
    main()
