# SPDX-License-Identifier: Apache-2.0
"""A session recording server (SIPREC, RFC 7866) by hand: takes INVITEs over UDP, TCP and TLS, and two streams of RTP."""

import hashlib
import re
import socket
import ssl
import struct
import threading
import time
import xml.etree.ElementTree as xml

from harness import LIMIT, Ports
from sip_peer import status_of
from sound import A, MU, PCMA, RATE, Track
from srtp import SUITE, Reader, crypto

SPACE = "{urn:ietf:params:xml:ns:recording:1}"
MIRROR = {"sendonly": "recvonly", "inactive": "inactive"}


class Request:
    """A SIP request with the parts of its body."""

    def __init__(self, text, reply):
        head, self.body = text.split("\r\n\r\n", 1)
        first, *lines = head.split("\r\n")
        self.method, self.text, self.reply = first.split()[0], text, reply
        self.headers = [tuple(line.split(": ", 1)) for line in lines]
        boundary = re.search(r"multipart/mixed\s*;\s*boundary=([^\s;]+)", self["Content-Type"])
        self.parts = {}
        for part in self.body.split("--" + boundary[1])[1:-1] if boundary else []:
            headers, content = part.lstrip("\r\n").split("\r\n\r\n", 1)
            self.parts[re.search(r"Content-Type: (\S+)", headers)[1]] = (headers, content)

    def __getitem__(self, name):
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def sdp(self):
        return self.parts["application/sdp"][1] if self.parts else self.body

    @property
    def metadata(self):
        return xml.fromstring(self.parts["application/rs-metadata+xml"][1].strip())

    @property
    def directions(self):
        return re.findall(r"^a=(sendonly|inactive|sendrecv|recvonly)", self.sdp, re.M)


class Stream:
    """One stream as it arrives, and its reports."""

    def __init__(self, address):
        self.port = Ports.take(2, address)
        self.sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        self.raw, self.reports, self.reader = [], [], None
        for number, (one, kept) in enumerate(zip(self.sockets, (self.raw, self.reports))):
            one.bind((address, self.port + number))
            threading.Thread(target=self.read, args=(one, kept), daemon=True).start()

    @staticmethod
    def read(socket, kept):
        while True:
            try:
                packet = socket.recv(2048)
            except OSError:
                return
            if not packet:
                return
            kept.append(packet)

    @property
    def packets(self):
        """(timestamp, payload type, payload) of each."""
        clear = [self.reader.packet(packet) if self.reader else packet for packet in list(self.raw)]
        return [(struct.unpack_from("!4xI", packet)[0], packet[1] & 0x7F, packet[12:]) for packet in clear]

    @property
    def sound(self):
        """As it was sent; silence where nothing was."""
        packets = self.packets
        if not packets:
            return Track([], RATE)
        begin = packets[0][0]
        samples = [0] * (max((at - begin) & 0xFFFFFFFF for at, _, _ in packets) + 160)
        for at, kind, payload in packets:
            place = (at - begin) & 0xFFFFFFFF
            samples[place:place + len(payload)] = [(A if kind == PCMA else MU)[code] for code in payload]
        return Track(samples, RATE)


class RecordingServer:
    """Answers with `status` after `delay` seconds, and refuses the streams whose numbers are in `refuses`.

    `login`: the user and password that it asks for; `encrypted`: it takes SRTP alone; `tls`: a certificate and its key,
    with which it takes nothing else but TLS at its TCP port."""

    def __init__(self, status=200, refuses=(), formats="0 8", address="127.0.0.1", port=0, delay=0, login=None,
                 encrypted=False, tls=None):
        self.address, self.status, self.refuses, self.formats = address, status, refuses, formats
        self.delay, self.login, self.encrypted, self.tls = delay, login, encrypted, None
        if tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*tls)
        self.port = port or Ports.take(2, address)
        self.streams = [Stream(address), Stream(address)]
        self.requests, self.changed, self.left = [], threading.Condition(), False
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind((address, self.port))
        self.listener = socket.create_server((address, self.port))
        threading.Thread(target=self.read_datagrams, daemon=True).start()
        threading.Thread(target=self.accept, daemon=True).start()

    def uri(self, transport="tcp"):
        return f"sip:recorder@{self.address}:{self.port};transport={transport}"

    def close(self):
        for one in (self.datagrams, self.listener, *(one for stream in self.streams for one in stream.sockets)):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def read_datagrams(self):
        while True:
            try:
                message, source = self.datagrams.recvfrom(65536)
            except OSError:
                return
            if not message:
                return
            self.take(message.decode(), lambda text, to=source: self.datagrams.sendto(text.encode(), to))

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.read_connection, args=(connection,), daemon=True).start()

    def read_connection(self, connection):
        buffer = b""
        if self.tls:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:  # a handshake that the other side does not like
                return
        with connection:
            while True:
                head, found, rest = buffer.partition(b"\r\n\r\n")
                length = int(re.search(rb"\r\n(?:Content-Length|l): *(\d+)", head)[1]) if found else 0
                if found and len(rest) >= length:
                    buffer = rest[length:]
                    self.take((head + found + rest[:length]).decode(), lambda text: connection.sendall(text.encode()))
                    continue
                more = connection.recv(65536)
                if not more:
                    return
                buffer += more

    def take(self, text, reply):
        if status_of(text.encode()):
            return
        request = Request(text, reply)
        with self.changed:
            self.requests.append(request)
            self.changed.notify_all()
        if request.method == "ACK":
            return
        if request.method not in ("INVITE", "BYE"):
            return self.answer(request, "200 OK")
        if self.login and not self.knows(request):
            return self.answer(request, "401 Unauthorized", more=[
                'WWW-Authenticate: Digest realm="studio", nonce="abc", algorithm=SHA-256, qop="auth"'])
        if request.method == "BYE":
            self.left = True
            return self.answer(request, "200 OK")
        if self.status != 200:
            return self.answer(request, f"{self.status} Not Now")
        reply = threading.Timer(self.delay, lambda: self.answer(request, "200 OK", self.description(request)))
        if self.delay:
            self.answer(request, "100 Trying")
        reply.start()

    def knows(self, request):
        told = dict(re.findall(r'(\w+)="?([^",]+)', request["Authorization"]))
        if not told:
            return False

        def digest(text):
            return hashlib.sha256(text.encode()).hexdigest()

        user, password = self.login
        wanted = digest(f"{digest(f'{user}:studio:{password}')}:abc:{told['nc']}:{told['cnonce']}:auth:"
                        f"{digest(request.method + ':' + told['uri'])}")
        return (told["username"], told["response"]) == (user, wanted)

    def answer(self, request, status, body="", more=()):
        lines = [f"{name}: {value}" for name, value in request.headers if name in ("Via", "From", "Call-ID", "CSeq", "Record-Route")]
        to = request["To"] if ";tag=" in request["To"] else request["To"] + ";tag=recorder"
        more = ["Content-Type: application/sdp", "Supported: siprec"] if body else list(more)
        request.reply("\r\n".join([f"SIP/2.0 {status}", *lines, f"To: {to}",
                                   f"Contact: <sip:recorder@{self.address}:{self.port};transport={'tls' if self.tls else 'tcp'}>;+sip.srs",
                                   *more,
                                   f"Content-Length: {len(body)}", "", body]))

    def description(self, request):
        lines = ["v=0", "o=recorder 1 1 IN IP4 " + self.address, "s=-", "c=IN IP4 " + self.address, "t=0 0"]
        for number, stream in enumerate(self.streams):
            port = 0 if number in self.refuses else stream.port
            lines += [f"m=audio {port} RTP/{'S' if self.encrypted else ''}AVP {self.formats}", f"a=label:{number + 1}",
                      "a=" + MIRROR[request.directions[number]]]
            if self.encrypted:
                tag, key = crypto(request.sdp, number)
                stream.reader = stream.reader or Reader(key)
                lines.append(f"a=crypto:{tag} {SUITE} inline:{'B' * 40}")
        return "\r\n".join(lines) + "\r\n"

    def wait(self, method, count=1, limit=LIMIT):
        """The request of this method with that number."""
        def found():
            return [request for request in self.requests if request.method == method]

        with self.changed:
            assert self.changed.wait_for(lambda: len(found()) >= count, limit), \
                f"no {method} number {count} in {limit:.0f} s: {[request.method for request in self.requests]}"
            return found()[count - 1]
