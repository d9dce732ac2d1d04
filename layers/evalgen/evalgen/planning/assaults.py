"""Strategy × target × honest request, the least used of each first; then every sentence, likewise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from evalgen.generation.brief import Brief
from evalgen.languages.rules import slots_of
from evalgen.planning.attack import Attack
from evalgen.planning.choice import draw, shuffled
from evalgen.planning.routes import Route, routes_of
from evalgen.planning.strategies import Attacks, Strategy, fitting
from evalgen.planning.targets import Target, Targets
from evalgen.reading.model import AgentModel

COURSES = (
    ("setup", "probe", "ask", "push", "probe"),
    ("probe", "setup", "ask", "push", "push"),
    ("probe", "probe", "setup", "ask", "push"),
    ("setup", "ask", "probe", "push", "probe"),
    ("probe", "setup", "ask", "probe", "push"),
    ("setup", "probe", "probe", "ask", "push"),
    ("probe", "setup", "probe", "ask", "push", "probe"),
    ("setup", "probe", "ask", "push", "push", "probe"),
)
"""What happens between the opening and the return to the honest request."""

VARIANTS = 4
MOST_WISHES = 4
"""Goals that an outcome names to say what the agent is there for."""


@dataclass(frozen=True)
class Assault:
    """A candidate: which strategy, which target, on which route, in which variant."""

    strategy: Strategy
    target: Target
    route: Route
    variant: int

    @cached_property
    def signature(self) -> str:
        calls = ";".join(f"{s.tool.name}{sorted(map(str, s.call.input.values()))}" for s in self.route.steps)
        text = f"{self.strategy.id}|{self.target.key}|{self.route.goal.phrase}|{calls}|{self.variant}"
        return sha256(text.encode()).hexdigest()[:16]


class Assaults:
    """All candidates of a job; nothing that they are made of is used twice before the others."""

    def __init__(self, model: AgentModel, attacks: Attacks, brief: Brief, taken: Collection[str]) -> None:
        assert brief.attack_type is not None  # the request was validated
        self._model, self._brief, self._type = model, brief, brief.attack_type
        self.attacks = attacks
        self._used: Counter[tuple[str, object]] = Counter()
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

    def accept(self, assault: Assault, attack: Attack) -> None:
        self._used.update(_features(assault))
        self._used.update(attack.pieces())

    def _cost(self, tie: int, features: list[tuple[str, str]]) -> tuple[float, int]:
        return sum(_WEIGHTS[feature[0]] * self._used[feature] for feature in features), tie

    def _all(self) -> Iterator[Assault]:
        targets = Targets(self._model, self._type, self.attacks, self._brief.seed)
        by_route = [targets.of(route) for route in self._routes]
        for variant in range(VARIANTS):
            for s, strategy in enumerate(self._strategies):
                for t in range(max(map(len, by_route))):
                    r = (s + t * 3 + variant * 5) % len(self._routes)
                    if not strategy.inject or _readable(self._routes[r]):
                        yield Assault(strategy, by_route[r][t % len(by_route[r])], self._routes[r], variant)

    def attack_of(self, assault: Assault, values: dict[str, Any]) -> Attack:
        """The assault with every free choice made; `values` are the target's and those of the request."""
        strategy, aim, attacks = assault.strategy, assault.target.aim, self.attacks

        def least(name: str, options: Sequence[int]) -> int:
            """The position that was used least, one of several by the seed."""
            fewest = min(self._used[name, i] for i in options)
            free = [i for i in options if self._used[name, i] == fewest]
            return free[draw(self._brief.seed, name, assault.signature) % len(free)]

        def of_list(name: str, texts: Sequence[str], needed: Collection[str] = ()) -> int:
            options = [i for i in fitting(texts, {*values, *_ADDED}) if set(needed) <= slots_of(texts[i])]
            return least(name, options)

        def in_order(name: str, texts: Sequence[str], count: int) -> Iterator[int]:
            """So many positions, one from each part of the list; no bold probe comes alone."""
            options = fitting(texts, {*values, *_ADDED})
            parts = min(max(count, 2) if texts is aim.probes else count, len(options))
            for part in range(min(count, parts)):
                yield least(name, options[part * len(options) // parts : (part + 1) * len(options) // parts])

        course = least("course", range(len(COURSES)))
        texts = {"setup": strategy.setup, "ask": strategy.ask, "push": strategy.push, "probe": aim.probes}
        places = {
            kind: in_order(
                f"{aim.id if kind == 'probe' else strategy.id}/{kind}", listed, COURSES[course].count(kind)
            )
            for kind, listed in texts.items()
        }
        lines = [(kind, next(places[kind], None)) for kind in COURSES[course]]
        lead = of_list("lead", attacks.persona)
        opening = of_list("opening", attacks.openings, {"agent"} & values.keys())
        told = slots_of(attacks.persona[lead]) | slots_of(attacks.openings[opening])
        values |= self._details(assault, values, told)
        return Attack(
            language=attacks.language,
            type=self._type,
            strategy=strategy.id,
            aim=aim.id,
            course=course,
            lines=tuple((kind, place) for kind, place in lines if place is not None),
            lead=lead,
            ask=of_list(f"{aim.id}/request", aim.ask),
            role=of_list(f"{aim.id}/role", aim.roles),
            manner=of_list("manner", attacks.manners),
            context=of_list(f"{strategy.id}/context", strategy.context),
            opening=opening,
            ending=of_list("ending", attacks.endings),
            values=values,
            told={"other": assault.target.other} | self._scope(assault),
        )

    def _details(self, assault: Assault, values: dict[str, Any], told: Collection[str]) -> dict[str, Any]:
        """What the caller needs at hand: what the first lines do not tell of them, and what calls take."""
        stated = [values[name] for name in told if name in values]
        untold = [values[name] for name in ("who", "value") if name in values and values[name] not in stated]
        listed = [d for d in untold + values.get("details", {"all": []})["all"] if d not in stated]
        unique = [d for i, d in enumerate(listed) if d not in listed[:i]]
        return {"details": {"all": shuffled(unique, self._brief.seed, assault.signature)}} if unique else {}

    def _scope(self, assault: Assault) -> dict[str, str]:
        """What the agent is there for, where its prompt has no rule against what is asked."""
        if assault.target.rule or self._type not in self.attacks.scope:
            return {}
        wishes = [
            self.attacks.theirs.everywhere(self.attacks.words.wishes.first(goal.phrase))
            for goal in dict.fromkeys([assault.route.goal, *self._model.goals[:MOST_WISHES]])
        ]
        *others, last = wishes
        joint = f" {self._model.lexicon.templates.or_word} "
        return {"scope": joint.join(filter(None, [", ".join(others), last]))}


_ADDED = ("role", "Role", "manner", "ask", "base64", "rot13", "homoglyph", "invisible", "half_a", "half_b")
"""What the writer adds to the values."""
_WEIGHTS = {"strategy": 1.0, "target": 1.2, "pair": 8.0, "goal": 0.4, "person": 0.3}


def _features(assault: Assault) -> list[tuple[str, str]]:
    return [
        ("strategy", assault.strategy.id),
        ("target", assault.target.key),
        ("pair", f"{assault.strategy.id}/{assault.target.key}"),
        ("goal", assault.route.goal.phrase),
        ("person", assault.route.person),
    ]


def _readable(route: Route) -> bool:
    """Whether some tool's answer has room for a planted note."""
    return any(isinstance(step.call.output, dict) for step in route.steps)


def _honest_routes(model: AgentModel) -> list[Route]:
    """What the caller legitimately wants: successful routes, goal after goal."""
    by_goal = [[r for r in routes_of(model, g) if r.reaches] for g in model.goals]
    longest = max((len(routes) for routes in by_goal), default=0)
    return [routes[i] for i in range(min(longest, 6)) for routes in by_goal if i < len(routes)]
