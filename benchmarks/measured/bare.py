"""Row 6, CPU: POST generate-bg as the function answers it, and the same calls of AWS by themselves.

Both are answered by the same server on 127.0.0.1, whose own CPU does not count.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from botocore.client import BaseClient
from botocore.endpoint import Endpoint

from benchmarks.measured.canned import Asked, answering, asked
from benchmarks.measured.lines import Line
from benchmarks.measured.older import ratios
from benchmarks.sample import PROJECT, create_sample
from local import ROOT
from tests.integration.jobs.kit import CONTEXT, load_function
from tests.integration.storage.adapters import moto

EVENT = ROOT / "events" / "api.json"
GOAL, REQUESTS = 1.2, 40

Call = tuple[Any, str, dict[str, Any]]
"""A client, an operation, and its arguments."""


def request_cpu(rounds: int) -> Line:
    """Medians of rounds that take turns: the function's requests, then as many times its calls."""
    with _recorded() as (answer, calls):
        pairs = [(_cpu(answer), _cpu(lambda: _again(calls))) for _ in range(rounds * 3)]
    middle, ratio = ratios(pairs)
    milliseconds = 1000 * sorted(one for one, _ in pairs)[len(pairs) // 2] / REQUESTS
    now = f"{milliseconds:.1f} ms"
    return Line("… CPU ÷ its bare calls", "1.25 ×", now, f"{ratio} ×", f"{GOAL} ×", middle <= GOAL)


@contextmanager
def _recorded() -> Iterator[tuple[Callable[[], Any], list[Call]]]:
    """The function with one request, and the calls that it makes, all answered as moto has answered once."""
    calls: list[Call] = []
    answers: dict[Asked, bytes] = {}
    sent: Callable[..., Any] = Endpoint._get_response  # type: ignore[attr-defined]
    made: Callable[..., Any] = BaseClient._make_api_call  # type: ignore[attr-defined]

    def recording_answer(endpoint: Endpoint, request: Any, *rest: Any) -> Any:
        (answer, parsed), problem = sent(endpoint, request, *rest)
        answers[asked(request.headers, request.body)] = answer.content
        return (answer, parsed), problem

    def recording_call(client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        calls.append((client, operation, arguments))
        return made(client, operation, arguments)

    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        with moto(Path(folder), patch) as opened:
            stack.enter_context(mock.patch.dict(os.environ, opened.environ))
            agent = create_sample(opened.stores)
            event = json.loads(EVENT.read_text("utf-8"))
            event["body"] = json.dumps({"agent_id": agent, "num_scenarios": 20})
            event["requestContext"]["authorizer"]["project_id"] = str(PROJECT)
            function = load_function("api")

            def answer() -> dict[str, Any]:
                answered: dict[str, Any] = function.lambda_handler(event, CONTEXT)
                assert answered["statusCode"] == 200, answered
                return answered

            answer()
            with (
                mock.patch.object(Endpoint, "_get_response", recording_answer),
                mock.patch.object(BaseClient, "_make_api_call", recording_call),
            ):
                answer()
        address = stack.enter_context(answering(answers))

        def redirect(request: Any, **_: Any) -> None:
            request.url = address

        for client in {id(client): client for client, _, _ in calls}.values():
            client.meta.events.register("before-send", redirect)
        answer()
        yield answer, list(calls)


def _cpu(work: Callable[[], Any]) -> float:
    started = time.process_time()
    for _ in range(REQUESTS):
        work()
    return time.process_time() - started


def _again(calls: list[Call]) -> None:
    for client, operation, arguments in calls:
        client._make_api_call(operation, arguments)
