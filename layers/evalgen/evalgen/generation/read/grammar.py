"""Nouns and verbs of frames: articles, plurals, participles, and values as people say them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.words import Words, words_in
from evalgen.generation.values import kind_of, plain, words_of

_LONGEST = 60


@dataclass(frozen=True)
class Grammar:
    """How a language puts the words of frames together; its rules stand in `grammar.toml`."""

    language: str
    words: Words
    rules: dict[str, Any]

    def form(self, noun: str) -> str:
        """Gender and number, as the tables of the language name them."""
        first, *_, last = [*noun.split(maxsplit=1), *noun.rsplit(maxsplit=1)] or ["", ""]
        head = first if self.rules["head"] == "first" else last
        gender = "feminine" if self.gender(self.words.singular(head)) == "f" else "other"
        return f"{gender}_{'plural' if self.words.is_plural(head) else 'singular'}"

    def gender(self, noun: str) -> str:
        """`m` or `f`, by the lists of nouns and then by the endings; empty where neither knows it."""
        genders, word = self.rules.get("genders", {}), noun.lower()
        listed = (gender for gender in ("m", "f") if word in genders.get(gender, ()))
        ends = (str(gender) for ending, gender in genders.get("endings", ()) if word.endswith(ending))
        return next(listed, "") or next(ends, "")

    def the(self, noun: str) -> str:
        return str(self.rules["the"][self.form(noun)]).format(noun=noun)

    def a(self, noun: str) -> str:
        """With its indefinite article, where the noun has one."""
        if plain(noun) in self.words.tables["nouns"]["uncounted"]:
            return noun
        table = self.rules["a"]
        vowel = re.match(self.rules["vowel"], noun, re.IGNORECASE) is not None
        form = self.form(noun)
        return str(table.get(f"{form}_vowel", table[form]) if vowel else table[form]).format(noun=noun)

    def participle(self, verb: str, noun: str) -> str:
        """`book` as booked; it agrees with the noun where the language wants that."""
        made = self.words.tables["participles"].get(verb)
        if made is None:
            for ending, replaced in self.rules["participle"]:
                if re.search(ending, verb):
                    made = re.sub(ending, replaced, verb)
                    break
            else:
                made = verb
        for ending, replaced in self.rules["agreement"][self.form(noun)]:
            made = re.sub(ending, replaced, made)
        return str(made)

    def is_done(self, verb: str, noun: str, which: str = "is") -> str:
        """`is booked`, `are cancelled`; `which` is `is` or `is_not`."""
        be = self.rules[which]["plural" if self.words.is_plural(noun) else "singular"]
        return f"{be} {self.participle(verb, noun)}"

    def is_left(self, state: str, noun: str) -> str:
        """What a deed that is not over yet has done to a thing: `is held`, `is waiting for the payment`."""
        how = self.words.tables["unfinished"][state]
        if verb := how.get("verb"):
            return self.is_done(verb, noun)
        return f"{self.rules['is']['plural' if self.words.is_plural(noun) else 'singular']} {how['state']}"

    def said(self, key: str, value: Any) -> str:
        """A value as it is read out: July 8 at 9:00 AM; in transit."""
        kind = kind_of(key, value)
        if kind == "datetime":
            moment = datetime.fromisoformat(str(value))
            return str(self.rules["at"]).format(date=self.date(moment), time=self.time(moment))
        if kind in ("date", "birth_date") and re.match(r"\d{4}-\d\d-\d\d$", str(value)):
            return self.date(datetime.fromisoformat(str(value)))
        text = str(value)
        if isinstance(value, str) and re.fullmatch(
            r"[a-z]+(?:[_-][a-z]+)+|[A-Z]{4,}(?:_[A-Z]+)*|[A-Z]+(?:_[A-Z]+)+", text
        ):
            return text.replace("_", " ").replace("-", " ").lower()
        if isinstance(value, float):
            return (
                str(int(value)) if value == int(value) else f"{value:.2f}".replace(".", self.rules["decimal"])
            )
        return text

    def date(self, moment: datetime) -> str:
        month = self.rules["months"][moment.month - 1]
        return str(self.rules["date"]).format(day=moment.day, month=month)

    def date_of_year(self, moment: dt.date) -> str:
        """`July 8, 2025`."""
        month = self.rules["months"][moment.month - 1]
        return str(self.rules["date_of_year"]).format(day=moment.day, month=month, year=moment.year)

    def time(self, moment: datetime) -> str:
        half = self.rules["halves"][moment.hour >= 12]
        hour = (moment.hour - 1) % 12 + 1 if any(self.rules["halves"]) else moment.hour
        return str(self.rules["time"]).format(hour=hour, minute=moment.minute, half=half).strip()

    def hours(self, first: int, last: int) -> str:
        """`8:00 AM to 12:00 PM`, of hours from 0 to 24."""
        times = [self.time(datetime(2000, 1, 1, hour % 24)) for hour in (first, last)]  # noqa: DTZ001
        return str(self.rules["hours"]).format(first=times[0], last=times[1])

    def listed(self, texts: list[str]) -> str:
        """`a, b and c`."""
        if len(texts) < 2:
            return "".join(texts)
        return f"{', '.join(texts[:-1])} {self.rules['and']} {texts[-1]}"

    def either(self, texts: list[str]) -> str:
        """`a, b or c`."""
        return self.listed(texts).replace(f" {self.rules['and']} ", f" {self.rules['or']} ")


@cache
def grammar_of(language: str) -> Grammar:
    """Raises FileNotFoundError where the language is not written."""
    return Grammar(language, words_in(language), load(language, "grammar"))


def is_sayable(value: Any) -> bool:
    """Whether a value can be read out as it stands: there is one, short, no address of a page, no code with
    underscores.
    """
    text = str(value)
    return (
        not isinstance(value, bool | list | dict | None)
        and 0 < len(text) <= _LONGEST
        and "://" not in text
        and len(words_of(text)) <= 10
    )
