"""On which calls a statement or a twist can be tested."""

from __future__ import annotations

from evalgen.planning.routes import Route
from evalgen.reading.acts import Act, act_of_fact, act_of_limit, act_of_prohibition, act_of_trigger
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.values import words_of


def caller_act(statement: Statement, model: AgentModel, choice: int) -> Act | None:
    """What the caller does to bring a statement into play, where that can be read from its words."""
    if statement.kind in ("prohibition", "order"):
        return act_of_prohibition(statement, model.lexicon, choice)
    if statement.kind == "fact":
        return (
            act_of_limit(statement, model.lexicon, choice)
            if choice
            else act_of_fact(statement, model.lexicon)
        )
    if choice and statement.limits and statement.kind in ("requirement", "permission", "step"):
        return act_of_limit(statement, model.lexicon, choice)
    if statement.trigger and statement.consequence and not choice and _is_callers(statement, model):
        act = act_of_trigger(statement.trigger, model.lexicon)
        outer = act_of_trigger(statement.outer, model.lexicon) if statement.outer else None
        return None if statement.outer and outer is None else act
    return None


def _is_callers(statement: Statement, model: AgentModel) -> bool:
    return not statement.opener or statement.opener in model.lexicon.words.caller_openers


def homes(
    statement: Statement, routes: dict[str, list[Route]], number: int, model: AgentModel, placed: bool
) -> list[Route]:
    """The routes to test a statement on: of the goals it belongs to, else of the others in turn.

    What is `placed` makes sense on the calls of its own goals only.
    """
    ranked = sorted(routes, key=lambda goal: -_affinity(statement, routes[goal][0], model))
    own = [g for g in ranked if _affinity(statement, routes[g][0], model) > 0][:2]
    own = own or ([] if placed else [ranked[number % len(ranked)]])
    found = []
    for offset, goal in enumerate(own):
        good = [r for r in routes[goal] if r.reaches] or routes[goal]
        found.append(good[(number + offset) % len(good)])
    return found


def _affinity(statement: Statement, route: Route, model: AgentModel) -> int:
    goal = route.goal
    same_section = bool(goal.section) and statement.section[: len(goal.section)] == goal.section
    words = set(words_of(statement.text))
    wanted = {w for w in goal.phrase.split() if len(w) > 3} - model.lexicon.words.goal_fillers
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
