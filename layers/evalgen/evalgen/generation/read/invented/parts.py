"""The parts of an invented answer: ids that other tools take, lists of things, fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.read.invented.links import Taken
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.promises import Fields


@dataclass
class ListOf:
    """A list of things: `thing` in the singular, the ids and moments that each has, and further fields."""

    thing: str
    ids: dict[str, Taken] = field(default_factory=dict)
    moments: dict[str, tuple[Meaning, dict[str, Any]]] = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)
    offered: bool = False
    visit: bool = False
    """Whether each has a day and time of its own, as openings are offered for it."""
    alone: bool = False
    """Whether there is one of them: `the upcoming exam`."""


@dataclass
class Layout:
    """`lists` by key; `whole` is the key of the one that the tool is for, empty for a record."""

    ids: dict[str, Taken] = field(default_factory=dict)
    lists: dict[str, ListOf] = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)
    whole: str = ""
    either: list[tuple[str, str]] = field(default_factory=list)
    """Of which a thing has one of the two."""
    within: bool = False
    """Whether lists stand within each thing of a list, as far as the description says."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing says what the answer holds."""
        return not (self.ids or self.lists or self.fields)

    def is_verdict(self, answer: Any) -> bool:
        """Whether an answer says yes to what was checked: there is no record that could be missing."""
        flags = [key for key, options in self.fields.items() if options == (False,)]
        return isinstance(answer, dict) and not self.ids and any(answer.get(key) is True for key in flags)
