# SPDX-License-Identifier: Apache-2.0
"""A session recording server (SIPREC, RFC 7866) by hand: takes INVITEs over UDP and TCP, and two streams of RTP."""

import re
import socket
import struct
import threading
import time
import xml.etree.ElementTree as xml

from harness import LIMIT, Ports
from sip_peer import status_of
from sound import A, MU, PCMA, RATE, Track

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
    """One stream as it arrives."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port = Ports.take(2, address)
        self.socket.bind((address, self.port))
        self.packets = []  # (when, timestamp, payload type, payload)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            try:
                packet = self.socket.recv(2048)
            except OSError:
                return
            if not packet:
                return
            kind, _, timestamp = struct.unpack_from("!xBHI", packet)
            self.packets.append((time.monotonic(), timestamp, kind & 0x7F, packet[12:]))

    @property
    def sound(self):
        """As it was sent; silence where nothing was."""
        packets = list(self.packets)
        if not packets:
            return Track([], RATE)
        begin = packets[0][1]
        samples = [0] * (max((at - begin) & 0xFFFFFFFF for _, at, _, _ in packets) + 160)
        for _, at, kind, payload in packets:
            place = (at - begin) & 0xFFFFFFFF
            samples[place:place + len(payload)] = [(A if kind == PCMA else MU)[code] for code in payload]
        return Track(samples, RATE)


class RecordingServer:
    """Answers with `status`, and refuses the streams whose numbers are in `refuses`."""

    def __init__(self, status=200, refuses=(), formats="0 8", address="127.0.0.1"):
        self.address, self.status, self.refuses, self.formats = address, status, refuses, formats
        self.port = Ports.take(2, address)
        self.streams = [Stream(address), Stream(address)]
        self.requests, self.changed = [], threading.Condition()
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind((address, self.port))
        self.listener = socket.create_server((address, self.port))
        threading.Thread(target=self.read_datagrams, daemon=True).start()
        threading.Thread(target=self.accept, daemon=True).start()

    def uri(self, transport="tcp"):
        return f"sip:recorder@{self.address}:{self.port};transport={transport}"

    def close(self):
        for one in (self.datagrams, self.listener, *(stream.socket for stream in self.streams)):
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
        if request.method != "INVITE":
            return self.answer(request, "200 OK")
        if self.status != 200:
            return self.answer(request, f"{self.status} Not Now")
        self.answer(request, "200 OK", self.description(request))

    def answer(self, request, status, body=""):
        lines = [f"{name}: {value}" for name, value in request.headers if name in ("Via", "From", "Call-ID", "CSeq", "Record-Route")]
        to = request["To"] if ";tag=" in request["To"] else request["To"] + ";tag=recorder"
        more = ["Content-Type: application/sdp", "Supported: siprec"] if body else []
        request.reply("\r\n".join([f"SIP/2.0 {status}", *lines, f"To: {to}",
                                   f"Contact: <sip:recorder@{self.address}:{self.port};transport=tcp>;+sip.srs", *more,
                                   f"Content-Length: {len(body)}", "", body]))

    def description(self, request):
        lines = ["v=0", "o=recorder 1 1 IN IP4 " + self.address, "s=-", "c=IN IP4 " + self.address, "t=0 0"]
        for number, stream in enumerate(self.streams):
            port = 0 if number in self.refuses else stream.port
            lines += [f"m=audio {port} RTP/AVP {self.formats}", f"a=label:{number + 1}",
                      "a=" + MIRROR[request.directions[number]]]
        return "\r\n".join(lines) + "\r\n"

    def wait(self, method, count=1, limit=LIMIT):
        """The request of this method with that number."""
        def found():
            return [request for request in self.requests if request.method == method]

        with self.changed:
            assert self.changed.wait_for(lambda: len(found()) >= count, limit), \
                f"no {method} number {count} in {limit:.0f} s: {[request.method for request in self.requests]}"
            return found()[count - 1]
