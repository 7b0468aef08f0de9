# SPDX-License-Identifier: Apache-2.0
"""Certificates made for one test."""

import subprocess


def make(folder, name, days=30, host=None, names=None):
    """`name`.pem with a self-signed certificate and `name`.key; days may be over. `names`: such as DNS:localhost."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", str(days), "-subj", f"/CN={name}",
                    "-addext", "subjectAltName=" + (names or f"IP:{host or '127.0.0.1'}")], check=True, capture_output=True)
    return certificate, key
