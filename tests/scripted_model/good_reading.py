"""What a good model reads in a part of a prompt: its sentences, by a few words of English and German."""

from __future__ import annotations

import re
from typing import Any

from tests.scripted_model.server import Asked

_PART = re.compile(r"^(<<\w+>>) part\n(.*)\n\1 end of part$", re.MULTILINE | re.DOTALL)
_TOOLS = re.compile(r"^(\w+):", re.MULTILINE)
_BAN = re.compile(r"\b(?:never|not|niemals|nie)\b", re.IGNORECASE)
_IF = re.compile(r"(?:if|wenn)\b[^,]*", re.IGNORECASE)
_MARKS = " -*#|>\"'"


def part_in(asked: Asked) -> str:
    """The text that a question is about."""
    found = _PART.search(asked.task)
    assert found is not None
    return found[2]


def reading_of(asked: Asked, language: str = "en") -> dict[str, Any]:
    lines = (line for line in part_in(asked).splitlines() if not line.startswith("#"))
    quotes = [one.strip(_MARKS) for line in lines for one in re.split(r"(?<=[.!?]) ", line)]
    tools = _TOOLS.findall(asked.material)
    said = [_said(quote, tools) for quote in quotes if len(quote.split()) > 1 and len(quote.split()) < 80]
    return {"language": language, "opening": "", "statements": said, "tasks": []}


def _said(quote: str, tools: list[str]) -> dict[str, Any]:
    condition = _IF.match(quote)
    return {
        "quote": quote,
        "kind": "ban" if _BAN.search(quote) else "case" if condition else "order",
        "when": condition[0] if condition else "",
        "by": "caller" if condition else "always",
        "tools": [name for name in tools if name in quote],
    }
