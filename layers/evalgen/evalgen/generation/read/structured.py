"""Prompts, or parts of them, that are written as JSON, YAML or TOML, each taken out of its lines.

The lines stay as many. What is data and cannot be parsed is one text with its fault.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from evalgen.generation.read.flows import Found, Line, texts_of

_KEY = re.compile(r"^ *(?:- +)?[A-Za-z_][\w-]{0,60}:(?:\s+.*)?$")
_TOML = re.compile(r"^\s*(?:\[{1,2}[\w.-]+\]{1,2}|[\w.-]+\s*=\s*[\"'\[{\dtf].*)\s*$")
_BEGINS = re.compile(r"^\s*[\[{]\s*(?:$|[\[{\"])")
_FENCE = re.compile(r"^\s*(?:```|~~~)\s*(?P<name>[A-Za-z]*)\s*$")
ENOUGH_KEYS = 0.7
LOOKS = 8
"""How often a line may be looked at on the search for the end of a region: linear in all."""


def structured(lines: list[str], code: str) -> tuple[list[str], list[Found]]:
    """The lines without their structured regions, and the texts found in those, in the words of `code`."""
    rest = list(lines)
    found: list[Found] = []
    for first, last, value, fault in _regions(lines):
        heading = next(
            (lines[n].strip("# :") for n in range(first - 1, -1, -1) if lines[n].startswith("#")), ""
        )
        if fault:
            text = " ".join(" ".join(lines[first:last]).split())
            found.append(Found("code", text, first + 1, (heading,) if heading else (), None, fault, last))
        else:
            found += texts_of(value, (heading,) if heading else (), len(found), code)
        rest[first:last] = [""] * (last - first)
    return rest, found


def _regions(lines: list[str]) -> Iterator[tuple[int, int, Any, str]]:
    """First line, the one behind the last, and the value that stands there or why it has none."""
    if (whole := _of_lines(lines, 0)) is not None:
        yield 0, len(lines), whole, ""
        return
    at, budget = 0, LOOKS * len(lines)
    while at < len(lines):
        if fence := _FENCE.match(lines[at]):
            end = next((n for n in range(at + 1, len(lines)) if _FENCE.match(lines[n])), len(lines))
            if fence["name"].casefold() in ("yaml", "yml", "toml") and (
                (value := _of_lines(lines[at + 1 : end], at + 1)) is not None
            ):
                yield at, min(end + 1, len(lines)), value, ""
                at = end + 1
                continue
        if not _BEGINS.match(lines[at]):
            at += 1
            continue
        value, count, looked, fault = _json_from(lines, at, budget)
        budget -= looked
        if count:
            yield at, at + count, value, fault
        at += max(1, count)


def _of_lines(lines: list[str], first: int) -> Any:
    """What some lines hold as YAML or TOML; None where they are neither."""
    written = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if len(written) < 4:
        return None
    if sum(_TOML.match(line) is not None for line in written) >= ENOUGH_KEYS * len(written):
        try:
            value = tomllib.loads("\n".join(lines))
        except (tomllib.TOMLDecodeError, RecursionError):
            return None
        return _placed(value, _Finder(lines, first))
    keyed = sum(_KEY.match(line) is not None for line in written)
    nested = sum(line.startswith((" ", "-")) for line in written)
    if keyed < ENOUGH_KEYS * len(written) or nested * 2 < len(written):
        return None
    import yaml  # noqa: PLC0415 - few prompts need it

    try:
        node = yaml.compose("\n".join(lines), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _of_node(node, first, set())
    except (yaml.YAMLError, RecursionError):
        return None


def _of_node(node: Any, first: int, seen: set[int]) -> Any:
    """A node as dicts, lists and texts with their lines; what an alias repeats is left out."""
    if id(node) in seen:
        return None
    seen.add(id(node))
    if node.id == "mapping":
        return {str(key.value): _of_node(value, first, seen) for key, value in node.value}
    if node.id == "sequence":
        return [_of_node(part, first, seen) for part in node.value]
    return Line(" ".join(str(node.value).split()), first + node.start_mark.line + 1)


def _json_from(lines: list[str], at: int, budget: int) -> tuple[Any, int, int, str]:
    """The JSON value that begins on the line, how many lines it has (0: none), how many were looked at.

    With a fault where lines that are data up to a closing bracket are no JSON.
    """
    closing = {"[": "]", "{": "}"}[lines[at].strip()[0]]
    indent = len(lines[at]) - len(lines[at].lstrip())
    looked = 0
    broken = (0, "")
    for end in range(at, min(len(lines), at + max(0, budget))):
        bare = lines[end]
        if not bare.strip().rstrip(",;").endswith(closing) or len(bare) - len(bare.lstrip()) > indent:
            continue
        looked += end - at + 1
        if looked > budget:
            break
        text = "\n".join(lines[at : end + 1])
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            if '":' in text:
                broken = (end - at + 1, _fault(error, at))
            continue
        if isinstance(value, dict | list) and value:
            return _placed(value, _Finder(lines[at : end + 1], at)), end - at + 1, looked, ""
        return None, 0, looked, ""
    count, fault = broken
    return None, count, max(looked, 1), fault


def _fault(error: Exception, at: int) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"JSON that is broken in line {at + error.lineno}: {error.msg[:1].lower()}{error.msg[1:]}"
    return "JSON that is nested too deeply"


def _placed(value: Any, finder: _Finder) -> Any:
    if isinstance(value, dict):
        return {key: _placed(part, finder) for key, part in value.items()}
    if isinstance(value, list):
        return [_placed(part, finder) for part in value]
    return Line(" ".join(value.split()), finder.line_of(value)) if isinstance(value, str) else value


class _Finder:
    """Where strings stand, looked for in the order in which they come."""

    def __init__(self, lines: list[str], first: int) -> None:
        self._lines, self._first, self._at = lines, first, 0

    def line_of(self, value: str) -> int:
        begins = json.dumps(value, ensure_ascii=False)[1:-1][:60]
        for at in range(self._at, min(len(self._lines), self._at + 200)):
            if begins in self._lines[at]:
                self._at = at
                break
        return self._first + self._at + 1
