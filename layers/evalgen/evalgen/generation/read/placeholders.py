"""The dynamic variables of a prompt: `{{name}}`, `{{ first_name | default: "there" }}`; no tags of a template."""

from __future__ import annotations

import re

from evalgen.generation.definition import AgentDefinition, Variable

_VARIABLE = re.compile(r"\{\{-?\s*([A-Za-z_][\w.]*)\s*(?:(?:\||\?\?)[^{}]*)?-?\}\}")
_LOOP = re.compile(r"\{%-?\s*for\s+([\w, ]+?)\s+in\s|\{\{-?\s*#each\s+[\w.]+\s+as\s+\|?\s*(\w+)")
_CONDITION = re.compile(
    r"\{%-?\s*(?:if|elif|elsif|unless)\s+(?:not\s+)?([A-Za-z_][\w.]*)|\{\{-?\s*[#^]\s*(?:if|unless)\s+([A-Za-z_][\w.]*)"
)
_TAGS = frozenset({"else", "end", "endif", "endfor", "this", "true", "false", "null"})


def variables_in(definition: AgentDefinition) -> tuple[Variable, ...]:
    """Those of the prompt and those that are declared, in order; block tags and what loops name are none."""
    prompt = definition.description
    loops = {n.strip() for m in _LOOP.finditer(prompt) for n in (m[1] or m[2]).split(",")}
    names = [m[1] for m in _VARIABLE.finditer(prompt)]
    names += [m[1] or m[2] for m in _CONDITION.finditer(prompt)]
    found = {
        name: Variable(name)
        for name in names
        if name.split(".")[0] not in loops and name.split(".")[0] not in _TAGS
    }
    found |= {variable.name: variable for variable in definition.variables}
    return tuple(found.values())
