# SPDX-License-Identifier: Apache-2.0
"""A service that understands speech, on a free port that it prints; ends with its standard input. With a certificate
and its key as arguments by HTTPS."""
import email
import http.server
import io
import json
import ssl
import sys
import threading
import wave


def form_of(request):
    """The fields of a multipart form, read by Python's own parser."""
    body = request.rfile.read(int(request.headers["Content-Length"]))
    message = email.message_from_bytes(b"Content-Type: " + request.headers["Content-Type"].encode() + b"\r\n\r\n" + body)
    return {part.get_param("name", header="Content-Disposition"): part for part in message.get_payload()}


def understood(request, form):
    """What it was asked, as if that had been said."""
    text = {name: part.get_payload() for name, part in form.items() if name != "file"}
    with wave.open(io.BytesIO(form["file"].get_payload(decode=True))) as audio:
        text |= {"hertz": audio.getframerate(), "samples": audio.getnframes(), "bytes": audio.getsampwidth()}
    text["authorization"] = request.headers["Authorization"]
    return json.dumps(text, sort_keys=True)


class Request(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        form = form_of(self)
        answers = {
            "/asked": (200, json.dumps({"text": understood(self, form)})),
            "/words": (200, '{"text": " my balance\\n", "confidence": 0.87}'),
            "/sure": (200, '{"text": "yes", "confidence": 7}'),
            "/nested": (200, '{"results": [{"a/b": "my balance", "p": 1}]}'),
            "/silence": (200, '{"text": "  "}'),
            "/html": (200, "<html>\nhello"),
            "/empty": (200, "{}"),
            "/broken": (500, "no model\nis loaded"),
            "/closed": (401, "who are you?"),
            "/endless": (200, '"' + "a" * 2_000_000),
        }
        if self.path == "/never":
            return gone.wait()
        status, body = answers[self.path]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())
        return None

    def log_message(self, *_):
        pass


gone = threading.Event()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Request)
server.handle_error = lambda *_: None
if len(sys.argv) == 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*sys.argv[1:])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
gone.set()
