"""Which conditions of a prompt the answers of tools fulfil."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Tool
from evalgen.reading.blocks import blocks_of
from evalgen.reading.cases import Cases
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.records import Records
from evalgen.reading.statements import statements_of
from evalgen.reading.tools import model_tool

ENGLISH = lexicon_of("en")


def met(condition: str, tool: str, given: dict[str, Any], *outputs: Any) -> bool:
    """Whether the first output of the tool fulfils the condition; the others are its further examples."""
    calls = tuple(MockCall(given, output) for output in outputs)
    model = model_tool(Tool(1, tool, "", None, (), calls), ENGLISH)
    statements = statements_of(blocks_of(f"Be quick.\n\n- {condition}"), [tool], ENGLISH)
    cases = Cases(statements, [model], ENGLISH)
    return bool(cases.met_by(Records([model]).chain(model, calls[0]).steps))


ACTIVE, LAPSED = {"plan": "Plus", "status": "active"}, {"plan": "Plus", "status": "lapsed"}


def test_a_state_that_a_record_is_in_fulfils_a_condition_about_it() -> None:
    condition = "If the membership has lapsed, say since when."
    assert met(condition, "find_member", {}, LAPSED, ACTIVE)
    assert not met(condition, "find_member", {}, ACTIVE, LAPSED)


def test_another_state_fulfils_the_denial_of_one() -> None:
    condition = "If the membership is not active, offer a renewal."
    assert met(condition, "find_member", {}, LAPSED, ACTIVE)
    assert not met(condition, "find_member", {}, ACTIVE, LAPSED)


def test_a_label_is_a_condition_as_well_and_each_alternative_counts() -> None:
    assert met("Packed or in transit: say it cannot be stopped.", "get_order", {}, {"state": "in_transit"})
    assert not met("Packed or in transit: say it cannot be stopped.", "get_order", {}, {"state": "open"})


@pytest.mark.parametrize(
    ("condition", "output"),
    [
        ("No vehicles on file: transfer to the desk.", {"member_id": "m1", "vehicles": []}),
        ("With no call-outs left, name the price.", {"callouts_left": 0}),
        ("If the item is not returnable, say why.", {"item": "rope", "returnable": False}),
        ("If the weight is above 3.5 tonnes, say it is not covered.", {"weight_tonnes": 4.1}),
    ],
)
def test_empty_lists_zeros_flags_and_numbers_beyond_a_limit_fulfil_conditions(
    condition: str, output: Any
) -> None:
    assert met(condition, "look_up_record", {}, output)


@pytest.mark.parametrize(
    ("condition", "output"),
    [
        ("No vehicles on file: transfer to the desk.", {"member_id": "m1", "vehicles": [{"model": "Jeep"}]}),
        ("With no call-outs left, name the price.", {"callouts_left": 2}),
        ("If the weight is above 3.5 tonnes, say it is not covered.", {"weight_tonnes": 1.4}),
        ("If the wind is above 3.5 tonnes, say it is not covered.", {"weight_kilos": 4.1}),
        ("If the membership has lapsed twice, say since when.", {"status": "lapsed"}),
    ],
)
def test_what_an_answer_does_not_say_fulfils_nothing(condition: str, output: Any) -> None:
    assert not met(condition, "look_up_record", {}, output)


def test_what_is_asked_for_fulfils_a_condition_about_it() -> None:
    condition = "For a tow, ask where to."
    assert met(condition, "check_dispatch", {"service": "tow"}, {"trucks": [{"eta": 5}]})
    assert not met(condition, "check_dispatch", {"service": "fuel"}, {"trucks": [{"eta": 5}]})


def test_of_several_entries_only_the_one_that_the_call_is_about_counts() -> None:
    several = {"orders": [{"status": "open"}, {"status": "shipped"}]}
    alone = {"orders": [{"status": "shipped"}]}
    assert not met("If the order has shipped, offer a return.", "list_orders", {}, several, alone)
    assert met("If the order has shipped, offer a return.", "list_orders", {}, alone, several)


def test_a_rule_about_when_and_not_about_a_case_is_never_fulfilled_by_a_record() -> None:
    assert not met("Read it back before it is cancelled.", "get_order", {}, {"status": "cancelled"})
