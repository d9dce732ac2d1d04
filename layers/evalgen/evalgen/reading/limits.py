"""Quantities that bound a rule: `within 60 days`, `16 or older`, `two to five`, `not more than once`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from evalgen.languages.rules import any_of, compiled
from evalgen.reading.lexicon import Lexicon, lexicon_of

Side = Literal["at_most", "at_least"]
Span = tuple[int, int]
_SIDES: tuple[Side, Side] = ("at_most", "at_least")
_SYMBOLS: dict[Side, str] = {"at_most": "(?<![-=])<=?|≤", "at_least": "(?<![-=])>=?|≥"}
_FIGURE = r"(?:\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]\d{1,2})?"
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_WORDS = re.compile(r"(?:\s?[A-Za-zÀ-ÿ][\w'’]*){1,5}")
_CURRENCIES = "$€£"
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINED = 6
"""Characters between two bounds of one thing."""
_NEAR = 60
"""Characters before a bound in which a negation, or what is counted, may stand."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`side` is at_most or at_least; `unit` the counted noun; `money` whether it is an amount of money."""

    side: str
    value: float
    unit: str
    money: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """How bounds are worded: before the number, as a range, and behind the number."""

    number: re.Pattern[str]
    before: dict[Side, re.Pattern[str]]
    range: re.Pattern[str]
    behind: dict[Side, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with what it counts; `end` is where the words of it end in the sentence."""

    value: float
    unit: str
    money: bool
    end: int


def limits_of(sentence: str, lexicon: Lexicon) -> tuple[Limit, ...]:
    """Every limit in the sentence, in order; a range is two."""
    return tuple(limit for limit, _ in placed_limits(sentence, lexicon))


def placed_limits(sentence: str, lexicon: Lexicon) -> list[tuple[Limit, Span]]:
    """Every limit in the sentence with where its words begin and end, in order."""
    forms = _forms(lexicon.language)
    if not forms.number.search(sentence):
        return []
    found: list[tuple[Limit, Span]] = []
    taken = bytearray(len(sentence))
    for match, limits, end in _read(sentence, forms, lexicon):
        start, stop = match.span()
        if not any(taken[start:stop]):
            taken[start:stop] = b"\1" * (stop - start)
            text = sentence[start:end].strip()
            found += [(Limit(side, q.value, q.unit, q.money, text), (start, end)) for side, q in limits]
    return _with_units(sorted(found, key=lambda entry: entry[1][0]))


def _with_units(found: list[tuple[Limit, Span]]) -> list[tuple[Limit, Span]]:
    """`At least three and at most five days`: a bound without a unit has that of the one right behind it."""
    for index in range(len(found) - 1):
        (limit, span), (behind, (start, _)) = found[index], found[index + 1]
        if not limit.unit and not limit.money and 0 < start - span[1] <= _JOINED:
            found[index] = (replace(limit, unit=behind.unit, money=behind.money), span)
    return found


def _read(
    sentence: str, forms: _Forms, lexicon: Lexicon
) -> Iterator[tuple[re.Match[str], list[tuple[Side, _Quantity]], int]]:
    """What each form finds, the surest form first."""
    for side in _SIDES:
        for match in forms.before[side].finditer(sentence):
            upper = side == "at_most" and match["upper"]
            quantity = _quantity(match, "upper" if upper else "number", sentence, lexicon)
            if quantity:
                yield match, [(_turned(side, match, quantity, sentence, lexicon), quantity)], quantity.end
    for match in forms.range.finditer(sentence):
        lowest, highest = (_quantity(match, group, sentence, lexicon) for group in ("number", "upper"))
        if lowest and highest and (highest.unit or highest.money):
            yield (
                match,
                [("at_least", replace(highest, value=lowest.value)), ("at_most", highest)],
                highest.end,
            )
    for side in _SIDES:
        for match in forms.behind[side].finditer(sentence):
            if quantity := _quantity(match, "number", sentence, lexicon):
                yield match, [(side, quantity)], max(match.end(), quantity.end)


def _turned(side: Side, match: re.Match[str], quantity: _Quantity, sentence: str, lexicon: Lexicon) -> Side:
    """The side that is meant: a negation turns it round, and so does `up to two hours before …`."""
    before = sentence[max(0, match.start() - _NEAR) : match.start()]
    lasting = lexicon.patterns.lasting.match(sentence, match.start())
    often = lasting or quantity.unit in lexicon.limits.often
    patterns = lexicon.patterns
    counted = patterns.counted.match(sentence, match.start())
    if often and not (lasting and lexicon.cues.condition_openers.match(before.rpartition(", ")[2])):
        negated = patterns.negated_often
    else:
        negated = patterns.negated_count if counted else patterns.negated
    window = sentence[match.start() : quantity.end + _NEAR]
    straight = (negated.search(before) is None) == (patterns.deadline.match(window) is None)
    return side if straight else ("at_least" if side == "at_most" else "at_most")


def _quantity(match: re.Match[str], group: str, sentence: str, lexicon: Lexicon) -> _Quantity | None:
    """The number of the group and what it counts; None for a time of day."""
    words, raw = lexicon.limits, match[group].lower()
    start, end = match.span(group)
    if raw in words.once:
        return _Quantity(float(words.once[raw]), words.often[0], False, end)
    if raw in lexicon.numbers:
        value = float(lexicon.numbers[raw])
    else:
        value = float(_THOUSANDS.sub("", raw).replace(",", ".")) if raw[0].isdigit() else 1.0
    money = _sign(lexicon.language).search(sentence[max(0, start - 6) : start]) is not None
    if share := _share(lexicon.language).match(sentence, end):
        return _Quantity(value, "" if share["sign"] else "%", bool(share["sign"]) or money, share.end())
    if lexicon.patterns.clock.match(sentence, end):
        return None
    unit, unit_end = _unit(sentence, end, value, lexicon)
    if not unit and match.end() > end:
        unit, unit_end = _unit(sentence, match.end(), value, lexicon)
    if not unit:
        near = sentence[max(0, match.start() - _NEAR) : max(match.end(), end)]
        unit = next((implied for pattern, implied in _implied(lexicon.language) if pattern.search(near)), "")
    return _Quantity(value, unit, money or unit in words.money, max(unit_end, end))


def _unit(sentence: str, start: int, value: float, lexicon: Lexicon) -> tuple[str, int]:
    """The noun behind a number and where it ends: the first plural before a word that is no part of it."""
    words, behind = lexicon.limits, _WORDS.match(sentence, start)
    first = ("", start)
    for match in re.finditer(r"\S+", behind[0]) if behind else ():
        word = _POSSESSIVE.sub("", match[0].lower())
        if word in lexicon.words.no_units or word in lexicon.words.finite:
            break
        place = start + match.end()
        if word in (*words.units, *words.money, *words.often) or lexicon.nouns.singular(word) != word:
            return words.often[0] if word in words.often else word, place
        if not first[0] and word not in words.before_unit:
            first = (word, place)
    return first if value == 1 else ("", start)


@cache
def _sign(language: str) -> re.Pattern[str]:
    return compiled(rf"(?:[{_CURRENCIES}]|\b(?:{any_of(lexicon_of(language).limits.money)}))\s?$")


@cache
def _share(language: str) -> re.Pattern[str]:
    return compiled(
        rf"\s?(?:%|(?:{any_of(lexicon_of(language).limits.percent)})\b|(?P<sign>[{_CURRENCIES}]))"
    )


@cache
def _implied(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    lexicon = lexicon_of(language)
    who = any_of(lexicon.words.caller)
    return tuple((compiled(p.replace("CALLER", who)), unit) for p, unit in lexicon.limits.implied)


@cache
def _forms(language: str) -> _Forms:
    lexicon = lexicon_of(language)
    words = lexicon.limits
    hours = any_of(map(lexicon.nouns.singular, words.time))
    spelled = rf"(?:{any_of([*lexicon.numbers, *words.once])})\b|(?:{any_of(words.one)})(?=\s(?:{hours})\b)"
    bare = rf"(?:{_FIGURE}(?![\w/]|:\d)|{spelled})"
    number = rf"(?<![\w.,:/-])(?P<number>{bare})"
    sign = rf"(?:(?:[{_CURRENCIES}]|\b(?:{any_of(words.money)}))\s?)?"
    to = rf"(?:\s?[–-]\s?|\s(?:{any_of(words.to)})\s){sign}"
    across = rf"(?:\s[^\W\d]{{1,9}})?\s(?:{any_of(words.and_)})\s{sign}"
    fillers = rf"(?:(?:{any_of(words.before_number)})\s+){{0,2}}"
    cues: dict[Side, str] = {"at_most": any_of(words.at_most), "at_least": any_of(words.at_least)}
    tails: dict[Side, str] = {"at_most": any_of(words.or_less), "at_least": any_of(words.or_more)}
    plus = {"at_most": r"(?!)", "at_least": r"\+(?!\w)"}
    return _Forms(
        number=compiled(number),
        before={
            side: compiled(
                rf"(?:\b(?:{cues[side]}),?\s+{fillers}|(?:{_SYMBOLS[side]})\s?){sign}(?P<number>{bare})"
                rf"(?:{to}(?P<upper>{bare}))?"
            )
            for side in _SIDES
        },
        range=compiled(
            rf"(?P<lead>\b(?:{any_of(words.between)})\s{sign})?{number}(?(lead){across}|{to})(?P<upper>{bare})"
        ),
        behind={
            side: compiled(rf"{number}(?:{plus[side]}|(?:\s[\w'’-]+){{0,3}}?,?\s(?:{tails[side]})\b)")
            for side in _SIDES
        },
    )
