# SPDX-License-Identifier: Apache-2.0
"""A store that speaks as much of S3 as a backup needs, and checks every signature by itself (AWS SigV4)."""
import hashlib
import hmac
import http.server
import re
import threading
import urllib.parse

EMPTY = hashlib.sha256(b"").hexdigest()


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(secret, region, request, signed, payload_hash):
    """As "Signature calculation: transfer payload in a single chunk" of the S3 API has it."""
    url = urllib.parse.urlsplit(request.path)
    fields = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in signed)
    canonical = "\n".join([request.command, url.path, url.query, fields, ";".join(signed), payload_hash])
    moment = request.headers["x-amz-date"]
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = keyed(key, part)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Request(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def fault(self, body):
        """Why the request is not as it must be; None when all is well."""
        store = self.server.store
        found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d+)/([^/]+)/s3/aws4_request, *"
                             r"SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})", self.headers["Authorization"] or "")
        if not found or found[1] != store.access or found[3] != store.region:
            return "InvalidAccessKeyId"
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(found[4].split(";")):
            return "AccessDenied"
        stated = self.headers["x-amz-content-sha256"]
        if signature(store.secret, store.region, self, found[4].split(";"), stated) != found[5]:
            return "SignatureDoesNotMatch"
        return None if stated == hashlib.sha256(body).hexdigest() else "XAmzContentSHA256Mismatch"

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self):
        store = self.server.store
        length = int(self.headers.get("Content-Length", 0))
        if self.command == "PUT" and store.stall(self.path):
            self.rfile.read(length // 2)
            store.half_way.set()
            store.go_on.wait()
            self.close_connection = True
            return
        body = self.rfile.read(length)
        fault = self.fault(body)
        bucket, _, name = urllib.parse.unquote(self.path[1:]).partition("/")
        with store.lock:
            store.requests.append((self.command, name, fault))
            if store.broken:
                self.answer(503, b"<Error><Code>SlowDown</Code></Error>")
            elif fault:
                self.answer(403, f"<Error><Code>{fault}</Code></Error>".encode())
            elif bucket != store.bucket:
                self.answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
            elif self.command == "PUT":
                store.objects[name] = body
                self.answer(200)
            elif self.command == "DELETE":
                store.objects.pop(name, None)
                self.answer(204)
            elif name in store.objects:
                self.answer(200, store.objects[name])
            else:
                self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_GET = do_PUT = do_DELETE = serve

    def log_message(self, *_):
        pass


class Store:
    """`objects` by their names; `stalls` names an end of the path of a PUT that is taken half and no further."""

    access, secret, region, bucket = "AKTEST", "s3cr3t/with+signs", "eu-test-1", "recordings"

    def __init__(self):
        self.objects, self.requests, self.lock = {}, [], threading.Lock()
        self.stalls, self.broken = None, False
        self.half_way, self.go_on = threading.Event(), threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Request)
        self.server.daemon_threads = True
        self.server.store = self
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def stall(self, path):
        return self.stalls is not None and path.endswith(self.stalls)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()

    def config(self, secret_file):
        return (f'[recordings.backup]\nendpoint = "http://127.0.0.1:{self.server.server_port}"\n'
                f'bucket = "{self.bucket}"\nregion = "{self.region}"\nprefix = "bank/"\n'
                f'access_key = "{self.access}"\nsecret_key_file = "{secret_file}"\nevery = "1h"\n')
