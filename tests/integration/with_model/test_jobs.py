"""Whole jobs with a model: the real worker over SQLite, and a real client of an OpenAI-compatible server."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from evalgen.storage import keys
from evalgen.storage.ports import Stores
from evalgen.work import work
from tests.agents_on_disk import definition_of
from tests.integration.jobs.kit import (
    PROJECT,
    Delays,
    assert_exact,
    job_of,
)
from tests.integration.with_model.kit import AGENT, World
from tests.scripted_model.good_answers import UNMENDED, GoodModel, shown_in
from tests.scripted_model.server import Asked, Reply, Script

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def used(calls: int, tokens: Counter[str], dollars: float) -> dict[str, Any]:
    return {"model_calls": calls, **{f"{name}_tokens": n for name, n in tokens.items()}, "dollars": dollars}


def test_twenty_scenarios_are_the_models_and_cost_few_calls(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    told = it.done(job := it.job(20))
    assert_exact(it.functions.stores, job)
    assert {(s["writer"], s["reviewed"]) for s in told["scenarios_list"]} == {("model", "model")}
    assert len(it.calls()) <= 0.4 * 20
    tasks = sum(len(one.task) // 4 for one in it.calls())
    assert tasks <= 1_000 * 20
    dollars, to_read = told["usage"]["dollars"], told["usage"]["reading"]["dollars"]
    assert told["usage"] == {
        **used(len(it.served.asked), sum(it.served.tokens.values(), Counter()), dollars),
        "reading": used(len(it.calls("reading")), it.served.tokens["reading"], to_read),
    }
    assert dollars > to_read > 0
    month = it.functions.stores.table.get(keys.model_month(PROJECT, "2026-09"))
    assert month is not None and month["model_calls"] == len(it.served.asked)


def test_with_a_fifth_of_bad_answers_every_slot_ends_and_is_the_models(
    world: Callable[[Script], World],
) -> None:
    good, chance = GoodModel(definition_of(AGENT)), random.Random(3)
    bad = [Reply('{"tests": [{"slot"'), Reply('{"answer": 1}'), Reply(""), Reply("No.", stop="length")]

    def script(asked: Asked) -> Reply:
        return bad[asked.number % len(bad)] if chance.random() < 0.2 else good(asked)

    it = world(script)
    told = it.done(job := it.job(25))
    assert_exact(it.functions.stores, job)
    assert Counter(s["writer"] for s in told["scenarios_list"])["model"] >= 0.95 * 25


def test_a_chunk_that_the_model_never_writes_keeps_the_words_of_its_plans(
    world: Callable[[Script], World],
) -> None:
    good = GoodModel(definition_of(AGENT))
    it = world(lambda asked: Reply("nonsense") if asked.form != "plan" else good(asked))
    told = it.done(it.job(10))
    assert {(s["writer"], s["reviewed"]) for s in told["scenarios_list"]} == {("model", "")}


def test_a_model_that_plans_nothing_leaves_the_job_to_the_embedded_way(
    world: Callable[[Script], World],
) -> None:
    it = world(lambda asked: Reply('{"tests": []}'))
    told = it.done(job := it.job(10))
    assert_exact(it.functions.stores, job)
    assert {s["writer"] for s in told["scenarios_list"]} == {"embedded"}
    assert len(it.calls()) <= 3


def test_a_changed_value_is_not_shipped(world: Callable[[Script], World]) -> None:
    good, code = GoodModel(definition_of(AGENT)), " and code `ZZ-99182`."

    def script(asked: Asked) -> Reply:
        reply = good(asked)
        if asked.form != "writing":
            return reply
        answer = json.loads(reply.text)
        for test in answer["tests"]:
            first = test["statements"][0]
            first["text"] = first["text"].rstrip(".") + code
        return Reply(json.dumps(answer))

    it = world(script)
    told = it.done(it.job(10))
    assert "ZZ-99182" not in json.dumps(told)
    assert {s["writer"] for s in told["scenarios_list"]} == {"model"}


def test_what_the_reviewer_rejects_twice_is_replaced_by_the_embedded_way(
    world: Callable[[Script], World],
) -> None:
    good = GoodModel(definition_of(AGENT))
    defect = {"code": "F", "words": "is booked", "why": "the prompt forbids it"}

    def script(asked: Asked) -> Reply:
        if asked.form != "review":
            return good(asked)
        verdict = [
            {**UNMENDED, "slot": one["slot"], "verdict": "EDIT", "defects": [defect] * (one["slot"] == 3)}
            for one in shown_in(asked)
        ]
        return Reply(json.dumps({"tests": verdict}))

    it = world(script)
    told = it.done(job := it.job(10))
    assert_exact(it.functions.stores, job)
    writers = [(s["writer"], s["reviewed"]) for s in told["scenarios_list"]]
    assert writers[3] == ("embedded", "")
    assert writers.count(("model", "model")) == 9
    rewritten = [asked for asked in it.served.asked if asked.form == "writing"][1]
    assert [one["slot"] for one in shown_in(rewritten)] == [3]
    assert "the prompt forbids it" in rewritten.task


def test_a_throttled_model_is_waited_for_and_nothing_is_paid_twice(world: Callable[[Script], World]) -> None:
    good, refused = GoodModel(definition_of(AGENT)), {2, 5}

    def script(asked: Asked) -> Reply:
        if asked.number in refused:
            return Reply(status=429, headers=(("Retry-After", "30"),))
        return good(asked)

    it, inbox = world(script), Delays()
    stores = it.functions.stores
    it.functions.stores = Stores(stores.table, inbox, stores.blobs)
    job = it.job(20)
    while inbox.messages:
        it.now += 31
        work(it.functions.stores, lambda: it.now, it.generators, inbox.messages.pop(0))
    assert_exact(it.functions.stores, job)
    assert inbox.delays.count(30) == 2
    answered = [(a.material, a.task) for a in it.served.asked if a.number not in refused]
    assert len(answered) == len(set(answered))


def test_a_redelivered_chunk_is_answered_from_what_is_kept(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    it.job(10)
    _, _, plan = it.hand_over("plan", "read", "plan")
    (chunk,) = it.functions.take()
    it.functions.deliver([plan])
    asked = len(it.served.asked)
    it.functions.deliver([chunk])
    assert len(it.served.asked) == asked + 2


def test_a_ceiling_ends_the_job_with_the_reason(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    told = it.done(it.job(20, job_tokens=30_000))
    assert told["completed_scenarios"] + told["failed_scenarios"] == 20
    assert {"tokens; 30000 are allowed" in one["reason"] for one in told["failures"]} == {True}
    calls = len(it.served.asked)
    told = it.done(it.job(20, project_dollars=0.0001))
    assert len(it.served.asked) == calls
    assert {"The project's month has used" in one["reason"] for one in told["failures"]} == {True}


def test_a_model_that_cannot_be_used_is_the_reason_of_every_slot(world: Callable[[Script], World]) -> None:
    it = world(lambda asked: Reply(status=404, message="model not found"))
    told = it.done(it.job(10))
    assert told["status"] == "failed"
    assert {"model not found" in one["reason"] for one in told["failures"]} == {True}
    assert len(it.served.asked) == 1


def test_all_workers_together_keep_to_the_pace(world: Callable[[Script], World]) -> None:
    it = world(GoodModel(definition_of(AGENT)))
    job = it.job(20, calls_a_minute=1)
    it.functions.run()
    assert len(it.served.asked) == 1
    assert not job_of(it.functions.stores, job).planned
