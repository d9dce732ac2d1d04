"""Tasks: what people call for, in words that a caller would use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from evalgen.generation.read.items import Document
from evalgen.generation.read.language import Language
from evalgen.generation.read.statement import Task
from evalgen.generation.read.statements import Told
from evalgen.generation.read.wording import Wording

LONGEST_WISH = 70
_CAPITAL = re.compile(r"\b[^\W\d_](?=[a-záéíóúñ])")
_ASIDE = re.compile(r"\s*\([^()]*\)?")


@dataclass(frozen=True, slots=True)
class Named:
    wish: str
    asks_to: bool
    statements: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


class Tasks:
    """Finds the tasks of one prompt in its cases, its headings and its role."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language, self._tools = language, tools
        self._table = language.table("tasks")
        self._wording = Wording(language)

    def read(self, document: Document, told: Iterable[Told]) -> tuple[Task, ...]:
        told = list(told)
        found = [*self._of_cases(told), *self._of_headings(document), *self._of_role(told)]
        return tuple(Task(n.wish, n.asks_to, n.statements, n.section) for n in self._merged(found))

    def _of_cases(self, told: list[Told]) -> Iterator[Named]:
        for one in told:
            for wish, asks_to in one.wishes:
                yield Named(wish, asks_to, (one.statement.id,))

    def _of_headings(self, document: Document) -> Iterator[Named]:
        for heading in document.headings:
            for wish, asks_to in self.of_title(heading.path[-1]):
                yield Named(wish, asks_to, (), heading.path)

    def of_title(self, heading: str) -> Iterator[tuple[str, bool]]:
        """The wish that a heading names, with whether it follows `ask to`."""
        heading = heading.lower() if _ASIDE.sub("", heading).isupper() else heading
        title = self._language.pattern(self._table["numbering"]).sub("", heading)
        title = _CAPITAL.sub(lambda m: m[0].lower(), _ASIDE.sub("", title).strip(" :.-–—"))
        for entry in self._table["headings"]:
            if match := self._language.pattern(entry["pattern"]).match(title):
                wish = match.expand(entry["gives"])
                if entry["asks_to"]:
                    wish = self._with_article(self._based(wish))
                elif "<A> " in wish:
                    before, _, thing = wish.partition("<A> ")
                    wish = before + self._with_article(f"x {thing}").removeprefix("x ")
                if wish:
                    yield wish, entry["asks_to"]
                return

    def _of_role(self, told: list[Told]) -> Iterator[Named]:
        for one in told:
            if one.statement.kind not in ("identity", "task", "order"):
                continue
            role = one.statement.kind != "order"
            for wish, asks_to in self.of_role(one.statement.text):
                if role or not asks_to:
                    yield Named(wish, asks_to, (one.statement.id,))

    def of_role(self, text: str) -> Iterator[tuple[str, bool]]:
        """The wishes that a sentence about the agent's role names."""
        words = text.strip(" .")
        for entry in self._table["roles"]:
            if not (match := self._language.pattern(entry["pattern"]).match(words)):
                continue
            listed = match["list"]
            if entry["of"] == "verbs":
                yield from ((wish, True) for wish in self._verb_list(listed))
                yield from ((wish, False) for wish in self._asked_in(listed))
            elif entry["of"] == "nouns":
                yield from ((wish, True) for wish in self._noun_list(listed))
            elif entry["of"] == "about":
                yield from (
                    (self._table["about"].replace("{x}", part), False) for part in self._listed(listed)
                )
            else:
                yield match.expand(entry["of"]), False

    def _listed(self, listed: str) -> list[str]:
        return [p.strip() for p in self._language.pattern(self._table["list"]).split(listed) if p.strip()]

    def _verb_list(self, listed: str) -> Iterator[str]:
        """`book a room, change or cancel a booking` as its verb phrases, each with an object."""
        parts = self._listed(listed)
        parts = [self._language.pattern(self._table["link"]).sub("", part) for part in parts]
        known = self._language.pattern(self._table["verb_phrase"])
        before = ""
        for at, named in enumerate(parts):
            part = named
            bare = self._language.pattern(self._table["bare_verb"]).fullmatch(part)
            later = next((m["object"] for p in parts[at + 1 :] if (m := known.match(p)) and m["object"]), "")
            if bare and later and self._owns(later):
                part = f"{part} {later}"
            if (clitic := self._language.pattern(self._table["clitic"]).match(part)) and before:
                part = f"{clitic['verb']} {before}"
            match = known.match(part)
            if not match or not match["object"]:
                continue
            thing = match["object"]
            if self._language.pattern(self._table["pronoun"]).fullmatch(thing):
                thing = before
            elif not self._owns(thing):
                continue
            else:
                before = thing
            if thing:
                wish = self._with_article(self._based(f"{match['verb']} {thing}"))
                if wish:
                    yield wish

    def _asked_in(self, listed: str) -> Iterator[str]:
        """What a list of things to do has callers ask about."""
        for part in self._listed(listed):
            if match := self._language.pattern(self._table["asked_part"]).match(part):
                yield self._wording.for_caller(match["x"])

    def _owns(self, thing: str) -> bool:
        return self._language.pattern(self._table["object"]).fullmatch(thing) is not None

    def _noun_list(self, listed: str) -> Iterator[str]:
        """`appointment booking, rescheduling and cancellation` as verbs with the object that is named."""
        parts = self._listed(listed)
        nominal: dict[str, str] = self._table["nominal"]
        objects = [p.rpartition(" ")[0] for p in parts if p.rpartition(" ")[2].casefold() in nominal]
        thing = next((o for o in objects if o), "")
        if not thing or " " in thing:
            return
        for part in parts:
            own, _, last = part.rpartition(" ")
            if verb := nominal.get(last.casefold()):
                yield self._with_article(f"{verb} {own or thing}")

    def _based(self, wish: str) -> str:
        """With its verb in the form that follows `ask to`; `booking a room` as `book a room`."""
        first, _, rest = wish.partition(" ")
        verb = self._table["bases"].get(first.casefold(), first.casefold())
        return f"{verb} {rest}".strip()

    def _with_article(self, wish: str) -> str:
        """`book visits` and `book visit` as `book a visit`."""
        for entry in self._table["articles"]:
            compiled = self._language.pattern(entry["pattern"])
            if match := compiled.match(wish):
                return match.expand(entry["gives"])
        return wish

    def _merged(self, found: list[Named]) -> list[Named]:
        """Each wish once: the same verb with the same object, or with none, is the same."""
        kept: list[Named] = []
        places: dict[tuple[bool, str, str], int] = {}
        verbs: dict[tuple[bool, str], int] = {}
        for named in found:
            wish = named.wish.strip()
            if not wish or len(wish) > LONGEST_WISH or "{{" in wish or "_" in wish:
                continue
            verb, thing = self._key(wish) if named.asks_to else (wish, "")
            at = places.get((named.asks_to, verb, thing), places.get((named.asks_to, verb, "")))
            if at is None and not thing:
                at = verbs.get((named.asks_to, verb))
            if at is None:
                at = len(kept)
                kept.append(replace(named, wish=wish))
            else:
                kept[at] = _joined(kept[at], replace(named, wish=wish))
            places.setdefault((named.asks_to, verb, thing), at)
            verbs.setdefault((named.asks_to, verb), at)
        return kept

    def _key(self, wish: str) -> tuple[str, str]:
        """Its verb and the noun of its object."""
        head = self._language.pattern(self._table["behind"]).sub("", wish.casefold())
        bare = self._language.pattern(self._table["fillers"]).sub(" ", head).split()
        return bare[0] if bare else "", bare[-1].rstrip("s") if len(bare) > 1 else ""


def _joined(one: Named, other: Named) -> Named:
    """One wish for two names of the same; the one with an object is kept."""
    longer = other.wish if len(one.wish.split()) == 1 and len(other.wish.split()) > 1 else one.wish
    statements = tuple(dict.fromkeys((*one.statements, *other.statements)))
    return Named(longer, one.asks_to, statements, one.section or other.section)
