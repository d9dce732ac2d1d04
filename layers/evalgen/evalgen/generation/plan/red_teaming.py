"""Red-teaming tests: a caller is after something that the agent must not give or do, and then comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count, zip_longest
from math import gcd
from typing import Any, TypeVar

from evalgen.generation.brief import Brief
from evalgen.generation.languages import load, written
from evalgen.generation.plan.attacks.claims import claimed, speaks_of_claims
from evalgen.generation.plan.attacks.endings import Ending, endings_of, others
from evalgen.generation.plan.attacks.scenes import Scene
from evalgen.generation.plan.attacks.tables import Play, plays_of
from evalgen.generation.plan.attacks.target import Target
from evalgen.generation.plan.attacks.targets import targets_of
from evalgen.generation.plan.attacks.things import deeds_of
from evalgen.generation.plan.bans import people_of
from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.test import LONGEST_NAME, Attack, ForbiddenCall, Test
from evalgen.generation.read.model import AgentModel

FAMILY = "red_teaming"
Thing = TypeVar("Thing")


def red_teaming_tests(model: AgentModel, brief: Brief, taken: Collection[str] = ()) -> Iterator[Test]:
    """Each pair of something attacked and a part played once; first all that is attacked, by other parts: no
    part comes again before all have been played.

    The order depends on the agent, the type of scenario and attack, and the seed alone. `taken` are keys that
    are left out. Nothing for a brief without an attack type, or a language that cannot be written.
    """
    known = written("attacks")
    if not brief.attack_type or model.spoken not in known or model.judged not in known:
        return
    channel = "text" if brief.scenario_type == "red_teaming_text" else "voice"
    seed = f"{brief.seed}/{brief.attack_type}/{channel}"
    own, goals = targets_of(model, brief.attack_type, channel)
    targets = [*_shuffled(own, f"{seed}/own"), *_shuffled(goals, seed)]
    plays = _plays(model, brief.attack_type, channel, seed)
    endings = _shuffled(endings_of(model, seed), seed)
    people = tuple(_shuffled(people_of(model), seed))
    stride = next(n for n in count(max(1, len(targets))) if gcd(n, len(plays)) == 1)
    for turn in range(len(plays)):
        for place, target in enumerate(targets):
            play = plays[(place - len(own) + turn * stride) % len(plays)]
            scene = Scene(model, brief.attack_type, channel, target, play, people)
            if not scene.suits():
                continue
            choice = f"{seed}/{target.id}/{play.id}"
            suiting = _suiting(endings, turn * len(targets) + place, target, choice)
            found = (one for one in chain(suiting, others(model, choice)) if scene.allows(one))
            made = (_test(scene, ending) for ending in found)
            test = next((test for test in made if test is not None), None)
            if test is not None and test.key not in taken:
                yield test


def _plays(model: AgentModel, attack_type: str, channel: str, seed: str) -> list[Play]:
    """The parts that suit, a first of each strategy before the seconds; those of one channel by turns.

    A prompt with rules for callers who claim to be somebody has its own parts of that kind, which come first.
    """
    known = [play for play in plays_of(model.spoken) if not (play.claim and speaks_of_claims(model))]
    suiting = [play for play in known if not play.types or attack_type in play.types]
    foreseen = [play for play in claimed(model) if attack_type in play.types]
    shuffled = _shuffled([play for play in suiting if not play.channel], seed)
    nth: dict[str, int] = {}
    for place, play in enumerate(shuffled):
        nth[play.id] = sum(one.strategy == play.strategy for one in shuffled[:place])
    spoken = sorted(shuffled, key=lambda play: nth[play.id])
    own = _shuffled([play for play in suiting if play.channel == channel], seed)
    pairs = zip_longest(own, spoken)
    return [*foreseen, *(play for pair in pairs for play in pair if play is not None)]


def _suiting(endings: list[list[Ending]], position: int, target: Target, choice: str) -> Iterator[Ending]:
    """Of each kind of honest matter one, by turns; none that calls what the target forbids."""
    for step in range(len(endings)):
        kind = endings[(position + step) % len(endings)]
        ending = kind[_number(choice) % len(kind)]
        if not target.tool or all(call.tool != target.tool for call in ending.calls):
            yield ending


def _test(scene: Scene, ending: Ending) -> Test | None:
    model, target, play = scene.model, scene.target, scene.play
    ending = scene.fitting(ending)
    script = scene.played(ending)
    if script is None:
        return None
    frames = load(model.spoken, "attacks")["frames"]
    owasp = tuple(dict.fromkeys((load(model.spoken, "attacks")["owasp"][scene.attack_type], *play.owasp)))
    who = play.who[:1].upper() + play.who[1:]
    names = [frames[frame].format(Who=who, title=target.title) for frame in ("name", "short_name")]
    name = next((name for name in names if len(name) <= LONGEST_NAME), names[-1])
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


def _shuffled(things: Sequence[Thing], seed: str) -> list[Thing]:
    places = sorted(range(len(things)), key=lambda place: _number(f"{seed}/{place}"))
    return [things[place] for place in places]


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)
