"""Records that go with what their caller wishes: nobody books the same service twice, and what is moved is of
the kind that is looked up for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from evalgen.generation.languages import in_every
from evalgen.generation.read.deeds import deeds_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import singular_of
from evalgen.generation.values import key_words, lists_in

Choices = tuple[Mapping[str, str], Collection[str]]
"""By parameter the choice that others leave to a caller, and the choices that are none for them."""


def fit_to_wishes(
    record: dict[str, Any], tools: Mapping[str, ToolModel], caller: int, choices: Choices
) -> dict[str, Any]:
    """A record whose things ahead are of other kinds than what the caller, a number from 0, books; where the
    caller moves one of them, of the kind that is looked up for it. Of each kind there is one at most.
    """
    deeds, (tied, unfit) = list(_deeds(tools, caller)), choices
    moves = any(deed.name and deed.name.changes for deed in deeds)
    kinds = dict[tuple[str, ...], list[str]]()
    for key, listed in _kinds(deeds):
        fit = [one for one in listed if one not in unfit] or listed
        wish = tied.get(key) or (fit[caller % len(fit)] if fit else "")
        others = [one for one in fit if one != wish]
        if len(listed) > 1 and (moves or others):
            kinds[key_words(key)] = [wish, *others] if moves else others
    ahead = in_every("invented_things", "moment_things")
    things = {k: v for k, v in lists_in(record).items() if singular_of(key_words(k)[-1]) in ahead}
    return record | {key: list(_fitted(one, kinds)) for key, one in things.items()}


def _deeds(tools: Mapping[str, ToolModel], caller: int) -> Iterator[ToolModel]:
    """What a caller does with each tool that does something."""
    for tool in tools.values():
        if tool.role == "write":
            deeds = deeds_of(tool)
            yield deeds[caller % len(deeds)]


def _kinds(deeds: list[ToolModel]) -> Iterator[tuple[str, list[Any]]]:
    """The parameters that say of which kind a thing is that a deed makes, each with its choices."""
    makes, kinds = in_every("invented_things", "makes"), in_every("rules", "kinds")
    for deed in deeds:
        if deed.name and deed.name.verb in makes:
            yield from ((key, deed.choices(key)) for key in deed.properties if kinds & set(key_words(key)))


def _fitted(things: list[Any], kinds: Mapping[tuple[str, ...], list[str]]) -> Iterator[Any]:
    for number, one in enumerate(things):
        chosen = (
            {k: kinds[words] for k in one if (words := key_words(k)) in kinds}
            if isinstance(one, dict)
            else {}
        )
        if all(number < len(fit) for fit in chosen.values()):
            yield one | {key: fit[number] for key, fit in chosen.items()} if chosen else one
