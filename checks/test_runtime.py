"""The built functions under Lambda's runtime interface emulator, with nothing but their layer to import.

Their events are the files in `events/`; their table, queue and bucket those of the stack in ministack.
"""

from __future__ import annotations

import json
import os
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from checks.conftest import ARCHITECTURE, RUNTIME, Deployed
from checks.processes import HOST, free_port, served
from deploy.build import LAYER
from deploy.environments import environment, interpreter
from evalgen.catalog.seeds import seed
from evalgen.storage.aws.clients import client
from evalgen.storage.opening import open_stores
from local.system import System
from tests.conftest import ROOT

Invoke = Callable[[str], Any]


@pytest.fixture(scope="module")
def seeded(deployed: Deployed) -> Deployed:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in deployed.cloud.variables.items():
            patch.setenv(name, value)
        client.cache_clear()
        seed(open_stores(deployed.settings), time.time, "local-key")
        client.cache_clear()
    return deployed


@pytest.fixture
def invoke(built: Path, seeded: Deployed, system: System, tmp_path: Path) -> Iterator[Invoke]:
    """Runs a function on its own event file, and answers what it answered."""
    [rie] = environment("sam").glob(f"lib/*/site-packages/samcli/local/rapid/aws-lambda-rie-{ARCHITECTURE}")
    python = environment("runtime", interpreter(RUNTIME.removeprefix("python"))) / "bin" / "python"
    with ExitStack() as servers:

        def answer(name: str) -> Any:
            function = next(one for one in system.functions.values() if one.folder.name == name)
            port, runtime_port = free_port(), free_port()
            command: list[str | Path] = [
                *(rie, "--log-level", "error"),
                *("--runtime-interface-emulator-address", f"{HOST}:{port}"),
                *("--runtime-api-address", f"{HOST}:{runtime_port}"),
                *(python, "-m", "awslambdaric", function.handler),
            ]
            variables = {
                **seeded.cloud.variables,
                **seeded.settings,
                "PATH": os.defpath,
                "PYTHONPATH": str(built / LAYER / "python"),
                "AWS_REGION": seeded.cloud.variables["AWS_DEFAULT_REGION"],
                "AWS_LAMBDA_FUNCTION_NAME": function.name,
                "AWS_LAMBDA_FUNCTION_TIMEOUT": str(function.timeout_s),
                "POWERTOOLS_SERVICE_NAME": "evalgen",
            }
            servers.enter_context(served(command, port, tmp_path / name, variables, built / function.name))
            request = urllib.request.Request(
                f"http://{HOST}:{port}/2015-03-31/functions/function/invocations",
                data=(ROOT / "events" / f"{name}.json").read_bytes(),
            )
            with urllib.request.urlopen(request, timeout=60) as response:
                said = json.load(response)
            assert not (isinstance(said, dict) and "errorType" in said), said
            return said

        yield answer


def test_the_authorizer_lets_a_known_key_in(invoke: Invoke) -> None:
    assert invoke("authorizer")["context"] == {"project_id": "1"}


@pytest.mark.parametrize(("name", "status"), [("catalog", 200), ("api", 400), ("progress", 404)])
def test_a_request_is_answered(invoke: Invoke, name: str, status: int) -> None:
    answered = invoke(name)
    assert answered["statusCode"] == status, answered
    assert json.loads(answered["body"])


@pytest.mark.parametrize("name", ["worker", "dead_letters"])
def test_messages_of_a_job_that_is_gone_are_done_with(invoke: Invoke, name: str) -> None:
    assert invoke(name) == {"batchItemFailures": []}


def test_the_sweeper_finds_nothing_to_do(invoke: Invoke) -> None:
    assert invoke("sweeper") is None
