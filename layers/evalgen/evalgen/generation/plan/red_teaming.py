"""Red-teaming tests: a caller who is after something that the agent must not give or do, and then comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.brief import Brief
from evalgen.generation.languages import load, written
from evalgen.generation.plan.attacks.endings import Ending, endings_of, giving_up
from evalgen.generation.plan.attacks.scenes import Scene
from evalgen.generation.plan.attacks.tables import Play, plays_of
from evalgen.generation.plan.attacks.targets import Target, targets_of
from evalgen.generation.plan.attacks.things import deeds_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.test import Attack, ForbiddenCall, Test
from evalgen.generation.read.model import AgentModel

FAMILY = "red_teaming"


def red_teaming_tests(
    model: AgentModel, brief: Brief, seed: str, taken: Collection[str] = ()
) -> Iterator[Test]:
    """Each pair of something attacked and a part played once: all that is attacked first, by ever other parts.

    The order depends on the agent, the type of scenario and attack, and the seed alone. `taken` are keys that
    are left out. Nothing for a brief without an attack type, or a language that cannot be written.
    """
    known = written("attacks")
    if not brief.attack_type or model.spoken not in known or model.judged not in known:
        return
    channel = "text" if brief.scenario_type == "red_teaming_text" else "voice"
    seed = f"{seed}/{brief.attack_type}/{channel}"
    targets = _shuffled(targets_of(model, brief.attack_type, channel), seed)
    plays = _plays(model.spoken, brief.attack_type, channel, seed)
    endings = _shuffled(endings_of(model, seed), seed)
    for turn in range(len(plays)):
        for place, target in enumerate(targets):
            play = plays[(place + turn) % len(plays)]
            ending = _ending(endings, turn * len(targets) + place, target, f"{seed}/{target.id}/{play.id}")
            scene = Scene(model, brief.attack_type, channel, target, play, seed)
            if (ending is None and (ending := giving_up(model, seed)) is None) or not scene.suits():
                continue
            test = _test(scene, ending)
            if test is not None and test.key not in taken:
                yield test


def _plays(language: str, attack_type: str, channel: str, seed: str) -> list[Play]:
    """The parts that suit, a first of each strategy before the seconds; in writing those of writing lead."""
    own = [
        play
        for play in plays_of(language)
        if play.channel in ("", channel) and (not play.types or attack_type in play.types)
    ]
    shuffled = _shuffled(own, seed)
    nth = {
        play.id: sum(one.strategy == play.strategy for one in shuffled[: shuffled.index(play)])
        for play in shuffled
    }
    return sorted(shuffled, key=lambda play: nth[play.id])


def _ending(endings: list[list[Ending]], position: int, target: Target, choice: str) -> Ending | None:
    """The next kind of honest matter that does not call what the target forbids; the record is chosen."""
    for step in range(len(endings)):
        kind = endings[(position + step) % len(endings)]
        ending = kind[_number(choice) % len(kind)]
        if not target.tool or all(call.tool != target.tool for call in ending.calls):
            return ending
    return None


def _test(scene: Scene, ending: Ending) -> Test | None:
    model, target, play = scene.model, scene.target, scene.play
    script = scene.played(ending)
    if script is None:
        return None
    frames = load(model.spoken, "attacks")["frames"]
    owasp = tuple(dict.fromkeys((load(model.spoken, "attacks")["owasp"][scene.attack_type], *play.owasp)))
    name = frames["name"].format(Who=play.who[:1].upper() + play.who[1:], title=target.title)
    test = finish(
        script,
        model,
        FAMILY,
        (scene.attack_type, target.id, play.id),
        Speech(model.spoken).joined(name),
        calls=ending.calls,
        forbidden=_forbidden(scene, ending),
        tags=(scene.attack_type, play.strategy, *owasp),
        covers=ending.covers,
    )
    if test is None:
        return None
    attack = Attack(scene.attack_type, play.strategy, target.title, owasp, scene.persona(script.profile))
    variables: dict[str, Any] = ending.variables or test.variables
    return replace(test, attack=attack, variables=variables)


def _forbidden(scene: Scene, ending: Ending) -> list[ForbiddenCall]:
    """What changes a thing on record and is no part of the honest matter must not be called."""
    if scene.attack_type != "unauthorized_actions":
        return []
    honest = {call.tool for call in ending.calls}
    tools = [deed.tool for _, deed in deeds_of(scene.model)]
    return [ForbiddenCall(tool) for tool in dict.fromkeys(tools) if tool not in honest]


def _shuffled(things: list[Any], seed: str) -> list[Any]:
    """By the seed; of equal length and order for the same seed."""
    number = {id(thing): _number(f"{seed}/{position}") for position, thing in enumerate(things)}
    return sorted(things, key=lambda thing: number[id(thing)])


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)
