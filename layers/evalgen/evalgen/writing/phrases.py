"""The phrases of a language, loaded from `languages/<code>.phrases.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from evalgen.languages.rules import Rules, compiled, rules_of, slots_of
from evalgen.languages.tables import filled, frozen, known, load
from evalgen.planning.choice import shuffled
from evalgen.reading.lexicon import Lexicon, lexicon_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of doing a move: the caller's step, and what it adds to the outcome and the tags."""

    say: str
    expect: str = ""
    tag: str = ""

    @property
    def slots(self) -> frozenset[str]:
        return slots_of(self.say)


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and forms that sentences are put together from; the file says what each is for."""

    hello: str
    topics: tuple[str, ...]
    dangers: tuple[str, ...]
    join_two: str
    join_last: str
    failing_identify: str
    failing_read: str
    failing_write: str


@dataclass(frozen=True, slots=True)
class Times:
    """How days and hours are said."""

    months: tuple[str, ...]
    day: str
    date: str
    moment: str
    words: bool
    on_the_hour: str
    past: str
    just_past: str
    morning: str
    afternoon: str


@dataclass(frozen=True, slots=True)
class Entries:
    """How an entry of a tool's answer is described."""

    one: str
    named: str
    day: str
    hour: str
    hour_alone: str
    kind: str
    name: str
    amount: str
    person: Rules


@dataclass(frozen=True, slots=True)
class Checks:
    """What no step may be or contain, and how an outcome speaks of the agent."""

    filler: re.Pattern[str]
    agent_line: re.Pattern[str]
    agent: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an outcome says of answers from documents, of two that differ, and what no document speaks of."""

    answer: tuple[str, ...]
    conflict: str
    place: str
    stays: str
    absent: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Phrases:
    """`outcome` has the forms of what the agent does, `names` those of scenario names, by twist."""

    language: str
    terms: Terms
    times: Times
    entries: Entries
    checks: Checks
    outcome: Mapping[str, tuple[str, ...]]
    told: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, str]
    greetings: Mapping[str, str]
    moves: Mapping[str, tuple[Phrase, ...]]
    polish: Rules
    knowledge: Knowledge

    @cached_property
    def lexicon(self) -> Lexicon:
        """Nouns and verbs of the same language."""
        return lexicon_of(self.language)

    @property
    def again(self) -> dict[str, str]:
        """By form, the words that repeat its verb between the parts of a long duty."""
        return {"must": self.told["and_must"], "must_not": self.told["and_must_not"]}

    def pick(self, move: str, ordinal: int, seed: str, slots: frozenset[str]) -> Phrase:
        """The phrase for the n-th use of a move, in the seed's order of those that `slots` can fill."""
        fitting = [phrase for phrase in self.moves[move] if phrase.slots <= slots]
        order = _order(len(fitting), seed, move)
        return fitting[order[ordinal % len(fitting)]]

    def tidy(self, text: str) -> str:
        """A sentence as it is printed."""
        text = " ".join(self.polish.everywhere(text).split())
        text = text.replace(" ,", ",").replace(" .", ".").replace("..", ".")
        return text[:1].upper() + text[1:]

    def joined(self, parts: list[str]) -> str:
        """`a, b, and c`."""
        if len(parts) < 3:
            return self.terms.join_two.join(parts)
        return ", ".join(parts[:-1]) + self.terms.join_last + parts[-1]


@cache
def _order(count: int, seed: str, move: str) -> list[int]:
    return shuffled(range(count), seed, f"phrases/{move}")


@cache
def phrases_of(language: str) -> Phrases:
    """The phrases of a language code, or the English ones where there are none."""
    code = known(language, "phrases")
    data, asking = load(code, "phrases"), load(code, "knowledge")
    return Phrases(
        language=code,
        terms=filled(Terms, data["terms"], frozen),
        times=filled(Times, data["times"], frozen),
        entries=filled(Entries, data["entries"], lambda v: rules_of(v) if isinstance(v, list) else v),
        checks=filled(Checks, data["checks"], compiled),
        outcome={name: tuple(forms) for name, forms in data["outcome"].items()},
        told=data["told"],
        names={twist: tuple(forms) for twist, forms in data["names"].items()},
        languages=data["languages"],
        greetings=data["greetings"],
        moves={
            move: tuple(Phrase(**p) if isinstance(p, dict) else Phrase(p) for p in listed)
            for move, listed in (data["moves"] | asking["moves"]).items()
        },
        polish=rules_of(data["polish"]["rules"]),
        knowledge=filled(Knowledge, asking["knowledge"], frozen),
    )


def greeting_in(language: str) -> str:
    """`Hello` in the language."""
    phrases = phrases_of(language)
    return phrases.greetings.get(language, phrases.terms.hello)
