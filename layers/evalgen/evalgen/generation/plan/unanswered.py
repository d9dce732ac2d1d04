"""Questions that no document answers, where the prompt says what the agent does then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalgen.generation.definition import Document
from evalgen.generation.languages import load
from evalgen.generation.plan.test import MomentKind
from evalgen.generation.read.documents.rules import rules_of

_NAME = re.compile(r"\(\?P<\w+>")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What is asked, what the prompt orders (to follow `The main agent should`), how the caller hears it."""

    question: str
    state: str
    moment: MomentKind
    what: str
    line: int
    text: str


def unanswered(prompt: str, documents: Sequence[Document], language: str) -> Iterator[Unanswered]:
    """A question for each topic of which neither prompt nor documents have a word; none without an order."""
    data = load(language, "knowledge")["unanswered"]
    duties = "|".join(_NAME.sub("(?:", duty["pattern"]) for duty in data["duty"])
    joined = f"(?:{duties})(?:{data['joined']}(?:{duties}))?"
    pattern = data["sentence"].replace("{when}", data["when"]).replace("{duties}", joined)
    order = re.compile(pattern, re.IGNORECASE)
    alone = re.compile(f"(?P<duty>{joined})$(?P<before>)", re.IGNORECASE)
    everything = "\n".join([prompt, *(document.text for document in documents)]).casefold()
    for line, text in enumerate(prompt.splitlines(), 1):
        forbidden = False
        for sentence in rules_of(language).sentences(_BULLET.sub("", text)):
            bare = sentence.strip().rstrip(".")
            if match := order.match(bare) or (alone.match(bare) if forbidden else None):
                said = match["duty"] or match["before"]
                found = list(_duties(said, data["duty"]))
                state = load(language, "knowledge")["joined"].join(own for own, _, _ in found)
                _, moment, what = found[-1]
                for topic in data["topic"]:
                    if not any(word in everything for word in topic["words"]):
                        yield Unanswered(topic["question"], state, moment, what, line, sentence)
                return
            forbidden = re.match(data["invents"], bare, re.IGNORECASE) is not None


def _duties(said: str, known: Sequence[dict[str, str]]) -> Iterator[tuple[str, MomentKind, str]]:
    """What is ordered, with the moment at which the caller has heard it; what nobody hears is left away."""
    for duty in known:
        if duty["state"] and (match := re.search(duty["pattern"], said, re.IGNORECASE)):
            slots = match.groupdict()
            yield duty["state"].format(**slots), duty["moment"], duty["what"].format(**slots)  # type: ignore[misc]  # the table's literals
