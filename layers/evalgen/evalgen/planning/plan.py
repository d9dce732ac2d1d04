"""The plan of one slot: self-contained, so that a writer needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.draft import MockEntry
from evalgen.planning.attack import Attack


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that the caller does. `ordinal` counts the uses of the move in the job: it picks the phrase.

    Among `values`, `{"ref": key}` is a value of the test profile, `{"plain": value}` one that is said aloud,
    `{"item": {…}, "noun": …}` an entry of a tool's answer that the caller points to; all others are words.
    """

    move: str
    ordinal: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """An expected tool call, as the outcome tells of it: what the agent does and how the tool answers.

    `action` is the verb in English; all other words are in the language of the plan.
    """

    verb: str
    noun: str
    effect: str
    outcome: str
    said: dict[str, Any] = field(default_factory=dict)
    item: dict[str, Any] = field(default_factory=dict)
    item_noun: str = ""
    reference: str = ""
    reference_value: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule of the prompt that this scenario tests: its words, and the trigger where it has one.

    `answer` says that the caller asks for it, so that the agent states it.
    """

    statement: str
    text: str
    trigger: str = ""
    opener: str = ""
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a document says, and where."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`signature` says what is tested, in a form that two jobs can compare.

    `name` is given last, when the names of the other slots are known. `language` is the caller's,
    `told_in` the one that the scenario is written in and `rules_language` the one that duties are worded in,
    where these are others.
    """

    signature: str
    language: str
    seed: str
    twist: str
    goal: str
    detail: str
    beats: tuple[Beat, ...]
    calls: tuple[Call, ...]
    duties: tuple[Duty, ...]
    entries: tuple[MockEntry, ...]
    profile: dict[str, Any]
    variables: dict[str, Any]
    profile_name: str
    tags: tuple[str, ...]
    covers: tuple[str, ...]
    traits: tuple[str, ...] = ()
    expected_outcome: str = ""
    generate_outcome: bool = True
    first_message: str = ""
    tool_words: dict[str, str] = field(default_factory=dict)
    attack: Attack | None = None
    sources: tuple[Source, ...] = ()
    name: str = ""
    rules_language: str = ""
    told_in: str = ""
