"""A webhook's receiver on loopback that does what it is told, one behaviour for each request in turn."""

import socket
import struct
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """``requests`` are (headers, body) as they came; ``kept`` the bodies by key, as a good receiver does."""

    def __init__(self, *behaviours):
        self.behaviours, self.requests, self.kept = list(behaviours), [], {}
        self.gate = threading.Event()
        self.url = ""

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        self.requests.append((dict(handler.headers), body))
        behaviour = self.behaviours.pop(0) if self.behaviours else 200
        if callable(behaviour):
            behaviour(self, handler)
            return
        status, headers = behaviour if isinstance(behaviour, tuple) else (behaviour, {})
        if 200 <= status < 300:
            self.keep(handler, body)
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def keep(self, handler, body):
        self.kept.setdefault(handler.headers["Idempotency-Key"], body)


def reset(receiver, handler):
    """The connection is torn down before any answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def silent(receiver, handler):
    """No answer until the test is over."""
    receiver.gate.wait(20)


def taken_then_reset(receiver, handler):
    """The ticket is kept, but the answer never arrives."""
    receiver.keep(handler, receiver.requests[-1][1])
    reset(receiver, handler)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A torn-down connection is what the test wanted."""


@contextmanager
def receiving(*behaviours, tls=None):
    receiver = Receiver(*behaviours)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            receiver.answer(self)

        do_GET = do_POST

        def log_message(self, format, *args):
            """Quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    scheme = "http" if tls is None else "https"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield receiver
    finally:
        receiver.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()
