"""Conditions: who brings one about, and what a caller does for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalgen.generation.read.language import Frame, Language
from evalgen.generation.read.statement import AnswerKind, Condition, ConditionBy
from evalgen.generation.read.wording import Wording, unquoted

LONGEST_CONDITION = 240
LONGEST_MOVE = 110
_ASIDE = re.compile(r"\s*\((?:[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Read:
    """A condition with the rule that read it; `wish` is what a task would be called by it, with `asks_to`."""

    condition: Condition
    rule: str
    wishes: tuple[tuple[str, bool], ...] = ()


class Conditions:
    """Reads conditions in one prompt's words."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language, self._tools = language, tools
        self._wording = Wording(language)
        self._table = language.table("conditions")

    def read(self, text: str) -> Read:
        """The condition of an opener; what no rule accounts for is brought about by nobody."""
        words = text.strip(" ,.:;")
        if len(words) <= LONGEST_CONDITION:
            found = self.of_answer(words) or self.of_caller(words)
            if found:
                return found
        for frame in self._language.frames("conditions", "other"):
            if frame.pattern.search(words):
                by: ConditionBy = frame.gives or "other"  # type: ignore[assignment]
                return Read(Condition(words, by), frame.name)
        return Read(Condition(words, "other"), "a condition of no known kind")

    def of_answer(self, words: str) -> Read | None:
        for frame in self._language.frames("conditions", "answer"):
            if match := frame.pattern.match(words):
                about = match.groupdict().get("about") or ""
                if "_" in about and about not in self._tools and about.casefold() not in self._tools:
                    continue
                kind: AnswerKind = frame.gives  # type: ignore[assignment]
                return Read(Condition(words, "answer", answer=kind, about=about), frame.name)
        return None

    def of_caller(self, words: str) -> Read | None:
        """What a caller does to bring the condition about; of alternatives the first that can be played."""
        bare = _ASIDE.sub("", words).strip()
        if self._language.pattern(self._table["quantity"]).search(unquoted(bare)):
            return None
        for frame in self._language.frames("conditions", "caller"):
            if match := frame.pattern.match(bare):
                moves = list(dict.fromkeys(self._moves(frame, match)))
                if moves:
                    return self._of_moves(frame, moves, words)
        return None

    def _of_moves(self, frame: Frame, moves: list[tuple[str, str]], words: str) -> Read:
        topic = moves[0][1] if frame.marks.get("topic") else ""
        task = frame.marks.get("task")
        wishes: tuple[tuple[str, bool], ...] = ()
        if task:
            asks_to = task == "to"
            wishes = tuple(
                (
                    move.partition(" ")[2].removeprefix(self._table.get("task_link", "to") + " ")
                    if asks_to
                    else move.partition(" ")[2],
                    asks_to,
                )
                for move, _ in moves
            )
            if task == "report":
                wishes = tuple((move[0].lower() + move[1:], True) for move, _ in moves)
        no_task = self._language.pattern(self._table["no_task"])
        wishes = tuple(wish for wish in wishes if not no_task.match(wish[0]))
        others = tuple(move for move, _ in moves[1:])
        return Read(Condition(words, "caller", moves[0][0], topic, others=others), frame.name, wishes)

    def _moves(self, frame: Frame, match: re.Match[str]) -> Iterator[tuple[str, str]]:
        groups = match.groupdict()
        said = (groups["x"] or groups.get("clause") or "").strip(" ,.")
        if not frame.marks.get("quoted") and not frame.marks.get("sentence"):
            alternatives = self._alternatives(said)
        else:
            alternatives = [said]
        verb = groups.get("verb") or ""
        for alternative in alternatives:
            own = self.own(frame, alternative)
            if own and len(own) <= LONGEST_MOVE:
                move = frame.gives.replace("{Verb}", verb.capitalize()).replace("{verb}", verb)
                move = move.replace("{second}", self._wording.second(verb)).replace(
                    "{ya}", groups.get("ya") or ""
                )
                yield move.replace("{x}", own), own

    def own(self, frame: Frame, words: str) -> str:
        """The prompt's words as the caller says them; empty where a word's noun stands elsewhere."""
        if frame.marks.get("quoted") or frame.marks.get("raw"):
            return words
        table = self._table
        bare = unquoted(words)
        unsaid = self._language.pattern(table["unsaid"])
        if unsaid.search(self._language.pattern(table["let_through"]).sub(" ", bare)):
            return ""
        if not frame.marks.get("sentence") and self._language.pattern(table["unsaid_nouns"]).match(bare):
            return ""
        if any(tool in words for tool in self._tools) or "{{" in words or "(" in words or ":" in bare:
            return ""
        given = words
        if frame.marks.get("own"):
            given = f"{table['caller_subject']} {given}"
        return self._in_small(self._wording.for_caller(given)).strip()

    def _in_small(self, words: str) -> str:
        """Words that a prompt has in capitals for stress, in small letters."""
        return re.sub(r"\b[A-ZÁÉÍÓÚÑ]{6,}\b", lambda m: m[0].lower(), words)

    def _alternatives(self, words: str) -> list[str]:
        """`book, change or check a visit` as three, `a lawyer, a chargeback or a review` as each of them."""
        joint = self._language.pattern(self._table["or"])
        if not joint.search(unquoted(words)) or self._language.pattern(self._table["no_split"]).search(words):
            return [words]
        if self._language.pattern(self._table["quoting"]).search(words):
            return []
        *firsts, last = (part.strip() for part in self._language.pattern(self._table["or_list"]).split(words))
        firsts = [part for part in firsts if part]
        object_of = self._language.pattern(self._table["verb_and_object"]).match(last)
        single = self._language.pattern(self._table["bare_verb"])
        if firsts and object_of and all(single.fullmatch(part) for part in firsts):
            return [*(f"{part} {object_of['object']}" for part in firsts), last]
        return firsts[:1] or [words]
