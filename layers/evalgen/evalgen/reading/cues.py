"""The word lists, cues and texts that a lexicon has, by name; the data file says what each is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evalgen.languages.rules import Rules


@dataclass(frozen=True, slots=True)
class Words:
    """Lists of words; the file says what each is for."""

    common: frozenset[str]
    caller: frozenset[str]
    agent: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    goal_fillers: frozenset[str]
    adverbs: frozenset[str]
    phrase_openers: frozenset[str]
    loose_openers: frozenset[str]
    case_openers: frozenset[str]
    clause_joints: frozenset[str]
    tying: frozenset[str]
    afterwards: frozenset[str]
    only_joints: frozenset[str]
    until: frozenset[str]
    following: frozenset[str]
    undone: frozenset[str]
    question_joints: frozenset[str]
    short_joints: frozenset[str]
    loose_joints: frozenset[str]
    conceding: frozenset[str]
    conjunctions: frozenset[str]
    caller_openers: frozenset[str]
    bounds: frozenset[str]
    standing_openers: frozenset[str]
    dropped_openers: frozenset[str]
    kept_openers: frozenset[str]
    clause_openers: frozenset[str]
    thing_openers: frozenset[str]
    inverting_openers: frozenset[str]
    negations: frozenset[str]
    case_fillers: frozenset[str]
    dangling: frozenset[str]
    no_units: frozenset[str]
    finite: frozenset[str]
    no_verb_after: frozenset[str]
    pronouns: frozenset[str]
    verb_followers: frozenset[str]
    object_words: frozenset[str]
    free_relatives: frozenset[str]
    relatives: frozenset[str]
    owning_relatives: frozenset[str]
    auxiliaries: frozenset[str]
    lacking: frozenset[str]
    clitics: frozenset[str]
    happenings: frozenset[str]
    happening_of: frozenset[str]
    singular_words: frozenset[str]
    plural_words: frozenset[str]
    playbooks: frozenset[str]
    question_heads: frozenset[str]
    topic_words: frozenset[str]
    not_goals: frozenset[str]
    goal_verbs: frozenset[str]
    help_verbs: frozenset[str]
    agent_verbs: frozenset[str]
    behaviours: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns made of the lists of these names: how conditions, prohibitions and the like are worded."""

    condition_openers: re.Pattern[str]
    condition_joints: re.Pattern[str]
    prohibitions: re.Pattern[str]
    requirements: re.Pattern[str]
    permissions: re.Pattern[str]
    identity: re.Pattern[str]
    style: re.Pattern[str]
    tails: re.Pattern[str]
    question_words: re.Pattern[str]
    abbreviations: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Templates:
    """Texts to complete."""

    if_word: str
    first_word: str
    after_word: str
    or_word: str
    and_word: str
    about_goal: str
    thing_goal: str
    have_done: str
    asked_for: str
    the_caller: str
    of_value: str
    aged: str
    tool_use: str
    tool_behind: str
    tool_by: str
    tool_by_which: str
    by_tool: str
    tool_named: str
    any_goal: str
    help_goal: str
    known_goal: str
    foreign_goal: str
    both: str
    thing: str
    result: str
    id_number: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How limits are worded: cues by side, the words around the number, and what is counted."""

    at_most: tuple[str, ...]
    at_least: tuple[str, ...]
    or_less: tuple[str, ...]
    or_more: tuple[str, ...]
    between: tuple[str, ...]
    and_: tuple[str, ...]
    to: tuple[str, ...]
    floor: tuple[str, ...]
    one: tuple[str, ...]
    once: Mapping[str, int]
    often: tuple[str, ...]
    time: tuple[str, ...]
    units: tuple[str, ...]
    implied: tuple[tuple[str, str], ...]
    currency: tuple[str, ...]
    thousands: str
    money: tuple[str, ...]
    percent: tuple[str, ...]
    before_number: tuple[str, ...]
    before_unit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask for what a document says."""

    when: str
    topic: str
    cell: str
    more: str


@dataclass(frozen=True, slots=True)
class Invented:
    """What is made up where an agent has no example."""

    no_match: str
    record: str
    error: str
    texts: tuple[str, ...]
    confirmed: str
    active: str
    statuses: tuple[str, ...]
    language: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    stranger: str


@dataclass(frozen=True, slots=True)
class ActForm:
    """How a trigger reads as something that the caller does: `match` has a group `x`."""

    kind: str
    match: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class WishForm:
    """How a wish reads as a goal: `match` has a group `rest`."""

    match: re.Pattern[str]
    goal: str


@dataclass(frozen=True, slots=True)
class DutyForm:
    """How a duty opens that takes this form in an outcome; `say` is put around the rest."""

    match: re.Pattern[str]
    form: str
    say: str


@dataclass(frozen=True, slots=True)
class Temptations:
    """Verbs of prohibitions, by what a caller does who wants the agent to break them."""

    ask: frozenset[str]
    push: frozenset[str]
    offer: frozenset[str]


@dataclass(frozen=True, slots=True)
class Views:
    """Rules that change the point of view or the words of a sentence."""

    caller: Rules
    reader: Rules
    reword: Rules
    joined: Rules
    asked: Rules
