"""Invented flows that lack what the prompt orders before a deed, or decides it by."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import AgentModel, read_agent
from evalgen.generation.values import leaves
from tests.unit.generation.plan.agents import steps
from tests.unit.generation.read.invented_agents import tool

TEXT, SUM = {"type": "string"}, {"type": "number"}
COVERAGE = tool("check_coverage", about="Is this zip covered.", zip=TEXT)
FIND = tool("get_signing", about="Find a signing by phone.", phone=TEXT)
OPENINGS = tool("find_openings", about="Open start times on a day.", date=TEXT)
BOOK = tool("book_signing", about="Book one.", full_name=TEXT, phone=TEXT, address=TEXT, start_time=TEXT)
PRICED = tool("book_signing", about="Book a signing.", full_name=TEXT, phone=TEXT, address=TEXT, total=SUM)
MOVE = tool("move_signing", about="Move a signing.", signing_id=TEXT, new_start_time=TEXT)
CANCEL = tool("cancel_signing", about="Cancel a signing.", signing_id=TEXT)
UNDATED = tool("order_signing", about="Order a signing.", full_name=TEXT, phone=TEXT, address=TEXT)


def _model(prompt: str, *tools: Any) -> AgentModel:
    return read_agent(AgentDefinition("Quill", "en", f"You answer the phone of Quill. {prompt}", tools))


def _done(prompt: str, *tools: Any) -> set[str]:
    keys = [test.key for test in ordered(_model(prompt, *tools), "seed")]
    return {key.split(":")[1].split("/")[0] for key in keys if key.startswith("done:")}


@pytest.mark.parametrize(
    ("prompt", "made"),
    [
        ("Use find_openings for the day.", {"book_signing"}),
        ("Check the zip with check_coverage before you talk price.", set()),
        ("check_coverage first.", set()),
    ],
)
def test_nothing_is_made_without_a_look_up_that_comes_first(prompt: str, made: set[str]) -> None:
    assert _done(prompt, COVERAGE, OPENINGS, BOOK) == made


def test_what_comes_first_for_one_deed_is_not_missed_by_another() -> None:
    prompt = "check_coverage first, before you book a signing."
    assert _done(prompt, COVERAGE, OPENINGS, BOOK, FIND, CANCEL) == {"cancel_signing"}


def test_a_sum_that_the_agent_has_to_work_out_is_not_guessed() -> None:
    assert _done("A signature is $10, the travel fee is $35.", PRICED) == set()
    assert _done("Be kind.", PRICED) == set()


def test_a_fee_counted_from_a_moment_needs_that_moment_on_record() -> None:
    rule = "A cancellation less than 24 hours before the signing costs $35."
    assert _done(rule, FIND, CANCEL, UNDATED) == {"order_signing"}
    assert "cancel_signing" in _done(rule, FIND, CANCEL, OPENINGS, BOOK)
    assert "cancel_signing" in _done("Cancelling is free.", FIND, CANCEL, UNDATED)


def test_a_time_on_record_has_its_day_and_the_new_one_comes_of_the_openings() -> None:
    model = _model("Offer three times.", FIND, OPENINGS, BOOK, MOVE)
    found = {str(v) for c in model.tools["get_signing"].calls["success"] for _, v in leaves(c.output)}
    offered = {str(v) for c in model.tools["find_openings"].calls["success"] for _, v in leaves(c.output)}
    moved = [str(c.input["new_start_time"]) for c in model.tools["move_signing"].calls["success"]]
    assert any(value[:4] == "2027" and "T" in value for value in found)
    assert moved and all(value in offered - found for value in moved)


def test_nobody_asks_for_what_they_told_themselves() -> None:
    keys = {test.key for test in ordered(_model("Be kind.", FIND, OPENINGS, BOOK), "seed")}
    facts = {key.split("/")[1] for key in keys if key.startswith("fact:")}
    assert "start time" in facts and "address" not in facts


def test_a_bare_offer_to_move_is_answered() -> None:
    prompt = "\n\n[Flow C – Cancel]\n1. Find it.\n2. Always offer to reschedule once before cancelling."
    tests = ordered(_model(prompt, FIND, OPENINGS, BOOK, MOVE, CANCEL), "seed")
    done = next(test for test in tests if test.key.startswith("done:cancel_signing"))
    assert any("if offered to reschedule" in step for step in steps(done))
