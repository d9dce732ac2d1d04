"""What `evalgen.explain` finds, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

WIDTH = 100
_BY = {
    "caller": "tested by what the caller says or asks",
    "twist": "tested by a turn that any call may take",
    "tool": "tested by how a tool answers",
    "course": "tested by any call that gets there",
    "nothing": "out of reach: a call could test them, but nothing that is generated does",
    "nobody": "not testable in a call",
}


def told(view: dict[str, Any]) -> str:
    """At most WIDTH characters wide; what is worth a look first comes first."""
    return "\n".join(line for part in _parts(view) for line in part)


def _parts(view: dict[str, Any]) -> Iterator[Sequence[str]]:
    statements, tested = view["statements"], Counter(s["tested_by"] for s in view["statements"])
    kinds = Counter(statement["kind"] for statement in statements)
    yield [f"{view['name']} ({view['language']})", *_list(f"{len(statements)} statements: ", kinds)]
    yield [f"  {tested[by]:>4}  {text}" for by, text in _BY.items()]
    yield _titled("Warnings", [line for text in view["warnings"] for line in _wrapped(text, "  ", "    ")])
    yield _titled("What callers want", [line for goal in view["goals"] for line in _goal(goal)])
    yield _titled("Tools", [line for tool in view["tools"] for line in _tool(tool)])
    yield _titled("Which answer is whose input", [_cut(f"  {link}") for link in view["links"]])
    yield _titled("People", [line for person in view["people"] for line in _person(person)])
    yield _titled(
        "Variables", _wrapped(", ".join(view["variables"]), "  ", "  ") if view["variables"] else []
    )
    yield _titled("Statements", list(_statements(statements)))


def _titled(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _goal(goal: dict[str, Any]) -> list[str]:
    tools = f"  [{', '.join(goal['tools'])}]" if goal["tools"] else ""
    return _wrapped(f"{goal['phrase']}{tools}", "  ", "      ")


def _tool(tool: dict[str, Any]) -> list[str]:
    answers = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in tool["answers"].items())
    inputs = ", ".join(f"{i['name']} ({i['kind']})" for i in tool["inputs"])
    head = f"{tool['name']}: {tool['does']} ({tool['effect']}; examples: {answers or 'none'})"
    return [*_wrapped(head, "  ", "      "), *_wrapped(f"takes {inputs}", "      ", "        ")]


def _person(person: dict[str, Any]) -> list[str]:
    known = ", ".join(f"{key} {value}" for key, value in person["known"].items())
    lines = _wrapped(f"{known}  (by {person['found_by']})", "  ", "      ")
    return (
        [*lines, *_wrapped(f"also in {', '.join(person['appears_in'])}", "      ", "      ")]
        if person["appears_in"]
        else lines
    )


def _statements(statements: Sequence[dict[str, Any]]) -> Iterator[str]:
    section: list[str] = []
    for statement in statements:
        if statement["section"] != section:
            section = statement["section"]
            yield _cut(f"  {' / '.join(section)}")
        yield _cut(f"  {statement['lines'][0]:>4}  {statement['kind']:<12}{statement['text']}")
        about = {
            "caller": f"caller: {statement['caller']}",
            "twist": f"turn: {statement['caller']}",
            "tool": f"tool answers: {statement['caller']}",
            "nothing": f"out of reach: {statement['not_tested']}",
            "nobody": f"not testable: {statement['not_tested']}",
        }.get(statement["tested_by"])
        if about:
            yield _cut(f"{'':>20}{about}")


def _list(head: str, counts: Counter[str]) -> list[str]:
    return _wrapped(head + ", ".join(f"{n} {kind}" for kind, n in counts.most_common()), "", "  ")


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
