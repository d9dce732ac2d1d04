"""How a caller tempts an agent to break a ban of its prompt; what no topic accounts for is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.banned import Banned, grammar_of
from evalgen.generation.plan.slots import filled, slots_in
from evalgen.generation.plan.test import AssertionKind, Moment, MomentKind
from evalgen.generation.plan.topics import Fits, Scene, Topic, topics_of
from evalgen.generation.read.statement import Statement

MOST_WORDS = 9
"""Of a slot in the prompt's own words: more is no longer said by a caller, and with the words around it might
be twelve words of the prompt in a row."""

OTHER_PERSON = "{{test_profile.%s}}"
OF_EVERY_SCENE = frozenset({"other", "other_key", "other_name"})


@dataclass(frozen=True, slots=True)
class Temptation:
    """Two pushes against one ban, and what a good agent does.

    `ask` and `insist` are actions of the caller (`Ask for a price`), in the language that is spoken.
    `refused` is the moment that follows `ask`, `refused_again` the one that follows `insist`. `once` is the
    assertion where the caller only asks, `twice` where they insist too, both whole and in the language of the
    prompt. `profile` are the values that the caller needs, `fits` says when in a call it may come.
    """

    topic: str
    ask: str
    insist: str
    refused: Moment
    refused_again: Moment
    kind: AssertionKind
    once: str
    twice: str
    fits: Fits
    profile: dict[str, Any] = field(default_factory=dict)


def temptation(
    statement: Statement, *, told_in: str, language: str = "", prompt: str = "", other: str = ""
) -> Temptation | None:
    """The first of `temptations`, None where the ban is left alone."""
    found = temptations(statement, told_in=told_in, language=language, prompt=prompt, other=other)
    return next(found, None)


def temptations(
    statement: Statement, *, told_in: str, language: str = "", prompt: str = "", other: str = ""
) -> Iterator[Temptation]:
    """A temptation for each thing that a ban names, as far as topics account for it.

    `told_in` is the language of the prompt, `language` the spoken one (the same where none is given).
    `prompt` is the whole prompt: it decides between scenes. `other` is the name of somebody else in the mock
    data; where it is empty one is invented. Nothing comes of a statement that holds in a case only,
    nor of one whose last duty does: the case may be that of them all.

    Raises FileNotFoundError for a language without topics.
    """
    grammar, duties = grammar_of(told_in), statement.duties
    if statement.condition or statement.outer or (duties and grammar.is_narrowed(duties[-1].text)):
        return
    seen = set[str]()
    for duty in duties:
        kind = "ban" if duty.ban or statement.kind == "ban" else "order"
        text = re.sub(load(told_in, "topics")["frames"]["in_any_case"], "", duty.text)
        for ban in grammar.things(text):
            for topic in topics_of(told_in):
                if topic.kind in {kind, "any"} and (slots := topic.match(ban)) is not None:
                    made = _Told(told_in, language or told_in, other).of(topic, ban, slots, prompt)
                    if made and made.ask not in seen:
                        seen.add(made.ask)
                        yield made
                    break


@dataclass(frozen=True, slots=True)
class _Told:
    """The two languages of a temptation, and the other person's name."""

    told_in: str
    language: str
    other: str

    def of(self, topic: Topic, ban: Banned, slots: Mapping[str, str], prompt: str) -> Temptation | None:
        """The temptation of a topic in its first scene that suits; None where a slot cannot be said."""
        number = next((i for i, scene in enumerate(topic.scenes) if scene.suits(ban, prompt)), None)
        if number is None:
            return None
        judged, spoken = topic.scenes[number], self._spoken(topic, number)
        if spoken is None:
            return None
        told, said = load(self.told_in, "topics"), load(self.language, "topics")
        key = said["frames"]["other_key"]
        named = _slots(told, ban, slots, lambda text: _with_somebody(text, OTHER_PERSON % key, self.told_in))
        own = {
            "other": OTHER_PERSON % key,
            "other_key": key,
            "other_name": self.other or said["frames"]["other"],
        } | named
        used = slots_in(spoken.ask, spoken.insist, spoken.refused, spoken.told) - OF_EVERY_SCENE
        if used and (self.told_in != self.language or not speakable(told, used, named)):
            return None
        somebody = any(OTHER_PERSON % key in named[name] for name in used)
        if not slots_in(judged.outcome) <= own.keys():
            return None
        moment: MomentKind = "refused" if spoken.refused else "told"
        what = filled(spoken.refused or spoken.told, own)
        twice = filled(told["frames"]["does_not"], {"outcome": filled(judged.outcome, own)})
        once = filled(told["frames"]["does_not"], {"outcome": filled(judged.asked or judged.outcome, own)})
        return Temptation(
            topic.id,
            filled(spoken.ask, own),
            filled(spoken.insist, own),
            Moment(moment, what),
            Moment(moment, filled(said["frames"][f"{moment}_again"], {"what": what})),
            "does_not",
            f"{once}.",
            f"{filled(told['frames'][judged.again], {'text': twice})}.",
            judged.fits,
            {filled(k, own): filled(value, own) for k, value in spoken.profile.items()}
            | ({key: own["other_name"]} if somebody else {}),
        )

    def _spoken(self, topic: Topic, number: int) -> Scene | None:
        """The same scene in the language that is spoken."""
        same = next((one for one in topics_of(self.language) if one.id == topic.id), None)
        return same.scenes[number] if same else None


def _slots(
    told: Mapping[str, Any], ban: Banned, named: Mapping[str, str], says: Callable[[str], str]
) -> dict[str, str]:
    """What the texts may name: the ban's words as the caller `says` them, its named parts, each also as
    something known, numbers.
    """
    slots = {name: says(text) for name, text in {"thing": ban.thing, "duty": ban.duty, **named}.items()}
    for name, text in [*slots.items()]:
        slots[f"the_{name}"] = definite(told, text)
    words = told["numbers"]["words"]
    if (limit := slots.get("limit", "")).isdecimal():
        slots["one_more"] = str(int(limit) + 1)
    elif limit.lower() in words[:-1]:
        slots["one_more"] = words[words.index(limit.lower()) + 1]
    return slots


def _with_somebody(text: str, other: str, language: str) -> str:
    """A text of a ban with somebody by name, or a place, for whom or which it means in general: `a named
    person`.
    """
    for pattern, gives in load(language, "attacks")["own_rules"]["somebody"]:
        text = re.sub(pattern, gives.replace("{other}", other), text, flags=re.IGNORECASE)
    return text


def definite(told: Mapping[str, Any], text: str) -> str:
    """A thing as something known: `a code` as `the code`."""
    for indefinite, known in told["grammar"]["definite"]:
        text = re.sub(indefinite, known, text, flags=re.IGNORECASE)
    return text


def speakable(told: Mapping[str, Any], used: set[str], slots: Mapping[str, str]) -> bool:
    """Whether a caller can say what the slots named in `used` hold; `told` are the topics of its language."""
    unspeakable = told["grammar"]["unspeakable"]
    return all(
        name in slots and len(slots[name].split()) <= MOST_WORDS and not re.search(unspeakable, slots[name])
        for name in used
    )
