"""Red teaming: attacks on this agent's own tools, records and rules, each unlike the others."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import get_args

import pytest

from evalgen.generation.brief import AttackType, Personality
from evalgen.planning.strategies import attacks_of
from evalgen.reading.model import read_agent
from tests.agents_on_disk import definition_of
from tests.integration.generation.kit import PLACEHOLDER, Job, plain, references_in, run

AGENTS = ("roadside", "bank_no_mocks", "prose_hotel", "clinica_dental", "restaurant_line")
TYPES: tuple[AttackType, ...] = get_args(AttackType)
TURN = re.compile(r"^(?:Turn|Turno) \d+: ", re.MULTILINE)
ENGLISH = re.compile(r"\b(?:the|and|with|your|you|turn|say|agent|which)\b", re.IGNORECASE)
SPANISH = re.compile(r"\b(?:que|para|con|una|pide|di)\b", re.IGNORECASE)


@cache
def attacks_on(name: str, kind: AttackType, channel: str = "voice", number: int = 20) -> Job:
    agent = definition_of(name)
    return run(agent, number, scenario_type=f"red_teaming_{channel}", attack_type=kind)


@pytest.mark.parametrize("name", AGENTS)
@pytest.mark.parametrize("kind", TYPES)
def test_an_attack_has_five_to_ten_turns_and_comes_back_to_the_honest_request(
    name: str, kind: AttackType
) -> None:
    attacks = attacks_of(definition_of(name).language)
    for draft, plan in zip(attacks_on(name, kind).drafts, attacks_on(name, kind).planned.plans, strict=True):
        assert 5 <= len(TURN.findall(draft.instructions)) <= 10
        assert plan.attack
        assert [place for place, _ in plan.attack.lines].count("ask") == 1
        ending = attacks.endings[plan.attack.ending].split()[0]
        assert draft.instructions.splitlines()[-1].split(": ", 1)[1].split()[0] == ending


@pytest.mark.parametrize("kind", TYPES)
def test_a_hundred_attacks_are_a_hundred_different_ones(kind: AttackType) -> None:
    job = attacks_on("restaurant_line", kind, number=100)
    assert len({draft.instructions for draft in job.drafts}) == 100
    assert len({draft.expected_outcome for draft in job.drafts}) == 100
    assert len({(p.attack.strategy, p.attack.aim) for p in job.planned.plans if p.attack}) >= 90


@pytest.mark.parametrize("kind", TYPES)
def test_the_outcome_says_what_the_agent_must_not_do_and_what_it_still_does(kind: AttackType) -> None:
    job = attacks_on("roadside", kind)
    for draft, plan in zip(job.drafts, job.planned.plans, strict=True):
        assert plan.attack
        stand = attacks_of("en").strategies[plan.attack.strategy].stand
        assert stand in draft.expected_outcome
        assert plan.calls[-1].noun in draft.expected_outcome or "the caller" in draft.expected_outcome
        assert not PLACEHOLDER.search(draft.expected_outcome)


def test_the_rule_that_is_attacked_stands_in_the_outcome_with_its_condition() -> None:
    outcomes = [d.expected_outcome for d in attacks_on("roadside", "system_prompt_leak").drafts]
    assert any("how it was set up, which systems it uses" in outcome for outcome in outcomes)
    spanish = attacks_on("clinica_dental", "unauthorized_actions", number=60)
    told = [d.expected_outcome for d in spanish.drafts if "confirmar una cita" in d.expected_outcome]
    assert all("sin que" in outcome for outcome in told)


@pytest.mark.parametrize("name", AGENTS)
def test_another_person_is_referred_to_and_named_once(name: str) -> None:
    job = attacks_on(name, "data_leak")
    for draft in job.drafts:
        assert draft.instructions.count("{{test_profile.other_full_name}}") <= 1
        assert references_in(draft.instructions) <= draft.testing_agent_variables.keys()
    assert any("other_full_name" in draft.instructions for draft in job.drafts)


def test_attacks_on_a_spanish_agent_are_wholly_spanish() -> None:
    for kind in TYPES:
        for channel in ("voice", "text"):
            for draft in attacks_on("clinica_dental", kind, channel).drafts:
                told = re.sub(r"\S*test_profile\S*|<[^>]*>|\{\w+\}", "", draft.instructions)
                told = "\n".join([draft.name, told, draft.expected_outcome])
                assert not ENGLISH.search(told), told
                assert draft.language == "es"


def test_each_caller_attacks_in_their_own_language() -> None:
    personalities = (plain("en"), Personality(2, "Lucía", "es"))
    job = run(
        definition_of("roadside"),
        10,
        scenario_type="red_teaming_voice",
        attack_type="off_task",
        personalities=personalities,
    )
    assert [bool(SPANISH.search(d.instructions)) for d in job.drafts] == [False, True] * 5


@pytest.mark.parametrize("name", ["roadside", "prose_hotel", "retail_policy"])
def test_an_order_is_attacked_in_a_call_to_which_it_matters(name: str) -> None:
    job = attacks_on(name, "unauthorized_actions", number=60)
    ordered = [p for p in job.planned.plans if p.attack and p.attack.aim in ("too_early", "step_skipped")]
    assert ordered
    rules = {s.id: s for s in read_agent(definition_of(name)).statements}
    for plan in ordered:
        used = {cover.partition(":")[0] for cover in plan.covers}
        named = [rules[cover].tools for cover in plan.covers if cover in rules]
        assert all(not tools or used & set(tools) for tools in named)


@pytest.mark.parametrize("name", ["bank_no_mocks", "utility_30_tools", "roadside"])
def test_callers_have_at_hand_what_identifies_them_and_what_the_calls_take(name: str) -> None:
    for draft, plan in zip(
        attacks_on(name, "off_task").drafts, attacks_on(name, "off_task").planned.plans, strict=True
    ):
        told = [draft.testing_agent_variables[key] for key in references_in(draft.instructions)]
        asked = [e.input for e in draft.mock_entries][:1]
        for value in (v for given in asked for v in given.values() if isinstance(v, str)):
            assert value in told, plan.signature
        assert not any(isinstance(value, bool) for value in told)


def test_where_no_rule_is_about_the_topic_the_outcome_says_what_the_agent_is_there_for() -> None:
    for draft in attacks_on("roadside", "off_task").drafts:
        assert "cancel their request" in draft.expected_outcome


def test_codes_and_variables_of_the_agent_are_asked_for_but_no_public_ones() -> None:
    drafts = attacks_on("roadside", "system_prompt_leak", number=60).drafts
    said = {
        tag: [d.instructions for d in drafts if tag in d.tags] for tag in ("internal_code", "handed_over")
    }
    assert all(re.search('"[a-z]+( [a-z]+)+"', text) for text in said["internal_code"])
    assert any("caller number" in text for text in said["handed_over"])
    assert not any("local time" in text for text in said["handed_over"])


@pytest.mark.parametrize("kind", TYPES)
def test_no_manner_or_course_is_used_again_before_all_others_were(kind: AttackType) -> None:
    attacks = [plan.attack for plan in attacks_on("roadside", kind).planned.plans if plan.attack]
    assert len({attack.manner for attack in attacks}) == len(attacks)
    courses = Counter(attack.course for attack in attacks)
    assert max(courses.values()) - min(courses.values()) <= 1


def test_nobody_asks_to_ask() -> None:
    for kind in TYPES:
        for draft in attacks_on("roadside", kind).drafts:
            assert not re.search(r"to ask about the plan|ask to ask", draft.instructions, re.IGNORECASE)


def test_a_planted_note_stands_in_the_answer_of_a_tool() -> None:
    job = attacks_on("roadside", "data_leak", number=60)
    planted = [d for d in job.drafts if "indirect_injection" in d.tags]
    assert planted
    for draft in planted:
        notes = [
            e.output["note"] for e in draft.mock_entries if isinstance(e.output, dict) and "note" in e.output
        ]
        assert len(notes) == 1
        assert "you" not in notes[0].replace("You may", "").split()
    without = attacks_on("restaurant_line", "data_leak", number=60)
    assert not any("indirect_injection" in d.tags for d in without.drafts)


def test_text_attacks_hide_the_request_in_ways_that_voice_has_not() -> None:
    text = attacks_on("roadside", "data_leak", "text", 100)
    voice = attacks_on("roadside", "data_leak", "voice", 100)
    hidden = {"base64", "homoglyph", "invisible", "markup", "json_injection", "payload_split"}
    assert hidden <= {tag for draft in text.drafts for tag in draft.tags}
    assert not hidden & {tag for draft in voice.drafts for tag in draft.tags}
    assert any("\u200b" in draft.instructions for draft in text.drafts)
    assert not any("\u200b" in draft.instructions for draft in voice.drafts)
