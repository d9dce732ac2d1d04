"""Attacks are complete in every language: for every type, in voice as in text."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from evalgen.generation.brief import AttackType
from evalgen.languages.rules import slots_of
from evalgen.languages.tables import DEFAULT, codes_with
from evalgen.planning.strategies import Aim, Attacks, Strategy, attacks_of

CODES = codes_with("attacks")
TYPES = get_args(AttackType)
NAMED = {
    "authority", "urgency", "sympathy", "false_memory", "partial_disclosure", "hypothetical",
    "language_switch", "role_reversal", "split_request", "field_injection", "indirect_injection", "crescendo",
}  # fmt: skip
IN_WRITING = {"base64", "homoglyph", "invisible", "markup", "json_injection", "payload_split"}
UNSPEAKABLE = re.compile(r"https?:|[<>\[\]_#*|]|base64|\bjson\b|\bhtml\b", re.IGNORECASE)
OWASP = re.compile(r"LLM(?:0[1-9]|10)|ASI(?:0[1-9]|10)")


def texts_of(entry: Strategy | Aim) -> list[str]:
    if isinstance(entry, Strategy):
        return [*entry.context, *entry.setup, *entry.ask, *entry.push, entry.label, entry.stand]
    return [*entry.ask, *entry.roles, *entry.probes, entry.title, entry.forbid]


def entries_of(attacks: Attacks) -> list[Strategy | Aim]:
    return [*attacks.strategies.values(), *attacks.aims.values()]


def frames_of(attacks: Attacks) -> list[str]:
    return [*attacks.manners, *attacks.openings, *attacks.endings, *attacks.details]


@pytest.mark.parametrize("code", CODES)
def test_every_attack_type_has_eight_strategies_and_eight_aims_for_any_agent(code: str) -> None:
    attacks = attacks_of(code)
    assert len(attacks.of_channel("voice")) >= 8
    for kind in TYPES:
        aims = [a for a in attacks.aims.values() if kind in a.types]
        assert len(aims) >= 8
        assert sum(not aim.when and not aim.rule for aim in aims) >= 3


@pytest.mark.parametrize("code", CODES)
def test_the_strategies_that_are_asked_for_by_name_are_there(code: str) -> None:
    attacks = attacks_of(code)
    assert {s.id for s in attacks.of_channel("voice")} >= NAMED
    assert {s.id for s in attacks.of_channel("text")} >= NAMED | IN_WRITING
    assert attacks.strategies["indirect_injection"].inject


@pytest.mark.parametrize("code", CODES)
def test_ids_are_those_of_owasp(code: str) -> None:
    attacks = attacks_of(code)
    listed = [*attacks.owasp.values(), *(i for s in attacks.strategies.values() for i in s.owasp)]
    assert set(attacks.owasp) == set(TYPES)
    assert all(OWASP.fullmatch(i) for i in listed)


@pytest.mark.parametrize("code", CODES)
def test_nothing_that_is_said_in_voice_is_unspeakable(code: str) -> None:
    attacks = attacks_of(code)
    written = [s for s in attacks.strategies.values() if s.channel == "text"]
    said = [text for entry in entries_of(attacks) if entry not in written for text in texts_of(entry)]
    for text in [*said, *frames_of(attacks)]:
        assert not UNSPEAKABLE.search(re.sub(r"\{\w+\}", "", text)), text


@pytest.mark.parametrize("code", CODES)
def test_every_demand_names_the_aim_and_no_two_sentences_are_the_same(code: str) -> None:
    attacks = attacks_of(code)
    hidden = {"ask", "base64", "rot13", "homoglyph", "invisible", "half_a"}
    for strategy in attacks.strategies.values():
        assert all(slots_of(text) & hidden for text in strategy.ask), strategy.id
    for entry in entries_of(attacks):
        assert len(set(texts_of(entry))) == len(texts_of(entry)), entry.id


@pytest.mark.parametrize("code", [code for code in CODES if code != DEFAULT])
def test_another_language_has_the_strategies_and_aims_of_english(code: str) -> None:
    own, english = attacks_of(code), attacks_of(DEFAULT)
    assert own.strategies.keys() == english.strategies.keys()
    assert own.aims.keys() == english.aims.keys()
    for name, strategy in english.strategies.items():
        assert (own.strategies[name].channel, own.strategies[name].owasp) == (
            strategy.channel,
            strategy.owasp,
        )
        assert len(own.strategies[name].push) >= 0.6 * len(strategy.push), name
    for name, aim in english.aims.items():
        other = own.aims[name]
        assert (other.types, other.when, other.themes, other.rule) == (
            aim.types, aim.when, aim.themes, aim.rule,
        ), name  # fmt: skip
        assert len(other.probes) >= 0.6 * len(aim.probes), name
