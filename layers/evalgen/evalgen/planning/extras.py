"""Rules that a caller brings into play on the side, in a call about something else."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.planning.cases import Cases
from evalgen.planning.homes import affinity, caller_act, fits
from evalgen.planning.ideas import PLACED, played
from evalgen.planning.routes import Route
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement


class Extras:
    """Finds them by goal: those that are closest to it first."""

    def __init__(self, model: AgentModel, cases: Cases) -> None:
        self._model = model
        self._known = [
            (s, act)
            for s in model.statements
            if s.kind != "fact" and not played(s, model.lexicon) and not cases.decide(s)
            if (act := caller_act(s, model, 0))
        ]
        self._of_goal: dict[str, list[tuple[Statement, Act]]] = {}

    def of(self, route: Route) -> Iterator[tuple[Statement, Act]]:
        """The statements that can be about this call, with what the caller does; not what the call is for."""
        goal = route.goal.phrase
        wanted = set(goal.lower().split())
        for statement, act in self._of_goal.get(goal) or self._ranked(route):
            if not set(act.x.lower().split()) <= wanted and fits(statement, route, self._model):
                yield statement, act

    def _ranked(self, route: Route) -> list[tuple[Statement, Act]]:
        near = [(affinity(s, route, self._model), s, act) for s, act in self._known]
        own = [entry for entry in near if entry[0] or entry[2].kind not in PLACED]
        ranked = [(s, act) for _, s, act in sorted(own, key=lambda entry: -entry[0])]
        self._of_goal[route.goal.phrase] = ranked
        return ranked
