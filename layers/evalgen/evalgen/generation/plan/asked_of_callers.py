"""What a prompt may ask of every caller whom a look-up finds, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_words

_IDENTIFIER = re.compile(r"\w+_\w+")
_STATE = re.compile(r"\((?P<state>[a-z]+_[a-z_]+ (?:is |= ?)?[\"'“`]\w+[\"'”`])\)")
"""What the records are that a line is about: `Junior cards (account_type "junior")`."""
Fact = Mapping[str, Any]
NEAR = 2
"""So many lines around the name of the look-up speak of it."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One of these lists of facts has to be given whole; in the case of a label, which may be the records of
    some callers only: `Business account: …`. `instead` are the words of what else will do, of which no kind
    is known: `the reference or, failing that, the plate`.
    """

    ways: Sequence[Sequence[Fact]]
    case: str = ""
    instead: frozenset[str] = frozenset()


def demands(
    model: AgentModel,
    look_up: str,
    section: tuple[str, ...] = (),
    beside: frozenset[str] = frozenset(),
) -> Sequence[Demand]:
    """What the prompt may ask of every caller whom a tool looks up, in its order; with a section, which is a
    deed's playbook, also what is compared there. `beside` are the other tools that are called then.
    """
    if not model.judged:
        return ()
    of = (look_up, section, beside)
    return model.once("asked of callers", of, lambda: tuple(_demands(model, look_up, section, beside)))


def _demands(
    model: AgentModel, look_up: str, section: tuple[str, ...], beside: frozenset[str]
) -> Iterator[Demand]:
    table = load(model.judged, "identity")
    closed, listed, states = (-1, -1), False, dict[tuple[int, int], str]()
    for statement, text in _joined(_identifying(model, look_up, section, beside), table):
        item = listed and statement.text[:1].islower() and not re.match(table["in_case"], text)
        failed = statement.condition is not None and statement.condition.answer is not None
        case = not item and (failed or re.search(table["in_case"], text) is not None)
        closed = statement.lines if case else closed
        case = case or (closed == statement.lines and re.match(table["collects"], text) is not None)
        listed = re.search(table["lists"], text) is not None or item
        if state := _STATE.search(statement.text):
            states.setdefault(statement.lines, state["state"])
        if statement.forbids or statement.outer or case or (not item and re.search(table["keeps"], text)):
            continue
        parts = {part: _facts_in(part, table) for part in re.split(table["either"], text)}
        ways = [facts for facts in parts.values() if facts]
        if ways and (item or statement.row or re.search(table["may_ask"], text)):
            label = re.match(load(model.judged, "prompt")["parts"]["label"], statement.text)
            instead = frozenset(
                word for part, facts in parts.items() if not facts for word in key_words(part)
            )
            yield Demand(ways, label["label"] if label else states.get(statement.lines, ""), instead)


def _joined(statements: Iterable[Statement], table: Mapping[str, Any]) -> Iterator[tuple[Statement, str]]:
    """Each sentence with its words; those of a list that `or` holds together as one, with the first."""
    found: list[tuple[Statement, str]] = []
    goes_on = False
    for statement in statements:
        text = plain_text(_IDENTIFIER.sub(" ", statement.text))
        if found and (goes_on or re.fullmatch(table["or_else"], text)):
            first, before = found[-1]
            found[-1] = (first, f"{before} {text}")
        else:
            found.append((statement, text))
        goes_on = re.search(table["or_else"], text) is not None
    yield from found


def _facts_in(text: str, table: Mapping[str, Any]) -> list[Fact]:
    bare = re.sub(table["of_a_fact"], "", re.sub(r"\([^()]*\)", "", text))
    return [fact for fact in table["asked_of_callers"] if re.search(fact["said"], bare)]


def _identifying(
    model: AgentModel, look_up: str, section: tuple[str, ...], called: frozenset[str]
) -> Iterator[Statement]:
    """The sentences under headings about identification, those around the ones that name the look-up, and
    those of a section that compare something.
    """
    table = load(model.judged, "identity")
    headings = re.compile(table["sections"], re.IGNORECASE)
    statements = model.prompt.statements
    looks_up = re.compile(table["looks_up"], re.IGNORECASE)
    named = [one for one in statements if look_up in one.names]
    lines = {one.lines for one in statements if looks_up.search(one.text)} if not named else set()
    compares = re.compile(table["compares_asked"], re.IGNORECASE)
    identifies = model.tools[look_up].role == "identify"
    for one in statements:
        if one.names and called.isdisjoint(one.names) and look_up not in one.names:
            continue
        beside = [n for n in named if n.section == one.section]
        near = identifies and any(abs(n.lines[0] - one.lines[0]) <= NEAR for n in beside)
        inside = bool(section) and one.section[: len(section)] == section
        compared = (bool(beside) or inside) and compares.search(one.text) is not None
        if near or compared or one.lines in lines or (one.section and headings.search(one.section[-1])):
            yield one
