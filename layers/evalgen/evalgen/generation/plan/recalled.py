"""What callers say of a thing of their own record when they are asked for it: the name of a medication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.test import MOST_STEPS
from evalgen.generation.plan.things import listed_in
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.grammar import is_sayable
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of, plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_words, kind_of, plain, snake

MOST_BEFORE = MOST_STEPS - 3
"""So many steps leave room for one more, the yes and the end."""


def answer_of_the_thing(way: Walk, asked: Sequence[Statement], place: int, model: AgentModel) -> int:
    """Add standing answers to what the playbook asks of the thing that the deed is done to; answers how many
    steps came in.
    """
    table = load(way.script.judged.language, "facts_of_people")
    texts = [plain_text(s.text) for s in asked if s.section == way.served.section]
    asking = [text for text in texts if re.search(table["asks"], text)]
    came, known = 0, {plain(str(v)): k for k, v in way.script.profile.items()}
    for noun, key, value in (*_fields(way), *_ages(way, model)) if way.served.section else ():
        if len(way.script.steps) >= MOST_BEFORE or not any(_names(text, noun, table) for text in asking):
            continue
        held = known.get(plain(value))
        ref = reference(held) if held else way.script.keep(key, value)
        if any(ref in step.action for step in way.script.steps):
            continue
        step = way.script.spoken.answer(ref, noun)
        if all(step.moment.what != other.moment.what for other in way.script.steps):
            way.script.steps.insert(place + came, step)
            came += 1
    return came


def _names(text: str, noun: str, table: Mapping[str, Any]) -> bool:
    pattern = table["asks_age"] if noun == table["age"] else rf"(?<!\w){re.escape(plain(noun))}s?(?!\w)"
    return re.search(pattern, text) is not None


def _ages(way: Walk, model: AgentModel) -> Iterator[tuple[str, str, str]]:
    """The same of how old those are whom the caller chooses."""
    noun = load(way.script.spoken.language, "facts_of_people")["age"]
    for choice in way.choices:
        for one in fields_of(choice.thing.one) if isinstance(choice.thing.one, dict) else ():
            if (age := model.record_rules.age_of(one)) is not None:
                yield noun, snake(f"{choice.thing.item} {noun}"), str(age)


def _fields(way: Walk) -> Iterator[tuple[str, str, str]]:
    """(what it is asked as, key for the profile, value) of the things of the record that the deed takes; not
    what the agent takes from there itself.
    """
    grammar = way.script.spoken.grammar
    taken = [i for played in way.chain.calls for i in played.inputs if i.by == "answer"]
    own = {key_words(one.key) for one in taken}
    for one in taken:
        thing = listed_in(way.chain, one, grammar)
        if thing is None or thing.offered or not isinstance(thing.one, dict):
            continue
        for key, value in thing.one.items():
            kind = kind_of(key, value)
            if (
                key_words(key) in own
                or not isinstance(value, str)
                or kind not in ("text", "name")
                or not is_sayable(value)
            ):
                continue
            bare = kind == "name" and snake(key) == "name"
            yield (
                (thing.item, f"{snake(thing.item)}_name", value)
                if bare
                else (
                    grammar.words.noun_of(key),
                    snake(key),
                    value,
                )
            )
