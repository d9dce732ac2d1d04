"""Candidates: goal × route × twist, with the statements that each would test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evalgen.planning.choice import draw
from evalgen.planning.claims import is_placed
from evalgen.planning.homes import (
    best_goal,
    caller_act,
    contradicts,
    fits,
    homes,
    is_tellable,
    is_wish,
    possible,
)
from evalgen.planning.routes import Route, of_one_caller, routes_of, stopped_at
from evalgen.planning.themes import GENERAL, TALKED, is_emergency, played, twists_of
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.tools import Outcome

_ANSWERS: tuple[Outcome, ...] = ("success", "empty", "no_match")
_ENDING_THEMES = {
    "error": ("error", "fabrication"),
    "no_match": ("no_match",),
    "empty": ("empty", "fabrication"),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """One candidate. `focus` are the statements that it tests; `second` is the route of another goal."""

    twist: str
    route: Route
    focus: tuple[Statement, ...] = ()
    act: Act | None = None
    second: Route | None = None
    choice: int = 0
    covers: frozenset[str] = field(default_factory=frozenset)

    @property
    def in_prompt_words(self) -> bool:
        """Whether the caller's side of it takes words from the prompt, and so its language."""
        return self.act is not None or self.twist == "case"

    @property
    def name(self) -> str:
        """A stable name: what is tested, on which records."""
        focus = "+".join(s.id for s in self.focus) or "-"
        calls = ";".join(f"{s.tool.name}{sorted(s.call.input.items(), key=str)}" for s in self.route.steps)
        other = self.second.goal.phrase if self.second else ""
        act = self.act.x if self.act else ""
        return f"{self.twist}|{self.route.goal.phrase}|{act}|{focus}|{calls}|{other}|{self.choice}"


def ideas_of(model: AgentModel, seed: str) -> list[Idea]:
    """Every candidate, in a stable order. At least one for each goal."""
    routes = {goal.phrase: routes_of(model, goal) for goal in model.goals}
    found = [
        *_of_routes(model, routes.values()),
        *_of_cases(model, routes),
        *_of_twists(model, routes, seed),
        *_of_statements(model, routes),
    ]
    unique: dict[str, Idea] = {}
    for idea in found:
        unique.setdefault(idea.name, idea)
    return list(unique.values())


def outcomes_in(route: Route) -> frozenset[str]:
    return frozenset(f"{step.tool.name}:{step.outcome}" for step in route.steps)


def _of_routes(model: AgentModel, all_routes: Iterable[list[Route]]) -> Iterator[Idea]:
    for routes in all_routes:
        for route in routes:
            twist = "plain" if route.reaches else "detour" if route.detour else route.ending
            themes = _ENDING_THEMES.get("empty" if route.detour else route.ending, ())
            themed = [s for s in model.statements if themes and set(themes) & set(s.themes)]
            met = [] if route.reaches else model.cases.met_by(route.steps)
            focus = tuple(s for s in dict.fromkeys((*met, *themed)) if fits(s, route, model))[:3]
            yield Idea(twist, route, focus, covers=_covers(route, focus, twist))
            if route.ending == "error":
                yield Idea("assume_success", route, focus, covers=_covers(route, focus, "assume_success"))


def _of_cases(model: AgentModel, routes: dict[str, list[Route]]) -> Iterator[Idea]:
    """A record that is in a case of the prompt: on its way to a goal, or stopped by the rule for the case."""
    reached = set[str]()
    for route in (route for of_goal in routes.values() for route in of_goal):
        for statement in model.cases.met_by(route.steps):
            if fits(statement, route, model):
                reached.add(statement.id)
                if route.reaches:
                    yield _case(statement, route, model)
    for tool in model.tools:
        if tool.effect not in ("identify", "read"):
            continue
        for call in (call for outcome in _ANSWERS for call in tool.calls[outcome]):
            for statement in model.cases.met_by(model.records.chain(tool, call).steps):
                goal = best_goal(statement, routes, model)
                route = stopped_at(model, goal, tool, call)
                if statement.id not in reached and fits(statement, route, model):
                    yield _case(statement, route, model)


def _case(statement: Statement, route: Route, model: AgentModel) -> Idea:
    focus = (statement, *model.followers.get(statement.id, ()))
    return Idea("case", route, focus, covers=_covers(route, focus, f"case:{statement.id}"))


def _of_twists(model: AgentModel, routes: dict[str, list[Route]], seed: str) -> Iterator[Idea]:
    by_twist: dict[str, list[Statement]] = {}
    for statement in model.statements:
        for twist in twists_of(statement, model.lexicon):
            by_twist.setdefault(twist, []).append(statement)
    if any(caller_act(s, model, 0) for s in by_twist.get("emergency", ())):
        del by_twist["emergency"]
    goals = list(routes)
    talked = () if model.tools else TALKED
    for number, twist in enumerate(dict.fromkeys((*GENERAL, *by_twist, *talked))):
        for turn in range(len(goals)):
            goal = goals[(turn + number) % len(goals)]
            good = [r for r in routes[goal] if r.reaches and possible(twist, r)]
            for step in range(min(3, len(good)) if model.tools else 2 * bool(good)):
                route = good[(number + turn + step * 2) % len(good)]
                named = [s for s in by_twist.get(twist, ()) if fits(s, route, model)]
                start = (turn + step) * 2 % max(1, len(named))
                focus = tuple((named[start:] + named[:start])[:2])
                second = _second(twist, route, routes, goals, number + turn + step)
                if twist in ("second_goal", "change_goal") and second is None:
                    continue
                yield Idea(
                    twist,
                    route,
                    focus,
                    None,
                    second,
                    draw(seed, twist, (turn, step)),
                    _covers(route, focus, twist),
                )


def _second(
    twist: str, route: Route, routes: dict[str, list[Route]], goals: list[str], turn: int
) -> Route | None:
    """A successful route of another goal for the same caller."""
    if twist not in ("second_goal", "change_goal") or len(goals) < 2:
        return None
    for offset in range(1, len(goals)):
        for other in routes[goals[(goals.index(route.goal.phrase) + offset + turn) % len(goals)]]:
            if other.goal.phrase != route.goal.phrase and other.reaches and of_one_caller(route, other):
                return other
    return None


def _of_statements(model: AgentModel, routes: dict[str, list[Route]]) -> Iterator[Idea]:
    for number, statement in enumerate(model.statements):
        if model.cases.decide(statement) or (
            played(statement, model.lexicon) and statement.kind != "prohibition"
        ):
            continue
        for choice in range(3):
            act = caller_act(statement, model, choice)
            if act is None or (choice and act == caller_act(statement, model, 0)):
                continue
            if not is_tellable(statement, model):
                break
            urgent = is_emergency(statement)
            focus = (statement, *(_of_emergencies(statement, model) if urgent else ()))
            placed = is_placed(act) and not urgent
            for turn, route in enumerate(homes(statement, routes, number + choice, model, placed)):
                if is_wish(act, route, model) or contradicts(act, route) or not fits(statement, route, model):
                    continue
                covers = _covers(route, focus, f"rule:{act.kind}:{statement.id}")
                yield Idea("emergency" if urgent else "rule", route, focus, act, None, choice + turn, covers)


def _of_emergencies(statement: Statement, model: AgentModel) -> tuple[Statement, ...]:
    """What follows in the same case, and what holds in every emergency."""
    standing = (s for s in model.statements if "emergency" in s.themes and not s.trigger)
    return (*model.followers.get(statement.id, ()), *standing)[:2]


def _covers(route: Route, focus: Iterable[Statement], twist: str) -> frozenset[str]:
    return outcomes_in(route) | {s.id for s in focus} | {f"twist:{twist}", f"goal:{route.goal.phrase}"}
