"""Which twist plays what a statement is about."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.reading.acts import act_of_trigger
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement

GENERAL = (
    "decline",
    "refuse_confirm",
    "vague_yes",
    "skip_confirm",
    "misstate",
    "correct_choice",
    "change_goal",
    "second_goal",
    "vague_date",
    "other_option",
    "upfront",
    "unclear",
    "silence",
    "impatient",
    "interrupt",
    "third_party",
    "off_topic",
    "leak",
)
TALKED = ("human", "anger", "language")
"""Twists that need no rule of their own where callers can do little but talk."""

BY_THEME = {
    "silence": "silence",
    "unclear": "unclear",
    "self_correction": "correct_choice",
    "human": "human",
    "privacy": "third_party",
    "leak": "leak",
    "off_topic": "off_topic",
    "anger": "anger",
    "confirmation": "vague_yes",
    "emergency": "emergency",
    "second_request": "second_goal",
    "language": "language",
    "out_of_order": "upfront",
    "interruption": "interrupt",
    "relative_date": "vague_date",
    "imposture": "third_party",
}
_BY_ENDING = {
    "error": ("error", "assume_success"),
    "no_match": ("no_match",),
    "empty": ("empty", "detour"),
    "imposture": ("misstate",),
}
PLAYED = {
    "silence",
    "unclear",
    "self_correction",
    "human",
    "anger",
    "emergency",
    "out_of_order",
    "interruption",
    "second_request",
}
"""Themes whose statements have a twist of their own, which plays them better than their words would."""


def twists_in(instructions: str, lexicon: Lexicon) -> frozenset[str]:
    """The twists that play what the instructions of a request speak of: `the caller fakes their identity`."""
    told = [theme for theme, cues in lexicon.themes.items() if cues.search(instructions)]
    endings = {twist for theme in told for twist in _BY_ENDING.get(theme, ())}
    return frozenset({BY_THEME[theme] for theme in told if theme in BY_THEME} | endings)


def twists_of(statement: Statement, lexicon: Lexicon) -> Iterator[str]:
    """The twists that play what the statement is about: its trigger, where it has one."""
    about = statement.trigger or statement.text
    for theme in statement.themes:
        if theme in BY_THEME and lexicon.themes[theme].search(about):
            yield BY_THEME[theme]


def played(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether a twist of its own plays what the statement is about: its trigger, where it has one."""
    about = statement.trigger or statement.text
    if is_emergency(statement) and act_of_trigger(statement.trigger, lexicon):
        return False
    return any(lexicon.themes[theme].search(about) for theme in PLAYED & set(statement.themes))


def is_emergency(statement: Statement) -> bool:
    """Whether the statement says what to do in an emergency that it names."""
    return bool(statement.trigger) and "emergency" in statement.themes
