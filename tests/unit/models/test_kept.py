"""One worker at a time asks a model the same thing, and what it answered is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from evalgen.errors import Throttled
from evalgen.jobs.asking.kept import Kept
from evalgen.models.port import Answer, Question, Usage
from evalgen.storage import keys
from evalgen.storage.ports import Stores
from tests.integration.jobs.kit import NOW, FakeGenerator, Functions, job_of, start_job

QUESTION = Question("plan", "material", "task", "plan", {}, 10)


@dataclass
class Slow:
    """While it is asked, `meanwhile` happens."""

    name: str = "slow"
    meanwhile: list[str] = field(default_factory=list)
    others: Kept | None = None

    def ask(self, question: Question) -> Answer:
        if self.others is not None:
            with pytest.raises(Throttled, match="Another worker waits"):
                self.others.ask(question)
            self.meanwhile.append("refused")
        return Answer("yes", "end", Usage(1, 5, 0, 1))


@dataclass
class Failing:
    name: str = "failing"

    def ask(self, question: Question) -> Answer:
        raise Throttled("busy", 5)


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    return Functions(tmp_path, FakeGenerator()).stores


def kept(stores: Stores, asked: Slow | Failing, now: float = NOW) -> Kept:
    job = job_of(stores, start_job(stores, idempotency_key="one"))
    return Kept(asked, stores, lambda: now, job, 100)


def test_another_worker_does_not_ask_while_the_first_one_waits(stores: Stores) -> None:
    slow = Slow()
    slow.others = kept(stores, Slow())
    assert kept(stores, slow).ask(QUESTION).text == "yes"
    assert slow.meanwhile == ["refused"]


def test_what_was_answered_costs_nothing_the_second_time(stores: Stores) -> None:
    assert kept(stores, Slow()).ask(QUESTION).usage.calls == 1
    again = kept(stores, Failing()).ask(QUESTION)
    assert (again.text, again.usage) == ("yes", Usage())


def test_a_call_that_failed_can_be_tried_at_once(stores: Stores) -> None:
    with pytest.raises(Throttled, match="busy"):
        kept(stores, Failing()).ask(QUESTION)
    assert kept(stores, Slow()).ask(QUESTION).text == "yes"


def test_a_worker_that_died_while_it_asked_is_not_waited_for_longer_than_a_call_takes(stores: Stores) -> None:
    dying = kept(stores, Slow())
    dying._claim(keys.job_question(dying.job.project_id, dying.job.id, QUESTION.digest))
    with pytest.raises(Throttled, match="Another worker waits"):
        kept(stores, Slow(), NOW + 99).ask(QUESTION)
    assert kept(stores, Slow(), NOW + 101).ask(QUESTION).text == "yes"
