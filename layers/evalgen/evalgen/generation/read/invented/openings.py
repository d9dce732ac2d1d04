"""Which lists of what is free a deed chooses from."""

from __future__ import annotations

from evalgen.generation.languages import load
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.parameters import inputs_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain


def openings_of(thing: str, links: Links, language: str) -> list[str]:
    """The lists of openings that callers choose such a thing from."""
    maker = links.made_by(thing)
    return offers_for(maker, links, language) if maker else []


def offers_for(tool: ToolModel, links: Links, language: str) -> list[str]:
    """The lists of openings that a deed chooses from: those it names, or that its verb goes with."""
    things, words = load(language, "invented_things"), words_in(language)
    if tool.role != "write" or not tool.name:
        return []
    found = []
    for other in links.tools.values():
        noun = {plain(w) for w in other.name.noun.split()} if other.name else set()
        if other.role != "read" or not noun & {*things["availability"], *words.tables["nouns"]["offers"]}:
            continue
        said = f"{tool.tool.description} {' '.join(m.about for m, _ in inputs_of(tool))}"
        if other.tool.name in said or tool.name.verb in things["books"]:
            found.append(other.tool.name)
    return found
