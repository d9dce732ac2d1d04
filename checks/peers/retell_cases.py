"""Sends exported test cases by Retell's own client to a server on this machine, and reads the answers by the
client's types; prints both as JSON.

The client checks nothing of what it sends, so what it reads back is checked: every field of every mock.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from retell import Retell
from retell.types import TestCaseDefinitionResponse

SENT: list[dict[str, Any]] = []
OURS = {"llm_model": "gpt-5", "type": "simulation", "creation_timestamp": 1, "user_modified_timestamp": 1}


class Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        SENT.append({"path": self.path, "body": body})
        answer = json.dumps({**body, **OURS, "test_case_definition_id": f"test_{len(SENT)}"}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = Retell(api_key="none", base_url=f"http://127.0.0.1:{server.server_port}", max_retries=0)
strict = TypeAdapter(TestCaseDefinitionResponse)
read = []
for case in json.loads(Path(sys.argv[1]).read_text("utf-8")):
    answer = client.tests.create_test_case_definition(**case)
    read.append(strict.validate_python(answer.to_dict()).to_dict())
sys.stdout.write(f"LOADED {json.dumps({'sent': SENT, 'read': read})}\n")
