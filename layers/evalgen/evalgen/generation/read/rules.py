"""The ordered rules, the first of which to account for all of a sentence reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from evalgen.generation.read.behind import belongs, called_in, goes_on, is_instead
from evalgen.generation.read.cases import Cases
from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.conditions import Conditions
from evalgen.generation.read.desks import Desks
from evalgen.generation.read.doubts import Doubts
from evalgen.generation.read.duties import Duties
from evalgen.generation.read.facts import Facts
from evalgen.generation.read.kinds import Kinds
from evalgen.generation.read.kinds_of_callers import KindsOfCallers
from evalgen.generation.read.labelled import Labelled
from evalgen.generation.read.language import Language
from evalgen.generation.read.openers import Openers
from evalgen.generation.read.reading import UNKNOWN, Place, Reading, unread
from evalgen.generation.read.situations import Situations
from evalgen.generation.read.statement import Duty, StatementKind
from evalgen.generation.read.states import States

LONGEST_WISH = 60
NONE = "no rule accounts for all of it"
LONGEST_SENTENCE = 900
"""What is longer is no sentence, and is left unread."""
_DATA = re.compile(r"\"\w+\"\s*:\s*(?:[\"\[{\d-]|true|false|null)|^\s*[\[{](?!\{)|^\w+\s*=\s*[\"\[{]")
Rule = tuple[str, Callable[[Place], Reading | None]]


class Rules:
    """Reads a sentence in its place. Their witnesses stand in the languages' `statements.toml`."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language = language
        self._conditions = Conditions(language, tools)
        self._parts: dict[str, str] = language.table("prompt")["parts"]
        self.doubts = Doubts(language)
        duties = Duties(language, tools)
        self._clauses = Clauses(language, duties)
        facts = Facts(language, self._clauses)
        self.openers = Openers(language, self._conditions, self._clauses, self.doubts)
        situations = Situations(language, self._conditions)
        cases = Cases(language, self._conditions, situations, duties, self._clauses)
        callers = KindsOfCallers(language, self._conditions, self._clauses, cases)
        rules: tuple[Rule, ...] = (
            ("code", self._code),
            ("calls of a desk", Desks(language, self._clauses, situations, cases).read),
            ("row of a table", cases.row),
            ("description of a flow", self._description),
            ("title", self._title),
            ("below a ban", self._below_a_ban),
            ("identity", self._identity),
            ("manner", self._manner),
            ("before a call", cases.before_a_call),
            ("if pressed", cases.if_pressed),
            ("case in front", cases.case_in_front),
            ("for a kind of call", callers.for_a_kind),
            ("callers who", callers.callers_who),
            ("for a wish", callers.for_a_wish),
            ("labelled fact", Labelled(language, self._clauses, facts.hold_order, cases.is_of_callers).read),
            ("kinds of calls", Kinds(language, self._conditions, self._clauses).read),
            ("label of a state", States(language, self._clauses, self._conditions, cases).read),
            ("steps with arrows", self._steps),
            ("arrow", cases.arrow),
            ("label", cases.label),
            ("case behind", cases.case_behind),
            ("ban", self._ban),
            ("task of the role", self._task),
            ("order", self._order),
            ("fact", facts.read),
        )
        self.names = tuple(name for name, _ in rules)
        self._rules = tuple(rule for rule in rules if rule[0] not in language.without)

    def read(self, place: Place) -> tuple[str, Reading]:
        """The name of the rule that reads the sentence, and what it reads."""
        if len(place.text) <= LONGEST_SENTENCE:
            for name, rule in self._rules:
                if reading := rule(place):
                    return name, reading
        return NONE, unread("")

    def _code(self, place: Place) -> Reading | None:
        if place.item.fault:
            return unread(place.item.fault)
        return unread("code") if place.item.kind == "code" or _DATA.search(place.text) else None

    def _description(self, place: Place) -> Reading | None:
        """What a flow is for, where that is a thing to do."""
        if place.item.kind != "description":
            return None
        found = self._conditions.of_caller(place.text.strip(" ."))
        if found and len(place.text) <= LONGEST_WISH:
            return Reading("case", found.rule, found.condition, wishes=found.wishes, opens=True)
        wish = place.text.strip(" .")
        named = self._language.pattern(r"\b(?:<ONE>|<MANY>)\b").search(wish)
        if named or not self._clauses.begins(wish) or len(wish) > LONGEST_WISH:
            return unread("a description")
        wish = wish[0].lower() + wish[1:]
        wanted = self._conditions.of_caller(self._parts["wants"].replace("{x}", wish))
        condition = wanted.condition if wanted else None
        return Reading("task", "", condition, wishes=((wish, True),), opens=True)

    def _identity(self, place: Place) -> Reading | None:
        if self._clauses.banned(place.text) or place.behind or place.outer:
            return None
        return Reading("identity", "") if self._language.part("identity").match(place.text) else None

    def _title(self, place: Place) -> Reading | None:
        """`Moving a booking.` at the head of its paragraph: names what the rest is about."""
        title = place.text.strip(" .")
        if not place.item.section or place.item.section[-1] != title:
            return None
        return Reading("identity", "names a task") if self._titles_a_task(title) else None

    def _titles_a_task(self, title: str) -> bool:
        table = self._language.table("tasks")
        bare = title[:1].lower() + title[1:]
        return any(self._language.pattern(e["pattern"]).match(bare) for e in table["headings"])

    def _below_a_ban(self, place: Place) -> Reading | None:
        """`Promise a refund.` in a list of what is never done."""
        text = place.text
        if not place.forbidden or self._clauses.banned(text):
            return None
        if self._clauses.banned(place.opener) or self._language.part("says_instead").search(text):
            return unread("what is done instead") if self._clauses.begins(text) else None
        if self._is_instead(place):
            return None
        orders = self._clauses.nothing(text)
        if orders is None and not self._clauses.begins(text):
            return None
        if orders is None and not place.item.text.startswith(text):
            return unread("a ban, or what is done instead")
        orders = orders or self._clauses.forbidden(text)
        if orders is None or not orders.duties:
            return unread("a ban whose words are not certain")
        return self._under(place, "ban", orders.duties, (), False)

    def _is_instead(self, place: Place) -> bool:
        """Whether its item begins with a ban in its own words, so that this is what is done instead."""
        first = place.item.text[:LONGEST_SENTENCE]
        return not first.startswith(place.text) and self._clauses.banned(first) != ""

    def _manner(self, place: Place) -> Reading | None:
        table = self._language.table("prompt")
        heading = place.item.section[-1] if place.item.section else ""
        if self._language.part("opens_case").match(place.text):
            return None
        titled = self._language.pattern(table["sections"]["manner"]).search(heading)
        opens = self._language.part("starts_condition").match(place.text)
        if titled and not (place.outer or place.behind or opens):
            if self._clauses.banned(place.text):
                return None
            return Reading("manner", "under its heading")
        for pattern in table["manner"]["patterns"]:
            if self._language.pattern(pattern).search(place.text):
                return Reading("manner", "how to speak")
        return None

    def _ban(self, place: Place) -> Reading | None:
        favours = self._language.part("no_favours").match(place.text)
        orders = self._clauses.nothing(place.text) if favours else None
        if orders is None and not self._clauses.banned(place.text):
            return None
        orders = orders or self._clauses.orders(place.text)
        if orders is None or not orders.duties:
            return unread("a ban whose words are not certain")
        always = self._language.part("may_follow").match(place.text) and not place.item.marked
        return self._under(place, "ban", orders.duties, orders.rest, bool(always))

    def _task(self, place: Place) -> Reading | None:
        if place.behind or place.doubtful or place.outer:
            return None
        words = place.text.strip(" .")
        heading = place.item.section[-1] if place.item.section else ""
        titled = self._language.pattern(self._language.table("prompt")["sections"]["tasks"]).search(heading)
        if titled and self._language.part("service").match(words):
            return Reading("task", "under its heading")
        return Reading("task", "") if self._language.part("task").match(words) else None

    def _steps(self, place: Place) -> Reading | None:
        """`Read back the day → get a yes → book_table`: what is done first is no case."""
        arrows = self._language.pattern(self._language.table("prompt")["parts"]["arrows"])
        if not (self._language.part("chain_begins").match(place.text) and arrows.search(place.text)):
            return None
        chained = arrows.sub(self._language.table("prompt")["parts"]["chained"], place.text)
        return self._order(replace(place, text=chained)) or unread("steps with arrows")

    def _order(self, place: Place) -> Reading | None:
        if not self._clauses.begins(place.text):
            return None
        if self._language.part("sequence").match(place.text):
            return unread("steps in an order of their own")
        orders = self._clauses.orders(place.text)
        if orders is None or not orders.duties:
            return unread("an order whose words are not certain")
        return self._under(place, "order", orders.duties, orders.rest, False)

    def _under(
        self, place: Place, kind: StatementKind, duties: tuple[Duty, ...], rest: tuple[str, ...], always: bool
    ) -> Reading:
        """An order or a ban, in the case that it stands under or follows."""
        if place.item.kind == "somewhere":
            return unread("what holds in a part of the flow that is not certain to be reached")
        if always:
            return Reading(kind, "at all times", None, duties, rest)
        if is_instead(place, kind, self._language):
            return Reading("case", "of what is ruled out before", place.ruled, duties, rest)
        called = called_in(place) if kind == "order" else None
        if called and (place.behind or place.doubtful) and not place.outer:
            return Reading("case", "with the call of a tool", called, duties, rest)
        if goes_on(place, kind, self._language):
            return Reading("case", "of the case before", place.behind, duties, rest)
        if place.behind:
            if place.behind is UNKNOWN or not belongs(place, self._language):
                return unread("what may hold only in the case before")
            return Reading("case", "goes on with the case before", place.behind, duties, rest)
        if place.doubtful and kind != "ban":
            return unread("what may hold only where the sentence before it does")
        if place.outer:
            return Reading("case", "below its case", place.outer[-1], duties, rest)
        return Reading(kind, "", None, duties, rest)
