"""Statements: each sentence by the one rule that accounts for all of it, or left unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from evalgen.generation.read.clauses import Clauses, cuts
from evalgen.generation.read.conditions import Conditions, Read
from evalgen.generation.read.document import Document, Item
from evalgen.generation.read.duties import Duties
from evalgen.generation.read.language import Language
from evalgen.generation.read.sentences import Sentence, sentences_of
from evalgen.generation.read.statement import Condition, Duty, Statement, StatementKind

UNKNOWN = Condition("", "other")
"""Stands for a condition above or before a sentence that was not read."""
LONGEST_SENTENCE = 900
"""What is longer is no sentence, and is left unread."""
_TOOL_WORD = re.compile(r"[\w.-]+(?<![.-])")
UNREAD = "no rule accounts for all of it"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and what it stands under: conditions from outside, and one before it in its item."""

    text: str
    item: Item
    first: bool
    outer: tuple[Condition, ...]
    behind: Condition | None
    doubtful: bool
    """Whether a sentence or a label before it may narrow when it holds."""
    tools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    kind: StatementKind
    rule: str
    condition: Condition | None = None
    duties: tuple[Duty, ...] = ()
    rest: tuple[str, ...] = ()
    wishes: tuple[tuple[str, bool], ...] = ()
    opens: bool = False
    """Whether the items below it stand under its condition."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the wishes that its condition names."""

    statement: Statement
    wishes: tuple[tuple[str, bool], ...]


class Statements:
    """Reads the sentences of one prompt, in order."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language, self._tools = language, tools
        self._conditions = Conditions(language, tools)
        self._duties = Duties(language, tools)
        self._clauses = Clauses(language, self._duties)
        rules: tuple[tuple[str, Callable[[Place], Reading | None]], ...] = (
            ("row of a table", self._row),
            ("unread code", self._code),
            ("identity", self._identity),
            ("manner", self._manner),
            ("case in front", self._case_in_front),
            ("quoted examples", self._examples),
            ("callers who", self._callers_who),
            ("for a wish", self._for_a_wish),
            ("arrow", self._arrow),
            ("label", self._label),
            ("case behind", self._case_behind),
            ("ban", self._ban),
            ("task of the role", self._task),
            ("order", self._order),
            ("fact", self._fact),
        )
        self._rules = tuple(rule for rule in rules if rule[0] not in language.without)

    def read(self, document: Document) -> Iterator[Told]:
        under: dict[int, tuple[Condition, ...]] = {}
        doubts: dict[int, bool] = {}
        number = 0
        for index, item in enumerate(document.items):
            above = under.get(item.parent, ()) if item.parent is not None else ()
            doubtful = doubts.get(item.parent, False) if item.parent is not None else False
            behind: Condition | None = None
            named = self._named(item.text)
            below = above
            shaky = doubtful
            for sentence in sentences_of(item, index, self._language):
                queue = [sentence.text]
                while queue:
                    text = queue.pop(0)
                    place = Place(text, item, sentence.first, above, behind, shaky, named)
                    rule, reading = self._reading(place)
                    number += 1
                    yield self._told(number, place, sentence, rule, reading)
                    if reading is None:
                        reading = Reading("unread", UNREAD)
                    queue[:0] = reading.rest
                    if reading.condition and reading.kind == "case":
                        behind = reading.condition
                        if reading.opens:
                            below = (*above, reading.condition)
                    elif self._is_conditional(text, reading):
                        behind = UNKNOWN
                    shaky = shaky or (reading.kind in ("unread", "fact") and not self._stands(text))
            last = item.text.rstrip().endswith(":")
            doubts[index] = doubtful or (last and below == above and not self._benign(item.text))
            under[index] = below

    def _reading(self, place: Place) -> tuple[str, Reading | None]:
        if len(place.text) > LONGEST_SENTENCE:
            return UNREAD, None
        for name, rule in self._rules:
            if reading := rule(place):
                return name, reading
        return UNREAD, None

    def _told(
        self, number: int, place: Place, sentence: Sentence, rule: str, reading: Reading | None
    ) -> Told:
        sure = reading is not None and reading.kind != "unread"
        because = UNREAD if reading is None else (f"{rule}: {reading.rule}" if reading.rule else rule)
        statement = Statement(
            f"s{number}",
            sentence.lines,
            place.text,
            place.item.section,
            reading.kind if reading else "unread",
            because,
            sure,
            reading.condition if reading and sure else None,
            place.outer if reading and reading.condition not in place.outer else place.outer[:-1],
            reading.duties if reading and sure else (),
            place.tools,
        )
        return Told(statement, reading.wishes if reading else ())

    def _named(self, text: str) -> tuple[str, ...]:
        """The tools whose names stand in the text."""
        words = {word.casefold() for word in _TOOL_WORD.findall(text)}
        return tuple(sorted(tool for tool in self._tools if tool.casefold() in words))

    def _is_conditional(self, text: str, reading: Reading) -> bool:
        """Whether a sentence that no rule read may be the condition of those behind it."""
        if reading.kind != "unread" or self._stands(text):
            return False
        opens = self._language.part("starts_condition").match(text)
        return reading.condition is not None or opens is not None

    def _stands(self, text: str) -> bool:
        """Whether a sentence forbids something at all times, so that it narrows nothing behind it."""
        return self._language.part("may_follow").match(text) is not None

    def _benign(self, text: str) -> bool:
        benign = self._language.pattern(self._language.table("prompt")["sections"]["benign"])
        return self._clauses.begins(text) or benign.search(text) is not None

    # -- rules, in the order in which they are tried

    def _row(self, place: Place) -> Reading | None:
        cells = place.item.cells
        if not cells:
            return None
        subject = self._language.table("prompt")["table"]["subject"]
        if len(cells) == 2 and cells[0] and cells[1]:
            found = self._conditions.of_caller(cells[0]) or self._conditions.of_caller(subject + cells[0])
            found = found or self._conditions.of_answer(cells[0])
            if found and (reading := self._case(found, cells[1])):
                return reading
        return Reading("unread", "a row that is no case")

    def _code(self, place: Place) -> Reading | None:
        return Reading("unread", "code") if place.item.kind == "code" else None

    def _identity(self, place: Place) -> Reading | None:
        if self._clauses.banned(place.text) or place.behind or place.outer:
            return None
        return Reading("identity", "") if self._language.part("identity").match(place.text) else None

    def _manner(self, place: Place) -> Reading | None:
        table = self._language.table("prompt")
        heading = place.item.section[-1] if place.item.section else ""
        if self._language.part("opens_case").match(place.text):
            return None
        titled = self._language.pattern(table["sections"]["manner"]).search(heading)
        if titled and not place.outer and not place.behind:
            if self._clauses.banned(place.text):
                return None
            return Reading("manner", "under its heading")
        for pattern in table["manner"]["patterns"]:
            if self._language.pattern(pattern).search(place.text):
                return Reading("manner", "how to speak")
        return None

    def _case_in_front(self, place: Place) -> Reading | None:
        match = self._language.part("opens_case").match(place.text)
        if not match:
            return None
        opener, rest = match["opener"].casefold(), match["rest"].strip()
        if self._language.part("else_case").match(place.text):
            return Reading("unread", "a case that hangs on the one before")
        if rest.endswith(":") or (place.item.kind == "condition" and "," not in rest):
            found = self._of(opener, rest.strip(" :."))
            return self._opening(found)
        for cut in cuts(rest, self._language):
            then = rest[cut[1] :].strip()
            then = self._language.pattern(r"^then,? ").sub("", then)
            if self._clauses.begins(then):
                found = self._of(opener, rest[: cut[0]])
                return self._case(found, then) or _uncertain(found)
        return Reading("unread", "a case whose duty is not certain", UNKNOWN)

    def _of(self, opener: str, words: str) -> Read:
        if opener in self._language.table("prompt")["parts"]["inverted"]:
            words = self._inflected(words)
        return self._conditions.read(words)

    def _inflected(self, words: str) -> str:
        """`the caller ask for a person`, behind `should`, as it stands behind `if`; the patterns take both."""
        return words

    def _opening(self, found: Read) -> Reading:
        return Reading("case", found.rule, found.condition, wishes=found.wishes, opens=True)

    def _case(self, found: Read, then: str) -> Reading | None:
        orders = self._clauses.orders(then)
        if orders is None or not orders.duties:
            return None
        wish = found.wishes[0][0] if found.wishes and found.wishes[0][1] else ""
        topic = found.condition.topic
        duties = tuple(self._duties.completed(duty, wish, topic) for duty in orders.duties)
        return Reading("case", found.rule, found.condition, duties, orders.rest, found.wishes, opens=True)

    def _examples(self, place: Place) -> Reading | None:
        """`For emergencies ("chest pain", …), …`: the first quoted example that is no sentence."""
        match = self._language.part("for_case").match(place.text)
        shaped = self._language.part("for_examples")
        table = self._language.table("prompt")["parts"]
        for cut in cuts(place.text, self._language) if match else ():
            what = place.text[: cut[0]]
            then = place.text[cut[1] :]
            if what.count("(") != what.count(")") or not self._clauses.begins(then):
                continue
            named = shaped.match(what.partition(" ")[2])
            if not named:
                return None
            examples = self._language.pattern(table["quoted_example"]).findall(named["examples"])
            plain = [example for example in examples if "'" not in example and "’" not in example]
            if not plain:
                return None
            moves = tuple(table["mention"].replace("{x}", example) for example in plain)
            found = Condition(what, "caller", moves[0], plain[0], others=moves[1:])
            read = Read(found, "examples in quotation marks")
            return self._case(read, then) or Reading("case", read.rule, found)
        return None

    def _callers_who(self, place: Place) -> Reading | None:
        match = self._language.part("who_case").match(place.text)
        if not match:
            return None
        subject = self._language.table("prompt")["table"]["subject"]
        found = self._conditions.of_caller(subject + match["does"])
        if not found:
            return Reading("unread", "callers whose case is not certain", UNKNOWN)
        found = replace(found, condition=replace(found.condition, text=f"{match['who']} who {match['does']}"))
        then = self._active(match["passive"], match["rest"])
        return (self._case(found, then) if then else None) or Reading(
            "unread", "callers whose duty is not certain", found.condition
        )

    def _active(self, passive: str, rest: str) -> str:
        """`must be asked to wait` as the imperative of whoever asks; the longest entry that fits wins."""
        whole = f"{passive} {rest}".casefold()
        table: dict[str, str] = self._language.table("prompt")["passive"]
        for words in sorted(table, key=len, reverse=True):
            at = whole.find(f" {words} ")
            if 0 <= at < len(passive):
                return f"{table[words]} {f'{passive} {rest}'[at + len(words) + 2 :]}".strip()
        return ""

    def _for_a_wish(self, place: Place) -> Reading | None:
        match = self._language.part("to_case").match(place.text)
        if not match or not self._clauses.begins(match["then"]):
            return None
        wants = self._language.table("prompt")["parts"]["wants"]
        found = self._conditions.of_caller(wants.replace("{x}", match["wish"]))
        return self._case(found, match["then"]) if found else None

    def _arrow(self, place: Place) -> Reading | None:
        match = self._language.part("arrow").match(place.text)
        if not match:
            return None
        left = match["left"].strip()
        if opened := self._language.part("opens_case").match(left):
            left = opened["rest"]
        subject = self._language.table("prompt")["table"]["subject"]
        found = (
            self._conditions.of_answer(left)
            or self._conditions.of_caller(left)
            or self._conditions.of_caller(subject + left)
        )
        return (self._case(found, match["right"]) if found else None) or Reading(
            "unread", "an arrow whose sides are not certain", UNKNOWN
        )

    def _label(self, place: Place) -> Reading | None:
        match = self._language.part("label").match(place.text)
        bare = place.text.rstrip()
        if not match and bare.endswith(":") and not self._clauses.begins(bare):
            found = self._conditions.of_answer(bare[:-1]) or self._conditions.of_caller(bare[:-1])
            return self._opening(found) if found else Reading("unread", "a label")
        match = match or self._language.part("question_label").match(place.text)
        if not match or self._clauses.begins(match["label"] + " x"):
            return None
        found = self._conditions.of_answer(match["label"]) or self._conditions.of_caller(match["label"])
        if not found:
            return Reading("unread", "a label that is no case", UNKNOWN)
        return self._case(found, match["right"]) or _uncertain(found)

    def _case_behind(self, place: Place) -> Reading | None:
        if place.behind or place.doubtful or place.item.kind == "condition":
            return None
        match = self._language.part("joins_case").match(place.text.strip(" ."))
        if not match or not self._clauses.begins(match["head"]):
            return None
        if self._language.pattern(self._language.table("prompt")["parts"]["questions"]).search(match["head"]):
            return None
        found = self._conditions.of_caller(match["rest"]) or self._conditions.of_answer(match["rest"])
        orders = self._clauses.orders(match["head"])
        if not found or orders is None or len(orders.duties) != 1 or orders.rest:
            return Reading("unread", "a case behind its duty that is not certain", UNKNOWN)
        return self._case(found, match["head"])

    def _ban(self, place: Place) -> Reading | None:
        if not self._clauses.banned(place.text):
            return None
        orders = self._clauses.orders(place.text)
        if orders is None or not orders.duties:
            return Reading("unread", "a ban whose words are not certain")
        always = self._language.part("may_follow").match(place.text) and not place.item.marked
        return self._under(place, "ban", orders.duties, orders.rest, bool(always))

    def _task(self, place: Place) -> Reading | None:
        if place.behind or place.doubtful or place.outer:
            return None
        match = self._language.part("task").match(place.text.strip(" ."))
        return Reading("task", "") if match else None

    def _order(self, place: Place) -> Reading | None:
        if not self._clauses.begins(place.text):
            return None
        orders = self._clauses.orders(place.text)
        if orders is None or not orders.duties:
            return Reading("unread", "an order whose words are not certain")
        return self._under(place, "order", orders.duties, orders.rest, False)

    def _under(
        self, place: Place, kind: StatementKind, duties: tuple[Duty, ...], rest: tuple[str, ...], always: bool
    ) -> Reading:
        """An order or a ban, in the case that it stands under or follows."""
        if always:
            return Reading(kind, "at all times", None, duties, rest)
        if place.behind:
            if not place.item.marked or place.behind is UNKNOWN:
                return Reading("unread", "what may hold only in the case before")
            return Reading("case", "goes on with the case before", place.behind, duties, rest)
        if place.doubtful and kind != "ban":
            return Reading("unread", "what may hold only where the sentence before it does")
        if place.outer:
            return Reading("case", "below its case", place.outer[-1], duties, rest)
        return Reading(kind, "", None, duties, rest)

    def _fact(self, place: Place) -> Reading | None:
        if place.item.kind == "condition" or self._language.part("starts_condition").match(place.text):
            return None
        return Reading("fact", "") if self._language.part("declares").search(place.text) else None


def _uncertain(found: Read) -> Reading:
    """A case whose condition is read, with what callers want by it, and whose duty is not."""
    return Reading("unread", "a case whose duty is not certain", found.condition, wishes=found.wishes)
