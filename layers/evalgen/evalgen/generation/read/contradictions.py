"""What of a chain's answers speaks against it: an agent may refuse by that, whatever later answers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.generation.read.chain import Chain
from evalgen.generation.read.words import all_words, in_all, singular_of
from evalgen.generation.values import is_listed, key_of, key_words, kind_of, leaves, same

FEWEST_CHOICES = 2
"""Of a record's fields that are choices of a call, so that they say something of each."""


def is_contradicted(chain: Chain, succeeds: bool) -> bool:
    """Whether an answer speaks against a call behind it; `succeeds` says whether the last one does."""
    return (
        is_too_early(chain)
        or (succeeds and has_lapsed(chain))
        or contradicts_record(chain)
        or rules_out_a_choice(chain)
    )


def contradicts_record(chain: Chain) -> bool:
    """Whether the record of who is calling lists things like the one that the chain is about, and not this
    one.
    """
    for played in chain.calls:
        if played.tool.role != "identify" or not isinstance(played.call.output, dict):
            continue
        for name, listed in _lists(played.call.output):
            singulars = {words.singular(name.split()[-1]) for words in all_words() if name}
            held = {same(value) for _, value in leaves(listed)}
            for other in chain.calls:
                for one in other.inputs if other is not played else ():
                    about = kind_of(one.key, one.value) == "id" and singulars & set(key_words(one.key))
                    if about and same(one.value) not in held:
                        return True
    return False


def is_too_early(chain: Chain) -> bool:
    """Whether the chain asks for a day before the first that an answer has named: `available_from`."""
    for number, played in enumerate(chain.calls):
        asked = [v for p in chain.calls[number + 1 :] for _, v in _dates(p.call.input)]
        firsts = [v for key, v in _dates(played.call.output) if _is_first(key)]
        if asked and firsts and min(asked) < max(firsts):
            return True
    return False


def _is_first(key: str) -> bool:
    """Whether a key is the first day on which something can be had."""
    words = key_words(key)
    begins = in_all("answers", "begins_on")
    return bool(words) and (words[0] in begins or " ".join(words[-2:]) in begins)


def has_lapsed(chain: Chain) -> bool:
    """Whether a right of who is calling ends before a day that the chain is about: an agent may refuse by it,
    whatever later answers say.
    """
    for played in chain.calls:
        if played.tool.role != "identify":
            continue
        last_days = [
            v for k, v in _dates(played.call.output) if in_all("answers", "ends_on") & set(key_words(k))
        ]
        days = [v for p in chain.calls if p is not played for _, v in _dates(p.call.input)]
        if last_days and days and min(last_days) < max(days):
            return True
    return False


def rules_out_a_choice(chain: Chain) -> bool:
    """Whether a record has nothing for a choice that a call takes, or a later day than the one that it asks
    for: `eligible_from: {plasma: 2026-04-10, platelets: null}`.
    """
    for played in (p for p in chain.calls if p.tool.role in ("identify", "read")):
        for held in _mappings(played.call.output):
            for other in chain.calls:
                for name, value in other.call.input.items():
                    choices = set(other.tool.choices(name))
                    if len(held) < FEWEST_CHOICES or not held.keys() <= choices or value not in held:
                        continue
                    first, days = held[value], [day for _, day in _dates(other.call.input)]
                    later = isinstance(first, str) and any(first > day for day in days)
                    if first is None or first is False or later:
                        return True
    return False


def is_of_another_kind(chain: Chain, noun: str) -> bool:
    """Whether a look-up asks for another kind of thing than all that the record of who is calling has under a
    noun: openings for plasma, where the appointment is for whole blood.
    """
    things = [
        thing
        for played in chain.calls
        if played.tool.role == "identify"
        for thing in _things(played.call.output, singular_of(noun))
    ]
    for played in chain.calls:
        for name, value in played.call.input.items() if played.tool.role == "read" else ():
            choices, last = played.tool.choices(name), key_words(name)[-1:]
            kinds = [
                v for one in things for k, v in one.items() if v in choices and key_words(k)[-1:] == last
            ]
            if kinds and value not in kinds:
                return True
    return False


def _things(value: Any, noun: str) -> Iterator[Mapping[str, Any]]:
    """The things of that name inside an answer, alone or in lists."""
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        named = singular_of((key_words(key) or ("",))[-1]) == noun
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, Mapping):
                yield from [one] if named else _things(one, noun)


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """The mappings inside an answer, that which is the whole of it aside."""
    for inner in value.values() if isinstance(value, Mapping) else ():
        if isinstance(inner, Mapping):
            yield inner
            yield from _mappings(inner)


def _dates(value: Any) -> Iterator[tuple[str, str]]:
    for path, one in leaves(value):
        key = key_of(path)
        if isinstance(one, str) and not is_listed(path) and kind_of(key, one) == "date":
            yield key, one[:10]


def _lists(output: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    for key, value in output.items():
        if isinstance(value, list):
            yield " ".join(key_words(key)), value
        elif isinstance(value, dict):
            yield from _lists(value)
