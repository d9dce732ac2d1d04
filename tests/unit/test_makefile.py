"""What make says before it does anything."""

from __future__ import annotations

import os
import subprocess

from tests.conftest import ROOT


def test_serving_on_aws_without_an_endpoint_is_refused_before_anything_is_installed() -> None:
    own = ("AWS_ENDPOINT_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    environ = {key: value for key, value in os.environ.items() if key not in own}
    command = ["/usr/bin/env", "make", "serve", "STORE=aws", "VENV=/nonexistent/venv"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith("evalgen: STORE=aws needs AWS_ENDPOINT_URL")
