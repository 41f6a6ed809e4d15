"""The gateway's side of a room: a silent TCP server, and a home gateway's local interface."""

from __future__ import annotations

import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.probes.radio_samples import NOKIA_DEVICE, NOKIA_RADIO, TMI_NSA

REPLIES = {
    "tmi": {"/TMI/v1/gateway?get=all": TMI_NSA},
    "nokia": {
        "/fastmile_radio_status_web_app.cgi": NOKIA_RADIO,
        "/dashboard_device_info_status_web_app.cgi": NOKIA_DEVICE,
    },
    "router": {},
}


class Interface(BaseHTTPRequestHandler):
    """Answers the paths of one family with JSON, everything else with a page and 404; ``hung`` never."""

    family = ""

    def do_GET(self) -> None:
        if self.family == "hung":
            threading.Event().wait()
        content = REPLIES[self.family].get(self.path)
        body = b"<html>no</html>" if content is None else json.dumps(content).encode()
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write(body)


def listen(port: int) -> socket.socket:
    return socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)


def serve_http(family: str, port: int) -> None:
    handler = type(family, (Interface,), {"family": family})
    server = ThreadingHTTPServer(("192.168.12.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main() -> None:
    """``80 443`` listens on ports of every address; ``tmi:8080`` serves HTTP at the gateway. Until killed."""
    listening = []
    for wanted in sys.argv[1:]:
        family, _, port = wanted.rpartition(":")
        if family:
            serve_http(family, int(port))
        else:
            listening.append(listen(int(port)))
    threading.Event().wait()


if __name__ == "__main__":
    main()
