"""What the description of a tool says that its answers hold."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.words import words_in
from evalgen.generation.values import key_words, kind_of, plain

_KEY = re.compile(r"[a-z]+(?:[A-Z][A-Za-z0-9]*)+|[a-z0-9]+(?:_[a-z0-9]+)+|[a-z]+\d+")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
LONGEST = 3
_IS = "="
"""Begins brackets in which the value of a field stands."""
Fields = dict[str, tuple[Any, ...]]
"""By key, the values that the description lists for it: `window (AM or PM)`, False for `(true/false)`."""


def promised_in(description: str, language: str, known: Collection[str] = (), each: bool = False) -> Fields:
    """The fields that a description says are there. `known` are the keys that the tools themselves use.

    `each`: only those of each thing of a list; else only the others.
    """
    things, found = load(language, "invented_things"), Fields()
    said = _apart(_plainly(description, things), things)[0]
    cut = re.search(things["each"], said, re.IGNORECASE)
    said = (said[cut.end() :] if cut else "") if each else said[: cut.start()] if cut else said
    said = f"{things['with']} {said}" if each else said
    options = {m.start(): _options(m[1], things) for m in _BRACKETS.finditer(said)}
    days = {m.start() for m in _BRACKETS.finditer(said) if re.fullmatch(things["a_day"], plain(m[1]))}
    of_some = {m.start() for m in _BRACKETS.finditer(said) if re.search(things["for_some"], plain(m[1]))}
    bare = _BRACKETS.sub(lambda m: " " * len(m[0]), said)
    matches = list(re.finditer(things["promises"], bare, re.IGNORECASE))
    gives = [m for m in matches if not re.match(things["looks_for"], m[0], re.IGNORECASE)]
    for match in gives or matches:
        inner = list(re.finditer(rf"\b{things['with']}\s", match["what"]))
        begin = inner[-1].end() if inner else 0
        own = list(_phrases(match["what"][: inner[-1].start()], match.start("what"), things)) if inner else []
        told = [*own[:-1], *_phrases(match["what"][begin:], match.start("what") + begin, things)]
        for start, phrase in told:
            alone = len(phrase) == len(match["what"]) - begin
            if key := _field_in(phrase, language, known, alone):
                end = start + len(phrase.rstrip())
                if end in of_some:
                    continue
                listed = next((v for at, v in options.items() if at == end), ())
                if kind_of(key, 0) == "money":
                    listed = tuple(int(one) if str(one).isdigit() else one for one in listed)
                if end in days:
                    listed = _days(Meaning(key), things) or listed
                found.setdefault(key, () if Meaning(key).fact else listed)
    return found


def status_of_none(description: str, language: str) -> str:
    """The state that an answer has by its description where nothing is found; empty where it names none."""
    things = load(language, "invented_things")
    listed = (_BRACKETS.sub("", m["states"]) for m in re.finditer(things["statuses"], description))
    states = [state for one in listed for state in re.findall(r"\w+", one)]
    return next((state for state in states[1:] if re.search(things["no_status"], state)), "")


def only_sometimes(key: str, description: str, language: str) -> bool:
    """Whether a description says only of things in one state that they have a field."""
    rest, named = description, rf"\b{re.escape(key)}\b"
    for pattern in load(language, "invented_things")["only_if"]:
        rest = re.sub(pattern, "", rest, flags=re.IGNORECASE)
    return bool(re.search(named, description)) and not re.search(named, rest)


def either_in(description: str, language: str, known: Collection[str] = ()) -> list[tuple[str, str]]:
    """The pairs of promised fields of which a thing has one: `shop or mobile address`."""
    things = load(language, "invented_things")
    said = _BRACKETS.sub(" ", _plainly(description, things))
    found = []
    for match in re.finditer(things["promises"], said, re.IGNORECASE):
        for phrase in re.split(things["apart"], match["what"]):
            sides = [one for one in re.split(things["either"], phrase) if one.strip()]
            keys = [_field_in(one, language, known, False) for one in sides]
            meanings = [Meaning(key) for key in keys if key]
            alike = any(m.is_id or m.moment for m in meanings) or all(m.fact for m in meanings)
            if len(sides) == len(meanings) == 2 and not alike:
                found.append((keys[0], keys[1]))
    return found


def lists_in(description: str, language: str, known: Collection[str] = ()) -> Iterator[tuple[str, Fields]]:
    """The fields that are lists, with those of each thing: `jobs: a list with job_number and date`."""
    things = load(language, "invented_things")
    for key, what in _apart(_plainly(description, things), things)[1]:
        yield key, promised_in(f"{things['with']} {what}", language, known)


def _plainly(description: str, things: dict[str, Any]) -> str:
    """Without what is no promise: by what a thing is looked up, what is said where nothing is found."""
    said = description
    if states := re.search(things["statuses"], said):
        first = re.findall(r"\w+", states["states"])[0]
        behind = re.sub(rf"^ {things['with']}\b", ",", said[states.end() :])
        said = f"{said[: states.start()]}status ({_IS}{json.dumps(first)}){behind}"
    said = _BRACKETS.sub(lambda match: _plain_list(match, things), said)
    for pattern, gives in things["said_as"]:
        said = re.sub(pattern, gives, said, flags=re.IGNORECASE)
    for pattern in things["only_if"]:
        said = re.sub(pattern, "", said, flags=re.IGNORECASE)
    return said


def _plain_list(match: re.Match[str], things: dict[str, Any]) -> str:
    """Brackets that say that a field is a list of plain values, as what it holds: nothing, where it may."""
    listed = re.match(things["plain_list"], match[1], re.IGNORECASE)
    if not listed:
        return match[0]
    first = [] if listed["empty"] or not listed["what"] else [re.split(r" ?/ ?", listed["what"])[0]]
    return f" ({_IS}{json.dumps(first)})"


def _apart(said: str, things: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The text without its lists, and those: the key of each and what is said of its things."""
    found: list[tuple[str, str]] = []
    for pattern in things["lists"]:
        while match := re.search(pattern, said, re.IGNORECASE):
            found.append((match["key"].lower(), match["what"]))
            said = said[: match.start()] + said[match.end() :]
    return said, found


def _phrases(text: str, start: int, things: dict[str, Any]) -> Iterator[tuple[int, str]]:
    place = 0
    for cut in (*re.finditer(things["and"], text), None):
        end = cut.start() if cut else len(text)
        yield start + place, text[place:end]
        place = cut.end() if cut else end


def _days(meaning: Meaning, things: dict[str, Any]) -> tuple[Any, ...]:
    """Days of what is over or to come by its name, where a description says that it is a day."""
    if meaning.words[0] in things["past"]:
        return tuple(things["past_days"])
    ahead = not meaning.moment and set(meaning.words) & set(things["ahead"])
    return tuple(things["days_ahead"]) if ahead else ()


def _options(text: str, things: dict[str, Any]) -> tuple[Any, ...]:
    if re.search(things["formats"], text, re.IGNORECASE):
        return ()
    if re.match(things["flag_if"], text, re.IGNORECASE):
        return (False,)
    if text.startswith(_IS):
        return (json.loads(text.removeprefix(_IS)),)
    if re.search(things["explains"], text, re.IGNORECASE):
        return ()
    listed = re.sub(things["states_are"], "", text, flags=re.IGNORECASE)
    parts = [part.partition("=")[0].strip(" '\"`") for part in re.split(things["options"], listed)]
    empty = [part for part in parts if plain(part) in things["nothing"]]
    parts = [part for part in parts if part not in empty]
    if all(re.fullmatch(things["kinds"], plain(part)) for part in parts):
        return ()
    if parts and {part.lower() for part in parts} <= set(things["flags"]):
        return (False,)
    return tuple(parts) if len(parts) + len(empty) > 1 and all(parts) else ()


def _field_in(phrase: str, language: str, known: Collection[str], alone: bool) -> str:
    """The key of what a phrase promises; empty where it is too vague or no name of a field."""
    things, words = load(language, "invented_things"), words_in(language)
    if named := re.search(rf"(?:^|\s)({_KEY.pattern})$", phrase.strip()):
        return named[1]
    bare = re.sub(things["whose"], " ", phrase)
    cut = re.search(things["of"], bare, re.IGNORECASE)
    head = bare[: cut.start()] if cut else bare
    said = list(key_words(head))
    parts = [w for w in said if w not in things["small_words"]]
    whole = "_".join(said[said.index(parts[0]) :]) if parts else ""
    if len(parts) < LONGEST and Meaning(whole).fact:
        return next((k for k in known if Meaning(k).snake == whole), whole)
    parts = parts[-2:] if len(parts) > LONGEST and parts[-1] in things["fields"] else parts
    if not parts or len(parts) > LONGEST:
        return ""
    counted, several = parts[0] in things["counted"], words.is_plural(parts[-1])
    special = len(parts) > 1 and (counted if several else parts[0] in things["upcoming"])
    special = special or (several and parts[-1] in things["fields"])
    parts[-1] = parts[-1] if special else words.singular(parts[-1])
    owner = re.search(things["owner_of_id"], phrase) if parts[-1] == things["id"] else None
    if owner and not set(parts[:-1]) - set(load(language, "invented")["new_words"]):
        parts = [plain(owner["x"]), parts[-1]]
    key = "_".join(parts)
    styled = next(
        (k for k in known if words.singular(Meaning(k).snake.replace("_", " ")) == " ".join(parts)), ""
    )
    if alone and key in things["vague"] and not (cut and things["definite"] in cut[0]):
        return ""
    meaning = Meaning(key)
    known_word = special or bool({parts[-1], key} & set(things["fields"]))
    means = known_word or meaning.fact or meaning.moment or meaning.is_id
    return styled or (key if means or (not alone and len(parts) == 1) else "")


def nested_in(description: str, things: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Lists of things with a day and time of their own that a description says a record has."""
    for match in re.finditer(things["nested"], plain(description)):
        adjective = match["adjective"] or ""
        first = match.start("adjective") < match.start("things")
        parts = (adjective.strip(), match["things"]) if first else (match["things"], adjective.strip())
        yield "_".join(p for p in parts if p), match["things"]
