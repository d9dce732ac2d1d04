"""An agent is read by a model before the first plan, once, in messages of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from evalgen.dead_letters import PLANNING_FAILED
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.with_model.reading import AT_ONCE
from evalgen.jobs.agent_alive import AGENT_DELETED, withdraw
from evalgen.jobs.coverage import coverage
from evalgen.jobs.waiting import PATIENCE_SECONDS
from evalgen.storage.ports import Stores
from evalgen.work import work
from tests.agents_on_disk import definition_of
from tests.integration.jobs.kit import AGENT_ID, PROJECT, Delays, assert_exact, progress_of
from tests.integration.with_model.kit import AGENT, World
from tests.scripted_model.good_answers import GoodModel
from tests.scripted_model.good_reading import part_in, reading_of
from tests.scripted_model.server import Asked, Reply, Script

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PARTS = 2
"""Of the sample agent's prompt."""
SECTIONS = 14
NO_PLANS = Reply('{"tests": []}')
BUSY = Reply(status=429, headers=(("Retry-After", "30"),))


def german(change: str = "") -> AgentDefinition:
    """A prompt of as many parts as sections, in a language without rules."""
    sections = (
        f"# Teil {number}\n" + f"Frage hier nach der Nummer {number}{change if number == 5 else ''}. " * 70
        for number in range(SECTIONS)
    )
    return AgentDefinition("Praxis", "de", "\n\n".join(sections))


def reader(asked: Asked) -> Reply:
    """Reads German, and has no idea for a test."""
    return Reply(json.dumps(reading_of(asked, "de"))) if asked.form == "reading" else NO_PLANS


def by_line(it: World, job: str) -> list[tuple[int, str, str]]:
    items = coverage(it.functions.stores, PROJECT, job)["items"]
    return [(one["line"], one["kind"], one["status"]) for one in items if one["about"] == "statement"]


def test_a_redelivered_read_message_makes_no_second_call(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    it.job(10)
    _, read = it.hand_over("plan", "read")
    asked = len(it.calls("reading"))
    it.functions.deliver([read])
    assert len(it.calls("reading")) == asked > 0


def test_a_job_of_an_agent_that_has_been_read_makes_no_read_call(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    it.done(it.job(5))
    asked = len(it.calls("reading"))
    it.job(5)
    it.hand_over("plan")
    assert [json.loads(one)["kind"] for one in it.functions.take()] == ["generate"]
    assert len(it.calls("reading")) == asked > 0


def test_without_a_model_no_message_is_sent_for_reading(world: Callable[[Script], World]) -> None:
    it = world(reader)
    it.job(5)
    it.functions.worker.generator = it.functions.generator  # type: ignore[attr-defined]
    it.hand_over("plan")
    assert [json.loads(one)["kind"] for one in it.functions.take()] == ["generate"]


def test_a_long_prompt_is_read_in_portions_and_an_edit_re_reads_its_part_only(
    world: Callable[[Script], World],
) -> None:
    it = world(reader)
    it.job(3, german())
    it.hand_over("plan", "read")
    assert len(it.calls("reading")) == AT_ONCE
    it.hand_over("read", "plan")
    assert len(it.calls("reading")) == SECTIONS
    it.functions.run()
    it.done(it.job(3, german(" und dem Tag")))
    (again,) = it.calls("reading")[SECTIONS:]
    assert part_in(again).strip().startswith("# Teil 5\n")


def test_files_are_read_before_the_agent_which_is_read_once_although_a_part_stays_unread(
    world: Callable[[Script], World],
) -> None:
    it = world(lambda asked: Reply("") if asked.form == "reading" else NO_PLANS)
    it.job(3, german(), files={"a.md": b"Open on Mondays.", "b.md": b"Closed on Sundays."})
    it.hand_over("plan", "context", "plan", "context", "plan", "read", "read", "plan")
    assert [json.loads(one)["kind"] for one in it.functions.take()] == ["generate"]
    assert len(it.calls("reading")) == 2 * SECTIONS


def test_a_german_prompt_is_covered_by_its_own_statements(world: Callable[[Script], World]) -> None:
    prompt = "# Regeln\nWenn der Anrufer flucht, lege auf. Nenne niemals Termine anderer.\nSei stets kurz."
    it = world(reader)
    told = it.done(job := it.job(3, AgentDefinition("Praxis", "de", prompt)))
    assert by_line(it, job) == [(2, "case", "not_yet"), (2, "ban", "not_yet"), (3, "order", "not_yet")]
    assert told["coverage"]["statements"] == 3
    assert told["coverage"]["more_scenarios"] == 2
    assert not [warning for warning in told["warnings"] if "language" in warning]


def test_what_the_model_invents_stays_unread(world: Callable[[Script], World]) -> None:
    prompt = "Nenne niemals Termine anderer.\nSei stets kurz und freundlich."

    def script(asked: Asked) -> Reply:
        if asked.form != "reading":
            return NO_PLANS
        read: dict[str, Any] = reading_of(asked, "de")
        first, second = read["statements"]
        first["quote"] = "Gewähre jedem einen Rabatt."
        second["tools"] = ["kill_switch"]
        return Reply(json.dumps(read))

    it = world(script)
    it.done(job := it.job(1, AgentDefinition("Praxis", "de", prompt)))
    assert {kind for _, kind, _ in by_line(it, job)} == {"unread"}
    assert len(it.calls("reading")) == 2


@pytest.mark.parametrize(
    ("bad", "calls"),
    [
        (Reply('{"statements": ['), 2),
        (Reply(""), 2),
        (Reply("No.", stop="refusal"), 1),
        (Reply("Well", stop="length"), 2),
    ],
)
def test_a_job_goes_on_without_what_could_not_be_read(
    world: Callable[[Script], World], bad: Reply, calls: int
) -> None:
    good = GoodModel(definition_of(AGENT))
    it = world(lambda asked: bad if asked.form == "reading" else good(asked))
    told = it.done(job := it.job(10))
    assert_exact(it.functions.stores, job)
    assert {one["writer"] for one in told["scenarios_list"]} == {"model"}
    assert len(it.calls("reading")) == calls * PARTS


def worked(it: World, inbox: Delays, most: int = 1_000) -> None:
    """Do what waits, each after the delay of a throttled model."""
    while inbox.messages and most:
        it.now += 31
        most -= 1
        work(it.functions.stores, lambda: it.now, it.generators, inbox.messages.pop(0))


def with_inbox(it: World) -> Delays:
    stores, inbox = it.functions.stores, Delays()
    it.functions.stores = Stores(stores.table, inbox, stores.blobs)
    return inbox


def test_a_throttled_reading_is_waited_for_and_no_part_is_paid_twice(
    world: Callable[[Script], World],
) -> None:
    it = world(lambda asked: BUSY if asked.number == 3 else reader(asked))
    inbox = with_inbox(it)
    it.job(3, german())
    worked(it, inbox)
    answered = [part_in(one) for one in it.calls("reading") if one.number != 3]
    assert len(answered) == len(set(answered)) == SECTIONS
    assert 30 in inbox.delays


def test_a_reading_that_is_throttled_for_an_hour_ends_the_job_with_the_reason(
    world: Callable[[Script], World],
) -> None:
    it = world(lambda _: BUSY)
    inbox = with_inbox(it)
    begun, job = it.now, it.job(3, german())
    worked(it, inbox)
    assert PATIENCE_SECONDS <= it.now - begun <= PATIENCE_SECONDS + 10 * 31
    told = progress_of(it.functions.stores, job)
    assert {"takes no calls" in one["reason"] for one in told["failures"]} == {True}


def test_a_ceiling_that_the_reading_reaches_ends_the_job_with_the_reason(
    world: Callable[[Script], World],
) -> None:
    it = world(reader)
    told = it.done(it.job(3, german(), job_tokens=1_000))
    assert {"1000 are allowed" in one["reason"] for one in told["failures"]} == {True}
    assert len(told["failures"]) == 3
    assert it.calls() == []


def test_an_agent_that_is_deleted_before_it_is_read_is_not_read(world: Callable[[Script], World]) -> None:
    it = world(reader)
    job = it.job(3, german())
    it.hand_over("plan")
    withdraw(it.functions.stores.table, PROJECT, AGENT_ID)
    told = it.done(job)
    assert {one["reason"] for one in told["failures"]} == {AGENT_DELETED}
    assert it.served.asked == []


def test_a_read_message_that_failed_too_often_ends_its_job(world: Callable[[Script], World]) -> None:
    it = world(reader)
    job = it.job(3, german())
    it.hand_over("plan")
    it.functions.deliver(it.functions.take(), it.functions.dead_letters)
    told = progress_of(it.functions.stores, job)
    assert [one["reason"] for one in told["failures"]] == [PLANNING_FAILED] * 3
