"""Slots are filled in order, each with a test that passes the checks or with the reason why it has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.brief import Brief, GivenProfile, Personality
from evalgen.generation.plan.filling import Filling
from evalgen.generation.plan.test import Shortfall, Test
from evalgen.generation.read.statement import Prompt
from tests.unit.generation.by_hand import AGENT, SETTING, TEST, a_brief

PROMPT = Prompt("en", (), ())
SPANISH = Personality(2, "Plain", "es")
JAPANESE = Personality(3, "Plain", "ja")


def numbered(number: int, **changes: Any) -> Test:
    """A test of its own: another aim, key and first step."""
    first = replace(TEST.steps[0], action=f"Ask to have tyre {number} repaired")
    return replace(
        TEST, key=f"k{number}", steps=(first, *TEST.steps[1:]), **{"aim": f"Repair {number}", **changes}
    )


def in_spanish(number: int) -> Test:
    """Not in the language that it says, so that it never passes; it shows which planner was asked."""
    return replace(numbered(number), language="es")


class Planner:
    def __init__(self, *tests: Test) -> None:
        self.tests = tests
        self.asked: list[tuple[str, Collection[str]]] = []

    def __call__(self, brief: Brief, taken: Collection[str]) -> Iterator[Test]:
        (language,) = {one.language for one in brief.personalities}
        self.asked.append((language, taken))
        yield from self.tests


def nothing(brief: Brief, aim: str, taken: Collection[str]) -> Iterator[Test]:
    yield from ()


def filling(*tests: Test, taken: Collection[str] = (), aimed: Any = nothing, **brief: Any) -> Filling:
    return Filling(AGENT, PROMPT, a_brief(**brief), SETTING, taken, Planner(*tests), aimed)


def keys(one: Filling, count: int) -> list[Any]:
    slots = [one.slot(number) for number in range(count)]
    return [slot.key if isinstance(slot, Test) else slot for slot in slots]


def test_tests_come_in_the_order_of_their_planner_until_there_is_none() -> None:
    assert keys(filling(numbered(1), numbered(2)), 3) == ["k1", "k2", None]


def test_what_was_planned_before_or_does_not_pass_is_passed_over() -> None:
    wrong = replace(numbered(2), steps=TEST.steps[:2])
    one = filling(numbered(1), wrong, numbered(3), numbered(3), numbered(4), taken=["k1"])
    assert keys(one, 3) == ["k3", "k4", None]
    assert any("2 steps" in problem for problem in one.refused)


def test_a_test_that_says_the_same_as_another_is_passed_over() -> None:
    again = replace(numbered(1), key="other", aim="Under another name")
    other_values = replace(again, key="third", profile={**TEST.profile, "name": "Ana Ruiz"})
    assert keys(filling(numbered(1), again, other_values), 2) == ["k1", None]


def test_names_are_unlike_each_other() -> None:
    one = filling(numbered(1, aim="Repair"), numbered(2, aim="repair"))
    slots = [one.slot(0), one.slot(1)]
    assert [slot.aim for slot in slots if isinstance(slot, Test)] == ["Repair", "repair (2)"]


def test_each_slot_asks_the_planner_for_its_personalitys_language() -> None:
    planner = Planner(numbered(1), in_spanish(2), numbered(3))
    brief = a_brief(personalities=(Personality(1, "Plain", "en"), SPANISH, JAPANESE))
    one = Filling(AGENT, PROMPT, brief, SETTING, ["k9"], planner, nothing)
    slots = [one.slot(number) for number in range(4)]
    assert [language for language, _ in planner.asked] == ["en", "es"]
    assert planner.asked[1][1] == {"k9", "k1"}
    refused = slots[2]
    assert isinstance(refused, Shortfall)
    assert refused.told == "Scenarios cannot be written in the language ja."
    assert isinstance(slots[3], Test)


def test_a_caller_of_several_languages_speaks_the_prompts() -> None:
    one = filling(numbered(1), personalities=(Personality(4, "Plain", "multi"),))
    slot = one.slot(0)
    assert isinstance(slot, Test)
    assert slot.language == "en"


def test_a_paragraph_has_the_test_that_serves_it_or_fails_with_its_words() -> None:
    def aimed(brief: Brief, aim: str, taken: Collection[str]) -> Iterator[Test]:
        if aim == "Repair five.":
            yield replace(numbered(5), steps=())
            yield numbered(6)

    one = filling(numbered(1), numbered(6), aimed=aimed, aims=("Repair five.", "Fly."))
    assert keys(one, 2)[0] == "k6"
    assert one.slot(2) is not None
    lost = one.slot(1)
    assert isinstance(lost, Shortfall)
    assert lost.aim == "Fly."
    assert lost.told.startswith("Fly.: ")


def test_tests_that_do_not_hold_for_the_given_profile_are_dropped_and_counted() -> None:
    profile = GivenProfile(9, "Given", {}, {"phone": "5550999888", "day": "2026-08-01"})
    one = filling(numbered(1), numbered(2), test_profile=profile)
    assert (keys(one, 1), one.unfit_for_profile) == ([None], 2)
    nameless = GivenProfile(9, "Given", {}, {"name": "Ana Ruiz", "phone": ""})
    other = filling(numbered(1), test_profile=nameless)
    assert (keys(other, 1), other.unfit_for_profile) == ([None], 1)


def test_what_would_come_next_is_told_without_the_filled_slots() -> None:
    one = filling(numbered(1), numbered(2), numbered(3))
    one.slot(0)
    assert [test.key for test in one.left(1)] == ["k2", "k3"]
