"""Candidates: goal × route × twist, with the statements that each would test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evalgen.planning.choice import draw
from evalgen.planning.routes import Route, routes_of
from evalgen.reading.acts import Act, act_of_fact, act_of_limit, act_of_prohibition, act_of_trigger
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.values import words_of

_CALLER_OPENERS = {
    "",
    "if",
    "when",
    "whenever",
    "once",
    "in case",
    "in case of",
    "in the event of",
    "in the event that",
    "should",
    "for",
    "where",
    "as soon as",
    "on",
    "upon",
    "during",
    "while",
    "si",
    "cuando",
    "en caso de",
    "para",
    "ante",
}
GENERAL = (
    "decline",
    "refuse_confirm",
    "vague_yes",
    "skip_confirm",
    "misstate",
    "correct_choice",
    "change_goal",
    "second_goal",
    "vague_date",
    "other_option",
    "upfront",
    "unclear",
    "silence",
    "impatient",
    "interrupt",
    "third_party",
    "off_topic",
    "leak",
)
BY_THEME = {
    "silence": "silence",
    "unclear": "unclear",
    "self_correction": "correct_choice",
    "human": "human",
    "privacy": "third_party",
    "leak": "leak",
    "off_topic": "off_topic",
    "anger": "anger",
    "confirmation": "vague_yes",
    "emergency": "emergency",
    "second_request": "second_goal",
    "language": "language",
    "out_of_order": "upfront",
    "interruption": "interrupt",
    "relative_date": "vague_date",
}
PLAYED = {
    "silence",
    "unclear",
    "self_correction",
    "human",
    "anger",
    "emergency",
    "out_of_order",
    "interruption",
    "second_request",
}
"""Themes whose statements have a twist of their own, which plays them better than their words would."""
_ENDING_THEMES = {
    "error": ("error", "fabrication"),
    "no_match": ("no_match",),
    "empty": ("empty", "fabrication"),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """One candidate. `focus` are the statements that it is made to test; `second` the route of another goal."""

    twist: str
    route: Route
    focus: tuple[Statement, ...] = ()
    act: Act | None = None
    second: Route | None = None
    choice: int = 0
    covers: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """A stable name: what is tested, on which records."""
        focus = "+".join(s.id for s in self.focus) or "-"
        calls = ";".join(f"{s.tool.name}{sorted(s.call.input.items(), key=str)}" for s in self.route.steps)
        other = self.second.goal.phrase if self.second else ""
        return f"{self.twist}|{self.route.goal.phrase}|{self.act.x if self.act else ''}|{focus}|{calls}|{other}|{self.choice}"


def ideas_of(model: AgentModel, seed: str) -> list[Idea]:
    """Every candidate, in a stable order. At least one for each goal."""
    routes = {goal.phrase: routes_of(model, goal) for goal in model.goals}
    found = [
        *_of_routes(model, routes.values()),
        *_of_twists(model, routes, seed),
        *_of_statements(model, routes, seed),
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
            twist = (
                "detour" if route.detour else "plain" if route.ending in ("success", "none") else route.ending
            )
            themes = _ENDING_THEMES.get("empty" if route.detour else route.ending, ())
            focus = tuple(
                s
                for s in model.statements
                if themes and set(themes) & set(s.themes) and fits(s, route, model)
            )[:3]
            yield Idea(twist, route, focus, covers=_covers(route, focus, twist))
            if route.ending == "error":
                yield Idea("assume_success", route, focus, covers=_covers(route, focus, "assume_success"))


def _of_twists(model: AgentModel, routes: dict[str, list[Route]], seed: str) -> Iterator[Idea]:
    by_twist: dict[str, list[Statement]] = {}
    for statement in model.statements:
        about = statement.trigger or statement.text
        for theme in statement.themes:
            if theme in BY_THEME and model.lexicon.themes[theme].search(about):
                by_twist.setdefault(BY_THEME[theme], []).append(statement)
    goals = list(routes)
    for number, twist in enumerate(dict.fromkeys((*GENERAL, *by_twist))):
        named = by_twist.get(twist, [])
        for turn in range(len(goals)):
            goal = goals[(turn + number) % len(goals)]
            good = [
                r
                for r in routes[goal]
                if r.ending in ("success", "none") and not r.detour and possible(twist, r)
            ]
            for step in range(min(3, len(good))):
                route = good[(number + turn + step * 2) % len(good)]
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
            if (
                other.goal.phrase != route.goal.phrase
                and other.ending in ("success", "none")
                and not other.detour
                and other.person == route.person
            ):
                return other
    return None


def _of_statements(model: AgentModel, routes: dict[str, list[Route]], seed: str) -> Iterator[Idea]:
    for number, statement in enumerate(model.statements):
        if set(statement.themes) & PLAYED and statement.kind != "prohibition":
            continue
        for choice in range(3):
            act = caller_act(statement, model, choice)
            if act is None or (choice and act == caller_act(statement, model, 0)):
                continue
            for turn, route in enumerate(_homes(statement, routes, number + choice)):
                yield Idea(
                    "rule",
                    route,
                    (statement,),
                    act,
                    None,
                    choice + turn,
                    _covers(route, (statement,), f"rule:{act.kind}:{statement.id}"),
                )


def caller_act(statement: Statement, model: AgentModel, choice: int) -> Act | None:
    """What the caller does to bring a statement into play, where that can be read from its words."""
    if statement.kind == "prohibition":
        return act_of_prohibition(statement, model.lexicon, choice)
    if statement.kind == "fact":
        return (
            act_of_limit(statement, model.lexicon, choice)
            if choice
            else act_of_fact(statement, model.lexicon)
        )
    if choice and statement.limits and statement.kind in ("requirement", "permission", "step"):
        return act_of_limit(statement, model.lexicon, choice)
    if statement.trigger and statement.consequence and statement.opener in _CALLER_OPENERS and not choice:
        act = act_of_trigger(statement.trigger, model.lexicon)
        outer = act_of_trigger(statement.outer, model.lexicon) if statement.outer else None
        return None if statement.outer and outer is None else act
    return None


def _homes(statement: Statement, routes: dict[str, list[Route]], number: int) -> list[Route]:
    """The routes to test a statement on: of the goal it belongs to first, then of others in turn."""
    ranked = sorted(routes, key=lambda goal: -_affinity(statement, routes[goal][0]))
    own = [g for g in ranked if _affinity(statement, routes[g][0]) > 0][:2] or [ranked[number % len(ranked)]]
    found = []
    for offset, goal in enumerate(own):
        good = [r for r in routes[goal] if r.ending in ("success", "none") and not r.detour] or routes[goal]
        found.append(good[(number + offset) % len(good)])
    return found


def _affinity(statement: Statement, route: Route) -> int:
    goal = route.goal
    same_section = bool(goal.section) and statement.section[: len(goal.section)] == goal.section
    words = set(words_of(statement.text))
    wanted = {w for w in goal.phrase.split() if len(w) > 3} - {"your", "have", "something", "help", "with"}
    return 4 * same_section + 2 * len(set(statement.tools) & set(goal.tools)) + len(words & wanted)


def fits(statement: Statement, route: Route, model: AgentModel) -> bool:
    """Whether a statement can be about this call: it names no tool, task or section of others only."""
    if statement.tools and not set(statement.tools) & {s.tool.name for s in route.steps}:
        return False
    goal = route.goal
    elsewhere = any(
        g.section and g.section != goal.section and statement.section[: len(g.section)] == g.section
        for g in model.goals
    )
    if elsewhere:
        return False
    words = {w[:5] for w in words_of(f"{statement.text} {statement.outer}")}
    tasks = {g.phrase.split()[0][:5] for g in model.goals} | {
        t.verb[:5] for t in model.tools if t.effect == "write"
    }
    mine = {goal.phrase.split()[0][:5]} | {s.tool.verb[:5] for s in route.steps}
    return not words & tasks or bool(words & mine)


def _covers(route: Route, focus: Iterable[Statement], twist: str) -> frozenset[str]:
    return outcomes_in(route) | {s.id for s in focus} | {f"twist:{twist}", f"goal:{route.goal.phrase}"}


def possible(twist: str, route: Route) -> bool:
    """Whether the route has what the twist changes."""
    kinds = {p.kind for s in route.steps for p in s.tool.parameters if p.name in s.said()}
    writes = any(s.tool.effect == "write" for s in route.steps)
    picks = any(len(link.path) > 1 for s in route.steps for link in s.links)
    identified = route.person != ""
    return {
        "misstate": identified,
        "correct_choice": bool(kinds & {"date", "datetime", "time", "number"}),
        "decline": writes and picks,
        "other_option": picks,
        "refuse_confirm": writes,
        "vague_yes": writes,
        "skip_confirm": writes,
        "vague_date": "date" in kinds,
        "interrupt": picks or writes,
        "upfront": len(kinds) >= 2 or (identified and writes),
    }.get(twist, True)
