"""What sentences behind an outcome say of calls: a transfer that has to be made, a deed that must not be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from evalgen.generation.languages import load, written
from evalgen.generation.plan.about import names_verb
from evalgen.generation.plan.script import Script
from evalgen.generation.plan.test import Assertion, ExpectedCall, ForbiddenCall
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, plain, words_of

OFFERED = ("offered", "asked")


def demanded(transfers: Sequence[ExpectedCall], script: Script, model: AgentModel) -> Iterator[ExpectedCall]:
    """The transfers of a test; the only one is no longer optional where the outcome has the call passed on
    and names all that it is made for.
    """
    for one in transfers:
        tool = model.tools[one.tool]
        needed = len(transfers) == 1 and any(
            _passes_on(assertion, rule, tool, script) and _fits(one, tool, rule)
            for assertion in script.assertions
            for rule in _behind(assertion, model)
        )
        yield replace(one, optional=one.optional and not needed)


def passes_calls_on(tool: ToolModel) -> bool:
    """Whether the tool hands calls on, as its name says."""
    return tool.name is not None and tool.name.verb in _passing()


@cache
def _passing() -> frozenset[str]:
    return frozenset(verb for code in written("plan") for verb in load(code, "plan")["moves"]["passes_on"])


def words_passed_to(rule: Statement | None, script: Script) -> set[str]:
    """The words by which a rule passes the call on: `transfer the call to "general"`."""
    verbs = script.judged.frames["moves"]["passes_on"]
    texts = (d.text for d in (rule.duties if rule else ()) if d.verb in verbs and not d.ban)
    return {word for text in texts for word in re.findall(r"[^\W_]+", plain(text))}


def _behind(assertion: Assertion, model: AgentModel) -> Iterator[Statement]:
    ids = dict.fromkeys(g.statement for g in assertion.rests_on if g.statement)
    yield from (model.by_id[one] for one in ids if one in model.by_id)


def _passes_on(assertion: Assertion, rule: Statement, tool: ToolModel, script: Script) -> bool:
    """Whether an assertion says that the call is passed on by this tool, and not only that it is offered."""
    if assertion.kind == "does_not" or not passes_calls_on(tool):
        return False
    if any(duty.told.startswith(OFFERED) for duty in rule.duties):
        return False
    if tool.tool.name in rule.text:
        return True
    asserted = (d for d in rule.duties if not d.ban and d.verb in _passing())
    transfers = script.judged.outcome("transfers")
    return any(assertion.text == transfers or d.text in assertion.text for d in asserted)


def _fits(one: ExpectedCall, tool: ToolModel, rule: Statement) -> bool:
    """Whether the rule names each choice that the call is made with."""
    said = set(re.findall(r"[^\W_]+", plain(rule.text)))
    chosen = [v for k, v in one.input.items() if "enum" in tool.properties.get(k, {})]
    return all(set(key_words(str(v))) <= said for v in chosen)


def barred(
    script: Script, model: AgentModel, covered: Collection[str], made: Collection[str]
) -> Iterator[ForbiddenCall]:
    """No call of a deed that a ban of the test names alone: `do not file a ticket`."""
    grounds = {g.statement for a in script.assertions if a.kind == "does_not" for g in a.rests_on}
    rules = [model.by_id[one] for one in sorted({*grounds, *covered}) if one in model.by_id]
    bans = [d for s in rules if s.sure for d in s.duties if d.ban]
    for name, tool in model.tools.items():
        if tool.role == "write" and name not in made and any(_names(d, tool, model) for d in bans):
            yield ForbiddenCall(name, dict(tool.commits_by) or None)


def _names(ban: Duty, tool: ToolModel, model: AgentModel) -> bool:
    """Whether a ban is the deed and nothing else: its verb, alone or with its thing."""
    alone = re.fullmatch(load(model.judged, "rules")["bare_deed"], plain(ban.text))
    if tool.tool.name in ban.text or alone is None:
        return tool.tool.name in ban.text
    about = re.findall(r"\w+", plain(tool.tool.description))
    own = {*words_of(tool.tool.name), *about}
    verb = alone["verb"] in about[:1] or names_verb(alone["verb"], tool, model)
    thing = set((alone["thing"] or "").split())
    return verb and thing <= own
