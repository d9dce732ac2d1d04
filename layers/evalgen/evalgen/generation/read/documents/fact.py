"""What a document says, as planning uses it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FactKind = Literal["cell", "label", "sentence", "answer", "unread"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that callers can be on either side of; the texts hold `{amount}` for what the caller has.

    `most`: the bound and what is less is within; `least`: the bound and what is more; `time`: so long before.
    `bound` is the number as it stands in the document. `question` follows `Ask`; `within` and `beyond` follow
    `The main agent should`, for an amount on that side.
    """

    kind: Literal["most", "least", "time"]
    bound: str
    question: str
    within: str
    beyond: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says, with the rule that read it; `sure` is False for what no rule does.

    `text` is the document's own, on `line` (counted from 1). `attribute` and `subject` say what it is about:
    two facts that share both and differ in `value` contradict each other. `ask` follows `Ask` and holds no
    answer; a fact without it is never asked for, only wrongly believed. `told` follows `when told`, `state`
    follows `The main agent should` (fixed values in backticks). `claim` follows `that` and holds `{value}`,
    for saying it wrongly; empty where that is not certain. `row` and `column` are those of a table's cell,
    `table` the place of its heading.
    """

    id: str
    kind: FactKind
    file: str
    line: int
    text: str
    sure: bool
    because: str
    attribute: str = ""
    subject: str = ""
    value: str = ""
    ask: str = ""
    told: str = ""
    state: str = ""
    claim: str = ""
    limit: Limit | None = None
    section: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    said: str = ""
    """The subject as it is said (`a filling`); `several`: it takes a verb in the plural."""
    several: bool = False
    tail: str = ""
    """What a column adds to the question (` per month`), with a space in front."""
    whole: bool = True
    """Whether the rest of a longer answer leaves it as it is."""
    about: str = ""
    """What its heading is about, where the question does not say so: `children's parties`."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts about the same thing that say different things."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All facts of some documents in one language, sure or not, and what is to be told about them."""

    facts: tuple[Fact, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def sure(self) -> tuple[Fact, ...]:
        """The facts that a test can rest on: read with certainty, and not contradicted."""
        disputed = {fact.id for found in self.contradictions for fact in found.facts}
        return tuple(fact for fact in self.facts if fact.sure and fact.id not in disputed)

    @property
    def asked(self) -> tuple[Fact, ...]:
        """Those of them that a caller can ask for."""
        return tuple(fact for fact in self.sure if fact.ask)
