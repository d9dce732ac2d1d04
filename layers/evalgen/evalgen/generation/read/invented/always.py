"""Choices that the prompt ties to others: `door and back glass can't be repaired, always replacement`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.ages import is_of_age
from evalgen.generation.read.invented.children import FACTS
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.parameters import inputs_of, spelt
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.selectors import selects_another
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, plain

_BORN = "date_of_birth"


def choices_of_callers(
    tools: Sequence[ToolModel], texts: Texts, people: Sequence[Person], today: date
) -> list[tuple[dict[str, str], set[str]]]:
    """By caller the choices that go with the others, and those that are for people of another age."""
    prompt, language = texts.prompt, texts.language
    return [
        (
            tied_choices(tools, prompt, language, number)
            | fitting_choices(tools, texts, person)
            | selecting_choices(tools),
            unfit_choices(tools, prompt, language, person, today)
            | _for_nobody_here(tools, language)
            | _restricted(tools, prompt, language),
        )
        for number, person in enumerate(people)
    ]


def tied_choices(tools: Iterable[ToolModel], prompt: str, language: str, caller: int) -> dict[str, str]:
    """By parameter the choice that a caller's other choices leave; what is free is not there."""
    always: str = load(language, "invented")["always"]
    tied: dict[str, str] = {}
    sentences = [s for s in re.split(r"[.;]\s|\n", plain(prompt)) if re.search(always, s)]
    for tool in tools if sentences else ():
        choices = {m.key: _texts(shape) for m, shape in inputs_of(tool)}
        listed = {key: values for key, values in choices.items() if len(values) > 1}
        for key, values in listed.items():
            others = [v[caller % len(v)] for k, v in listed.items() if k != key]
            for sentence in sentences:
                for value in values:
                    at = re.search(rf"(?:{always}) {_whole(value)}", sentence)
                    if at and any(re.search(_whole(v), sentence[: at.start()]) for v in others):
                        tied.setdefault(key, value)
    return tied


def fitting_choices(tools: Iterable[ToolModel], texts: Texts, person: Person) -> dict[str, str]:
    """By parameter the choice that goes with where a caller's way begins and ends: `local` within a city."""
    if not texts.ends:
        return {}
    table = load(texts.language, "invented")
    near = person.fact("city") == texts.another(person, 1).fact("city")
    words = set(table["near" if near else "far"])
    choices = ((m.key, _texts(shape)) for tool in tools for m, shape in inputs_of(tool))
    return {key: value for key, values in choices for value in values if plain(value) in words}


def selecting_choices(tools: Iterable[ToolModel]) -> dict[str, str]:
    """By parameter that says what another one holds (`lookup_by`) the first fact of a person."""
    choices = (
        (m.key, _texts(shape)) for tool in tools for m, shape in inputs_of(tool) if selects_another(m.key)
    )
    found = dict[str, str]()
    for key, values in choices:
        facts = [value for value in values if Meaning(value).fact]
        if facts and len(facts) < len(values):
            found.setdefault(key, facts[0])
    return found


def unfit_choices(
    tools: Iterable[ToolModel], prompt: str, language: str, person: Person, today: date
) -> set[str]:
    """The choices that the prompt has for another age: `children under 10 get the pediatric exam`."""
    clauses = _of_ages(prompt, language)
    inputs = [one for tool in tools for one in inputs_of(tool)] if clauses else []
    if any(meaning.fact in FACTS for meaning, _ in inputs):
        return set()
    choices = {value for _, shape in inputs for value in _texts(shape)}
    born = (((_BORN,), key_words(_BORN), person.fact("birth")),)
    rules = load(language, "records")
    others = [text for text in clauses if is_of_age(born, text, rules, today) is False]
    return {value for value in choices for text in others if re.search(_whole(value), text)}


def _for_nobody_here(tools: Iterable[ToolModel], language: str) -> set[str]:
    """The choices that few callers have reason to make: an exam for the unborn; and the reasons of
    cancellations that are none of a caller's: what they cancel is not moved.
    """
    texts, status = load(language, "invented_texts"), load(language, "invented")["status_of"]
    cancels, found = status[texts["cancels"]], set[str]()
    of_few = [texts["of_few"]]
    if any(tool.role == "identify" for tool in tools):
        of_few.append(texts["of_the_new"])
    if not any(meaning.fact in FACTS for tool in tools for meaning, _ in inputs_of(tool)):
        of_few.append(texts["of_children"])
    for tool in tools:
        cancelling = tool.name is not None and status.get(tool.name.verb) == cancels
        pattern = "|".join([*of_few, *([texts["not_cancelled_for"]] if cancelling else [])])
        choices = (value for _, shape in inputs_of(tool) for value in _texts(shape))
        found |= {value for value in choices if re.fullmatch(pattern, plain(value))}
    return found


def _restricted(tools: Iterable[ToolModel], prompt: str, language: str) -> set[str]:
    """The choices that the prompt allows under a condition of their own: `fillings can be booked only when`,
    `child_checkup 40 min, under 13, Cary only |`.
    """
    table = load(language, "invented")
    lines = plain(prompt).splitlines()
    cells = [cell for line in lines if line.count(" | ") > 1 for cell in line.split(" | ")]
    limited = [cell.strip() for cell in cells if re.search(table["limited_cell"], cell)]
    sentences = re.split(r"[.;\n|]\s*", plain(prompt))
    said = [s[: at.end()] for s in sentences if (at := re.search(table["limited_choice"], s))]
    choices = {value for tool in tools for _, shape in inputs_of(tool) for value in _texts(shape)}
    return {
        value
        for value in choices
        if any(re.match(_whole(value) + rf"(?! {table['only']})", cell) for cell in limited)
        or any(re.search(_whole(value), sentence) for sentence in said)
    }


@lru_cache(maxsize=4)
def _of_ages(prompt: str, language: str) -> tuple[str, ...]:
    """The clauses of a prompt that name an age."""
    patterns = (pattern.replace("?P<n>", "") for _, pattern, _ in load(language, "records")["ages"])
    ages = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    clauses = re.split(load(language, "invented")["apart"], plain(prompt))
    return tuple(clause for clause in clauses if ages.search(clause))


def _texts(shape: Mapping[str, Any]) -> list[str]:
    return [value for value in shape.get("enum", ()) if isinstance(value, str) and value]


def _whole(value: str) -> str:
    """A choice or several of its kind, where it is no part of another word."""
    return rf"\b{spelt(value)}s?\b"
