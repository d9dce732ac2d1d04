"""What an agent without tools asks every caller: questions that stand one after the other in its prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.plan.choices import plain_as_long
from evalgen.generation.plan.takers import Questions, takers_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.wording import unquoted
from evalgen.generation.values import plain

FEWEST = 3
"""Things that are asked for: fewer are no intake."""
LONGEST_NOUN = 5
"""Words of what is asked for: `average monthly electric bill`."""
LONGEST_ITEM = 12
"""Words of an item of a list: `the delivery address`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the prompt has the agent ask for, as the table of the language has it."""

    fact: dict[str, Any]
    statement: Statement
    item: str = ""
    """The prompt's words for it, in plain letters."""


@dataclass(slots=True)
class Group:
    """Things asked for one after the other; `behind` is the place after the last, `void`: one is unknown."""

    section: tuple[str, ...]
    asked: list[Asked] = field(default_factory=list)
    behind: int = 0
    void: bool = False


def asked_in(model: AgentModel) -> list[Group]:
    """The groups all of whose questions are known, in order; none in a part where one is not, and none of an
    agent that does more than take them down or whose language has no questions here.
    """
    language = model.judged
    if model.spoken != language or language not in written("intake"):
        return []
    return model.once("asked_in", (), lambda: _asked_in(model))


def _asked_in(model: AgentModel) -> list[Group]:
    takers = takers_of(model)
    if not (model.only_talks or takers):
        return []
    table = load(model.judged, "intake")
    return _groups(model.prompt.statements, table, Questions(table, takers, model.judged))


def _groups(statements: Sequence[Statement], table: dict[str, Any], questions: Questions) -> list[Group]:
    groups: list[Group] = []
    listing = False
    for place, statement in enumerate(statements):
        heading = plain(statement.section[-1]).strip(" :.") if statement.section else ""
        under = re.search(table["headed"], heading) is not None
        text = re.sub(table["brackets"], "", plain(statement.text)).strip(" .")
        if re.search(table["leads"], text):
            listing = True
            continue
        items = _items(text, statement, table, listing or under)
        if not items or (statement.condition is not None and not text.endswith("?")):
            listing = listing and not groups
            continue
        if not groups or place - groups[-1].behind > 0:
            groups.append(Group(statement.section))
        group = groups[-1]
        for item in items:
            facts = questions.facts(item)
            group.void = group.void or facts is None
            for fact, words in facts or ():
                if all(known.fact["key"] != fact["key"] for known in group.asked):
                    own = "parameter" in fact
                    called = _called(words, statement.text, table) if own else ""
                    group.asked.append(Asked(fact | {"noun": called} if called else fact, statement, words))
        group.behind = place + 1
    void = {group.section for group in groups if group.void}
    return [group for group in groups if group.section not in void]


def _called(words: str, text: str, table: dict[str, Any]) -> str:
    """What something is called that is asked for, as the prompt writes it; empty where that is a clause."""
    at = plain_as_long(text).find(words)
    called = re.sub(table["whose"], "", text[at : at + len(words)], flags=re.IGNORECASE) if at >= 0 else ""
    plainly = 0 < len(called.split()) <= LONGEST_NOUN and not re.search(table["clause"], plain(called))
    return f"{called[:1].lower()}{called[1:]}" if plainly else ""


def _items(text: str, statement: Statement, table: dict[str, Any], listing: bool) -> list[str]:
    """What a sentence asks for, or an item of a list that is asked for; with dots between them, each."""
    if re.search(table["asks_nothing"], text, re.IGNORECASE):
        return []
    dotted = [part.strip() for part in re.split(table["dots"], text.rpartition(": ")[2])]
    if len(dotted) >= FEWEST:
        return dotted
    match = re.search(table["asks"], text, re.IGNORECASE) if statement.kind in ("order", "unread") else None
    if listing or text.endswith("?"):
        match = match or re.search(table["question"], text.rstrip("?") + "?")
    item = listing and statement.kind == "unread" and len(text.split()) <= LONGEST_ITEM
    item = item and unquoted(text) == text
    return [re.sub(table["told_after"], "", match["what"])] if match else [text] if item else []
