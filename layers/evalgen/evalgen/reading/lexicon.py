"""What the reader knows of a language, loaded from `languages/<code>.lexicon.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists by name, and the patterns that are made of them once."""

    language: str
    words: dict[str, frozenset[str]]
    phrases: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    limits: dict[str, tuple[str, ...]]
    tables: dict[str, dict[str, Any]]
    themes: dict[str, re.Pattern[str]]
    acts: tuple[dict[str, str], ...]
    temptations: dict[str, frozenset[str]]
    views: dict[str, tuple[tuple[re.Pattern[str], str], ...]]
    opener: re.Pattern[str]
    joint: re.Pattern[str]
    prohibition: re.Pattern[str]
    requirement: re.Pattern[str]
    permission: re.Pattern[str]
    order: re.Pattern[str]
    alternative: re.Pattern[str]
    caller: re.Pattern[str]
    agent: re.Pattern[str]
    tool: re.Pattern[str]
    tail: re.Pattern[str]
    question: re.Pattern[str]

    def cut_tail(self, phrase: str) -> str:
        """The phrase up to where the prompt goes on to something else: `, and never …`, `, unless …`."""
        return self.tail.split(phrase, maxsplit=1)[0].strip(" ,.")

    def base_form(self, phrase: str) -> str:
        """`gives a range` as `give a range`."""
        for pattern, replacement in self.views["base"]:
            changed, count = pattern.subn(replacement, phrase, count=1)
            if count:
                return changed
        return phrase


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a language code, or the English one where there is none."""
    source = files("evalgen.languages").joinpath(f"{language}.lexicon.toml")
    if not source.is_file():
        return lexicon_of(DEFAULT)
    data = tomllib.loads(source.read_text("utf-8"))
    lists = {
        name: _words(value) for name, value in data.items() if name != "acts" and not isinstance(value, dict)
    }
    return Lexicon(
        language=language,
        words={name: frozenset(value) for name, value in lists.items()},
        phrases={name: tuple(value) for name, value in lists.items()},
        numbers=data["numbers"],
        limits={side: tuple(words) for side, words in data["limits"].items()},
        tables={
            name: data.get(name, {})
            for name in ("tool_goals", "noun_goals", "duty_goals", "grammar", "facts", "asking")
        },
        themes={name: re.compile("|".join(cues), re.IGNORECASE) for name, cues in data["themes"].items()},
        acts=tuple(data["acts"]),
        temptations={kind: frozenset(words.split()) for kind, words in data["temptations"].items()},
        views={
            side: tuple((re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in rules)
            for side, rules in data["views"].items()
        },
        opener=re.compile(rf"^(?:{_any(lists['condition_openers'])})\b", re.IGNORECASE),
        joint=re.compile(rf",? (?P<joint>{_any(lists['condition_joints'])}) ", re.IGNORECASE),
        prohibition=_pattern(lists["prohibitions"]),
        requirement=_pattern(lists["requirements"]),
        permission=_pattern(lists["permissions"]),
        order=_pattern(lists["order_words"]),
        alternative=re.compile(rf"^(?:{_any(lists['alternatives'])})\b", re.IGNORECASE),
        caller=_pattern(lists["caller"]),
        agent=_pattern(lists["agent"]),
        tool=_pattern(lists["tool_words"]),
        tail=re.compile(rf"(?:,\s*|\s+)(?:{_any(lists['tails'])})\b", re.IGNORECASE),
        question=re.compile(rf"^(?:{_any(lists['question_words'])})\b", re.IGNORECASE),
    )


def _words(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else list(value)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(words)})\b", re.IGNORECASE)
