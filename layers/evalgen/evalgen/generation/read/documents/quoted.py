"""Answers of a document to its own questions in its own words: a caller asks what stands there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from evalgen.generation.languages import load
from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Answered
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.rules import Rule, Rules, filled

MOST_ASKED = 11
"""Words of a question: a step never has twelve of a text in a row."""
MOST_ANSWERED = 26
_ASIDE = re.compile(r"\s*\([^()]*\)")


class Quoted:
    """Reads the questions of one document that no rule asks in other words."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str]) -> None:
        self._rules, self._maker, self._names = rules, maker, names
        self._data = load(rules.language, "questions")["quoted"]

    def fact(self, part: Answered) -> Fact | None:
        """The question as it stands and the first sentence of its answer; None where that answers it in some
        case only, leans on another part of the document, or is no answer at all.
        """
        question, answer = part.question.strip(), self._first(part.answer)
        if not answer or not self._is_asked(question) or not self._is_whole(part, answer):
            return None
        frames = "of_case" if part.case else "plain"
        texts = {key: str(self._data[frames][key]) for key in ("ask", "told")}
        values = {"q": question, "case": part.case, "answer": self._maker.marked(answer)}
        return self._maker.fact(
            Rule("quoted", "", "", texts),
            kind="answer",
            text=f"{part.question} {part.answer}",
            line=part.line,
            plural=False,
            values=values,
            value=answer,
            said=f"{question} {part.case}".strip(),
            clause=filled(str(self._data[frames]["state"]), False, values),
            section=part.section,
        )

    def _first(self, answer: str) -> str:
        """The first sentence, up to a semicolon and without asides and its full stop; behind a bare yes or no
        the second too.
        """
        first, *others = [*self._rules.sentences(answer), ""]
        if re.fullmatch(self._data["bare"], first, re.IGNORECASE):
            first = f"{first} {others[0]}".strip()
        return _ASIDE.sub("", first).removesuffix(".")

    def _is_asked(self, question: str) -> bool:
        """Whether it is short, and says itself of what it is, or in a sentence in front of it."""
        *before, last = self._rules.sentences(question)
        leans = re.search(self._data["leans"], before[0] if before else last, re.IGNORECASE)
        return (
            len(question.split()) <= MOST_ASKED
            and len(before) < 2
            and re.match(self._data["begins"], last, re.IGNORECASE) is not None
            and leans is None
        )

    def _is_whole(self, part: Answered, answer: str) -> bool:
        """Whether the answer is one for everybody who asks, and says itself what it says."""
        whole = part.answer.partition(". ")[0]
        if len(answer.split()) > MOST_ANSWERED or re.search(self._data["refers"], whole, re.IGNORECASE):
            return False
        if re.fullmatch(self._data["bare"], answer, re.IGNORECASE) or answer.endswith(":"):
            return False
        if part.case:
            return True
        if re.match(self._data["priced"], part.question, re.IGNORECASE) and not re.search(r"\d", answer):
            return False
        if re.match(self._data["wants_more"], f"{part.question} {answer}", re.IGNORECASE):
            return False
        others = self._rules.sentences(part.answer)[1:]
        if others and re.search(self._data["several"], part.question):
            return False
        return not (
            re.match(self._data["in_a_case"], answer, re.IGNORECASE)
            or any(self._begins_alike(answer, other) for other in others)
            or self._tells_places_apart(part.question, answer, others)
        )

    def _begins_alike(self, first: str, other: str) -> bool:
        """`From six months with a parent. From the fourth birthday alone.`"""
        begins = re.match(self._data["bound"], first, re.IGNORECASE)
        return begins is not None and other.lower().startswith(f"{begins['word'].lower()} ")

    def _tells_places_apart(self, question: str, first: str, others: Sequence[str]) -> bool:
        """Whether the first sentence is about one name and a later one about another."""
        mine = self._named(first) - self._named(question)
        return bool(mine) and any(self._named(other) - mine for other in others)

    def _named(self, text: str) -> set[str]:
        return {word for word in re.findall(r"[^\W\d_]+", text) if word in self._names}
