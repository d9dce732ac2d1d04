"""Each check finds what it is there for, and nothing in a test that is right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.check.scenario import Checker
from evalgen.generation.plan.test import Attack, ExpectedCall, ForbiddenCall, Ground, Moment, Step, Test
from tests.unit.generation.by_hand import AGENT, CALLS, SETTING, TEST, drafted, with_step

CHECKER = Checker(AGENT)


def problems(test: Test) -> list[str]:
    return CHECKER.problems_of(test, drafted(test), SETTING)


def with_call(place: int, **changes: Any) -> Test:
    calls = list(CALLS)
    calls[place] = replace(calls[place], **changes)
    return replace(TEST, calls=tuple(calls))


def with_assertion(**changes: Any) -> Test:
    first, second = TEST.assertions
    return replace(TEST, assertions=(replace(first, **changes), second))


def test_a_test_that_is_right_has_no_problems() -> None:
    assert problems(TEST) == []


STEPS = {
    "too few": (replace(TEST, steps=TEST.steps[-2:]), "2 steps"),
    "too many": (replace(TEST, steps=(*TEST.steps[:5] * 2, *TEST.steps[-1:])), "11 steps"),
    "twice the same": (replace(TEST, steps=(*TEST.steps[:2], *TEST.steps[1:])), "the same"),
    "no moment": (with_step(2, moment=Moment("asked")), "no moment"),
    "a bare moment": (with_step(2, moment=Moment("told", "ready")), "no moment"),
    "a late opening": (with_step(2, moment=Moment("opening")), "opening"),
    "nothing done": (with_step(2, action=""), "cannot be played"),
    "waiting": (with_step(2, action="Wait for the answer"), "cannot be played"),
    "braces": (with_step(2, action="Give {phone}"), "cannot be played"),
    "the agent": (with_step(2, action="Tell the agent the number"), "names a party"),
    "an AI": (with_step(2, action="Ask if it is an AI"), "names a party"),
    "no end": (
        replace(TEST, steps=(*TEST.steps[:-1], Step("Say thanks", Moment("told", "that")))),
        "does not end",
    ),
    "an early end": (with_step(2, last=True), "before the last one"),
    "another ending": (with_step(6, action="Say goodbye"), "does not end"),
    "no such key": (with_step(2, action="Give {{test_profile.mail}}"), "not in the test profile"),
    "identity aloud": (with_step(2, action="Give 5550100200"), "the phone stands"),
    "a name aloud": (with_step(2, action="Say that Ida Moss calls"), "the name stands"),
    "a tool": (with_step(2, action="Ask for book_repair"), "'book_repair'"),
    "a parameter": (with_step(2, action="Say that the workType is small"), "'workType'"),
    "a flag": (with_step(2, action="Say that it is a flat_tyre"), "'flat_tyre'"),
    "an id": (with_step(2, action="Say cu_17"), "internal id 'cu_17'"),
    "an id by its key": (
        replace(
            with_step(2, action="Give {{test_profile.slot}}"), profile={**TEST.profile, "slot": "slot_0900"}
        ),
        "internal id 'slot_0900'",
    ),
    "the prompt": (
        with_step(2, action="Say to offer only the times that are free on the day that the caller asks for"),
        "repeats the prompt",
    ),
    "a persona without its key": (
        replace(TEST, attack=Attack("off_task", "x", "y", persona="You are {{test_profile.boss}}.")),
        "not in the test profile",
    ),
}
SPANISH = "El agente principal debe decir que la cita del día ocho por la mañana queda reservada."
OUTCOMES = {
    "none": (replace(TEST, assertions=()), "0 assertions"),
    "seven": (
        replace(
            TEST,
            assertions=tuple(
                replace(TEST.assertions[0], id=f"a{n}", text=f"The main agent should state number {n}.")
                for n in range(7)
            ),
        ),
        "7 assertions",
    ),
    "short": (with_assertion(text="The main agent"), "has 3 words"),
    "long": (with_assertion(text="The main agent should say " + "so " * 41), "has 46 words"),
    "another beginning": (with_assertion(text="It should state that all is booked."), "begin as a statement"),
    "an opinion": (with_assertion(text="The main agent should politely state the day."), "'politely'"),
    "twice the same": (
        replace(TEST, assertions=(TEST.assertions[0], replace(TEST.assertions[0], id="a2"))),
        "two assertions",
    ),
    "the same id": (with_assertion(id="a2"), "the same id"),
    "no such step": (with_assertion(caused_by_step=7), "step 7"),
    "no ground": (with_assertion(rests_on=()), "rests on nothing"),
    "an empty ground": (with_assertion(rests_on=(Ground(),)), "rests on nothing"),
    "no such call": (with_assertion(rests_on=(Ground(call="c9", path="/x"),)), "'c9'"),
    "no such answer": (with_assertion(rests_on=(Ground(call="c3", path="/no"),)), "'/no'"),
    "no such line": (with_assertion(rests_on=(Ground(lines=(0, 2)),)), "lines (0, 2)"),
    "no such key": (with_assertion(text="The main agent should give {{test_profile.x}}."), "not in the test"),
    "another language": (
        with_assertion(text=SPANISH.replace("El agente principal debe", "The main agent should")),
        "not in the language",
    ),
}
BOOKED = CALLS[2].input
CALLED = {
    "no such tool": (with_call(2, tool="order"), "no tool of the agent's"),
    "the same id": (with_call(2, id="c1"), "same id"),
    "a later call": (with_call(0, after=("c3",)), "do not come before"),
    "another type": (with_call(2, input={**BOOKED, "rush": "no"}), "does not fit its schema"),
    "a pattern": (with_call(1, input={"date": "July 8"}), "does not fit its schema"),
    "nobody said it": (with_call(1, input={"date": "2026-07-09"}), "which nobody has said"),
    "answered later": (with_call(1, input={"date": "HC-88"}), "which nobody has said"),
    "two answers": (
        replace(TEST, calls=(*CALLS, ExpectedCall("c4", 1, "find_customer", CALLS[0].input, {}))),
        "two answers",
    ),
    "forbidden tool": (replace(TEST, forbidden=(ForbiddenCall("order"),)), "forbidden"),
    "forbidden until": (replace(TEST, forbidden=(ForbiddenCall("book_repair", until="c9"),)), "forbidden"),
}


@pytest.mark.parametrize("name", [*STEPS, *OUTCOMES, *CALLED])
def test_a_problem_is_found_and_named(name: str) -> None:
    for tests in (STEPS, OUTCOMES, CALLED):
        if name in tests:
            test, told = tests[name]
            assert any(told in problem for problem in problems(test)), problems(test)


def test_what_an_agent_decides_needs_nobody_to_say_it() -> None:
    assert problems(with_call(2, input={**BOOKED, "workType": "service", "rush": True})) == []


def test_a_moment_is_known_by_its_day_and_its_hour() -> None:
    profile = {**TEST.profile, "day": "2026-07-09", "hour": "10:30"}
    start = {**BOOKED, "start": "2026-07-09T10:30"}
    calls = (CALLS[0], replace(CALLS[2], input=start, after=("c1",)))
    test = replace(TEST, calls=calls, profile=profile, forbidden=())
    assert problems(test) == []
    assert problems(replace(test, profile=TEST.profile)) != []


def test_an_empty_aim_is_no_name() -> None:
    assert any("name has 0" in problem for problem in problems(replace(TEST, aim="")))


def test_a_scenario_that_is_too_large_is_told() -> None:
    test = with_call(2, output={"number": "HC-88", "note": "x" * 40_000})
    assert any("bytes" in problem for problem in problems(test))


def test_refusals_may_be_told_apart_by_their_number_alone() -> None:
    steps = (*TEST.steps[:2], Step("Ask once more", Moment("refused", "again")), *TEST.steps[2:])
    assert problems(replace(TEST, steps=steps)) == []


WORDED = {
    "reason": "moved",
    "notes": "blue frame",
    "size": "unknown",
    "surname": "Quill",
    "rider": "Quint",
    "ticket_number": "unknown",
}


@pytest.mark.parametrize(
    ("key", "is_worded"),
    [
        ("reason", True),
        ("notes", True),
        ("size", True),
        ("surname", False),
        ("rider", False),
        ("ticket_number", False),
    ],
)
def test_what_an_agent_words_itself_need_not_be_said_in_a_call_with_own_words(
    key: str, is_worded: bool
) -> None:
    agent = replace(AGENT, description=f'{AGENT.description}\nIf they cannot read the size, put "unknown".')
    test = with_call(0, input={**CALLS[0].input, key: WORDED[key]})
    told = f"{key}={WORDED[key]!r}, which nobody has said"
    found = Checker(agent, in_own_words=True).problems_of(test, drafted(test), SETTING)
    assert any(told in one for one in found) is not is_worded
    assert any(told in one for one in problems(test))


def test_steps_in_a_language_without_a_folder_are_no_english_ones() -> None:
    french = (
        "Demandez une réparation vendredi",
        "Donnez votre numéro",
        "Confirmez le rendez-vous maintenant",
    )
    steps = [Step(text, Moment("asked", "pour continuer")) for text in (*french, "Au revoir")]
    assert "the steps are not in the language 'en'" in problems(replace(TEST, steps=tuple(steps)))
