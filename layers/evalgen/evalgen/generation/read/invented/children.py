"""The children of callers: their names and days of birth, each caller's own and always the same."""

from __future__ import annotations

from datetime import date

from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.people import Person

FACTS = ("child_first", "child_full", "child_birth")


def child_fact(fact: str, person: Person, number: int, today: date, language: str) -> str:
    """A fact of a child of school age; `number` counts over the children of all callers."""
    table = load(language if language in written("invented_people") else "en", "invented_people")["children"]
    first, age = table[number % len(table)]
    if fact == "child_first":
        return str(first)
    if fact == "child_full":
        return f"{first} {person.fact('last')}"
    return str(date(today.year - int(age), 1 + number % 4, 10 + number))


def of_child(fact: str) -> str:
    """The fact of a child that stands for one of a person; empty where there is none."""
    return f"child_{fact}" if f"child_{fact}" in FACTS else ""
