"""A message that failed comes again soon: the real worker on a queue that does what SQS's text says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evalgen.errors import Retryable
from evalgen.jobs.coming_again import FOR_A_DEFECT, FOR_OTHERS, coming_again
from evalgen.storage.sqlite import Database, ReceivedMessage, SqliteQueue
from local.source_events import sqs_event
from tests.integration.jobs.kit import (
    CONTEXT,
    FakeGenerator,
    Functions,
    a_request,
    assert_exact,
    progress_of,
    start_job,
)

VISIBILITY_S = 720


class Sqs:
    """The work queue, its dead letters and the functions behind them, second by second."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_000_000.0
        self.functions = Functions(folder, FakeGenerator())
        database = Database(folder / "state.sqlite3")
        self.work, self.dead = (
            SqliteQueue(database, f"sqlite:{name}", lambda: self.now, lambda: self.now)
            for name in ("WorkQueue", "DeadLetterQueue")
        )
        self.stores = replace(self.functions.stores, queue=self.work)
        self.functions.worker.stores = self.stores  # type: ignore[attr-defined] # with our clock
        self.functions.dead_letters.stores = replace(self.stores, queue=self.dead)  # type: ignore[attr-defined] # as well

    def second(self) -> list[str]:
        """The kinds of message that were delivered to the worker."""
        kinds = []
        while messages := self._receive():
            kinds.append(str(json.loads(messages[0].body)["kind"]))
            answer = self.functions.worker.lambda_handler(sqs_event("WorkQueue", messages), CONTEXT)
            if not answer["batchItemFailures"]:
                self.work.delete(messages[0].receipt)
        for message in self.dead.receive(10, 360):
            answer = self.functions.dead_letters.lambda_handler(
                sqs_event("DeadLetterQueue", [message]), CONTEXT
            )
            if not answer["batchItemFailures"]:
                self.dead.delete(message.receipt)
        self.now += 1
        return kinds

    def _receive(self) -> list[ReceivedMessage]:
        self.work.redrive(5, self.dead.url)
        return self.work.receive(1, VISIBILITY_S)


@pytest.fixture
def sqs(tmp_path: Path) -> Sqs:
    return Sqs(tmp_path)


def test_a_transient_error_costs_two_seconds(sqs: Sqs) -> None:
    job_id = start_job(sqs.stores, a_request(3))
    sqs.functions.generator.problems["s1"] = [Retryable("busy")]
    seen = [sqs.second() for _ in range(4)]
    assert seen == [["plan", "generate"], [], ["generate"], []]
    assert_exact(sqs.stores, job_id)


@pytest.mark.parametrize(("problem", "waits"), [(Retryable, FOR_OTHERS), (RuntimeError, FOR_A_DEFECT)])
def test_each_failure_waits_longer_and_after_the_fifth_the_slots_end_at_once(
    sqs: Sqs, problem: type[Exception], waits: tuple[int, ...]
) -> None:
    job_id = start_job(sqs.stores, a_request(3))
    sqs.functions.generator.problems["s1"] = [problem("no") for _ in range(9)]
    at = [second for second in range(sum(waits) + 2) for kind in sqs.second() if kind == "generate"]
    assert at == [sum(waits[:n]) for n in range(5)]
    assert progress_of(sqs.stores, job_id)["failed_scenarios"] > 0
    assert sqs.work.depth() == sqs.dead.depth() == 0


def test_dead_letters_that_fail_come_again_soon(sqs: Sqs, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = start_job(sqs.stores, a_request(3))
    broken = [Retryable("busy"), Retryable("busy")]

    def bury(*_: object) -> None:
        if broken:
            raise broken.pop()

    sqs.functions.generator.problems["s1"] = [RuntimeError("a defect") for _ in range(9)]
    monkeypatch.setattr(sqs.functions.dead_letters, "bury", bury)
    for _ in range(sum(FOR_A_DEFECT) + 2 + 15 + 2):
        sqs.second()
    assert broken == []
    assert sqs.dead.depth() == 0
    assert progress_of(sqs.stores, job_id)["status"] == "running"


def test_a_message_whose_postponement_fails_says_so_and_waits_for_the_timeout(
    sqs: Sqs, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_job(sqs.stores, a_request(3))
    sqs.functions.generator.problems["s1"] = [RuntimeError("a defect")]

    def refuse(receipt: str, delay_s: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(sqs.work, "postpone", refuse)
    assert sqs.second() == ["plan", "generate"]
    assert [kind for _ in range(VISIBILITY_S - 1) for kind in sqs.second()] == []
    assert sqs.second() == ["generate"]
    with pytest.raises(RuntimeError) as raised, coming_again(sqs.work, "receipt", 1):
        raise RuntimeError
    assert raised.value.__notes__ == ["and not postponed: OSError('disk full')"]
