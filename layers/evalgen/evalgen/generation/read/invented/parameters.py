"""What tools take: every parameter with its parts, and those that a call has to have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import in_every
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.shapes import DEEPEST, Shape, shapes_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words, plain

_PLACES = {"zip": "zip", "city": "city", "state": "state", "street": "address", "whole_address": "address"}
"""The facts that are of a place, and what each is of it."""

_AREAS, _COUNTED = ("zip", "city", "state"), ("integer", "number", "boolean", "array")


def own_keys(tool: ToolModel) -> set[str]:
    """What a tool is given, as far as it has to be."""
    return {Meaning(name).snake for name in tool.properties if name in (*tool.required, *chosen_of(tool))}


def on_file(reads: list[ToolModel], deed: ToolModel) -> list[ToolModel]:
    """Without the lists of what is free, where a deed is done to what is there already: `cancel_visit`."""
    free = in_all("nouns", "offers")
    kept = [read for read in reads if not free & set(key_words(read.tool.name))]
    done_to_it = deed.name and deed.name.verb not in in_every("invented_things", "books")
    return kept if kept and done_to_it else reads


def chosen_of(tool: ToolModel) -> tuple[str, ...]:
    """Parameters that are not required and without which a call says nothing."""
    required = tool.required
    meanings = {n: Meaning(n, str(rule.get("description", ""))) for n, rule in tool.properties.items()}
    free = [n for n in meanings if n not in required]
    if not required and free and tool.role != "inward":
        first = next((n for n in free if meanings[n].fact == "phone"), "")
        return (first or next((n for n in free if meanings[n].fact or meanings[n].is_id), free[0]),)
    changes = tool.name and tool.name.verb in in_every("invented", "changes")
    if changes and free and all(meanings[n].is_id for n in required if n in meanings):
        return tuple(n for n in free if not meanings[n].is_id)[:1]
    return ()


def code_in(tools: Iterable[ToolModel]) -> frozenset[str]:
    """What prompts write for machines: the names of tools, and a choice behind its parameter's name."""
    found = set()
    for tool in tools:
        found.add(plain(tool.tool.name))
        for meaning, shape in inputs_of(tool):
            found |= {plain(f"{meaning.key} {choice}") for choice in shape.get("enum", ())}
    return frozenset(found)


def far_ends(tools: Iterable[ToolModel]) -> frozenset[str]:
    """The parameters of another place than one that the same tool takes: `to_zip` beside `from_zip`."""
    other = in_every("invented", "other_words")
    found = set()
    for tool in tools:
        places = [m for m, _ in inputs_of(tool) if m.fact in _PLACES]
        near = {_PLACES[m.fact] for m in places if not other & set(m.words)}
        found |= {m.snake for m in places if other & set(m.words) and _PLACES[m.fact] in near}
    return frozenset(found)


def is_about_one(meaning: Meaning) -> bool:
    """Whether a value belongs to one person or thing: an id, a name; not the ZIP code of an area."""
    return meaning.is_id or (bool(meaning.fact) and meaning.fact not in _AREAS)


def is_worked_out(tool: ToolModel) -> bool:
    """Whether an answer is worked out of places, days and numbers: a price, of which there is always one."""
    inputs = [(m, shape) for m, shape in inputs_of(tool) if not m.moment]
    free = [m for m, s in inputs if m.fact not in _AREAS and not ("enum" in s or s.get("type") in _COUNTED)]
    return bool(inputs) and not free and not any(is_about_one(m) for m, _ in inputs)


def finds_people(tools: Iterable[ToolModel]) -> bool:
    """Whether some look-up is asked by facts of a person: the others are asked once that is done."""
    return any(
        t.role == "identify" or (t.role == "read" and any(m.fact for m, _ in inputs_of(t))) for t in tools
    )


def is_dated(tool: ToolModel) -> bool:
    """Whether a tool takes a day or time that is no fact of a person."""
    return any(m.moment and not m.fact for m, _ in inputs_of(tool))


def with_day(meaning: Meaning, tool: ToolModel) -> Meaning:
    """A time that no description has in hours and minutes says the day, too, where the tool takes no day."""
    others = (m for m, _ in inputs_of(tool) if m.moment and not m.fact)
    alone = meaning.moment == "time" and not meaning.about and all(m.moment == "time" for m in others)
    return replace(meaning, format="date-time") if alone else meaning


def inputs_of(tool: ToolModel) -> Iterator[tuple[Meaning, Shape]]:
    """Every parameter with its parts, whatever it is nested in."""
    root = tool.tool.parameters or {}
    yield from _parts("", root, root, 0)


def _parts(key: str, schema: Any, root: Any, depth: int) -> Iterator[tuple[Meaning, Shape]]:
    if depth > DEEPEST:
        return
    for shape in shapes_of(schema, root):
        if shape.get("type") == "object" or isinstance(shape.get("properties"), dict):
            for name, part in (shape.get("properties") or {}).items():
                yield from _parts(str(name), part, root, depth + 1)
        elif shape.get("type") == "array":
            yield from _parts(key, shape.get("items", {}), root, depth + 1)
        elif key:
            yield Meaning(key, str(shape.get("description", "")), str(shape.get("format", ""))), shape


def spelt(choice: str) -> str:
    """A pattern of a choice as prompts write it: `self_pay` is `self pay` too."""
    return "[ _-]?".join(map(re.escape, re.split("[ _-]", plain(choice))))
