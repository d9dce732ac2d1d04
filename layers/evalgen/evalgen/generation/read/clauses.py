"""What a clause orders and forbids, and its parts that stand under a condition of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalgen.generation.read.duties import Duties
from evalgen.generation.read.language import Language
from evalgen.generation.read.statement import Duty
from evalgen.generation.read.verbs import imperative, verbs_of

RETRY = "retry"
"""What the duty of another try begins with: it is one of many verbs, and stands for all of them."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The duties of a clause; `rest` are its later parts that begin with a condition of their own."""

    duties: tuple[Duty, ...]
    rest: tuple[str, ...] = ()


class Clauses:
    """Reads what a clause orders or forbids."""

    def __init__(self, language: Language, duties: Duties) -> None:
        self._language, self._duties = language, duties
        self._verbs = verbs_of(language.code)
        self._parts: dict[str, str] = language.table("prompt")["parts"]

    def orders(self, text: str) -> Orders | None:
        """What the clause orders and forbids; nothing where a part of it is not certain to be either."""
        if called := self._duties.called(text):
            return Orders((called,))
        if self._language.part("or_otherwise").search(text):
            return None
        parts = self._broken(self.set_off(self._language.part("acts_after_none").sub(r"\g<ban>, but ", text)))
        found: list[Duty] = []
        rest: list[str] = []
        for at, part in enumerate(parts):
            if at and (case := self._language.part("opens_case").match(part)):
                if not any(self.begins(case["rest"][end:]) for _, end in cuts(case["rest"], self._language)):
                    return None
                rest = parts[at:]
                break
            duties = self._tried_again(part) or self._single(part)
            if duties is None:
                return None
            found.extend(duties)
        if any(self._goes_on_without_a_verb(duty.text) for duty in found):
            return None
        return Orders(tuple(dict.fromkeys(found)), tuple(rest))

    def _goes_on_without_a_verb(self, text: str) -> bool:
        """`ask for it again once, then customer care`: whether it is left open what is done then."""
        match = self._language.part("chained").search(text)
        return match is not None and not self.begins(text[match.end() :])

    def forbidden(self, text: str) -> Orders | None:
        """What a clause forbids that stands where things are named that are never done."""
        chain = self._duties.read(self.ordered(text), ban=True)
        return Orders(chain.duties) if chain else None

    def nothing(self, text: str) -> Orders | None:
        """`No discounts, no haggling` as what is not given or done; nothing where a part is not certain."""
        match = self._language.part("none_of").match(text.strip().strip(".! "))
        duties: list[Duty] = []
        for part in self._language.part("none_split").split(match["what"]) if match else ():
            if part[:1] in '"“«':
                continue
            first, _, rest = part.partition(" ")
            base = self._verbs.from_gerund(first) if first.endswith("ing") else ""
            words = f"{base} {rest}".strip() if base else self._parts["none_gives"].replace("{x}", part)
            chain = self._duties.read(words, ban=True)
            if not chain or not chain.duties:
                return None
            duties += chain.duties
        return Orders(tuple(dict.fromkeys(duties))) if duties else None

    def _broken(self, text: str) -> list[str]:
        masked = re.sub(r"[\"“«][^\"”»]*[\"”»]", lambda m: "x" * len(m[0]), text)
        cuts, result = [0], []
        ends = []
        for match in self._language.part("breaks").finditer(masked):
            if match.start() > 0 and not self._names_another(text[match.end() :]):
                ends.append(match.start())
                cuts.append(match.end())
        for start, end in zip(cuts, [*ends, len(text)], strict=True):
            part = text[start:end].strip(" ,")
            resumed = self._language.part("resumes").search(part) if self.banned(part) else None
            if resumed:
                result += [part[: resumed.start()], part[resumed.end() :]]
            elif part:
                result.append(part)
        return result

    def _names_another(self, text: str) -> bool:
        """`ni el PIN`: another thing of the ban before it, and no ban of its own."""
        match = self._language.part("another").match(text)
        return match is not None and not imperative(text[match.end() :], self._language)[0]

    def _single(self, text: str) -> tuple[Duty, ...] | None:
        if banned := self.banned(text):
            if self._language.part("idle_ban").match(banned):
                return ()
            chain = self._duties.read(banned, ban=True)
            return chain.duties if chain else None
        bare = self._duties.taken(self.ordered(text))
        if not bare or self._language.part("only_case").search(bare):
            return None
        chain = self._duties.read(bare)
        return chain.duties if chain else None

    def set_off(self, text: str) -> str:
        """With the comma that a condition such as `if it fails again` may lack."""
        return self._language.part("fails_again").sub(r"\g<0>,", text)

    def _tried_again(self, text: str) -> tuple[Duty, ...] | None:
        """Another try, which nobody hears as such, and what is ordered behind it."""
        match = self._language.part("retries").match(text.strip())
        if not match:
            return None
        rest = text.strip()[match.end() :].strip(" .")
        duties = self._single(rest) if rest else ()
        tried = self._single(match["again"]) or (Duty(match["again"], RETRY),)
        return None if duties is None else (*tried, *duties)

    def banned(self, text: str) -> str:
        """What a clause forbids, as the imperative of what is not done; empty where it forbids nothing."""
        words = self._language.part("even").sub("", text.strip().strip(".! "))
        for name in ("do_not", "never"):
            if match := self._language.part(name).match(words):
                return match["what"].strip()
        if match := self._language.part("give_no").match(words):
            return f"{match['verb']} {match['what']}"
        if (match := self._language.part("avoid").match(words)) and (
            base := self._verbs.from_gerund(match["verb"])
        ):
            return base + match["what"]
        return ""

    def ordered(self, text: str) -> str:
        """The imperative of what a clause orders; empty where it only permits or tells."""
        words = text.strip().strip(".! ")
        if self._language.pattern(self._verbs.table["permits"]).match(words):
            return ""
        if match := self._language.part("orders").match(words):
            return match["what"].strip()
        if match := self._language.part("you").match(words):
            stative = self._verbs.table["stative"].split()
            return "" if match["what"].split(" ", 1)[0] in stative else match["what"].strip()
        return words

    def begins_own(self, text: str) -> bool:
        """Whether a clause begins as an order does, by a verb that is nothing else."""
        return imperative(self.ordered(text), self._language)[0] in self._verbs.own

    def may_begin(self, text: str) -> bool:
        """Whether a text begins with the base form of a verb, were it a noun here."""
        return bool(imperative(text, self._language, ban=True)[0])

    def begins(self, text: str) -> bool:
        """Whether a clause begins as an order or a ban does."""
        words = text.strip()
        if self.banned(words) or self._duties.called(words):
            return True
        bare = self.ordered(words)
        lead = rf"^(?:(?:{self._verbs.table['lead_in']}|{self._verbs.table['opinion']}),? )+"
        bare = self._duties.taken(self._language.pattern(lead).sub("", bare))
        return bool(bare and imperative(bare, self._language)[0])


def cuts(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where a first part may end, outside of quotations and asides: its end and where the next begins."""
    masked = re.sub(r"[\"“«][^\"”»]*[\"”»]|\([^()]*\)", lambda m: "x" * len(m[0]), text)
    for match in language.part("cut").finditer(masked):
        yield match.start(), match.end()
