"""Which choices of a deed a rule is about: `Members under 18 cannot borrow cameras` says that of no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain

SHORTEST = 4
"""Letters of a choice that a sentence has not by the way."""


def choices_meant(text: str, tool: ToolModel) -> dict[str, tuple[str, ...]]:
    """The choices that a sentence names, by parameter; nothing of one all of whose choices it names."""
    said, found = plain(text), {}
    for parameter in tool.properties:
        choices = tool.choices(parameter)
        named = tuple(c for c in choices if len(c) >= SHORTEST and _is_named(c, said))
        if named and len(named) < len(choices):
            found[parameter] = named
    return found


def is_of_others(meant: Mapping[str, tuple[str, ...]], given: Mapping[str, Any]) -> bool:
    """Whether what is given to the deed is none of the choices that a rule speaks of."""
    return any(parameter in given and given[parameter] not in named for parameter, named in meant.items())


def is_of_no_choice(text: str, tool: ToolModel, model: AgentModel) -> bool:
    """Whether what a sentence refuses stands in a row with choices of the deed and is none of them: `Helmets
    are free, and goggles are for sale only, so they cannot be added`.
    """
    rules, subjects, refused = load(model.judged, "rules"), list[str](), list[str]()
    for part in re.split(rules["parts"], plain(text)):
        named = re.match(rules["subject"], part)
        if named and named["x"] not in rules["pronouns"]:
            subjects.append(named["x"])
        if subjects and re.search(rules["cannot"], part):
            refused.append(subjects[-1])
    choices = [choice for parameter in tool.properties for choice in tool.choices(parameter)]
    chosen = [one for one in subjects if any(_is_named(choice, one) for choice in choices)]
    return bool(chosen and refused) and not set(refused) & set(chosen)


def _is_named(choice: str, text: str) -> bool:
    words = r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", plain(choice).strip("_- "))))
    return re.search(rf"(?<![\w-]){words}(?:e?s)?(?![\w-])", text) is not None
