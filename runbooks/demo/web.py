"""The service that `web` starts: python3 web.py FOLDER PORT. /health answers 200, or 500 after SIGUSR1."""

import http.server
import os
import pathlib
import signal
import sys
import time

folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
failing = False


def log(text):
    print(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), text, flush=True)


def fail(*_):
    global failing
    failing = True
    log("error: the pool of connections is exhausted")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path == "/health"
        status = 404 if not known else 500 if failing else 200
        body = b"{}\n" if not known else b'{"status": "failing"}\n' if failing else b'{"status": "ok"}\n'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, form, *args):
        log(form % args)


config = folder / "config"
if config.exists():
    sys.exit(f"fatal: the configuration can't be read: {config.read_text().strip()}")
signal.signal(signal.SIGUSR1, fail)
try:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
except OSError as problem:
    sys.exit(f"fatal: 127.0.0.1:{port}: {problem.strerror}")
log(f"listening on 127.0.0.1:{port}")
child = os.fork()
if child:
    (folder / "pid").write_text(f"{child}\n")
else:
    os.setsid()
    server.serve_forever()
