"""Who picks up where an agent calls: somebody else, another household, a machine; as the prompt has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.picking_up import is_called
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import AssertionKind, Ground, Moment, Step, Test
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.plan.way import expected_calls
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.identity import is_full_name
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import snake


@dataclass(frozen=True)
class Called:
    """Whom the agent calls: the variable with the name, and the chain of what is noted of such a call."""

    variable: str
    name: str
    chain: Chain | None


def answering_tests(model: AgentModel) -> Iterator[Test]:
    """One for each rule of a prompt about who picks up; none where the agent does not know whom it calls."""
    if not is_called(model) or model.spoken != model.judged:
        return
    table = load(model.judged, "called")
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    statements = model.prompt.statements
    for place, statement in enumerate(statements):
        text = statement.text
        form = next((f for f in table["picks_up"] if re.search(f["case"], text, re.IGNORECASE)), None)
        called = _called(statement, model) if form else None
        if form and called:
            behind = [s for s in statements[place + 1 :] if s.lines == statement.lines]
            beside = [*takewhile(lambda s: not re.match(opens, s.text, re.IGNORECASE), behind)]
            if test := _test(form, statement, beside, called, model):
                yield test


def _called(statement: Statement, model: AgentModel) -> Called | None:
    chain = next(_noted(statement, model), None)
    filled = variables_of(model, chain, {})
    found = ((name, value) for name, value in filled.items() if is_full_name(value))
    return next((Called(name, value, chain) for name, value in found), None)


def _noted(statement: Statement, model: AgentModel) -> Iterator[Chain]:
    """The calls that the rule orders, as far as the agent needs nothing of the caller for them."""
    for name in statement.tools:
        for call in model.tools[name].calls.get("success", []):
            chain = model.flow.chain(model.tools[name], call)
            if chain and all(one.by in ("variable", "agent") for one in chain.last.inputs):
                yield Chain((chain.last,))


def _test(
    form: dict[str, Any], rule: Statement, beside: list[Statement], called: Called, model: AgentModel
) -> Test | None:
    table = load(model.judged, "called")
    script = Script(Speech(model.spoken), Speech(model.judged))
    name = script.keep(snake(called.variable), called.name)
    script.add(_step(form["first"], name))
    said = rule.text.replace(f"{{{{{called.variable}}}}}", name)
    told = _answer(script, rule, said, name, table)
    if "leaves" in form and not _leave(script, rule, called, name, form["leaves"]):
        return None
    for statement in beside:
        _expect_ban(script, statement, table["ban"], table)
    for statement in model.prompt.statements if script.assertions else ():
        _expect_ban(script, statement, table["kept_back"], table)
    if not script.assertions:
        return None
    for step in (_step(words, name, standing=True) for words in form["if_asked"]):
        if all(known.action != step.action for known in script.steps):
            script.add(step)
    what = told or str(form.get("end", table["goodbye"])).format(name=name)
    script.add(script.spoken.end(Moment("told", what)))
    calls, chain = expected_calls(called.chain) if called.chain else (), called.chain
    key = (form["kind"], rule.id)
    made = finish(script, model, "picks_up", key, form["name"], chain=chain, calls=calls, covers=key[1:])
    return replace(made, profile_name="") if made else None


def _answer(script: Script, rule: Statement, said: str, name: str, table: dict[str, Any]) -> str:
    """What the rule has the agent ask and say, with answers; what is told last, empty where nothing is."""
    told = ""
    for one in table["does"]:
        match = re.search(one["pattern"], said, re.IGNORECASE)
        slots = {"name": name} | (match.groupdict() if match else {})
        if match is None or re.search(table["pointing"], slots.get("x", ""), re.IGNORECASE):
            continue
        step = script.add(_step(one["step"], name)) if "step" in one else len(script.steps)
        kind: AssertionKind = "asks" if "step" in one else "says"
        script.expect_text(str(one["line"]).format(**slots), kind, [_ground(rule)], step)
        told = str(one["told"]).format(**slots) if "told" in one else told
    return told


def _leave(script: Script, rule: Statement, called: Called, name: str, leaves: str) -> bool:
    """The message that the rule has the agent leave; whether there is one."""
    left = [duty.text for duty in rule.duties if re.search(leaves, duty.text) and not duty.ban]
    for text in left:
        own = text.replace(f"{{{{{called.variable}}}}}", name)
        script.expect("prompt", "says", [_ground(rule)], 1, duty=own)
    return bool(left) and not any("{{" in text.replace(f"{{{{{called.variable}}}}}", "") for text in left)


def _expect_ban(script: Script, statement: Statement, pattern: str, table: dict[str, Any]) -> None:
    if match := re.search(pattern, statement.text, re.IGNORECASE):
        words = match["x"].lower()
        for imperative, gives in table["ban_words"]:
            words = re.sub(imperative, gives, words)
        script.expect_text(str(table["ban_line"]).format(x=words), "does_not", [_ground(statement)], 1)


def _step(words: list[str], name: str, standing: bool = False) -> Step:
    action, kind, what = (text.format(name=name) for text in words)
    return Step(action, Moment(kind, what, standing))  # type: ignore[arg-type]  # a kind in the table


def _ground(statement: Statement) -> Ground:
    return Ground(lines=statement.lines, statement=statement.id)
