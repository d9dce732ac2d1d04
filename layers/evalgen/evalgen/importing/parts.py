"""Parts of other platforms' files, as types: the fields that are read, and what else stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from evalgen.contract.languages import LANGUAGES
from evalgen.contract.problems import Place, in_words, problems_in
from evalgen.importing.imported import Note
from evalgen.importing.source import BadInput, JsonSource
from evalgen.schema_parts import count_parts

P = TypeVar("P", bound="Part")
MOST_PARTS = 50_000
"""Values in the file of a platform; a flow of a hundred nodes with positions has about five thousand."""

DOCUMENTS = "documents are not in this file: put them into knowledge/ beside it"
TOOLS_BY_ID = "tools that are named by their ids alone: put their definitions beside this file, as a list"
MCP_SERVER = "tools of an MCP server: put the answer of its tools/list beside this file"
"""What is said of parts that a file only points to."""

_POSITION = re.compile(r"\[\d+\]")


class Part(BaseModel):
    """Strict in the types of its fields; fields that nobody reads are kept, to be told."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True, defer_build=True)


class Inputs(Part):
    """The JSON schema of an object, of which the names are needed; the rest of it is not worth a word."""

    model_config = ConfigDict(extra="ignore")

    properties: dict[str, Any] | None = None
    required: list[str] | None = None


class CamelPart(Part):
    """The same where names are written likeThis."""

    model_config = ConfigDict(alias_generator=to_camel)


def part_of(model: type[P], source: JsonSource, place: Place = ()) -> P:
    """The value at that place. Raises BadInput with every field that is wrong, and its line."""
    value = source.value
    for step in place:
        value = value[step]
    if (found := count_parts(value)) > MOST_PARTS:
        raise BadInput(f"{source.at(place)}: an agent has at most {MOST_PARTS} values; got {found}")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise BadInput(
            *(f"{source.at((*place, *inner))}: {text}" for inner, text in problems_in(error))
        ) from None


def unread(source: JsonSource, part: Part, reasons: Mapping[str, str], place: Place = ()) -> list[Note]:
    """What of the part found no place: with its reason where it matters, the rest in one note."""
    notes = []
    others: dict[str, int] = {}
    for inner in _left_over(part):
        where = (*place, *inner)
        named = [step for step in inner if isinstance(step, str)]
        reason = reasons.get(".".join(named)) or reasons.get(named[-1])
        if reason is None:
            path = in_words(where)
            others.setdefault(_POSITION.sub("[]", path), source.line(where))
        elif reason:
            notes.append(Note(source.at(where), reason))
    if others:
        said = ", ".join(f"{path} (line {line})" for path, line in others.items())
        notes.append(Note(source.name, f"nothing in a scenario stands for {said}", minor=True))
    return notes


def _left_over(value: Any) -> Iterator[Place]:
    """The places of what is in the file and in no field; empty values are not worth a word."""
    if isinstance(value, Part):
        for name, extra in (value.model_extra or {}).items():
            if extra not in (None, "", [], {}):
                yield (name,)
        for name, field in type(value).model_fields.items():
            for inner in _left_over(getattr(value, name)):
                yield (field.alias or name, *inner)
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from ((position, *inner) for inner in _left_over(one))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ((key, *inner) for inner in _left_over(one))


def language_of(code: str | None, source: JsonSource, place: Place) -> tuple[str, list[Note]]:
    """`en-US` as our code for it; English, and a note, where there is none."""
    short = (code or "en").replace("_", "-").split("-")[0].lower()
    if short in LANGUAGES:
        return short, []
    return "en", [Note(source.at(place), "a language that is not known here: read as English")]


def schema_of(properties: Mapping[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    """A tool's input as JSON schema."""
    return {"type": "object", "properties": dict(properties), "required": list(required)}
