"""Serves moto on 127.0.0.1, says where, and ends with its standard input, so with its parent."""

from __future__ import annotations

import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
sys.stdout.write(f"http://{host}:{port}\n")
sys.stdout.flush()
sys.stdin.read()
server.stop()
