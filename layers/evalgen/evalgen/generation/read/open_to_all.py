"""What a prompt does for anybody: `Tickets need no identification`, `For permits, identify the resident`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.statement import Prompt, Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of, in_all, singular_of, stems_of
from evalgen.generation.values import key_of, key_words, kind_of, kind_words, leaves, plain

Section = tuple[str, ...]


def apart_in(tools: Mapping[str, ToolModel], prompt: Prompt, language: str) -> dict[str, frozenset[str]]:
    """By the name of a tool, those that identify callers and stand only in playbooks of other tools;
    all where the prompt does it for anybody.
    """
    sections: dict[str, set[Section]] = {name: set() for name in tools}
    inside: dict[Section, set[str]] = {}
    for statement in prompt.statements:
        for name in {name for name in tools if name in statement.text}:
            sections[name].add(statement.section)
            inside.setdefault(statement.section, set()).add(name)
    openness = _openness_of(prompt)
    who = {name for name, tool in tools.items() if tool.role == "identify"}
    others = {name for name, tool in tools.items() if tool.role in ("read", "write")}
    deeds = {s for s in inside if s and inside[s] & others and not identifies_all(s, language)}
    own = {one for one in who if sections[one] and sections[one] <= deeds}
    asked = {one: _referring(sections[one], prompt) for one in who - own}
    return {
        name: frozenset(who)
        if _is_open(tool, openness, prompt.language)
        else frozenset(one for one in own if sections[name] and not _meet(sections[one], sections[name]))
        | frozenset(
            one
            for one, those in asked.items()
            if those and sections[name] and not _meet(those | sections[one], sections[name])
        )
        | _of_existing_ones(tool, [tools[one] for one in who], prompt)
        for name, tool in tools.items()
        if name not in who
    }


def _referring(sections: Collection[Section], prompt: Prompt) -> set[Section]:
    """The sections that send the agent to one of these by its title: `Verify the tenant.`"""
    titles = {plain(re.sub(r"^\W*\d*[.)]?\s*", "", s[-1])) for s in sections if s}
    return {s.section for s in prompt.statements if plain(s.text.strip(" .")) in titles}


def _meet(some: set[Section], others: set[Section]) -> bool:
    """Whether a section of the one is, holds or stands in one of the others."""
    return any(a[: len(b)] == b or b[: len(a)] == a for a in some for b in others)


def identifies_all(section: tuple[str, ...], language: str) -> bool:
    """Whether a part is headed by how callers are identified: what it does holds for the others, too."""
    headings = load(language, "identity")["sections_of_all"] if language else "(?!)"
    return any(re.search(headings, heading, re.IGNORECASE) for heading in section[-1:])


@dataclass(frozen=True, slots=True)
class _Openness:
    """The sentences of a prompt by which nobody is identified for something, and for what callers are."""

    open: tuple[str, ...]
    scopes: tuple[str, ...]


def _openness_of(prompt: Prompt) -> _Openness:
    """Nothing of a prompt in a language that is not read."""
    if prompt.language not in written("identity"):
        return _Openness((), ())
    table = load(prompt.language, "identity")
    texts = [_in_full(s, table) for s in prompt.statements]
    none = {text: said for text in texts if (said := _needs_none(text, table)) is not None}
    found = (
        re.search(pattern, text, re.IGNORECASE)
        for text in texts
        if text not in none
        for pattern in table["identifies_for"]
    )
    return _Openness(tuple(none.values()), tuple(match["x"] for match in found if match))


def _in_full(statement: Statement, table: Mapping[str, Any]) -> str:
    """A sentence plainly, with what its heading says: `Not needed for prices`, about who is calling."""
    text, heading = plain(statement.text), " ".join(statement.section[-1:])
    if not re.match(table["not_needed"], text) or not re.search(table["sections"], heading, re.IGNORECASE):
        return text
    return re.sub(table["not_needed"], table["needs_none_in_full"], text)


def _needs_none(text: str, table: Mapping[str, Any]) -> str | None:
    """For what a sentence says that nobody is identified: what stands before that, or is said behind it; None
    where it says no such thing, or of a second time alone.
    """
    match = re.search(table["needs_none"], text, re.IGNORECASE)
    if match is None or re.search(table["needs_none_again"], text, re.IGNORECASE):
        return None
    before = re.sub(table["needs_none_of"], " ", text[: match.start()]).rpartition(":")[2].strip()
    rest = text[match.end() :].rstrip(" .")
    listed = re.fullmatch(table["needs_none_listed"], rest, re.IGNORECASE) is not None
    behind = (
        rest if listed else re.split(table["needs_none_because"], rest, maxsplit=1, flags=re.IGNORECASE)[0]
    )
    goes_on = not before or re.match(table["needs_none_for"], behind, re.IGNORECASE)
    return f"{before} {behind if goes_on else ''}".strip()


def needs_nobody(tool: ToolModel, prompt: Prompt) -> bool:
    """Whether the prompt says that nobody has to be identified for what a tool does, or for what callers are,
    and this is not among it.
    """
    return _is_open(tool, _openness_of(prompt), prompt.language)


def _is_open(tool: ToolModel, openness: _Openness, language: str) -> bool:
    if language not in written("identity") or tool.name is None or tool.role == "identify":
        return False
    table, scopes = load(language, "identity"), openness.scopes
    if any(_is_of(_but_new_ones(text, tool, table["new_ones"]), tool) for text in openness.open):
        return True
    return bool(scopes) and not any(
        _is_of(scope, tool, bool(re.search(table["existing"], scope, re.IGNORECASE))) for scope in scopes
    )


def _of_existing_ones(deed: ToolModel, look_ups: Collection[ToolModel], prompt: Prompt) -> frozenset[str]:
    """The look-ups of callers that nobody needs who wants something new, with those beside them that are not
    of people either.
    """
    if not any(_is_for_new_ones(deed, one, prompt) for one in look_ups):
        return frozenset()
    people = in_all("nouns", "people")
    last = {one.tool.name: one.name.noun.rpartition(" ")[2] if one.name else "" for one in look_ups}
    return frozenset(name for name, noun in last.items() if singular_of(plain(noun)) not in people)


def _is_for_new_ones(deed: ToolModel, look_up: ToolModel, prompt: Prompt) -> bool:
    """Whether a deed makes a thing and callers are looked up by the number of such a one that they have
    already, as a booking by its reference; not where the prompt has everybody looked up, or those who want
    this deed.
    """
    name, found = deed.name, look_up.name
    if not prompt.language or not name or not found or name.verb not in in_all("wishes", "making"):
        return False
    table, things = load(prompt.language, "identity"), in_all("nouns", "made_things")
    asked = (leaf for call in look_up.tool.mock_data for leaf in leaves(call.input))
    numbers = {key_words(key_of(path)) for path, value in asked if kind_of(key_of(path), value) == "id"}
    takes_one = any(key_words(key) in numbers for key in deed.properties)
    if not numbers or takes_one or singular_of(head_of(found.noun)) not in things:
        return False
    named = [s for s in prompt.statements if look_up.tool.name in s.names]
    of_all = any(re.search(table["everybody"], s.text, re.IGNORECASE) for s in named)
    scopes = (re.search(one, plain(s.text)) for s in prompt.statements for one in table["identifies_for"])
    return not of_all and not any(match and _is_of(match["x"], deed, existing=True) for match in scopes)


def _but_new_ones(text: str, tool: ToolModel, new_ones: str) -> str:
    """Without `new bookings`, unless they are what the tool makes."""
    name = tool.name
    makes = name is not None and name.effect == "write" and not name.alters and bool(name.noun)
    noun = singular_of(plain(name.noun.split()[-1])) if name and makes else ""
    return re.sub(new_ones, lambda m: m[0] if singular_of(m["x"]) == noun else " ", text)


def _is_of(text: str, tool: ToolModel, existing: bool = False) -> bool:
    """Whether a text has the verb of a tool, also as a noun, or one of its things; of what is `existing` the
    thing that a tool makes is none.
    """
    stems = stems_of([tool.name.verb] if tool.name else [])
    words, things = re.findall(r"[^\W\d_]+", text), _things(tool, existing)
    return any(singular_of(word) in things or word.startswith(stems) for word in words)


def _things(tool: ToolModel, existing: bool) -> frozenset[str]:
    """What a tool is about, by its name and by the numbers that it takes: `ticket_number`."""
    numbers, name = kind_words("id"), tool.name
    named = [words[-2] for key in tool.properties if (words := key_words(key))[1:] and words[-1] in numbers]
    makes = existing and name and name.effect == "write" and not name.alters
    noun = name.noun.split()[-1:] if name and not makes else []
    return frozenset(singular_of(plain(word)) for word in (*noun, *named))
