"""Orders and bans that surely belong to the case or the call before them in their paragraph."""

from __future__ import annotations

from evalgen.generation.read.conditions import Read
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import UNKNOWN, Place, Reading
from evalgen.generation.read.statement import Condition, StatementKind
from evalgen.generation.values import words_of

MOST_OF_A_LABEL = 3
SHORTEST_STEM = 3
OPENER = 9
"""Letters of what opens a case: `Whenever `."""


def goes_on(place: Place, kind: StatementKind, language: Language) -> bool:
    """Whether a sentence goes on with that case.

    A ban does: what is never done is not done in that case either. An order does that says something instead
    (`Say the amount and transfer the call.`) behind a case that only forbids.
    """
    if place.behind is None or place.behind is UNKNOWN:
        return False
    if kind == "ban":
        return True
    return place.refused and kind == "order" and language.part("instead").match(place.text) is not None


def belongs(place: Place, language: Language) -> bool:
    """Whether an order is one of the case before it: half of its sentence, what comes then, a further try, or
    in an item that begins with the case; in a paragraph, where it is for its caller (`Tell them to …`).
    """
    case = place.behind
    if case is None or case.text not in place.item.text:
        return False
    opener = place.item.text.partition(case.text)[0]
    begins = len(opener) <= OPENER and (not opener.strip() or opener.strip().isalpha())
    if place.item.marked:
        goes_on = (language.part(name).match(place.text) for name in ("then", "retries"))
        return begins or place.text[:1].islower() or any(goes_on)
    return begins and case.by == "caller" and language.part("for_them").match(place.text) is not None


def ruling_out(place: Place, reading: Reading, language: Language) -> Condition | None:
    """What a plain fact or a ban rules out: the case in which the next sentence says what is done instead."""
    rules_out = reading.kind == "ban" or (
        reading.kind == "fact" and language.part("rules_out").search(place.text)
    )
    return Condition(place.text, "other") if rules_out and not place.outer else None


def is_instead(place: Place, kind: StatementKind, language: Language) -> bool:
    """Whether an order says what is done where a fact before it rules something out: `Offer them a pause.`"""
    if place.ruled is None or kind != "order" or any(tool in place.text.casefold() for tool in place.tools):
        return False
    return language.part("instead").match(place.text) is not None


def called_by(label: str, place: Place) -> Read | None:
    """The call of the one tool of a paragraph that its label means: `Payment:`, of `send_pay_link`."""
    words = [word for word in words_of(label) if len(word) > 1]
    if place.outer or not words or len(words) > MOST_OF_A_LABEL or any(w.endswith("ed") for w in words):
        return None
    named = [tool for tool in place.tools if all(is_of_a_tool(word, tool) for word in words)]
    if len(named) != 1:
        return None
    return Read(Condition(named[0], "call", about=named[0]), "of the tool that the label names")


def is_of_a_tool(word: str, tool: str) -> bool:
    """Whether a word is one of a tool's name, or akin to one."""
    return any(_are_akin(word.casefold(), own) for own in words_of(tool))


def _are_akin(word: str, own: str) -> bool:
    """`payment` and `pay`, `booking` and `book`."""
    short, long = sorted((word, own), key=len)
    return word == own or (len(short) >= SHORTEST_STEM and long.startswith(short.removesuffix("e")))


def called_in(place: Place) -> Condition | None:
    """The call of the one tool that an order names, or that one before it in its paragraph did."""
    if place.behind and place.behind.by == "call":
        return place.behind
    text = place.text.casefold()
    named = [tool for tool in place.tools if tool.casefold() in text]
    return Condition(named[0], "call", about=named[0]) if len(named) == 1 else None
