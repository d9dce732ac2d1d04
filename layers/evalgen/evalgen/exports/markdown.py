"""Scenarios as Markdown for a review: a section for each, with everything that a person judges."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.exports.exported import (
    Exported,
    Scenario,
    agent_variables,
    caller_variables,
    filled_in,
    text_of,
)

_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(exported: Exported) -> str:
    sections = [f"# {_plain(exported.agent_name or 'Scenarios')}"]
    for number, (key, scenario) in enumerate(exported.keyed, 1):
        sections += [f"## {number}. {_plain(scenario['name'])}", *_section(key, scenario)]
    return "\n\n".join(sections) + "\n"


def _section(key: str, scenario: Scenario) -> Iterator[str]:
    varies = f" · varies `{scenario['variation_of']}`" if scenario["variation_of"] else ""
    yield (
        f"`{key}` · {_plain(', '.join(scenario['tags']))} · {_plain(scenario['personality_name'])} · "
        f"{scenario['scenario_language']}{varies}"
    )
    if scenario["first_message"]:
        yield f"The caller opens: {_plain(filled_in(scenario['first_message'], scenario))}"
    yield "\n".join(_steps(scenario))
    yield from _list("Expected", [_assertion(one, scenario) for one in scenario["assertions"]])
    if not scenario["assertions"] and scenario["expected_outcome_prompt"]:
        yield f"**Expected**\n\n{_plain(filled_in(scenario['expected_outcome_prompt'], scenario))}"
    yield from _list("Only the caller knows", _pairs(caller_variables(scenario)))
    yield from _list("The agent is told", _pairs(agent_variables(scenario)))
    yield from _list("Expected calls", [_call(one) for one in scenario["expected_calls"]])
    yield from _list("Never", [_forbidden(one) for one in scenario["forbidden_calls"]])
    if scenario["generated_mock_tool_entries"]:
        yield "**Mocked answers**"
    for entry in scenario["generated_mock_tool_entries"] or ():
        answer = json.dumps(entry["new_entry"]["output"], indent=1, ensure_ascii=False)
        call = json.dumps(entry["new_entry"]["input"], ensure_ascii=False)
        yield f"```json\n// {entry['tool_name']}({call})\n{answer}\n```"


def _steps(scenario: Scenario) -> Iterator[str]:
    for line in filled_in(scenario["instructions"], scenario).splitlines():
        number, dot, rest = line.partition(". ")
        yield f"{number}. {_plain(rest)}" if dot and number.isdigit() else _plain(line)


def _assertion(one: Mapping[str, Any], scenario: Scenario) -> str:
    grounds = "; ".join(_ground(ground) for ground in one["rests_on"])
    return f"{_plain(filled_in(one['text'], scenario))} *(step {one['caused_by_step']}; {grounds})*"


def _ground(ground: Mapping[str, Any]) -> str:
    if "call" in ground:
        return f"answer of {ground['call']} {_plain(ground['path'])}".rstrip()
    if not ground["lines"]:
        return "what any agent must keep"
    first, last = ground["lines"]
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"{lines} of {_plain(ground['document'])}" if ground.get("document") else lines


def _call(call: Mapping[str, Any]) -> str:
    said = f"{call['id']}: `{call['tool']}` {_code(call['input'])}"
    after = f" after {', '.join(call['after'])}" if call["after"] else ""
    return said + after + (" (optional)" if call["optional"] else "")


def _forbidden(call: Mapping[str, Any]) -> str:
    given = "" if call["input"] is None else f" {_code(call['input'])}"
    return f"`{call['tool']}`{given}" + (f" before {call['until']}" if call["until"] else "")


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{_plain(name.replace('_', ' '))}: {_plain(text_of(value))}" for name, value in values.items()]


def _list(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield "\n".join([f"**{title}**\n", *(f"- {line}" for line in lines)])


def _code(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text}`" if "`" not in text else _plain(text)


def _plain(text: str) -> str:
    """The text as it is, whatever Markdown would make of it."""
    return _MARKS.sub(r"\\\1", text)
