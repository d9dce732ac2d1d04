"""The ways in which a call about a goal can run: chains of mock calls, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evalgen.generation.definition import MockCall
from evalgen.generation.values import key_of, kind_of, leaves, same
from evalgen.reading.goals import Goal
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Chain, Step, merge, retarget
from evalgen.reading.tools import Outcome, ToolModel

MOST_ROUTES = 24
_PERSONAL = ("name", "phone", "email", "birth_date")
Ending = Literal["success", "error", "no_match", "empty", "none", "stopped"]


@dataclass(frozen=True, slots=True)
class Route:
    """`ending` is how the last call answers; `failing` the tool whose failure the route is about, if any.

    A route is `stopped` where a rule of the prompt ends it before its goal: a membership has lapsed.
    `detour` counts the steps of the chain that fail before the rest succeeds.
    """

    goal: Goal
    chain: Chain | None
    ending: Ending
    failing: str = ""
    detour: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.chain.steps if self.chain else ()

    @property
    def reaches(self) -> bool:
        """Whether the call goes straight to the goal."""
        return self.ending in ("success", "none") and not self.detour

    @property
    def person(self) -> str:
        """A key of the caller's record: what identifies them, or nothing."""
        step = self.chain.person if self.chain else None
        return "|".join(same(v) for v in step.call.input.values()) if step else ""


def routes_of(model: AgentModel, goal: Goal) -> list[Route]:
    """Successful routes first, then each kind of failure; at least one, even without tools."""
    tools = [model.tool(name) for name in goal.tools]
    ways = [t for t in model.tools if t.effect == "identify" and t.calls["success"]]
    identify = ways[model.goals.index(goal) % len(ways)] if ways else None
    main = _main(tools)
    if main is None:
        plain = (
            [Route(goal, Chain((Step(identify, call),)), "success") for call in identify.calls["success"][:6]]
            if identify
            else []
        )
        return (plain or [Route(goal, None, "none")]) + _identification_failures(goal, identify)
    good = _successes(model, main, tools, identify)
    routes = [Route(goal, chain, "success") for chain in good[:MOST_ROUTES]]
    routes += _main_failures(model, goal, main, identify, good)
    for name in dict.fromkeys(
        step.tool.name for chain in good for step in chain.steps if step.tool.name != main.name
    ):
        helper = model.tool(name)
        if helper.effect == "identify":
            routes += _identification_failures(goal, helper)
        else:
            routes += _helper_failures(model, goal, helper, good, identify)
    return routes or [Route(goal, None, "none")]


def _main(tools: list[ToolModel]) -> ToolModel | None:
    writes = [t for t in tools if t.effect == "write" and t.tool.mock_data]
    answers = [t for t in tools if t.tool.mock_data]
    return writes[-1] if writes else answers[-1] if answers else None


def _successes(
    model: AgentModel, main: ToolModel, tools: list[ToolModel], identify: ToolModel | None
) -> list[Chain]:
    """Chains that reach the goal; with several writing tools, those of one person through all of them.

    What one person's record allows is tried on others', unless a case of the prompt sets them apart.
    """
    chains = [_with_person(c, identify, i) for i, c in enumerate(model.records.chains(main, "success"))]
    for before in reversed(
        [t for t in tools if t.effect == "write" and t.name != main.name and t.calls["success"]]
    ):
        joined = [
            merge(first, second)
            for first in model.records.chains(before, "success")
            for second in chains
            if _same_person(first, second)
        ]
        chains = joined or chains
    people = [Step(identify, call) for call in identify.calls["success"]] if identify else []
    known = {_inputs(chain) for chain in chains}
    for chain in chains[:6]:
        allowed = set(model.cases.met_by(chain.steps))
        for person in people:
            other = retarget(chain, person, model.tools)
            if (
                other is None
                or _inputs(other) in known
                or not allowed.issuperset(model.cases.met_by(other.steps))
            ):
                continue
            known.add(_inputs(other))
            chains.append(other)
    return sorted(chains, key=lambda chain: sum(1 for s in chain.steps if _guesses(s)))


def _inputs(chain: Chain) -> tuple[tuple[str, str], ...]:
    return tuple((step.tool.name, str(step.call.input)) for step in chain.steps)


def _guesses(step: Step) -> bool:
    """Whether the caller would have to name an internal id or a moment that other calls look up."""
    if step.tool.effect == "identify":
        return False
    said = step.said()
    return any(p.kind in ("id", "datetime") and p.name in said for p in step.tool.parameters)


def _with_person(chain: Chain, identify: ToolModel | None, turn: int) -> Chain:
    if identify is None or any(s.tool.effect == "identify" for s in chain.steps):
        return chain
    calls = identify.calls["success"]
    return merge(Chain((Step(identify, calls[turn % len(calls)]),)), chain)


def _same_person(first: Chain, second: Chain) -> bool:
    return first.person is None or second.person is None or first.person.call == second.person.call


def _main_failures(
    model: AgentModel, goal: Goal, main: ToolModel, identify: ToolModel | None, good: list[Chain]
) -> list[Route]:
    outcomes: tuple[Outcome, ...] = ("error", "no_match", "empty")
    found = []
    for outcome in outcomes:
        chains = [_with_person(c, identify, i) for i, c in enumerate(model.records.chains(main, outcome))]
        known = [c for c in chains if not any(_guesses(s) for s in c.steps)]
        for chain in (known or chains)[:3]:
            others = [t for t in goal.tools if model.tool(t).effect == "write" and t != main.name]
            before = next(
                (g for g in good if others and g.last.tool.name == main.name and _same_person(g, chain)), None
            )
            lead = Chain(before.steps[:-1]) if before else None
            found.append(Route(goal, merge(lead, chain) if lead else chain, outcome, main.name))
    return found


def _identification_failures(goal: Goal, identify: ToolModel | None) -> list[Route]:
    if identify is None:
        return []
    outcomes: tuple[Outcome, ...] = ("no_match", "error")
    return [
        Route(goal, Chain((Step(identify, call),)), outcome, identify.name)
        for outcome in outcomes
        for call in identify.calls[outcome][:3]
    ]


def _helper_failures(
    model: AgentModel, goal: Goal, helper: ToolModel, good: list[Chain], identify: ToolModel | None
) -> list[Route]:
    found = []
    for turn, call in enumerate(helper.calls["error"][:2] + helper.calls["no_match"][:2]):
        found.append(
            Route(
                goal, _failing(model, helper, call, good, identify, turn), _ending(helper, call), helper.name
            )
        )
    for turn, call in enumerate(helper.calls["empty"][:3]):
        chain = _failing(model, helper, call, good, identify, turn)
        rest = next(
            (
                g
                for g in good[turn:] + good[:turn]
                if any(s.tool.name == helper.name and _instead(call, s.call) for s in g.steps)
                and _same_person(g, chain)
            ),
            None,
        )
        found.append(
            Route(
                goal,
                merge(chain, rest) if rest else chain,
                "success" if rest else "empty",
                helper.name,
                bool(rest),
            )
        )
    return found


def _instead(first: MockCall, second: MockCall) -> bool:
    """Whether the second may be wanted where the first is not to be had: the same, at another time."""
    sorts = {key for key, value in first.input.items() if kind_of(key, value) == "text"}
    return all(same(first.input[key]) == same(second.input.get(key, first.input[key])) for key in sorts)


def _failing(
    model: AgentModel,
    tool: ToolModel,
    call: MockCall,
    good: list[Chain],
    identify: ToolModel | None,
    turn: int,
) -> Chain:
    chain = model.records.chain(tool, call)
    if chain.person is None and good and good[turn % len(good)].person:
        person = good[turn % len(good)].person
        return merge(Chain((person,)), chain) if person else chain
    return _with_person(chain, identify, turn)


def of_one_caller(first: Route, second: Route) -> bool:
    """Whether one person can be on both routes: identified by the same record, and told of nowhere else."""
    mine, theirs = _personal(first), _personal(second)
    agree = all(theirs.get(key, value) == value for key, value in mine.items())
    return first.person == second.person and agree


def _personal(route: Route) -> dict[str, str]:
    """What the calls say of a person, by key."""
    told = (leaf for s in route.steps for leaf in (*leaves(s.call.input), *leaves(s.call.output)))
    named = ((key_of(path), value) for path, value in told if all(isinstance(part, str) for part in path))
    return {key: same(value) for key, value in named if value and kind_of(key, value) in _PERSONAL}


def stopped_at(model: AgentModel, goal: Goal, tool: ToolModel, call: MockCall) -> Route:
    """The route that goes no further than to this call."""
    ways = [t for t in model.tools if t.effect == "identify" and t.calls["success"]]
    chain = _with_person(model.records.chain(tool, call), ways[0] if ways else None, 0)
    return Route(goal, chain, "stopped")


def _ending(tool: ToolModel, call: MockCall) -> Ending:
    return next(outcome for outcome, calls in tool.calls.items() if call in calls)
