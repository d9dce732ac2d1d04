"""Dynamic variables as platforms write them, and what is known of what fills each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evalgen.generation.read.placeholders import names_in

_WITHIN = r"[^{}\n]{0,200}?"
"""What a placeholder holds; bounded, as a prompt may open many and close none."""

_NOW = re.compile(
    r"""\{\{-?\s*(?:"now"|'now'|now)\s*\|\s*date:\s*(["'])"""
    rf"(?P<form>{_WITHIN})\1(?P<zone>{_WITHIN})\}}\}}"
)
_CLOCK = re.compile(r"%-?[HIlkMpPRrTX]")
_DEFAULT = re.compile(
    r"""\{\{-?\s*(?P<name>[^\W\d][\w./-]*)\s*(?:\|\s*default:|\?\?|\|)\s*(["'])"""
    rf"(?P<value>{_WITHIN})\2{_WITHIN}\}}\}}"
)


def liquid(text: str) -> tuple[str, dict[str, str]]:
    """The text with its clock as a variable, and what is known of the variables in it.

    `{{"now" | date: "%H:%M", "America/Chicago"}}` becomes `{{current_time}}`, or `{{current_date}}` where the
    form has no hour; other filters stay, and `| default: "there"` tells what an absent value becomes.
    """
    about: dict[str, str] = {}

    def clock(found: re.Match[str]) -> str:
        name = "current_time" if _CLOCK.search(found["form"]) else "current_date"
        zone = found["zone"].strip(" ,\"'")
        said = f"The platform fills in the time of the call as {found['form']}"
        about.setdefault(name, f"{said}, {zone}." if zone else f"{said}.")
        return f"{{{{{name}}}}}"

    text = _NOW.sub(clock, text)
    for found in _DEFAULT.finditer(text):
        about.setdefault(found["name"], f"Where it is absent: {found['value']}.")
    return text, about


def declared(
    texts: Iterable[str], about: Callable[[str], str], values: Mapping[str, Any]
) -> list[dict[str, str]]:
    """The variables of all these texts, and those with a default value, as a create request has them.

    `about` says of one in the texts what is known of it; of the others nothing is known but their value.
    """
    found = {name: about(name) for text in texts for name in names_in(text)}
    found |= {name: "" for name in values if name not in found}
    return [
        {"name": name, "description": _with_example(said, values.get(name))} for name, said in found.items()
    ]


def _with_example(about: str, value: Any) -> str:
    if value in (None, ""):
        return about
    return f"{about} For example {value}.".strip()
