"""The dynamic variables of a prompt: `{{name}}`, `{{ name | default: "you" }}`; no tags of templates."""

from __future__ import annotations

import re

from evalgen.generation.definition import AgentDefinition, Variable
from evalgen.generation.values import kind_of

_VARIABLE = re.compile(r"\{\{-?\s*([^\W\d][\w./-]*?)\s*(?:(?:\||\?\?)[^{}]*)?-?\}\}")
_LOOP = re.compile(r"\{%-?\s*for\s+([\w, ]+?)\s+in\s|\{\{-?\s*#each\s+[\w.]+\s+as\s+\|?\s*(\w+)")
_TAGS = frozenset({"else", "end", "endif", "endfor", "this", "true", "false", "null"})


def names_in(prompt: str) -> list[str]:
    """The names of the variables of a prompt, each once, in order; tags and what loops name are none."""
    loops = {n.strip() for m in _LOOP.finditer(prompt) for n in (m[1] or m[2]).split(",")}
    names = [m[1] for m in _VARIABLE.finditer(prompt)]
    return [n for n in dict.fromkeys(names) if n.split(".")[0] not in loops | _TAGS]


def variables_in(definition: AgentDefinition) -> tuple[Variable, ...]:
    """Those of the prompt and those that are declared, in order."""
    found = {name: Variable(name) for name in names_in(definition.description)}
    found |= {variable.name: variable for variable in definition.variables}
    return tuple(found.values())


def shows_the_number(prompt: str) -> bool:
    """Whether the agent sees which number a call comes from, so that it may have it confirmed only."""
    return any(kind_of(name, "") == "phone" for name in names_in(prompt))
