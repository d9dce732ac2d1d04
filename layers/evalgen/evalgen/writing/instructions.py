"""The caller's numbered steps, from the beats of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.planning.plan import Beat, Plan
from evalgen.writing.phrases import Phrase, Phrases
from evalgen.writing.values import described

VOWELS = "aeiou"


def chosen_phrases(plan: Plan, phrases: Phrases) -> list[tuple[Beat, Phrase]]:
    return [(beat, phrases.pick(beat.move, beat.ordinal, plan.seed, _known(beat))) for beat in plan.beats]


def _known(beat: Beat) -> frozenset[str]:
    derived = {"X", "article"} if "x" in beat.values else set()
    derived |= {"topic", "danger", "language", "thing_a"}
    return frozenset(beat.values) | derived


def steps_of(plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> Iterator[str]:
    """One line a step, unnumbered."""
    for beat, phrase in chosen:
        yield tidy(phrase.say.format_map(values_of(beat, phrases)))


def values_of(beat: Beat, phrases: Phrases) -> dict[str, str]:
    """The beat's values in words, with the forms that phrases derive from them."""
    values = {name: rendered(value, phrases) for name, value in beat.values.items()}
    if x := values.get("x"):
        values["X"] = x[0].upper() + x[1:]
        values["article"] = (
            ""
            if x.split()[-1].endswith("s") or x.startswith(("a ", "an ", "the ", "any "))
            else "an"
            if x[0].lower() in VOWELS
            else "a"
        )
    if thing := values.get("thing"):
        values["thing_a"] = thing if thing.endswith("s") else f"{'an' if thing[0] in VOWELS else 'a'} {thing}"
    for slot, words in (("topic", "topics"), ("danger", "dangers")):
        if slot in values:
            continue
        values[slot] = phrases.words[words][beat.ordinal % len(phrases.words[words])]
    return values


def rendered(value: Any, phrases: Phrases) -> str:
    if isinstance(value, dict):
        if "ref" in value:
            return reference(value["ref"])
        if "refs" in value:
            return joined([reference(key) for key in value["refs"]], phrases)
        return described(value["item"], value["noun"], phrases)
    return str(value)


def reference(key: str) -> str:
    return (
        f"{{{{test_profile.{key}}}}}"
        if key.replace("_", "").isalnum() and key.isascii()
        else f"{{{{test_profile['{key}']}}}}"
    )


def joined(parts: list[str], phrases: Phrases) -> str:
    if len(parts) < 3:
        return phrases.words["join_two"].join(parts)
    return ", ".join(parts[:-1]) + phrases.words["join_last"] + parts[-1]


def tidy(text: str) -> str:
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".").replace("..", ".")
    return text[:1].upper() + text[1:]
