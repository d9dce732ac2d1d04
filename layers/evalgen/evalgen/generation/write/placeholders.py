"""`{{test_profile.key}}`: where a text refers to the test profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

REFERENCE = re.compile(
    r"\{\{\s*test_profile\s*(?:\.\s*(?P<dotted>[\w.]+)|\[\s*['\"](?P<quoted>[^'\"]+)['\"]\s*\])\s*\}\}"
)
_ANY = re.compile(r"\{\{.*?\}\}")


def reference(key: str) -> str:
    """The placeholder of a value of the test profile."""
    plain = key.replace("_", "").isalnum() and key.isascii()
    return f"{{{{test_profile.{key}}}}}" if plain else f"{{{{test_profile['{key}']}}}}"


def key_in(match: re.Match[str]) -> str:
    """The key that a placeholder names; `a.b` is `b` inside of `a`."""
    return match["dotted"] or match["quoted"]


def value_of(match: re.Match[str], values: Mapping[str, Any]) -> Any:
    """What a placeholder stands for; None where it stands for nothing."""
    node: Any = values
    for part in [match["quoted"]] if match["quoted"] else match["dotted"].split("."):
        node = node.get(part) if isinstance(node, Mapping) else None
    return node


def without_placeholders(text: str) -> str:
    return _ANY.sub("", text)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with the values in it."""
    return replaced(text, lambda match: _shown(match, values))


def replaced(text: str, by: Callable[[re.Match[str]], str]) -> str:
    return REFERENCE.sub(by, text)


def _shown(match: re.Match[str], values: Mapping[str, Any]) -> str:
    value = value_of(match, values)
    return match[0] if value is None else str(value)
