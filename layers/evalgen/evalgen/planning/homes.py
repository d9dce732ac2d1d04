"""On which calls a statement or a twist can be tested."""

from __future__ import annotations

from functools import lru_cache

from evalgen.generation.values import words_of
from evalgen.planning.claims import ASSERTED
from evalgen.planning.plan import Duty
from evalgen.planning.routes import Route
from evalgen.reading.acts import Act, act_of_fact, act_of_limit, act_of_question, act_of_trigger, lowered
from evalgen.reading.goals import Goal
from evalgen.reading.model import AgentModel
from evalgen.reading.situations import act_of_case, case_of, names_its_case
from evalgen.reading.statements import Statement
from evalgen.reading.temptations import act_of_permission, act_of_prohibition
from evalgen.reading.tool_names import tool_names
from evalgen.writing.duties import rule_of
from evalgen.writing.phrases import phrases_of

_ROOT = 5
_STANDING = ("step", "requirement", "style", "order")
MOST_STATEMENTS = 4096
"""Of so many statements the words are kept."""


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
    if statement.kind in _STANDING and not statement.trigger and not choice:
        return act_of_prohibition(statement, model.lexicon, choice) or act_of_question(
            statement, model.lexicon
        )
    if statement.kind == "permission" and not choice and (act := act_of_permission(statement, model.lexicon)):
        return act
    if choice and statement.limits and statement.kind in ("requirement", "permission"):
        return act_of_limit(statement, model.lexicon, choice)
    if statement.trigger and statement.consequence and not choice and _is_callers(statement, model):
        act = act_of_case(statement, model.lexicon)
        outer = act_of_trigger(statement.outer, model.lexicon) if statement.outer else None
        return None if statement.outer and outer is None else act
    return None


def _is_callers(statement: Statement, model: AgentModel) -> bool:
    return not statement.opener or statement.opener in model.lexicon.words.caller_openers


def duty_of(statement: Statement, model: AgentModel, answer: bool = False) -> Duty:
    """The statement as the outcome holds the agent to it; `answer`: the caller asks for it."""
    if not statement.consequence or names_its_case(statement):
        return Duty(statement.id, statement.text, answer=answer)
    outer, trigger = statement.outer, case_of(statement, model.lexicon)
    both = (
        model.lexicon.templates.both.format(first=outer, second=lowered(trigger)) if outer and trigger else ""
    )
    return Duty(statement.id, statement.consequence, both or outer or trigger, statement.opener)


def is_tellable(statement: Statement, model: AgentModel) -> bool:
    """Whether an expected outcome can state it in words of its own."""
    names = {name: words for name, words in model.tool_words.items() if name in statement.text}
    duty = duty_of(statement, model, answer=statement.kind == "fact")
    return rule_of(duty, model.lexicon, names, phrases_of(model.language).again) is not None


def homes(
    statement: Statement, routes: dict[str, list[Route]], number: int, model: AgentModel, placed: bool
) -> list[Route]:
    """The routes to test a statement on: of the goals it belongs to, else of those that make something.

    What is `placed` makes sense on the calls of its own goals only.
    """
    ranked = sorted(routes, key=lambda goal: -affinity(statement, routes[goal][0], model))
    own = [g for g in ranked if affinity(statement, routes[g][0], model) > 0][:2]
    if not own and not placed:
        others = [goal for goal in ranked if makes(routes[goal][0], model)] or ranked
        own = [others[number % len(others)]]
    found = []
    for offset, goal in enumerate(own):
        good = [r for r in routes[goal] if r.reaches] or routes[goal]
        found.append(good[(number + offset) % len(good)])
    return found


def makes(route: Route, model: AgentModel) -> bool:
    """Whether the call is there to have something made, so that any case of the prompt may come up in it."""
    tools = route.goal.tools
    return bool(tools) and model.tool(tools[-1]).action in tool_names().makes


def best_goal(statement: Statement, routes: dict[str, list[Route]], model: AgentModel) -> Goal:
    """The goal that a statement most likely is about."""
    return max((of_goal[0] for of_goal in routes.values()), key=lambda r: affinity(statement, r, model)).goal


def affinity(statement: Statement, route: Route, model: AgentModel) -> int:
    """How much a statement has to do with the goal of a call; 0 is nothing."""
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
    words = _roots(f"{statement.text} {statement.outer}")
    tasks = {g.phrase.split()[0][:_ROOT] for g in model.goals} | {
        t.verb[:_ROOT] for t in model.tools if t.effect == "write"
    }
    mine = {goal.phrase.split()[0][:_ROOT]} | {s.tool.verb[:_ROOT] for s in route.steps}
    return not words & tasks or bool(words & mine)


def is_wish(act: Act, route: Route, model: AgentModel) -> bool:
    """Whether the act asks for nothing but what the call is for."""
    said = set(act.x.lower().split()) - model.lexicon.words.determiners
    return said <= set(route.goal.phrase.lower().split())


def contradicts(act: Act, route: Route) -> bool:
    """Whether the caller would claim something about a value that the calls of the route give otherwise."""
    if act.kind not in ASSERTED:
        return False
    claimed = set(words_of(act.x))
    nouns = (p.noun for step in route.steps for p in step.tool.parameters if p.name in step.said())
    return any(claimed >= set(words_of(noun)) for noun in nouns if noun)


@lru_cache(maxsize=MOST_STATEMENTS)
def _roots(text: str) -> frozenset[str]:
    return frozenset(word[:_ROOT] for word in words_of(text))


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
