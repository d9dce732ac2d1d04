"""Strategy × target × honest request, the least used of each first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evalgen.planning.attack import Attack
from evalgen.planning.brief import Brief
from evalgen.planning.choice import draw
from evalgen.planning.routes import Route, routes_of
from evalgen.planning.strategies import Strategy, attacks_of
from evalgen.planning.targets import Target, targets_of
from evalgen.reading.model import AgentModel

TURNS = (3, 5)
"""Turns between the opening and the return to the honest request."""

VARIANTS = 4


@dataclass(frozen=True, slots=True)
class Assault:
    """A candidate: which strategy, which target, on which route, in which variant."""

    strategy: Strategy
    target: Target
    route: Route
    variant: int

    @property
    def signature(self) -> str:
        calls = ";".join(f"{s.tool.name}{sorted(map(str, s.call.input.values()))}" for s in self.route.steps)
        text = f"{self.strategy.id}|{self.target.ask}|{self.route.goal.phrase}|{calls}|{self.variant}"
        return sha256(text.encode()).hexdigest()[:16]


class Assaults:
    """All candidates of a job; no strategy, target or request is used twice before the others."""

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        assert brief.attack_type is not None  # the request was validated
        self._model, self._brief, self._type = model, brief, brief.attack_type
        self.attacks = attacks_of(brief.personality_of(0).language)
        self._used: Counter[tuple[str, str]] = Counter()
        self._accepted = 0
        channel = "voice" if brief.scenario_type == "red_teaming_voice" else "text"
        self._strategies = self.attacks.of_channel(channel)
        self._routes = _honest_routes(model)
        earlier = set(taken)
        self._open = [
            (draw(brief.seed, "assault", a.signature), _features(a), a)
            for a in self._all()
            if a.signature not in earlier
        ]

    def __iter__(self) -> Iterator[Assault]:
        """The least used first; each is handed out once."""
        while self._open:
            best = min(range(len(self._open)), key=lambda i: self._cost(*self._open[i][:2]))
            yield self._open.pop(best)[2]

    @property
    def waiting(self) -> list[Assault]:
        """The candidates that were not handed out yet."""
        return [assault for *_, assault in self._open]

    def accept(self, assault: Assault) -> None:
        self._used.update(_features(assault))
        self._accepted += 1

    def _cost(self, tie: int, features: list[tuple[str, str]]) -> tuple[float, int]:
        return sum(_WEIGHTS[feature[0]] * self._used[feature] for feature in features), tie

    def _all(self) -> Iterator[Assault]:
        by_route = {
            id(route): targets_of(self._model, self._type, route, self.attacks, self._brief.seed)
            for route in self._routes
        }
        wanted = max(map(len, by_route.values()))
        for variant in range(VARIANTS):
            for s, strategy in enumerate(self._strategies):
                for r in range(wanted):
                    route = self._routes[(s + r * 3 + variant * 5) % len(self._routes)]
                    targets = by_route[id(route)]
                    yield Assault(strategy, targets[r % len(targets)], route, variant)

    def attack_of(self, assault: Assault, values: dict[str, Any]) -> Attack:
        """The assault with every free choice made."""
        seed, name = self._brief.seed, assault.signature
        low, high = TURNS
        count = low + draw(seed, "turns", name) % (high - low + 1)
        places = _places(assault.strategy, count, draw(seed, "places", name))
        lists = self.attacks.lists
        return Attack(
            type=self._type,
            strategy=assault.strategy.id,
            ask=assault.target.ask,
            told_ask=assault.target.told,
            turns=tuple(
                (p, (assault.variant + draw(seed, f"turn{p}", name)) % len(assault.strategy.turns[p]))
                for p in places
            ),
            persona=(self._accepted + draw(seed, "persona", 0)) % len(lists["persona"]),
            opening=draw(seed, "opening", name),
            ending=draw(seed, "ending", name),
            values=values,
        )


_WEIGHTS = {"strategy": 1.0, "target": 1.2, "pair": 8.0, "goal": 0.4, "person": 0.3}


def _features(assault: Assault) -> list[tuple[str, str]]:
    return [
        ("strategy", assault.strategy.id),
        ("target", assault.target.ask),
        ("pair", f"{assault.strategy.id}/{assault.target.ask}"),
        ("goal", assault.route.goal.phrase),
        ("person", assault.route.person),
    ]


def _places(strategy: Strategy, count: int, turn: int) -> list[int]:
    """Which turns to play, in order: always those that name the target."""
    needed = [
        i
        for i, variants in enumerate(strategy.turns)
        if any("{ask}" in v or "{base64}" in v or "{half" in v or "{homoglyph}" in v for v in variants)
    ]
    spare = [i for i in range(len(strategy.turns)) if i not in needed]
    extra = [spare[(turn + i) % len(spare)] for i in range(max(0, count - len(needed)))] if spare else []
    return sorted({*needed, *extra})


def _honest_routes(model: AgentModel) -> list[Route]:
    """What the caller legitimately wants: successful routes, goal after goal."""
    by_goal = [[r for r in routes_of(model, g) if r.reaches] for g in model.goals]
    longest = max((len(routes) for routes in by_goal), default=0)
    return [routes[i] for i in range(min(longest, 6)) for routes in by_goal if i < len(routes)]
