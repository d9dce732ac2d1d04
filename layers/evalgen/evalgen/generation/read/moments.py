"""When the parts of a chain of orders are done: behind a yes, before a deed, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.read.language import Language
from evalgen.generation.read.verbs import verbs_of


@dataclass(frozen=True, slots=True)
class Part:
    """One imperative of a chain; `in_turn` says that it is done once the one before it is."""

    words: str
    in_turn: bool = False


class Moments:
    """Reads them in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._table: dict[str, Any] = language.table("duties")
        verbs = verbs_of(language.code).table
        self._lead = language.pattern(rf"^(?:(?:{verbs['lead_in']}|{verbs['opinion']}),? )+")

    def led(self, text: str) -> str:
        """Without the adverbs and the moment before its first verb."""
        return self._lead.sub("", text)

    def of(self, text: str) -> str:
        """The moment before the first verb, to follow it: `After a yes, call it` is called ` after a yes`."""
        lead = self._lead.match(text)
        for entry in self._table["moments"]:
            if lead and (match := self._language.pattern(entry["pattern"]).search(lead[0])):
                moment = match.expand(str(entry["gives"]))
                return f" {moment[:1].lower()}{moment[1:]}"
        return ""

    def is_in_turn(self, joint: str) -> bool:
        """Whether what joins two parts says that the second waits for the first."""
        return self._language.pattern(self._table["in_turn"]).search(joint) is not None

    def leads_up(self, part: str) -> bool:
        """Whether what stands behind a part in turn has to wait for it: a question, a try, a yes."""
        return self._language.pattern(self._table["leads_up"]).match(part) is not None

    def shared(self, parts: Sequence[Part]) -> list[Part]:
        """With the moment that all come before behind each: `State the fee and get a yes before booking`."""
        match = re.search(self._language.expanded(self._table["shared_moment"]), parts[-1].words)
        if not match:
            return list(parts)
        return [
            part if match[0] in part.words else Part(part.words + match[0], part.in_turn) for part in parts
        ]
