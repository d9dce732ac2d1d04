"""Statements: the sentences of a document in order, each as the one rule that accounts for it reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evalgen.generation.read.behind import ruling_out
from evalgen.generation.read.items import Document, Item
from evalgen.generation.read.kinds import HANGING
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import MAY_BE_SO, MUST_BE_SO, TO_CHECK, UNKNOWN, Place, Reading, unread
from evalgen.generation.read.rules import Rules
from evalgen.generation.read.sentences import Sentence, sentences_of
from evalgen.generation.read.statement import Condition, Statement

_TOOL_WORD = re.compile(r"[\w.-]+(?<![.-])")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the wishes that its condition names."""

    statement: Statement
    wishes: tuple[tuple[str, bool], ...]


class Statements:
    """Reads the sentences of one prompt, in order."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language, self._tools = language, tools
        self._rules = Rules(language, tools)

    def read(self, document: Document) -> Iterator[Told]:
        under: dict[int, tuple[Condition, ...]] = {}
        doubts: dict[int, bool] = {}
        number, answered, triggers = 0, Answered(self._language.part("all_match")), Triggers()
        for index, item in enumerate(document.items):
            above = under.get(item.parent, ()) if item.parent is not None else ()
            if (headed := self._rules.openers.headed(item)) and headed not in above:
                above = (headed, *above)
            inherited = doubts.get(item.parent, False) if item.parent is not None else False
            inherited = inherited or triggers.hold(item)
            behind: Condition | None = None
            refused = False
            ruled: Condition | None = None
            hanging: Condition | None = None
            below, doubtful, named = above, inherited, self._named(item.text)
            opener = document.items[item.parent].text if item.parent is not None else ""
            forbidden = self._rules.openers.forbids(item, opener)
            last = document.items[index - 1] if index else item
            before = last.text if index and last.section == item.section else ""
            for sentence in sentences_of(item, self._language):
                parts = [sentence.text]
                while parts:
                    place = Place(
                        parts.pop(0),
                        item,
                        above,
                        behind,
                        doubtful,
                        forbidden,
                        named,
                        before,
                        refused,
                        ruled,
                        opener,
                    )
                    if hanging:
                        place = replace(place, outer=(*above, hanging), behind=None, doubtful=False)
                    rule, reading = self._rules.read(place)
                    reading = self._listed(reading, place)
                    triggers.take(index, item, reading)
                    reading = replace(reading, condition=answered.resolved(reading.condition, place))
                    refused = (
                        reading.kind == "case" and bool(reading.duties) and all(d.ban for d in reading.duties)
                    )
                    hanging = _left_open(place, reading)
                    number += 1
                    yield _told(number, place, sentence, rule, reading)
                    parts[:0] = reading.rest
                    if reading.kind in ("case", "task") and reading.condition:
                        behind = reading.condition
                        below = (*above, behind) if reading.opens else below
                    elif self._rules.openers.is_conditional(place.text, reading):
                        behind = UNKNOWN
                    ruled = ruling_out(place, reading, self._language) or (
                        ruled if reading.condition in (None, ruled) else None
                    )
                    doubtful = doubtful or self._rules.doubts.narrows(place, rule, reading)
            opens = item.kind == "description" or (
                item.text.rstrip().endswith(":")
                and not self._rules.openers.is_benign(item.text)
                and not self._rules.openers.prohibits(item.text)
            )
            doubts[index] = inherited or (opens and below == above)
            under[index] = below

    def _listed(self, reading: Reading, place: Place) -> Reading:
        """As it is read in a list whose opener says that this has to be so, is checked, or may be so."""
        part = self._language.part
        if reading.kind in ("fact", "unread") and part("must_hold").search(place.opener):
            return unread(MUST_BE_SO)
        if reading.kind != "fact":
            return reading
        first = place.item.text.startswith(place.text) and part("how_it_is").match(place.text)
        if first and part("to_check").search(place.opener):
            return unread(TO_CHECK)
        above = place.item.section[-1] if place.item.section else ""
        may_be = part("opens_conditions").search(place.opener) or part("conditions_above").search(above)
        return unread(MAY_BE_SO) if may_be else reading

    def _named(self, text: str) -> tuple[str, ...]:
        """The tools whose names stand in the text."""
        words = {word.casefold() for word in _TOOL_WORD.findall(text)}
        return tuple(sorted(tool for tool in self._tools if tool.casefold() in words))


@dataclass
class Answered:
    """Which answer of a tool the sentences of a section have spoken of last. `matches` finds what wants facts
    to agree: who fails twice behind that has given others.
    """

    matches: re.Pattern[str]
    section: tuple[str, ...] = ()
    last: Condition | None = None

    def resolved(self, condition: Condition | None, place: Place) -> Condition | None:
        """The condition, where it is an answer `again` with that answer; where none is known, an error."""
        if place.item.section != self.section:
            self.section, self.last = place.item.section, None
        if self.last is None and self.matches.search(place.text):
            self.last = Condition(place.text, "answer", answer="mismatch")
        if condition is None or condition.by != "answer":
            return condition
        if condition.answer == "again":
            answer, about = (self.last.answer, self.last.about) if self.last else ("error", "")
            return replace(condition, answer=answer, about=about)
        self.last = condition
        return condition


@dataclass
class Triggers:
    """A list of what may be so (`If callers mention:`) of which no item says what is done: what stands behind
    it in its section does, and holds in that case only.
    """

    section: tuple[str, ...] = ()
    below: set[int | None] = field(default_factory=set)

    def hold(self, item: Item) -> bool:
        """Whether an item stands behind such a list."""
        if item.section != self.section:
            self.below = set()
        return bool(self.below) and item.parent not in self.below

    def take(self, index: int, item: Item, reading: Reading) -> None:
        if item.parent in self.below:
            self.below = set() if reading.duties else {*self.below, index}
        elif reading.kind == "case" and not reading.duties and item.text.rstrip().endswith(":"):
            self.section, self.below = item.section, {index}


def _left_open(place: Place, reading: Reading) -> Condition | None:
    """The condition of a sentence that says nothing of what is done: the next sentence does."""
    bare = reading.kind == "case" and not reading.duties and not place.text.rstrip().endswith(":")
    by_answer = reading.condition is not None and reading.condition.by == "answer"
    return (
        reading.condition
        if bare and (by_answer or reading.rule == HANGING) and place.item.kind != "condition"
        else None
    )


def _told(number: int, place: Place, sentence: Sentence, rule: str, reading: Reading) -> Told:
    sure = reading.kind != "unread"
    statement = Statement(
        f"s{number}",
        sentence.lines,
        place.text,
        place.item.section,
        reading.kind,
        f"{rule}: {reading.rule}" if reading.rule else rule,
        sure,
        reading.condition if sure else None,
        place.outer[:-1] if reading.condition in place.outer else place.outer,
        reading.duties,
        place.tools,
        tuple(zip(place.item.columns, place.item.cells, strict=False)),
    )
    return Told(statement, reading.wishes)
