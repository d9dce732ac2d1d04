"""The topics of one language: what is banned, and how a caller asks for it all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from evalgen.generation.languages import load
from evalgen.generation.patterns import compiled
from evalgen.generation.plan.banned import Banned

Fits = Literal["anywhere", "task", "identified"]
"""anywhere: needs nothing of the call. task: belongs to what the call is about, so it comes behind the
request. identified: comes once the caller is known, because before that a good agent asks who is calling."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One way to tempt; texts have `{slots}`. `told` is said of a thing that the caller offers, `asked` is
    the outcome of who asks and does not insist, where `outcome` speaks of the second question.
    """

    ask: str
    insist: str
    outcome: str
    fits: Fits
    refused: str = ""
    asked: str = ""
    told: str = ""
    again: str = "request"
    verbs: tuple[str, ...] = ()
    where: str = ""
    unless: str = ""
    profile: dict[str, str] = field(default_factory=dict)

    def suits(self, ban: Banned, prompt: str) -> bool:
        """Whether the ban's verbs and the prompt are those that the scene is made for."""
        return (
            (not self.verbs or not ban.classes.isdisjoint(self.verbs))
            and (not self.where or re.search(self.where, prompt) is not None)
            and (not self.unless or re.search(self.unless, prompt) is None)
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """`thing` is the pattern of all of a thing banned; `given` are the slots that a named group of it stands
    for, and by `default` those that nothing in it fills."""

    id: str
    kind: Literal["ban", "order", "any"]
    verbs: frozenset[str]
    thing: str
    given: dict[str, dict[str, str]]
    scenes: tuple[Scene, ...]

    def match(self, ban: Banned) -> dict[str, str] | None:
        """The slots of a ban that this topic is about, else None."""
        if self.verbs.isdisjoint(ban.classes):
            return None
        if (match := compiled(self.thing, re.IGNORECASE).fullmatch(ban.thing)) is None:
            return None
        slots = {name: value for name, value in match.groupdict().items() if value is not None}
        given = {
            name: text for group in ("default", *slots) for name, text in self.given.get(group, {}).items()
        }
        return {name: text.format_map(slots) for name, text in given.items()} | slots


def topic_of(data: dict[str, Any], patterns: dict[str, str]) -> Topic:
    """A topic from its table; `{det}` and the like in its pattern are replaced by `patterns`."""
    thing: str = data["thing"]
    for name, pattern in patterns.items():
        thing = thing.replace(f"{{{name}}}", pattern)
    return Topic(
        data["id"],
        data.get("kind", "ban"),
        frozenset(data["verbs"]),
        thing,
        data.get("given", {}),
        tuple(Scene(**{**scene, "verbs": tuple(scene.get("verbs", ()))}) for scene in data["scene"]),
    )


@cache
def topics_of(language: str) -> tuple[Topic, ...]:
    """In the order in which they are tried. Raises FileNotFoundError where the language has none."""
    data = load(language, "topics")
    return tuple(topic_of(topic, data["patterns"]) for topic in data["topic"])
