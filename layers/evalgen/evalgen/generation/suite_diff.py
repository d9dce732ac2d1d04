"""What a change of an agent makes of its tests: which still hold, which change, which are void, what is new.

Planning is deterministic, so the tests of both versions are planned and compared by their keys. Keys, and
choices that rest on them, have the ids of statements, which are their numbers: the statements of both
versions are matched by their texts, and the new version is planned with the ids of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from evalgen.generation.brief import Brief, Personality, ScenarioType
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.embedded import plan_model, read_agent
from evalgen.generation.ledger import Entry
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Prompt, Statement

MOST_TESTS = 500
"""Of each type; an agent with more is compared by its first."""

SEED = "suite-diff"
STATEMENT = re.compile(r"(?<![A-Za-z0-9])s\d+\+?(?![A-Za-z0-9])")
ADDED = "+"
"""Ends the id of a statement that the old version does not have."""
ALIKE = 0.6
"""Two statements in the same place with so much in common are one that was changed."""

HOLDS, CHANGES, VOID, NEW, UNKNOWN = "holds", "changes", "void", "new", "unknown"
STATUSES = (HOLDS, CHANGES, VOID, NEW, UNKNOWN)

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Version:
    """The tests of an agent by key, what there is to test by id, and whether that is all."""

    tests: Mapping[str, Test]
    entries: Mapping[str, Entry]
    complete: bool


def suite_diff(old: AgentDefinition, new: AgentDefinition, kept: Collection[str] | None = None) -> Object:
    """Two versions of an agent compared by scenario, statement and tool, as JSON.

    `kept` are the keys of the scenarios that there are, generated from the old version; None: all that it
    gives. A key that neither version has (of a scenario by hand, or of red teaming) is `unknown`.

    `scenarios`: key, new_key (where it is called otherwise now), name, status, `differs` (steps, assertions,
    calls, data), statements and tools. `statements` and `tools`: their own status (same, changed, added,
    removed), and keys by status; `untested`: a scenario could test it, and none that is kept does. `complete`
    is false where a version has more tests than are compared.
    """
    old_model, new_model = read_agent(old), read_agent(new)
    names = _matched(old_model.prompt.statements, new_model.prompt.statements)
    ids = {name: number for number, name in names.items()}
    before = _planned(old_model)
    after = _planned(replace(new_model, prompt=_renamed(new_model.prompt, names)))
    keys = list(before.tests) if kept is None else list(dict.fromkeys(kept))
    scenarios = [_scenario(key, before.tests.get(key), after.tests.get(key), ids) for key in keys]
    scenarios += [_scenario(key, None, after.tests[key], ids) for key in after.tests if key not in set(keys)]
    statements = list(_statements(before, after, ids, scenarios))
    return {
        "complete": before.complete and after.complete,
        "summary": {
            **{status: sum(one["status"] == status for one in scenarios) for status in STATUSES},
            "untested": sum(one["untested"] for one in statements),
        },
        "scenarios": scenarios,
        "statements": statements,
        "tools": list(_tools(old, new, scenarios)),
    }


def _matched(old: Sequence[Statement], new: Sequence[Statement]) -> dict[str, str]:
    """By the id of each new statement the one of the old that it is or was, or a name of its own."""
    found = {one.id: one.id + ADDED for one in new}
    old_texts, new_texts = ([one.text for one in statements] for statements in (old, new))
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        for was, now in zip(old[a:b], new[c:d], strict=False):
            if what == "equal" or SequenceMatcher(None, was.text, now.text, autojunk=False).ratio() >= ALIKE:
                found[now.id] = was.id
    return found


def _renamed(prompt: Prompt, names: Mapping[str, str]) -> Prompt:
    return replace(
        prompt,
        statements=tuple(replace(one, id=names[one.id]) for one in prompt.statements),
        tasks=tuple(
            replace(task, statements=tuple(names[one] for one in task.statements)) for task in prompt.tasks
        ),
        asks_more=names.get(prompt.asks_more, ""),
        confirms=tuple(names[one] for one in prompt.confirms),
    )


def _planned(model: AgentModel) -> _Version:
    tests: dict[str, Test] = {}
    entries: dict[str, Entry] = {}
    complete = True
    caller = Personality(0, "", model.definition.language)
    for kind in _types(model.definition):
        brief = Brief(MOST_TESTS, SEED, (caller,), kind, generate_expected_outcomes=True)
        planned = plan_model(model, brief)
        tests |= {test.key: test for test in planned.tests}
        entries = {**{entry.id: entry for entry in planned.ledger.entries}, **entries}
        complete &= len(planned.tests) < MOST_TESTS
    return _Version(tests, {id_: one for id_, one in entries.items() if one.about == "statement"}, complete)


def _types(definition: AgentDefinition) -> Iterator[ScenarioType]:
    yield "workflow"
    if definition.documents:
        yield "knowledge_base"


def _scenario(key: str, was: Test | None, now: Test | None, ids: Mapping[str, str]) -> Object:
    test, differs = now or was, _differences(was, now) if was and now else []
    status = _outcome(was, now, differs)
    new_key = STATEMENT.sub(lambda found: ids.get(found[0], found[0]), key) if now else None
    return {
        "key": new_key if status == NEW else key,
        "new_key": new_key,
        "name": test.aim if test else "",
        "status": status,
        "differs": differs,
        "statements": [one for one in test.covers if STATEMENT.fullmatch(one)] if test else [],
        "tools": list(dict.fromkeys(call.tool for call in test.calls)) if test else [],
    }


def _outcome(was: Test | None, now: Test | None, differs: Sequence[str]) -> str:
    if was is None or now is None:
        return VOID if was else NEW if now else UNKNOWN
    return CHANGES if differs else HOLDS


def _differences(was: Test, now: Test) -> list[str]:
    return [name for name, part in _parts(was).items() if part != _parts(now)[name]]


def _parts(test: Test) -> Object:
    return {
        "steps": test.steps,
        "assertions": [(one.kind, one.text, one.caused_by_step) for one in test.assertions],
        "calls": ([replace(call, tool_id=0) for call in test.calls], test.forbidden),
        "data": (test.profile, test.variables),
    }


def _statements(
    before: _Version, after: _Version, ids: Mapping[str, str], scenarios: Sequence[Object]
) -> Iterator[Object]:
    """In the order of the new version; then what is there no longer."""
    for name, entry in (*after.entries.items(), *before.entries.items()):
        was, now = before.entries.get(name), after.entries.get(name)
        if entry is was and now is not None:
            continue
        by_status = _by_status(one for one in scenarios if name in one["statements"])
        tested = by_status[HOLDS] or by_status[CHANGES]
        yield {
            "id": ids[name] if now else None,
            "old_id": was.id if was else None,
            "line": entry.line,
            "text": entry.text,
            "status": _status(was and was.text, now and now.text),
            "untested": now is not None and now.status in ("covered", "not_yet") and not tested,
            "why": "" if now is None or tested or by_status[NEW] else now.why,
            **by_status,
        }


def _status(was: object, now: object) -> str:
    if was is None or now is None:
        return "added" if was is None else "removed"
    return "same" if was == now else "changed"


def _tools(old: AgentDefinition, new: AgentDefinition, scenarios: Sequence[Object]) -> Iterator[Object]:
    before, after = ({tool.name: replace(tool, id=0) for tool in one.tools} for one in (old, new))
    for name in dict.fromkeys((*after, *before)):
        yield {
            "name": name,
            "status": _status(before.get(name), after.get(name)),
            **_by_status(one for one in scenarios if name in one["tools"]),
        }


def _by_status(scenarios: Iterator[Object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {status: [] for status in (HOLDS, CHANGES, VOID, NEW)}
    for one in scenarios:
        if one["status"] in found:
            found[one["status"]].append(one["key"])
    return found
