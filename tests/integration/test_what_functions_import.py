"""What starting a function loads, on the adapters of AWS: every module costs time at a cold start."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

LOADING = """
import json, runpy, sys
runpy.run_path(sys.argv[1])
requests = sys.modules.get("evalgen.contract.requests")
kinds = list(requests.RequestModel.__subclasses__()) if requests else []
for kind in kinds:
    kinds += kind.__subclasses__()
built = sorted({kind.__name__ for kind in kinds if kind.__pydantic_complete__})
print(json.dumps({"modules": sorted(sys.modules), "built": built}))
"""
CLIENTS = {"boto3", "botocore.session", "botocore.client", "sqlite3"}
"""Powertools announces itself to `botocore` itself, which is next to nothing."""
GENERATING = {
    "evalgen.generation.embedded",
    "evalgen.generation.read.model",
    "evalgen.generation.plan.workflow",
    "markdown_it",
    "pypdf",
}
ASKING = {
    "openai",
    "evalgen.generation.with_model",
    "evalgen.jobs.asking",
    "evalgen.models.bedrock",
    "evalgen.models.openai_compatible",
}
A_DEFAULT = {"ServedVia"}
"""Made where it is the default of a field."""
FUNCTIONS = sorted(path.name for path in Path(ROOT, "functions").iterdir())
HEAVY = {*CLIENTS, *GENERATING, "pydantic", "aws_lambda_powertools"}


def loaded(function: str) -> frozenset[str]:
    return frozenset(started(function)["modules"])


@cache
def started(function: str) -> dict[str, list[str]]:
    """The modules that it has loaded then, and the kinds of request that it has made validators for."""
    done = subprocess.run(
        [sys.executable, "-c", LOADING, ROOT / "functions" / function / "app.py"],
        env={
            "PYTHONPATH": str(ROOT / "layers" / "evalgen"),
            "EVALGEN_TABLE": "t",
            "EVALGEN_QUEUE_URL": "https://sqs.eu-west-1.amazonaws.com/1/q",
            "EVALGEN_BUCKET": "b",
            "POWERTOOLS_SERVICE_NAME": "evalgen",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("function", ["authorizer", "progress"])
def test_what_is_asked_most_loads_nothing_heavy(function: str) -> None:
    assert loaded(function) & {*HEAVY, "botocore"} == set()


def test_the_function_that_takes_jobs_loads_neither_a_client_nor_what_generates() -> None:
    assert loaded("api") & HEAVY == {"pydantic", "aws_lambda_powertools"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_validator_is_made_when_the_first_request_needs_it(function: str) -> None:
    """Each takes about a millisecond of a cold start, and a request needs one of some hundred."""
    assert set(started(function)["built"]) <= A_DEFAULT


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_loads_its_own_operations_and_not_the_types_of_the_others(function: str) -> None:
    operations = {name for name in loaded(function) if name.startswith("evalgen.served.operations.")}
    assert operations <= {f"evalgen.served.operations.{function}"}
    assert "evalgen.served.description" not in loaded(function)


@pytest.mark.parametrize("function", ["scenarios", "suites"])
def test_scenarios_are_served_without_what_generates_and_without_templates(function: str) -> None:
    """A report reads the agent and renders a page: who asks for one waits for both."""
    assert loaded(function) & {*GENERATING, "jinja2", "xlsxwriter"} == set()


def test_without_a_model_the_worker_loads_nothing_of_what_asks_one() -> None:
    assert loaded("worker") & ASKING == set()
    assert "evalgen.generation.embedded" in loaded("worker")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_makes_a_client_before_it_needs_one(function: str) -> None:
    assert loaded(function) & CLIENTS == set()
