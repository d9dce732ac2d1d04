"""Questions that no document answers, where the prompt says what the agent does then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalgen.generation.definition import Document
from evalgen.generation.languages import load
from evalgen.generation.plan.test import MomentKind
from evalgen.generation.read.documents.rules import rules_of

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
    duties = "|".join(duty["pattern"] for duty in data["duty"])
    joined = f"(?:{duties})(?:{data['joined']}(?:{duties}))?"
    pattern = data["sentence"].replace("{when}", data["when"]).replace("{duties}", joined)
    order = re.compile(pattern, re.IGNORECASE)
    everything = "\n".join([prompt, *(document.text for document in documents)]).casefold()
    for line, text in enumerate(prompt.splitlines(), 1):
        for sentence in rules_of(language).sentences(_BULLET.sub("", text)):
            if match := order.match(sentence.strip().rstrip(".")):
                said = match["duty"] or match["before"]
                found = [duty for duty in data["duty"] if re.search(duty["pattern"], said, re.IGNORECASE)]
                state = load(language, "knowledge")["joined"].join(duty["state"] for duty in found)
                for topic in data["topic"]:
                    if not any(word in everything for word in topic["words"]):
                        moment, what = found[-1]["moment"], found[-1]["what"]
                        yield Unanswered(topic["question"], state, moment, what, line, sentence)
                return
