"""The data files of the languages: `<code>.<kind>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Table = TypeVar("Table", bound=DataclassInstance)

DEFAULT = "en"
SEVERAL = "multi"
"""Said of agents and callers that speak more than one language."""
Kind = Literal["lexicon", "phrases", "knowledge", "attacks"]
"""To read with, to write with; to ask about documents and to attack with."""


@cache
def codes_with(kind: Kind) -> tuple[str, ...]:
    """The codes of the languages that have such a file, in order."""
    ending = f".{kind}.toml"
    names = (entry.name for entry in files("evalgen.languages").iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in names if name.endswith(ending)))


def known(code: str, kind: Kind) -> str:
    """The code itself where it has such a file, else DEFAULT."""
    return code if code in codes_with(kind) else DEFAULT


@cache
def load(code: str, kind: Kind) -> dict[str, Any]:
    """The file's tables; shared, so not to be changed."""
    return tomllib.loads(files("evalgen.languages").joinpath(f"{code}.{kind}.toml").read_text("utf-8"))


def filled(
    table: type[Table], entries: Mapping[str, Any], convert: Callable[[Any], Any] = lambda value: value
) -> Table:
    """The dataclass with its fields from a file's table. Raises ValueError where names are not the same."""
    names = {field.name for field in fields(table)}
    if names != entries.keys():
        lacks, strange = sorted(names - entries.keys()), sorted(entries.keys() - names)
        raise ValueError(
            f"{table.__name__}: these entries are missing: {lacks}; these are unknown: {strange}"
        )
    return table(**{name: convert(value) for name, value in entries.items()})


def frozen(value: Any) -> Any:
    """An entry of a file as dataclasses keep it: lists as tuples, also those of a table."""
    if isinstance(value, dict):
        return {key: frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value
