"""What kind of rule a sentence is: the first definition that fits it, from style down to fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.splits import Split
from evalgen.reading.subjects import tokens_of, verb_at

Kind = Literal[
    "condition",
    "prohibition",
    "requirement",
    "order",
    "permission",
    "step",
    "style",
    "identity",
    "fact",
    "context",
]
INTRODUCING: tuple[Kind, ...] = ("identity", "style", "fact", "context")
"""Kinds that stand before a prompt has told the agent to do anything."""


_WORD = re.compile(r"[\w'’-]+")
_FEWEST_WORDS = 3
"""Words of a sentence that says something of its own."""
MOST_TOPIC_WORDS = 2
"""Words of a label that may name what is said (`Amounts: say them in full`) and not a case."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: under which heading, and whether the prompt still introduces the agent."""

    heading: str = ""
    opening: bool = False


def kind_of(text: str, split: Split | None, place: Place, lexicon: Lexicon) -> Kind:
    """The kind of a sentence that is no description of a tool."""
    lowered = text.lower()
    if split is None:
        text = _without_phrase(text, lexicon)
    if _is_style(text.lower(), split, place, lexicon):
        return "style"
    if _is_identity(lowered, split, place, lexicon):
        return "identity"
    if split:
        return _conditional(lowered, split, lexicon)
    kind = _plain(text, text.lower(), lexicon)
    reason = lexicon.patterns.therefore.match(text) if kind == "fact" else None
    if reason and starts_instruction(text[reason.end() :], lexicon):
        return kind_of(text[reason.end() :], None, place, lexicon)
    return kind


def _without_phrase(text: str, lexicon: Lexicon) -> str:
    """What is told behind a phrase that picks no case: `At the end, …`, `To cancel, …`."""
    patterns = lexicon.patterns
    match = patterns.phrase_before.match(text)
    rest = text[match.end() :] if match else text
    told = starts_instruction(rest, lexicon) or patterns.forbidding.match(rest)
    return rest if told else text


def _is_style(lowered: str, split: Split | None, place: Place, lexicon: Lexicon) -> bool:
    """How the agent speaks; a case at the front (`if the caller is upset, stay calm`) is not."""
    patterns = lexicon.patterns
    if split is not None and split.opener and not lowered.startswith(split.consequence.lower()):
        return False
    told = patterns.style_lead.sub("", lowered)
    if split is not None and _labels(lowered, split):
        named = len(split.trigger.split()) <= MOST_TOPIC_WORDS and not lexicon.caller.search(split.trigger)
        told = split.consequence.lower() if named else ""
    if lexicon.cues.style.match(told) is not None:
        return True
    tied = split is not None and split.opener in lexicon.words.tying
    styled = patterns.style_section.match(place.heading) is not None and not tied
    return styled or patterns.quoted_words.match(lowered) is not None


def _labels(lowered: str, split: Split) -> bool:
    return not split.opener and lowered.startswith(split.trigger.lower())


def _is_identity(lowered: str, split: Split | None, place: Place, lexicon: Lexicon) -> bool:
    if lexicon.cues.identity.match(lowered):
        return True
    opening = not (split and split.opener) and (
        place.opening or lexicon.patterns.identity_section.match(place.heading)
    )
    return bool(opening and lexicon.patterns.introduction.match(lowered))


def _conditional(lowered: str, split: Split, lexicon: Lexicon) -> Kind:
    words = lexicon.words
    front = lexicon.cues.condition_openers.match(lowered)
    if split.opener in words.following and lexicon.patterns.done.search(split.trigger):
        return "order" if starts_instruction(split.consequence, lexicon) else "condition"
    if split.opener in words.tying and not (front and split.opener in words.undone):
        case = split.opener in words.afterwards and lexicon.patterns.case.search(split.trigger)
        told = starts_instruction(split.consequence, lexicon) or split.opener not in words.afterwards
        return "order" if told and not case else "condition"
    if split.opener and not front:
        kind = _plain(split.consequence, split.consequence.lower(), lexicon)
        if kind == "permission" or (kind == "prohibition" and split.opener in words.bounds):
            return kind
        only = lexicon.patterns.limiting.search(f"{split.consequence} {split.opener}")
        if only and not starts_instruction(split.consequence, lexicon):
            return "requirement"
    return "condition"


def _plain(text: str, lowered: str, lexicon: Lexicon) -> Kind:
    """The kind of a sentence without a case."""
    cues, patterns = lexicon.cues, lexicon.patterns
    standing = patterns.standing.match(lowered) or patterns.demanding.search(lowered)
    told = patterns.leading.sub("", lowered)
    if cues.prohibitions.match(told) or patterns.forbidding.match(lowered):
        return "prohibition"
    subject = lexicon.agent.match(lowered) is not None
    if starts_instruction(text, lexicon) and not subject:
        return "requirement" if standing else "step"
    tokens = tokens_of(text)
    verb = verb_at(tokens, 1 if patterns.noun_subject.match(text) else 0, lexicon)
    predicate = lowered[tokens[verb].start :] if verb is not None else ""
    if cues.prohibitions.match(predicate) or patterns.excluding.match(predicate):
        return "prohibition"
    limited = patterns.limiting.search(lowered) is not None
    if cues.permissions.match(predicate) or cues.permissions.match(told):
        return "requirement" if limited or patterns.capped.match(predicate) else "permission"
    if not limited and patterns.negative.match(lowered) and cues.requirements.match(predicate):
        return "fact"
    if limited or cues.requirements.match(predicate) or patterns.demanding.search(lowered):
        return "requirement"
    if subject and starts_instruction(text, lexicon) and not patterns.stating.match(lowered):
        return "step"
    if patterns.done_by_tool.search(lowered):
        return "step"
    names = lowered.endswith(":") and verb is None
    return "context" if names or len(_WORD.findall(lowered)) < _FEWEST_WORDS else "fact"
