"""Calls of functions run beside each other, and one that does not end keeps no other waiting."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from local.functions import shared_environment
from local.http_functions import HttpFunctions
from local.intrinsics import TemplateError
from local.system import Function
from local.worker_process import FunctionFailed, WorkerDied

CODE = """
import os, pathlib, time

def lambda_handler(event, context):
    match event["do"]:
        case "meet":
            here = pathlib.Path(event["at"])
            (here / str(event["number"])).touch()
            while len(list(here.iterdir())) < event["of"]:
                time.sleep(0.005)
            return os.getpid()
        case "hang":
            while True:
                pass
        case "refuse":
            raise Exception("Unauthorized")
        case "name":
            return context.function_name
"""


@pytest.fixture
def call(tmp_path: Path) -> Iterator[HttpFunctions]:
    (tmp_path / "app.py").write_text(CODE)
    functions = [Function(name, tmp_path, "app.lambda_handler", 2, 128, {}) for name in ("One", "Two")]
    with (tmp_path / "log").open("w") as log:
        called = HttpFunctions(functions, log, 4)
        yield called
        called.close()


def test_as_many_calls_as_are_allowed_run_at_once(call: HttpFunctions, tmp_path: Path) -> None:
    at = tmp_path / "met"
    at.mkdir()

    def meet(number: int) -> Any:
        return call("One", {"do": "meet", "at": str(at), "number": number, "of": 3})

    with ThreadPoolExecutor(3) as threads:
        assert len(set(threads.map(meet, range(3)))) == 3


def test_a_process_is_used_again_and_has_all_functions(call: HttpFunctions) -> None:
    assert [call(name, {"do": "name"}) for name in ("One", "Two", "One")] == ["One", "Two", "One"]
    assert len(call._all) == 1


def test_a_call_that_does_not_end_is_ended_after_its_functions_time(call: HttpFunctions) -> None:
    with pytest.raises(WorkerDied, match="did not answer within 2 s"):
        call("One", {"do": "hang"})
    assert call("One", {"do": "name"}) == "One"


def test_a_refusal_of_the_authorizer_comes_with_its_own_words_and_leaves_no_trace(
    call: HttpFunctions, tmp_path: Path
) -> None:
    with pytest.raises(FunctionFailed) as refused:
        call("One", {"do": "refuse"})
    assert refused.value.message == "Unauthorized"
    assert (tmp_path / "log").read_text() == ""


def test_nothing_is_called_once_the_stack_stops(call: HttpFunctions) -> None:
    call.close()
    with pytest.raises(WorkerDied):
        call("One", {"do": "name"})


def test_functions_whose_environments_differ_share_no_process(tmp_path: Path) -> None:
    one, two = (Function(name, tmp_path, "app.x", 2, 128, {"A": name}) for name in ("One", "Two"))
    with pytest.raises(TemplateError, match="Two: A differs"):
        shared_environment([one, two])
