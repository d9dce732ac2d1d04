"""Facts whose question has one answer, and those that contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evalgen.generation.read.documents.fact import Contradiction, Fact

ONE_VALUE = frozenset(
    {
        *("price", "duration", "waiting", "delivery", "phone", "address", "email", "age", "validity", "loan"),
        *("warranty", "deposit", "capacity", "notice", "limit", "hours_on", "check_in", "check_out"),
    }
)
"""Attributes of which a thing has one value: two that differ contradict each other. Of any other, two that
differ only leave the question without one definite answer."""
_PLACES = ("phone", "address", "hours", "email", "check_in", "check_out", "hours_on")


def unique(facts: Sequence[Fact], prompted: Sequence[Fact]) -> list[Fact]:
    """Each fact once, and only those sure whose question has one answer, the prompt's counted."""
    labels = Counter(
        (f.file, f.because, f.subject) for f in facts if f.kind == "label" and f.because in _PLACES
    )
    answers: dict[str, set[str]] = {}
    for fact in (*facts, *prompted):
        if fact.sure and fact.ask:
            answers.setdefault(fact.ask, set()).add(f"{fact.subject}|{_comparable(fact)}")
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in facts:
        if fact.sure and labels[fact.file, fact.because, fact.subject] > 1:
            kept.append(_left(fact, "label in several sections"))
        elif (
            fact.sure and fact.ask and len(answers[fact.ask]) > 1 and not _is_single(fact, answers[fact.ask])
        ):
            kept.append(_left(fact, "several answers"))
        elif (key := (fact.ask or fact.text, _comparable(fact) or f"{fact.line}|{fact.text}")) not in seen:
            seen.add(key)
            kept.append(fact)
    return kept


def _left(fact: Fact, because: str) -> Fact:
    return replace(fact, kind="unread", sure=False, because=because)


def _is_single(fact: Fact, answers: set[str]) -> bool:
    """Whether the answers are about one and the same thing, which has one value."""
    kind = fact.attribute.partition(":")[0]
    return (kind in ONE_VALUE or kind == "polar") and len({a.partition("|")[0] for a in answers}) == 1


def contradictions_in(facts: Sequence[Fact]) -> list[Contradiction]:
    """Sure facts about the same that do not say the same."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        kind = fact.attribute.partition(":")[0]
        if fact.sure and (kind in ONE_VALUE or kind == "polar"):
            groups.setdefault((fact.attribute, fact.subject), []).append(fact)
    return [
        Contradiction(tuple(group))
        for group in groups.values()
        if any(fact.file for fact in group) and len({_comparable(fact) for fact in group}) > 1
    ]


def _comparable(fact: Fact) -> str:
    """The value without what is written in two ways; of a yes or no, which of them."""
    if not fact.sure:
        return ""
    plain = fact.value.casefold().replace(",", "").replace(".00", "")
    if fact.attribute.startswith("polar"):
        return plain.split(maxsplit=1)[0]
    for sign, word in (("$", "dollars"), ("€", "euros"), ("£", "pounds")):
        if plain.startswith(sign):
            plain = f"{plain.removeprefix(sign).strip()} {word}"
    return " ".join(plain.split())


def told(found: Contradiction) -> str:
    said = "; ".join(f"{fact.file or 'the prompt'} line {fact.line}: {fact.text}" for fact in found.facts)
    return f'There are contradictory answers to "{found.facts[0].ask}": {said}'
