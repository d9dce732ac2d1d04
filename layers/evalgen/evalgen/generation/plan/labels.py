"""Tests of the facts that a prompt has as labels: `Dogs: welcome outside`, `Saturday, April to June: £90`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.caller import caller_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Ground, Moment, Step, Test
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.language import Language, owner_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.wording import Wording
from evalgen.generation.values import plain

IN_A_CALL = 2
"""So many questions about one part of a prompt."""
MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """`question` follows `Ask`, `state` follows `The main agent should`, of one statement."""

    statement: Statement
    question: str
    state: str
    group: str
    rows: bool = False


def label_tests(model: AgentModel, seed: str) -> Iterator[Test]:
    """Two facts of one part in a call; where the prompt's language is the spoken one."""
    if model.spoken != model.judged:
        return
    first: dict[tuple[str, ...], str] = {}
    for found in _calls(list(labels_in(model))):
        if test := _test(found, model, seed):
            part = (*found[0].statement.section, found[0].group)
            alike = all(told.rows for told in found) and part in first
            yield replace(test, variation_of=first[part]) if alike else test
            first.setdefault(part, test.key)


def _calls(told: list[Told]) -> Iterator[list[Told]]:
    """What is asked about in one call: facts of one line, else of one part and group."""
    parts: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        line = [other for other in told if other.statement.lines == one.statement.lines]
        if len(line) > 1 and one is line[0]:
            yield line[:IN_A_CALL]
        elif len(line) == 1:
            parts.setdefault((*one.statement.section, one.group), []).append(one)
    for found in parts.values():
        yield from (found[first : first + IN_A_CALL] for first in range(0, len(found), IN_A_CALL))


def labels_in(model: AgentModel) -> Iterator[Told]:
    """The facts of labels and of what a house does not allow, in order; none of what only a choice of a tool
    is called, of which callers know nothing.
    """
    table = load(model.judged, "turns")["labels"]
    owner = owner_in(model.definition.description, model.judged)
    statements, wording = model.prompt.statements, Wording(Language(model.judged, (), (), owner=owner))
    grammar = grammar_of(model.judged)
    choices = {plain(c) for t in model.tools.values() for key in t.properties for c in t.choices(key)}
    for place, statement in enumerate(statements):
        if statement.kind != "fact" or statement.condition or statement.outer:
            continue
        text = statement.text.strip().rstrip(".")
        if plain(text.partition(":")[0]) in choices:
            continue
        for pattern, gives in table["own"]:
            text = re.sub(pattern, gives, text)
        text = wording.of_company(text)
        slots = {"lead": _lead(statements[:place], statement, table), "when": _when(text, table)}
        heading = statement.section[-1] if statement.section else ""
        for form in table["form"]:
            match = re.search(form["text"], text)
            if not match or not re.search(form.get("heading", ""), heading, re.IGNORECASE):
                continue
            named = (
                slots
                | {"about": _small(heading, table)}
                | {k: _small(v, table) for k, v in match.groupdict().items() if v}
            )
            named |= {name.upper(): value for name, value in match.groupdict().items()}
            own = {name: value for name, value in named.items() if value}
            named |= {f"a_{name}": grammar.a(value) for name, value in own.items()}
            named |= {f"the_{n}": v if v.endswith("s") else grammar.the(v) for n, v in own.items()}
            half = form.get("whole") and _goes_on(place, statements)
            if half or not all(named.get(one) for one in form["needs"]):
                continue
            said = [named[name] for name in match.groupdict() if name in named]
            if not any(re.search(table["unsaid"], one) or len(one.split()) > MOST_WORDS for one in said):
                yield Told(
                    statement,
                    form["question"].format(**named),
                    form["state"].format(**named),
                    form.get("group", ""),
                    form.get("rows", False),
                )
            break


def _goes_on(place: int, statements: Sequence[Statement]) -> bool:
    """Whether the item of a label says more of it in another sentence: the first alone is half an answer."""
    behind = statements[place + 1 : place + 2]
    return any(s.lines == statements[place].lines and ":" not in s.text for s in behind)


def _small(text: str, table: dict[str, Any]) -> str:
    """As it stands inside a sentence."""
    first = text.split(" ", 1)[0]
    keeps = re.search(table["proper"], first) or not (first[1:].islower() or len(first) == 1)
    return text if keeps else text[:1].lower() + text[1:]


def _when(text: str, table: dict[str, Any]) -> str:
    """`Saturday, April to October` as `on a Saturday between April and October`; empty if it is no time."""
    label = text.partition(":")[0].strip()
    found = []
    for part in label.split(", "):
        said = next((m.expand(gives) for p, gives in table["when"] if (m := re.fullmatch(p, part))), "")
        if not said:
            return ""
        found.append(said)
    return " ".join(found)


def _lead(before: Sequence[Statement], statement: Statement, table: dict[str, Any]) -> str:
    """What the line above a list says that it is of: `venue hire` of `Venue hire, including VAT:`."""
    for one in reversed(before):
        if one.section != statement.section:
            return ""
        if one.text.endswith(":"):
            match = re.match(table["lead"], one.text)
            return _small(match["x"], table) if match else ""
    return ""


def _test(found: list[Told], model: AgentModel, seed: str) -> Test | None:
    table = load(model.judged, "turns")["labels"]
    script = Script(Speech(model.spoken), Speech(model.judged))
    moment = Moment("opening")
    caller = caller_of(model, f"{seed}/{found[0].statement.id}")
    for told in found:
        step = script.add(Step(str(table["ask"]).format(question=told.question), moment))
        if moment.kind == "opening":
            caller.answer(script)
        ground = Ground(lines=told.statement.lines, statement=told.statement.id)
        script.expect("prompt", "says", [ground], step, duty=told.state)
        moment = Moment("told", told.question)
    script.say("end_answered", question=found[-1].question)
    name = script.spoken.name("question", Ask=str(table["ask"]).format(question=found[0].question))
    key = [told.statement.id for told in found]
    return finish(script, model, "question", ["label", *key], name, chain=caller.chain, calls=caller.calls)
