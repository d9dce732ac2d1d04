"""Chains of imperatives (`ask for the day, read it back and call the tool`), cut where one surely begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.read.language import Language
from evalgen.generation.read.moments import Moments, Part
from evalgen.generation.read.verbs import imperative, verbs_of

_LIST = re.compile(r": (?!xx)")
"""A list behind a colon, where no quotation is blanked out."""


class Imperatives:
    """Cuts them in one prompt's words."""

    def __init__(self, language: Language, tools: frozenset[str], moments: Moments) -> None:
        self._language, self._tools, self._moments = language, tools, moments
        self._verbs = verbs_of(language.code)
        self._table = language.table("duties")

    def parts(self, words: str, ban: bool) -> Iterator[Part]:
        """The imperatives, split where one surely begins; none where it is not certain whose verb follows."""
        cuts, ends, turns = [0], [], [False]
        bare = masked(words)
        joint = self._language.pattern(self._table["or_joints" if ban else "joints"])
        for match in joint.finditer(bare):
            rest = self._moments.led(words[match.end() :])
            if not ban and self.is_call(rest):
                ends.append(match.start())
                cuts.append(match.end())
                turns.append(self._moments.is_in_turn(match[0]))
                continue
            if not ban and _LIST.search(bare, cuts[-1], match.start()):
                break
            base, _ = imperative(rest, self._language)
            if not base:
                continue
            part = self._moments.led(bare[cuts[-1] : match.start()]).strip()
            if ban and (
                self._language.pattern(self._table["bare_part"]).match(part)
                or self._language.pattern(self._table["listed_noun"]).match(rest)
            ):
                continue
            follows = self._follows(part, match[0], base, rest)
            if follows is None:
                return
            if follows:
                ends.append(match.start())
                cuts.append(match.end())
                turns.append(self._moments.is_in_turn(match[0]))
        for start, end, in_turn in zip(cuts, [*ends, len(words)], turns, strict=True):
            part = words[start:end].strip(" ,")
            yield Part(self._moments.led(part) + self._moments.of(part), in_turn)

    def is_call(self, words: str) -> bool:
        """Whether a part is the call of a tool: `transfer_call with reason "parts"`, `use findTenant`."""
        bare = self._language.pattern(self._table["calls"]).sub("", words)
        first = bare.split(maxsplit=1)[0].strip("`\"'“”,.;:()") if bare else ""
        names_one = "_" in first or any(c.isupper() for c in first[1:])
        return names_one and first.casefold() in {tool.casefold() for tool in self._tools}

    def _follows(self, part: str, joint: str, base: str, rest: str) -> bool | None:
        """Whether a verb is the agent's own and not governed by the part before it; None: not certain."""
        table = self._verbs.table
        own = base in self._verbs.own or self._language.pattern(table["own_with"]).match(rest)
        governed = self._language.pattern(table["governing"]).search(part)
        if not governed:
            modal = self._language.pattern(table["modal"]).search(part)
            return True if not modal or own else None
        if base in table["callers"].split():
            return False
        sure = own and "," in joint and "," not in part[governed.start() :]
        return True if sure else None


def masked(text: str) -> str:
    """The text with quotations and asides blanked out, in its own length."""
    return re.sub(r"[\"“«][^\"”»]*[\"”»]|\([^()]*\)", lambda m: "x" * len(m[0]), text)
