"""The caller's numbered steps, from the beats of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.languages.tables import SEVERAL
from evalgen.planning.plan import Beat, Plan
from evalgen.writing.phrases import Phrase, Phrases
from evalgen.writing.values import described


def chosen_phrases(plan: Plan, phrases: Phrases) -> list[tuple[Beat, Phrase]]:
    """Each beat with the phrase that says it."""
    return [
        (beat, phrases.pick(beat.move, beat.ordinal, plan.seed, frozenset(values_of(beat, phrases))))
        for beat in plan.beats
    ]


def steps_of(chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> Iterator[str]:
    """One line a step, unnumbered."""
    for beat, phrase in chosen:
        yield phrases.tidy(phrase.say.format_map(values_of(beat, phrases)))


def speaking(plan: Plan, phrases: Phrases) -> Iterator[str]:
    """That the caller speaks, where it is another language than the scenario is written in."""
    if plan.language not in (phrases.language, SEVERAL):
        yield phrases.told["speak"].format(language=phrases.languages.get(plan.language, plan.language))


def values_of(beat: Beat, phrases: Phrases) -> dict[str, str]:
    """The beat's values in words, with the forms that phrases derive from them.

    For `noun` there are also `the_noun` and `your_noun`, for `x` `X` and `a_x`, for `thing` `thing_a` and
    `the_thing`, for `reference` `the_reference`.
    """
    nouns, terms = phrases.lexicon.nouns, phrases.terms
    values = {name: rendered(value, phrases) for name, value in beat.values.items()}
    if noun := values.get("noun"):
        values |= {"the_noun": nouns.the(noun), "your_noun": nouns.your(noun)}
    if x := values.get("x"):
        values |= {"X": x[0].upper() + x[1:], "a_x": nouns.one(x)}
    if thing := values.get("thing"):
        values |= {"thing_a": nouns.one(thing), "the_thing": nouns.the(thing)}
    if told := values.get("reference"):
        values["the_reference"] = nouns.the(told)
    values.setdefault("topic", terms.topics[beat.ordinal % len(terms.topics)])
    values.setdefault("danger", terms.dangers[beat.ordinal % len(terms.dangers)])
    return values


def rendered(value: Any, phrases: Phrases) -> str:
    if isinstance(value, dict):
        if "ref" in value:
            return _labelled(value, reference(value["ref"]))
        if "refs" in value:
            return phrases.joined([reference(key) for key in value["refs"]])
        if "all" in value:
            return phrases.joined([rendered(part, phrases) for part in value["all"]])
        if "plain" in value:
            return _labelled(value, str(value["plain"]))
        return described(value["item"], value["noun"], phrases)
    return str(value)


def _labelled(value: dict[str, Any], text: str) -> str:
    """The text behind what it is called, where the value says so."""
    return f"{value['noun']} {text}" if "noun" in value else text


def reference(key: str) -> str:
    """The placeholder of a value of the test profile."""
    plain = key.replace("_", "").isalnum() and key.isascii()
    return f"{{{{test_profile.{key}}}}}" if plain else f"{{{{test_profile['{key}']}}}}"
