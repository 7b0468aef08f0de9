# SPDX-License-Identifier: Apache-2.0
"""SRTP and SRTCP (RFC 3711) read with a key, by hand: AES_CM_128_HMAC_SHA1_80 alone, before the sequence wraps."""

import base64
import hashlib
import hmac
import re
import struct
import subprocess

SUITE = "AES_CM_128_HMAC_SHA1_80"
TAG = 10


def keystream(key, counter, length):
    return subprocess.run(["openssl", "enc", "-aes-128-ctr", "-K", key.hex(), "-iv", counter.to_bytes(16, "big").hex()],
                          input=bytes(length), check=True, capture_output=True).stdout[:length]


def crypto(sdp, number):
    """Tag and key of this suite in the m-line with that number."""
    found = re.search(rf"a=crypto:(\d+) {SUITE} inline:([A-Za-z0-9+/=]+)", sdp.split("m=audio")[number + 1])
    return found[1], base64.b64decode(found[2])


class Reader:
    """Opens what one sender sealed; what is not signed with the key is not let through."""

    def __init__(self, key):
        self.master, self.salt = key[:16], int.from_bytes(key[16:30], "big")
        self.packets, self.reports = ([self.derive(label, size) for label, size in ((first, 16), (first + 1, 20), (first + 2, 14))]
                                      for first in (0, 3))

    def derive(self, label, size):
        return keystream(self.master, (self.salt ^ label << 48) << 16, size)

    def packet(self, data):
        """The RTP packet in the clear."""
        cipher, signature, salt = self.packets
        body, tag = data[:-TAG], data[-TAG:]
        assert hmac.new(signature, body + bytes(4), hashlib.sha1).digest()[:TAG] == tag, "a packet is not authentic"
        sequence, ssrc = struct.unpack_from("!2xH4xI", body)
        counter = int.from_bytes(salt, "big") << 16 ^ ssrc << 64 ^ sequence << 16
        stream = keystream(cipher, counter, len(body) - 12)
        return body[:12] + bytes(one ^ other for one, other in zip(body[12:], stream))

    def check_report(self, data):
        """The RTCP packet is authentic, and encrypted."""
        signed = data[:-TAG]
        assert hmac.new(self.reports[1], signed, hashlib.sha1).digest()[:TAG] == data[-TAG:], "a report is not authentic"
        assert signed[-4] & 0x80, "a report is in the clear"
