"""Cases: sentences that say what is done under a condition, in the forms that prompts have for them."""

from __future__ import annotations

import re

from evalgen.generation.read.behind import called_by
from evalgen.generation.read.clauses import Clauses, Orders, cuts
from evalgen.generation.read.conditions import Conditions, Read
from evalgen.generation.read.consequences import consequence, refusing
from evalgen.generation.read.duties import Duties
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import UNKNOWN, Place, Reading, unread
from evalgen.generation.read.situations import Situations
from evalgen.generation.read.statement import Condition, Duty


class Cases:
    """Reads cases in one prompt's words; each method is one rule."""

    def __init__(
        self,
        language: Language,
        conditions: Conditions,
        situations: Situations,
        duties: Duties,
        clauses: Clauses,
    ) -> None:
        self._language, self._conditions, self._situations = language, conditions, situations
        self._duties, self._clauses = duties, clauses
        table = language.table("prompt")
        self._subject: str = table["table"]["subject"]
        self._parts: dict[str, str] = table["parts"]

    def row(self, place: Place) -> Reading | None:
        """A row of a table: what the caller says, and what is done."""
        cells = place.item.cells
        if not cells:
            return None
        if len(cells) == 2 and cells[0] and cells[1]:
            found = self._conditions.of_caller(cells[0]) or self._conditions.of_caller(
                self._subject + cells[0]
            )
            found = found or self._conditions.of_answer(cells[0]) or self._of_a_state(cells[0])
            if found and (reading := self.case(found, cells[1])):
                return reading
        return unread("a row that is no case")

    def _of_a_state(self, text: str) -> Read | None:
        """What is so of a record, by the name of a field or in words for it: `refills_left is 0`."""
        named = self._language.part("state").search(text)
        return Read(Condition(text, "other"), "state of a record") if named else None

    def before_a_call(self, place: Place) -> Reading | None:
        """`Before cancel_booking, read back the route`: what goes with every call of that tool."""
        match = self._language.part("before_call").match(place.text)
        tool = next((t for t in place.tools if match and t.casefold() == match["tool"].casefold()), "")
        if not match or not tool or place.outer:
            return None
        return self.case(Read(Condition(match["tool"], "call", about=tool), ""), match["then"])

    def if_pressed(self, place: Place) -> Reading | None:
        """`If pressed: the prices are as published`: behind a ban, what is said to who asks again."""
        match = self._language.part("pressed").match(place.text)
        if not match:
            return None
        when = place.text[: match.start("then")].strip(" ,:")
        return self.case(Read(Condition(when, "caller"), ""), match["then"]) or unread(
            "a case whose duty is not certain", UNKNOWN
        )

    def case_in_front(self, place: Place) -> Reading | None:
        """`If the caller asks about prices, say …`, or a condition alone above what is done."""
        match = self._language.part("opens_case").match(self._clauses.set_off(place.text))
        if not match:
            return None
        rest = match["rest"].strip()
        of_them = place.behind is UNKNOWN and self._language.part("of_whom_before").match(place.text)
        if of_them or self._language.part("else_case").match(place.text):
            return unread("a case that hangs on the one before")
        if rest.endswith(":") or (place.item.kind == "condition" and "," not in rest):
            head = self._of_condition(rest.strip(" :."))
            if any(self._clauses.begins(head[end:]) for _, end in cuts(head, self._language)):
                return unread("a case whose duty is not certain", UNKNOWN)
            return self._opening(self._conditions.read(head))
        for cut in cuts(rest, self._language):
            then = rest[cut[1] :].strip()
            if self._language.part("unknown_order").match(then) and not self._clauses.begins(then):
                return unread("a case whose duty is not certain", UNKNOWN)
            then = self._situations.sent(self._language.pattern(self._parts["then"]).sub("", then))
            then = self._spoken(then)
            then = refusing(then, self._language)
            if self._clauses.begins(then):
                found = self._conditions.read(self._of_condition(rest[: cut[0]]))
                return self.case(found, then) or uncertain(found)
        return unread("a case whose duty is not certain", UNKNOWN)

    def _of_condition(self, head: str) -> str:
        """Without what follows from it: `the account is locked, there is no second try`."""
        follows = self._language.part("follows").search(head)
        return head[: follows.start()] if follows else head

    def _opening(self, found: Read) -> Reading:
        return Reading("case", found.rule, found.condition, wishes=found.wishes, opens=True)

    def _spoken(self, then: str) -> str:
        """What follows a condition where it is nothing but words to say, as the order to say them."""
        is_script = re.fullmatch(r"[\"“«][^\"“”«»]{3,200}[\"”»]\.?", then)
        return self._parts["script"].replace("{x}", then) if is_script else then

    def case(self, found: Read, then: str) -> Reading | None:
        then = self._language.pattern(self._parts["arrows"]).sub(self._parts["chained"], self._spoken(then))
        then = consequence(then, found.condition, self._language)
        orders = self._clauses.orders(then) or self._stated(then)
        if orders is None or not orders.duties:
            return None
        wish = found.wishes[0][0] if found.wishes and found.wishes[0][1] else ""
        topic = found.condition.topic
        duties = tuple(self._duties.completed(duty, wish, topic) for duty in orders.duties)
        return Reading("case", found.rule, found.condition, duties, orders.rest, found.wishes, opens=True)

    def _stated(self, then: str) -> Orders | None:
        """What follows a condition as a sentence of its own: that it is said."""
        if not self._language.part("states").match(then) or self._clauses.begins(then):
            return None
        found: list[Duty] = []
        for clause in self._language.part("states_more").split(then.strip(" .")):
            said = self._parts["states_as"].replace("{x}", clause[:1].lower() + clause[1:])
            chain = self._duties.read(said)
            found += chain.duties if chain else ()
        return Orders(tuple(found)) if found else None

    def arrow(self, place: Place) -> Reading | None:
        """`Wants a refund → transfer to billing`."""
        match = self._language.part("arrow").match(place.text)
        if not match:
            return None
        left = match["left"].strip()
        if opened := self._language.part("opens_case").match(left):
            left = opened["rest"]
        found = (
            self._conditions.of_answer(left)
            or self._conditions.of_caller(left)
            or self._conditions.of_caller(self._subject + left)
            or self._situations.read(left)
        )
        if found:
            then = self._situations.sent(match["right"], place.before)
            if case := self._concluding(found, match["right"]) or self.case(found, then):
                return case
        return unread("an arrow whose sides are not certain", UNKNOWN)

    def _concluding(self, found: Read, then: str) -> Reading | None:
        """`Not on file → they are new.` What is done of it stands in the next sentence."""
        concludes = self._language.part("concludes").match(then)
        return self._opening(found) if concludes and found.condition.by == "answer" else None

    def label(self, place: Place) -> Reading | None:
        """`No match: say …`; a label that is no case is the name of a rule."""
        match = self._language.part("label").match(place.text)
        bare = place.text.rstrip()
        if not match and bare.endswith(":") and not self._clauses.begins(bare):
            found = self._conditions.of_answer(bare[:-1]) or self._conditions.of_caller(bare[:-1])
            return self._opening(found) if found else unread("a label")
        match = match or self._language.part("question_label").match(place.text)
        if not match or self._clauses.begins(match["label"] + " x"):
            return None
        found = self._conditions.of_answer(match["label"]) or self._conditions.of_caller(match["label"])
        if not found and (situation := self._situations.read(match["label"])):
            return self.case(situation, self._situations.sent(match["right"], place.before)) or uncertain(
                situation
            )
        if self._describes_a_tool(match["label"], place):
            return unread("what a tool does", UNKNOWN)
        called = called_by(match["label"], place) if self._clauses.begins(match["right"]) else None
        found = found or self._of_a_state(match["label"]) or called
        if not found:
            return unread("a label that is no case", UNKNOWN)
        return self.case(found, match["right"]) or uncertain(found)

    def _describes_a_tool(self, label: str, place: Place) -> bool:
        """`book_table: saves the booking`, in the list of the tools."""
        listed = self._language.pattern(self._language.table("prompt")["sections"]["tools"])
        above = place.item.section[-1] if place.item.section else ""
        return listed.search(above) is not None and label.strip("` ").casefold() in place.tools

    def is_of_callers(self, label: str) -> bool:
        """Whether a label is a case of callers."""
        return bool(self._conditions.of_caller(label) or self._situations.read(label))

    def case_behind(self, place: Place) -> Reading | None:
        """`Transfer the call if the caller asks for a person`."""
        if place.behind or place.doubtful or place.item.kind == "condition":
            return None
        match = self._language.part("joins_case").match(place.text.strip(" ."))
        if not match or self._duties.called(place.text) or not self._clauses.begins(match["head"]):
            return None
        if self._language.part("questions").search(match["head"]):
            return None
        found = self._conditions.of_caller(match["rest"]) or self._conditions.of_answer(match["rest"])
        orders = self._clauses.orders(match["head"])
        if not found or orders is None or len(orders.duties) != 1 or orders.rest:
            return unread("a case behind its duty that is not certain", UNKNOWN)
        return self.case(found, match["head"])


def uncertain(found: Read) -> Reading:
    """A case whose condition is read, with what callers want by it, and whose duty is not."""
    return unread("a case whose duty is not certain", found.condition, found.wishes)
