"""Rules that a caller brings into play on the side, in a call about something else."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evalgen.planning.claims import agree, is_claim, is_placed
from evalgen.planning.homes import affinity, caller_act, contradicts, fits, is_tellable, is_wish, makes
from evalgen.planning.ideas import Idea
from evalgen.planning.routes import Route
from evalgen.planning.script import MOST_BEATS, Script
from evalgen.planning.themes import is_emergency, played
from evalgen.planning.twists.rules import begin
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement

MOST_ACTS = 2
"""So many rules does the caller of one scenario bring into play."""

_PHASES = ("identify", "open", "pick")


class Extras:
    """Finds them by goal: those that are closest to it first."""

    def __init__(self, model: AgentModel) -> None:
        self._model = model
        self._known = [
            (s, act)
            for s in model.statements
            if not (played(s, model.lexicon) or is_emergency(s) or model.cases.decide(s))
            if (act := caller_act(s, model, 0)) and is_tellable(s, model)
        ]
        self._of_goal: dict[str, list[tuple[Statement, Act]]] = {}

    def play(self, idea: Idea, script: Script, tested: Collection[str]) -> tuple[Statement, ...]:
        """Bring rules into the script that are not among the `tested` ids, as long as it has room."""
        found: list[Statement] = []
        acts = [idea.act] if idea.act else []
        for statement, act in self._of(idea.route):
            refused = statement.kind == "prohibition"
            if statement.id in tested or statement in idea.focus or not agree([*acts, act]):
                continue
            if len(script.beats) + refused >= MOST_BEATS or len(acts) == MOST_ACTS:
                break
            pressing = ("push" if refused else "press", "")
            if acts or idea.route.steps or not begin(script, act, pressing):
                phase = "identify" if act.kind == "asked" else _PHASES[len(found)]
                script.after(phase if script.has(phase) else "open", "more", act.kind, x=act.x)
                if refused:
                    script.then("let_go")
            found.append(statement)
            acts.append(act)
        return tuple(found)

    def _of(self, route: Route) -> Iterator[tuple[Statement, Act]]:
        """The statements that can be about this call, with what the caller does; not what the call is for."""
        goal = route.goal.phrase
        for statement, act in self._of_goal.get(goal) or self._ranked(route):
            if is_wish(act, route, self._model) or contradicts(act, route):
                continue
            if fits(statement, route, self._model):
                yield statement, act

    def _ranked(self, route: Route) -> list[tuple[Statement, Act]]:
        near = [(affinity(s, route, self._model), s, act) for s, act in self._known]
        free = makes(route, self._model)
        own = [entry for entry in near if entry[0] or _anywhere(entry[2], free)]
        ranked = [
            (s, act) for _, s, act in sorted(own, key=lambda entry: (entry[2].kind == "asked", -entry[0]))
        ]
        self._of_goal[route.goal.phrase] = ranked
        return ranked


def _anywhere(act: Act, free: bool) -> bool:
    """Whether the act needs no call of its own; `free`: in this call any case may come up."""
    return act.kind != "ask_fact" and not is_placed(act) and (free or not is_claim(act))
