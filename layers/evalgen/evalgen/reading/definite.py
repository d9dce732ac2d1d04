"""Definite values in place of limits: `late by up to 3 days` as `late by 2 days`, `over 500 euros` as 600."""

from __future__ import annotations

import math
import re

from evalgen.languages.rules import any_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import Limit, placed_limits

_NUMBER = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_FEW = 10
"""Below this a value is one off its limit, from there on a fifth."""


def definite(text: str, lexicon: Lexicon) -> str:
    """The text with a value on the right side of every limit that it names; itself where it names none."""
    placed = placed_limits(text, lexicon)
    bounds: dict[tuple[int, int], list[Limit]] = {}
    for limit, span in placed:
        bounds.setdefault(span, []).append(limit)
    for (start, end), limits in sorted(bounds.items(), reverse=True):
        value = _value(limits)
        if value is None or not _replaceable(text[:start], text[start:end], limits[0], lexicon):
            continue
        said = _said(value, limits[-1], text[start:end], lexicon)
        if not said:
            continue
        text = f"{text[:start]}{said}{' ' if text[end : end + 1].isalnum() else ''}{text[end:]}"
    return text


def _replaceable(before: str, words: str, limit: Limit, lexicon: Lexicon) -> bool:
    """Whether a value can stand where the limit's words do: behind what it is said of, and for no verb."""
    last = before.split()[-1:]
    articles = lexicon.words.articles | lexicon.words.determiners
    named = bool(last) and last[0].lower() not in articles
    counts = limit.unit != "" or limit.money
    return (
        named
        and counts
        and limit.unit not in lexicon.limits.often
        and not lexicon.patterns.verb_limit.match(words)
    )


def _value(limits: list[Limit]) -> int | None:
    """A whole number inside the limits, or None where there is none."""
    lowest = max((limit.value for limit in limits if limit.side == "at_least"), default=None)
    highest = min((limit.value for limit in limits if limit.side == "at_most"), default=None)
    if lowest is not None and highest is not None:
        return math.floor((lowest + highest) / 2)
    if lowest is not None:
        return math.ceil(lowest + (1 if lowest < _FEW else lowest / 5))
    value = math.ceil(highest - (1 if highest <= _FEW else highest / 5)) if highest is not None else 0
    return value if value > 0 else None


def _said(value: int, limit: Limit, words: str, lexicon: Lexicon) -> str:
    """The value with what it counts, as the limit's own words have it; nothing where these have no number."""
    signs = re.search(r"[$€£]", words)
    figure = f"{value:,}" if lexicon.limits.thousands == "," else f"{value:,}".replace(",", ".")
    if signs:
        return f"{signs[0]}{figure}"
    numbers = [m for m in _NUMBER.finditer(words) if m[0].lower() in lexicon.numbers or m[0][0].isdigit()]
    if not numbers:
        return ""
    unit = any_of(["%", *lexicon.limits.percent]) if limit.unit == "%" else re.escape(limit.unit)
    counted = re.match(rf"(?:\s[\w-]+){{0,2}}?\s?(?:{unit})(?!\w)", words[numbers[-1].end() :])
    if limit.unit in lexicon.limits.time and not counted:
        return lexicon.templates.aged.format(figure=figure)
    return f"{figure}{counted[0] if counted and limit.unit else ''}"
