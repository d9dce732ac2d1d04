"""What a look-up takes together, as its description or the prompt says: `by last name plus phone or code`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.identity import nouns_of
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain

_MOST_WORDS = 4


def joined_with(tool: ToolModel, prompt: str, language: str, first: tuple[str, ...]) -> tuple[str, ...]:
    """The parameters that are given together with those in `first`, these among them; none where no text
    joins all of them to another one. Of two that are named with an `or` it is the first.
    """
    if tool.role not in ("identify", "read") or not first:
        return ()
    table = load(language, "invented")["joined"]
    for said in (*_described(plain(tool.tool.description), table), *_told(prompt, language)):
        names = _names_in(said, tool, language, table)
        if len(names) > 1 and set(first) <= set(names):
            return names
    return ()


def _described(description: str, table: dict[str, Any]) -> Iterator[str]:
    """The ways in which a description says that a thing is looked up."""
    for match in re.finditer(table["looked_up_by"], description):
        yield from re.split(table["or_by"], match["what"])


@lru_cache(maxsize=4)
def _told(prompt: str, language: str) -> tuple[str, ...]:
    """The sentences of a prompt that want two facts at once."""
    table, found = load(language, "invented")["joined"], list[str]()
    for sentence in re.split(r"(?<=[.;])\s+(?!" + table["both"] + r")|\n", plain(prompt)):
        head = re.split(table["both"], sentence)[0].strip(" .;,")
        if re.search(table["surely"], head) or head != sentence.strip(" .;,"):
            found.append(re.sub(table["asks"], "", head))
    return tuple(found)


def _names_in(said: str, tool: ToolModel, language: str, table: dict[str, Any]) -> tuple[str, ...]:
    """A parameter for each part of what is joined; none where a part names none, or the parts are unclear:
    `number or name and postcode`.
    """
    parts = [part for part in re.split(table["surely"], said) if part.strip()]
    if len(parts) == 1:
        parts = re.split(table["and"], said)
        if any(re.search(table["or"], part) for part in parts[:-1]):
            return ()
    names = [_named(re.split(table["or"], part), tool, language, table) for part in parts]
    return tuple(dict.fromkeys(names)) if all(names) else ()


def _named(phrases: list[str], tool: ToolModel, language: str, table: dict[str, Any]) -> str:
    """The first parameter that one of the phrases names; empty where none does."""
    words = words_in(language)
    nouns = {name: nouns_of(name, words.noun_of(name), language) for name in tool.properties}
    for phrase in phrases:
        said = re.split(table["of"], re.sub(table["articles"], "", phrase.strip(" ,.")))[0].split()
        for count in range(min(_MOST_WORDS, len(said)), 0, -1):
            tail = " ".join(said[-count:])
            fact = Meaning(tail.replace(" ", "_")).fact
            for name in tool.properties:
                if tail in nouns[name] or (fact and fact == Meaning(name).fact):
                    return name
    return ""
