"""The invented callers: the facts of each agree with one another and with the country of the prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load, written

_IN = "in|of|at|near|from|around|serving"
_ZIPS = re.compile(r"\b\d{5}(?:,? (?:and |or )?\d{5}\b){1,30}")


@dataclass(frozen=True, slots=True)
class Person:
    """`facts` by name: first, last, birth (YYYY-MM-DD), email, street, city, state, zip, ssn4."""

    facts: dict[str, str]
    country: dict[str, str]

    def fact(self, name: str) -> str:
        """A fact, also one that is made of others: full, whole_address, country; else an empty text."""
        own = self.facts
        if name == "full":
            return f"{own['first']} {own['last']}"
        if name == "last_name_by":
            return own["last"]
        if name == "whole_address":
            return f"{own['street']}, {own['city']}"
        if name == "zip_area":
            first, _, rest = own.get("zip", "").partition(" ")
            return first if rest else first[:3]
        if name == "country":
            return self.country["country"]
        return own.get(name, "")

    @property
    def phones(self) -> Iterator[str]:
        """The same number in all its forms: national digits first, then international ones."""
        digits = self.facts["phone"]
        yield digits
        yield self.country["prefix"] + digits.removeprefix("0")
        yield self.country["prefix"].removeprefix("+") + digits.removeprefix("0")
        for form in ("dashed", "spoken"):
            yield self.country[form].format(*digits)
        yield digits[-7:]


def people_in(prompt: str, language: str) -> list[Person]:
    """The callers of a prompt's country; English ones where the language is not written."""
    return [*_people_in(prompt, language)]


def states_of(language: str) -> frozenset[str]:
    """The names of states and regions in which callers have cities of their own."""
    table = load(language if language in written("invented_people") else "en", "invented_people")
    countries = (one for one in table.values() if isinstance(one, dict))
    return frozenset(name for country in countries for name in country.get("states", ()))


@lru_cache(maxsize=16)
def _people_in(prompt: str, language: str) -> tuple[Person, ...]:
    table = load(language if language in written("invented_people") else "en", "invented_people")
    country = table[_country(prompt, table)]
    texts = {key: str(value) for key, value in country.items() if isinstance(value, str)}
    home, served = _home(prompt, country.get("states", {})), _served(prompt)
    return tuple(
        Person(
            dict(facts) | _at_home(facts, home, n) | ({"zip": served[n % len(served)]} if served else {}),
            texts,
        )
        for n, facts in enumerate(country["people"])
    )


def _served(prompt: str) -> list[str]:
    """The ZIP codes that the prompt lists in a row: those that are served."""
    found = _ZIPS.search(prompt)
    return re.findall(r"\d{5}", found[0]) if found else []


def _country(prompt: str, table: dict[str, Any]) -> str:
    """The code of the country by which a prompt is known most often: a weight in pounds is not one of Britain
    where prices are in dollars.
    """
    counts = {code: len(re.findall(hint, prompt, re.IGNORECASE)) for code, hint in table["countries"]}
    code = max(counts, key=lambda one: counts[one])
    return code if counts[code] else str(table["default"])


def _home(prompt: str, states: dict[str, Any]) -> dict[str, Any]:
    """The state that the prompt names first, by itself or by a city, with the cities that it names."""
    found: list[tuple[int, dict[str, Any]]] = []
    for name, state in states.items():
        spelt, code = re.escape(name), rf"{re.escape(state['code'])}(?=[.,;:)\n]| \d{{5}}|$)"
        where = rf"\b(?:{_IN}) (?:the )?CITY\b(?! [A-Z])|\bCITY, (?:{spelt}\b|{code})"
        known = [c for c in state["cities"] if c[0] in prompt]
        named = [c for c in known if re.search(where.replace("CITY", re.escape(c[0])), prompt)]
        cities = "".join(f"|{re.escape(city)}" for city, *_ in named)
        at = re.search(rf"\b{spelt}\b|\b[A-Z][a-z]+, {code}{cities}", prompt)
        if at:
            found.append((at.start(), state | {"cities": named or state["cities"]}))
    return min(found, key=lambda one: one[0], default=(0, {}))[1]


def _at_home(facts: dict[str, str], home: dict[str, Any], number: int) -> dict[str, str]:
    """One caller after the other lives in the next city, and with the next of its ZIP codes."""
    if not home:
        return {}
    round_of, place = divmod(number, len(home["cities"]))
    city, *codes = home["cities"][place]
    code = codes[round_of % len(codes)]
    phone = home["area"] + facts["phone"][len(home["area"]) :]
    return {"city": city, "zip": code, "state": home["code"], "phone": phone}
