"""What a ban forbids, each thing with its verb: `give legal or medical advice` is two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from evalgen.generation.languages import load


@dataclass(frozen=True, slots=True)
class Banned:
    """`verb` and `thing` are the prompt's words (`ask for or accept`, `payment details`).

    `classes` are those of the verbs in the language's table; `thing` is empty behind a verb that needs none.
    """

    verb: str
    thing: str
    classes: frozenset[str]

    @property
    def duty(self) -> str:
        """Both together: `ask for or accept payment details`."""
        return f"{self.verb} {self.thing}".strip()


class BanGrammar:
    """How bans are built in one language: the table `grammar` of its topics."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._verbs: dict[str, list[str]] = data["verbs"]
        words = sorted(
            sorted({verb for listed in self._verbs.values() for verb in listed}), key=len, reverse=True
        )
        one = "|".join(map(re.escape, words))
        self._leading = re.compile(
            rf"(?P<verbs>(?:{one})(?:(?:{data['joined']})(?:{one}))*)(?:\s+|$)", re.IGNORECASE
        )
        self._one = re.compile(rf"\b(?:{one})\b", re.IGNORECASE)
        self._lead = re.compile(data["lead"], re.IGNORECASE)
        self._hearer = re.compile(data["hearer"], re.IGNORECASE)
        self._tails = [re.compile(tail, re.IGNORECASE) for tail in data["tails"]]
        self._narrowed = re.compile(data["narrowed"], re.IGNORECASE)
        self._narrows_last = re.compile(data["narrows_last"], re.IGNORECASE)
        self._break = re.compile(data["break"], re.IGNORECASE)
        self._clause = re.compile(data["clause"], re.IGNORECASE)
        self._clause_break = re.compile(data["clause_break"], re.IGNORECASE)
        self._shared_head = re.compile(data["shared_head"], re.IGNORECASE)
        self._shares_head = re.compile(data["shares_head"], re.IGNORECASE)
        self._shared_form: str = data["shared_form"]

    def things(self, text: str) -> tuple[Banned, ...]:
        """What a ban's text names; nothing where a condition narrows it or its verb is not in the table."""
        text = self._without_tails(self._lead.sub("", text.strip()))
        if self.is_narrowed(text):
            return ()
        found = tuple(self._walk(None, text))
        last = found[-1].thing if found else ""
        if len(found) > 1 and not self._clause.match(last) and self._narrows_last.search(last):
            return found[-1:]
        return self._with_head(found)

    def is_narrowed(self, text: str) -> bool:
        """Whether a condition inside of a ban's text makes it hold in a case only."""
        return self._narrowed.search(self._without_tails(text)) is not None

    def _without_tails(self, text: str) -> str:
        """Without what only widens the ban: `even if asked directly`, `over the phone`."""
        while True:
            cut = text
            for tail in self._tails:
                cut = tail.sub("", cut)
            if cut == text:
                return text
            text = cut

    def _walk(self, leading: Banned | None, text: str) -> Iterator[Banned]:
        verb = self._verb_of(text) or leading
        if verb is None:
            for other in self._break.split(text, maxsplit=1)[1:]:
                yield from self._walk(None, other)
            return
        rest = text if verb is leading else verb.thing
        if self._clause.match(rest):
            yield from (replace(verb, thing=part) for part in self._clause_break.split(rest))
            return
        first, *others = self._break.split(rest, maxsplit=1)
        yield replace(verb, thing=first.strip())
        for other in others:
            yield from self._walk(verb, other)

    def _verb_of(self, text: str) -> Banned | None:
        """The verbs at the front, with all that follows as their thing."""
        if (match := self._leading.match(text)) is None:
            return None
        said = {verb.casefold() for verb in self._one.findall(match["verbs"])}
        classes = frozenset(name for name, listed in self._verbs.items() if not said.isdisjoint(listed))
        return Banned(match["verbs"], self._hearer.sub("", text[match.end() :]), classes)

    def _with_head(self, found: tuple[Banned, ...]) -> tuple[Banned, ...]:
        """`legal` of `legal or medical advice` gets the noun that it shares."""
        head = next((match["head"] for ban in found if (match := self._shared_head.match(ban.thing))), "")
        return tuple(
            replace(ban, thing=self._shared_form.format(head=head, word=ban.thing))
            if head and self._shares_head.fullmatch(ban.thing)
            else ban
            for ban in found
        )


@cache
def grammar_of(language: str) -> BanGrammar:
    """Raises FileNotFoundError where the language has no topics."""
    return BanGrammar(load(language, "topics")["grammar"])
