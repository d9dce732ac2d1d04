"""Labels of what people call about (`Lost keys: …`, `Couples who have booked: …`), and who answers them."""

from __future__ import annotations

import re

from evalgen.generation.read.conditions import Conditions, Read
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.language import Frame, Language
from evalgen.generation.read.statement import Condition
from evalgen.generation.read.verbs import verbs_of


class Situations:
    """Reads labels in one prompt's words; none is certain without what is done behind it."""

    def __init__(self, language: Language, conditions: Conditions) -> None:
        self._language, self._conditions = language, conditions
        self._table = language.table("conditions")

    def read(self, label: str) -> Read | None:
        """What a caller does who is in that situation."""
        words = label.strip(" .:")
        for frame in self._language.frames("conditions", "situation"):
            if match := frame.pattern.match(words):
                return self._of(frame, match, words)
        return None

    def _of(self, frame: Frame, match: re.Match[str], words: str) -> Read | None:
        groups = match.groupdict()
        own = self._conditions.own(frame, groups.get("x") or "")
        base = self._base(groups.get("gerund") or "")
        if ("x" in groups and not own) or ("gerund" in groups and not base):
            return None
        own = own[:1].lower() + own[1:]
        rest = self._conditions.own(frame, groups["rest"]) if groups.get("rest") else ""
        slots = {"x": f"{own} {rest}".strip(), "gerund": base, "who": self._one_of(groups.get("who") or "")}
        plain = self._language.pattern(self._table["uncounted"]).match(own)
        grammar = grammar_of(self._language.code)
        move = frame.gives
        for name, value in slots.items():
            move = move.replace(f"{{a_{name}}}", value if plain else grammar.a(value) if value else "")
            move = move.replace(f"{{{name}}}", value)
        wish = move.partition(" ")[2]
        asks_to = frame.marks.get("task") == "to"
        link = f"{self._table['task_link']} "
        wishes = ((wish.removeprefix(link) if asks_to else wish, asks_to),) if frame.marks.get("task") else ()
        return Read(Condition(words, "caller", move), frame.name, wishes)

    def _base(self, gerund: str) -> str:
        bases: dict[str, str] = self._language.table("tasks")["bases"]
        return bases.get(gerund.casefold()) or verbs_of(self._language.code).from_gerund(gerund)

    def _one_of(self, many: str) -> str:
        """A noun in the singular."""
        one = many.casefold()
        for pattern, gives in self._table["single"]:
            if re.search(pattern, one):
                return re.sub(pattern, gives, one)
        return one

    def sent(self, text: str, before: str = "") -> str:
        """`the planning team on 555 0142` as the order to send people there; other text as it is.

        `before` is the item in front, which says what `same address` is.
        """
        table = self._table
        if self._language.pattern(table["same_address"]).match(text.strip()):
            found = set(re.findall(r"\S+@[\w.-]+\w", before))
            return str(table["to_address"]).replace("{x}", found.pop()) if len(found) == 1 else text
        for entry in table["contact"]:
            if match := self._language.pattern(entry["pattern"]).match(text.strip()):
                return match.expand(entry["gives"])
        return text
