"""Ways of asking for documented facts, and what each of them needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from evalgen.planning.choice import draw
from evalgen.reading.facts import Fact
from evalgen.reading.limits import limits_of
from evalgen.reading.model import AgentModel
from evalgen.reading.questions import questions_of
from evalgen.writing.phrases import phrases_of

TWISTS = (
    "plain",
    "kb_false",
    "kb_compare",
    "kb_boundary",
    "kb_case",
    "kb_both",
    "kb_absent",
    "kb_switch",
    "kb_follow",
    "kb_change",
)
MOST_CONFLICTS = 20
LONGEST_CLAIM = 22
_STEPS = (1, -1)
"""Above and below a limit; the limit itself would be the answer."""

Move = tuple[str, dict[str, str]]


class Inquiries:
    """What can be asked for a group of facts; `text` is all that the documents say."""

    def __init__(self, model: AgentModel, facts: Sequence[Fact], text: str, seed: str) -> None:
        self._lexicon, self._facts, self._text, self._seed = model.lexicon, facts, text.casefold(), seed
        self._questions = questions_of(model.lexicon.language)
        self._absent = phrases_of(model.language).knowledge.absent

    def conflicts(self) -> list[tuple[Fact, ...]]:
        """Facts of two files that differ: in their numbers only, or in the same cell of a table."""
        by_subject: dict[str, list[Fact]] = {}
        for fact in self._facts:
            if fact.exact and fact.contradictable:
                by_subject.setdefault(fact.subject, []).append(fact)
        pairs = (
            (one, other)
            for facts in by_subject.values()
            for one, other in combinations(facts[:4], 2)
            if one.text != other.text and one.file != other.file
        )
        return [pair for pair, _ in zip(pairs, range(MOST_CONFLICTS), strict=False)]

    def twist(self, group: Sequence[Fact], number: int) -> str:
        """The next way of asking that the group has what it takes for."""
        order = (TWISTS[(number + offset) % len(TWISTS)] for offset in range(len(TWISTS)))
        return next(twist for twist in order if self._fits(twist, group))

    def _fits(self, twist: str, group: Sequence[Fact]) -> bool:
        first = group[0]
        needs: dict[str, Callable[[], object]] = {
            "kb_false": lambda: self._claim(first),
            "kb_boundary": lambda: self._amount(first, 0),
            "kb_compare": lambda: _different(group),
            "kb_case": lambda: first.exact and not first.about.startswith('"'),
            "kb_both": lambda: len(_askable(group)) > 1,
            "kb_switch": lambda: len(_askable(group)) > 1,
            "kb_absent": lambda: self._missing(first, ""),
        }
        return bool(needs[twist]()) if twist in needs else True

    def beats(self, group: Sequence[Fact], twist: str, signature: str) -> Iterator[Move]:
        """The moves of the call, with what they say."""
        asked, rest = group[0].about, [fact.about for fact in group[1:]]
        yield "kb_open", {}
        if twist == "kb_compare":
            asked, rest = self._compared(group), []
            yield twist, {"about": asked}
        elif twist in ("kb_both", "kb_switch"):
            pair = _askable(group)[:2]
            yield twist, {"about": pair[0], "other": pair[1]}
            rest = [about for about in rest if about not in pair]
        elif twist == "kb_false":
            yield twist, {"claim": self._claim(group[0])}
        elif twist in ("kb_case", "kb_conflict"):
            yield twist, {"about": asked}
            rest = rest if twist == "kb_case" else []
        else:
            yield "kb_ask", {"about": asked}
        if twist == "kb_boundary":
            yield twist, {"amount": self._amount(group[0], draw(self._seed, "boundary", signature))}
        for about in dict.fromkeys(rest):
            if about != asked:
                yield "kb_next", {"about": about}
        if twist == "kb_absent":
            yield twist, {"topic": self._missing(group[0], signature)}
        elif twist == "kb_follow":
            yield twist, {}
        elif twist == "kb_change":
            yield twist, {"about": asked}
        yield "kb_close", {}

    def tested(self, group: tuple[Fact, ...], twist: str) -> tuple[Fact, ...]:
        """The facts that the call asks for in the end: two that are compared, not one that is dropped."""
        if twist == "kb_compare":
            return _different(group)
        if twist == "kb_switch":
            return tuple(fact for fact in group if fact.about != group[0].about)
        return group

    def _compared(self, group: Sequence[Fact]) -> str:
        """The question how two cells of a row differ."""
        one, other = _different(group)
        row = one.row[:1].lower() + one.row[1:]
        return self._questions.compare.format(a=one.column, b=other.column, row=row)

    def _claim(self, fact: Fact) -> str:
        """The fact with its first number changed, short enough to be said; nothing if it has none."""
        match = re.search(r"\d+", fact.text)
        if not match or not fact.clause or len(fact.text.split()) > LONGEST_CLAIM:
            return ""
        value = int(match[0])
        wrong = value * 2 if value < 1000 else value + 1
        text = fact.text[: match.start()] + str(wrong) + fact.text[match.end() :]
        return (text if text[1:2].isupper() else text[0].lower() + text[1:]).rstrip(".")

    def _amount(self, fact: Fact, turn: int) -> str:
        """A value just above or below the fact's limit."""
        limits = limits_of(fact.text, self._lexicon)
        if not limits or not limits[0].unit:
            return ""
        value = limits[0].value + _STEPS[turn % len(_STEPS)]
        return f"{value if value > 0 else limits[0].value:g} {limits[0].unit}"

    def _missing(self, fact: Fact, signature: str) -> str:
        """Something that no document speaks of: a column that the table lacks, or another matter."""
        turn = draw(self._seed, "absent", signature)
        if fact.row:
            columns = self._unknown(self._questions.absent_columns)
            if columns:
                row = fact.row[:1].lower() + fact.row[1:]
                return self._questions.absent_cell.format(row=row, column=columns[turn % len(columns)])
        options = self._unknown(self._absent)
        return options[turn % len(options)] if options else ""

    def _unknown(self, options: Collection[str]) -> list[str]:
        """Those of which no longer word stands in the documents."""
        return [o for o in options if not any(w in self._text for w in o.casefold().split() if len(w) > 4)]


def _askable(group: Sequence[Fact]) -> list[str]:
    """The different questions of a group."""
    return list(dict.fromkeys(fact.about for fact in group))


def _different(group: Sequence[Fact]) -> tuple[Fact, ...]:
    """Two cells of one row that do not say the same, or nothing."""
    for one, other in combinations(group, 2):
        if one.row and one.row == other.row and one.value != other.value:
            return one, other
    return ()
