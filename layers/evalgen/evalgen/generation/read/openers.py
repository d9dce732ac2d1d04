"""What stands above sentences and is none that a rule reads: headings, and lines that open a list."""

from __future__ import annotations

from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.conditions import Conditions
from evalgen.generation.read.doubts import Doubts
from evalgen.generation.read.items import Item
from evalgen.generation.read.language import Language
from evalgen.generation.read.reading import Reading
from evalgen.generation.read.statement import Condition


class Openers:
    """Reads them in one prompt's words."""

    def __init__(self, language: Language, conditions: Conditions, clauses: Clauses, doubts: Doubts) -> None:
        self._language, self._conditions = language, conditions
        self._clauses, self._doubts = clauses, doubts

    def headed(self, item: Item) -> Condition | None:
        """The answer of a tool that a heading has for its condition (`If a system call fails`), or what else
        has to be so, but for what callers want: that names a task.
        """
        title = item.section[-1].strip(" .:") if item.section else ""
        opened = self._language.part("opens_case").match(title)
        found = self._conditions.of_answer(opened["rest"] if opened else title) if title else None
        if found:
            return found.condition
        titles = (self._language.part("case_above").match(one.strip(" .:")) for one in reversed(item.section))
        case = next((match["rest"] for match in titles if match), "")
        return None if not case or self._conditions.of_caller(case) else self._conditions.read(case).condition

    def is_conditional(self, text: str, reading: Reading) -> bool:
        """Whether a sentence that no rule read may be the condition of those behind it."""
        if reading.kind != "unread" or self._doubts.stands(text):
            return False
        starts = self._language.part("starts_condition").match(text) is not None
        return reading.condition is not None or starts

    def is_benign(self, text: str) -> bool:
        """Whether a line that opens a list only names it or orders something, and is no condition."""
        benign = self._language.pattern(self._language.table("prompt")["sections"]["benign"])
        return self._clauses.begins(text) or benign.search(text) is not None

    def forbids(self, item: Item, opener: str) -> bool:
        """Whether an item of a list stands under a heading or a line that says that this is never done."""
        heading = item.section[-1] if item.section else ""
        bare = self._language.part("bare_ban")
        if bare.match(heading):
            return True
        above = bare.match(opener) is not None or (opener.endswith(":") and self.prohibits(opener))
        return item.marked and (self.prohibits(heading) or above)

    def prohibits(self, title: str) -> bool:
        """Whether a title or a line says that something is never done."""
        return self._language.part("prohibits").search(title) is not None
