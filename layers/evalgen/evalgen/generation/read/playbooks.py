"""Which section of a prompt is the playbook of a deed: it names that deed alone, or is called by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evalgen.generation.languages import load
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import singular_of, stems_of
from evalgen.generation.values import plain

Section = tuple[str, ...]

MOST_OF_A_VERB = 2
"""Words of a title that needs no noun: `Pause`, `Cancelling visits`."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"^\W*(?:[^\W\d_]+ )?(?:[A-Z]|\d{1,2})\s*[-–—:.)]\s+(?=[^\W\d_])")
"""How titles are counted: `Flow C – `, `Task 3: `, `2. `."""


def playbooks_in(prompt: Prompt, tools: Mapping[str, ToolModel]) -> dict[str, Section]:
    """By the name of a deed; each section is the playbook of one."""
    writes = {name: tool for name, tool in tools.items() if tool.role == "write"}
    named = _naming(prompt, frozenset(writes))
    found: dict[str, Section] = {}
    for section, deeds in named.items():
        if len(deeds) == 1:
            found.setdefault(next(iter(deeds)), section)
    found = {
        name: own
        for name, own in found.items()
        if all(_is_along(section, own) for section, deeds in named.items() if name in deeds)
    }
    if prompt.language:
        titled = _titled([s for s, deeds in named.items() if not deeds], writes, prompt.language)
        found |= {name: section for name, section in titled if name not in found}
    return found


def _is_along(section: Section, own: Section) -> bool:
    """Whether a section is around another one, or inside it."""
    shorter = min(len(section), len(own))
    return section[:shorter] == own[:shorter]


def _naming(prompt: Prompt, writes: frozenset[str]) -> dict[Section, set[str]]:
    """The deeds that each section names, with those inside it."""
    named: dict[Section, set[str]] = {}
    for statement in prompt.statements:
        for depth in range(1, len(statement.section) + 1):
            named.setdefault(statement.section[:depth], set()).update(writes & set(statement.tools))
    return named


def _titled(
    sections: list[Section], writes: Mapping[str, ToolModel], language: str
) -> Iterator[tuple[str, Section]]:
    """The deeds that one title means, and it no other: by verb and thing, by the thing of no other deed, by a
    verb alone.
    """
    meant: dict[str, list[Section]] = {}
    for section in sections:
        deeds = _meant(section[-1], writes, language)
        if len(deeds) == 1:
            meant.setdefault(deeds[0], []).append(section)
    yield from ((name, those[0]) for name, those in meant.items() if len(those) == 1)


def _meant(title: str, writes: Mapping[str, ToolModel], language: str) -> list[str]:
    """`Cancelling a booking`; `Address changes`, where no other deed is done to the address; `Pause`."""
    title = _NUMBERED.sub("", title)
    named = [name for name, tool in writes.items() if _noun(tool) and _noun(tool) in _singulars(title)]
    done = [name for name, tool in writes.items() if _has_verb(title, tool, language)]
    if both := [name for name in named if name in done]:
        return both
    if named:
        alone = sum(_noun(tool) == _noun(writes[named[0]]) for tool in writes.values()) == 1
        return named if alone and not done else []
    return done if len(_WORD.findall(title)) <= MOST_OF_A_VERB else []


def _has_verb(title: str, tool: ToolModel, language: str) -> bool:
    if tool.name is None or tool.name.language != language:
        return False
    groups = load(language, "tools")["synonyms"]["verbs"]
    own = tool.name.verb
    verbs = next((group for group in groups if own in group), [own])
    stems = stems_of(verbs)
    return any(word == plain(own) or word.startswith(stems) for word in map(plain, _WORD.findall(title)))


def _noun(tool: ToolModel) -> str:
    return singular_of(plain(tool.name.noun.split()[-1])) if tool.name and tool.name.noun else ""


def _singulars(title: str) -> set[str]:
    return {singular_of(plain(word)) for word in _WORD.findall(title)}
