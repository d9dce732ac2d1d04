"""What `evalgen.explain` finds, as text for a terminal."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

WIDTH = 100


def told(view: dict[str, Any], *, trace: bool = False) -> str:
    """At most WIDTH characters wide; what is worth a look first comes first. `trace` names the rules."""
    return "\n".join(line for part in _parts(view, trace) for line in part)


def _parts(view: dict[str, Any], trace: bool) -> Iterator[Sequence[str]]:
    statements = view["statements"]
    kinds = Counter(statement["kind"] for statement in statements)
    yield [f"{view['name']} ({view['language']})", *_list(f"{len(statements)} statements: ", kinds)]
    yield _counts(view)
    yield _titled("Warnings", _items(view["warnings"]))
    yield _titled("What would give more", _items(view["advice"]))
    yield _titled("What callers want", [line for task in view["tasks"] for line in _task(task)])
    yield _titled("Tools", [line for tool in view["tools"] for line in _tool(tool)])
    yield _titled("Invented (evalgen mocks writes it, to be corrected)", list(_invented(view)))
    yield _titled("Variables", _wrapped(", ".join(view["variables"]), "  ", "  "))
    yield _titled(
        "Scenarios", [_cut(f"  {number:>4}  {name}") for number, name in enumerate(view["names"], 1)]
    )
    yield _titled("Statements", list(_statements(statements, trace)))


def _counts(view: dict[str, Any]) -> list[str]:
    statements = view["statements"]
    figures = {
        "read with certainty": sum(one["sure"] for one in statements),
        "of them tested": sum(one["sure"] and bool(one["tested_by"]) for one in statements),
        "workflow scenarios certain": view["scenarios"],
    }
    lines = [f"  {count:>4}  {text}" for text, count in figures.items()]
    return [*lines, *_wrapped(view["shortfall"], "        ", "        ")]


def _titled(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _items(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in _wrapped(text, "  ", "    ")]


def _task(task: dict[str, Any]) -> list[str]:
    lines = f"  (line {', '.join(map(str, task['lines']))})" if task["lines"] else ""
    return _wrapped(f"{'to ' if task['asks_to'] else ''}{task['wish']}{lines}", "  ", "      ")


def _tool(tool: dict[str, Any]) -> list[str]:
    takes = f", takes {', '.join(tool['inputs'])}" if tool["inputs"] else ""
    made = " invented" if tool["invented"] else ""
    return _wrapped(f"{tool['name']}: {tool['examples']}{made} examples{takes}", "  ", "      ")


def _invented(view: dict[str, Any]) -> Iterator[str]:
    """The invented calls, each in a line."""
    made = {tool["name"] for tool in view["tools"] if tool["invented"]}
    for tool in view["mock_tools"]:
        for call in tool["mock_data"] if tool["name"] in made else ():
            given, answer = (json.dumps(call[part], ensure_ascii=False) for part in ("input", "output"))
            yield _cut(f"  {tool['name']} {given} -> {answer}")


def _statements(statements: Sequence[dict[str, Any]], trace: bool) -> Iterator[str]:
    section: list[str] = []
    for one in statements:
        if one["section"] != section:
            section = one["section"]
            yield _cut(f"  {' / '.join(section)}")
        yield _cut(f"  {one['lines'][0]:>4}  {one['kind']:<10}{one['text']}")
        if trace:
            yield _cut(f"{'':>18}read by: {one['read_by']}")
        for about in _about(one):
            yield _cut(f"{'':>18}{about}")


def _about(one: dict[str, Any]) -> Iterator[str]:
    if condition := one["condition"]:
        yield f"{condition['by']}: {condition['caller'] or condition['answer'] or condition['text']}"
    for duty in one["duties"]:
        yield f"duty: {duty}"
    if one["tested_by"]:
        yield f"tested by {', '.join(map(str, one['tested_by'][:10]))}"
    elif one["not_tested"]:
        yield f"not tested: {one['not_tested']}"


def _list(head: str, counts: Counter[str]) -> list[str]:
    return _wrapped(head + ", ".join(f"{n} {kind}" for kind, n in counts.most_common()), "", "  ")


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
