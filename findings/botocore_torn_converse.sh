#!/bin/sh
# Of a Converse answer whose body is torn off, botocore makes an empty answer, and raises nothing.
#
# botocore 1.44.5 (its JSON parser takes a body that is no JSON for no body). The server announces 53 bytes and closes
# the connection after 20. Whoever takes an answer without "output" for a model that said nothing is right to ask
# again; whoever reads `response.get("output", {})` alone never learns that the connection broke.
# Ends with 1 if that has changed. Installs into a temporary folder; the server is on 127.0.0.1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "botocore==1.44.5"
cat > "$folder/torn.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import botocore.config
import botocore.session

BODY = b'{"output": {"message": {"content": [{"text": "a"}]}}}'


class Torn(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY[:20])

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Torn)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = botocore.session.get_session().create_client(
    "bedrock-runtime",
    region_name="us-east-1",
    endpoint_url=f"http://127.0.0.1:{server.server_port}",
    aws_access_key_id="x",
    aws_secret_access_key="x",
    config=botocore.config.Config(retries={"total_max_attempts": 1}),
)
try:
    answer = client.converse(modelId="m", messages=[{"role": "user", "content": [{"text": "?"}]}])
except Exception as error:
    raise SystemExit(f"changed: it raises {type(error).__name__}: {error}")
answer.pop("ResponseMetadata")
print(f"botocore {botocore.__version__}: an answer torn after 20 of {len(BODY)} bytes is {answer!r}")
raise SystemExit(answer != {})
PY
unset AWS_BEARER_TOKEN_BEDROCK HTTP_PROXY http_proxy ALL_PROXY all_proxy || true
"$folder/venv/bin/python" "$folder/torn.py"
