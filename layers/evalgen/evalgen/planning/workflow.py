"""Plans for workflow scenarios: candidates, best first, each built into a self-contained plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from evalgen.planning.brief import Brief
from evalgen.planning.choice import draw
from evalgen.planning.ideas import PLAYED, Idea, caller_act, fits, ideas_of
from evalgen.planning.calls import call_of
from evalgen.planning.ledger import limit_id
from evalgen.planning.plan import Duty, Plan
from evalgen.planning.routes import Route
from evalgen.planning.script import Script, free_text, item_noun, item_of, reference_of, skeleton
from evalgen.planning.select import Selection, signature_of
from evalgen.planning.symbols import given_wins, symbols_of, variables_for
from evalgen.planning.twists import Scene, apply
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Chain, Step, merge
from evalgen.reading.statements import Statement
from evalgen.reading.values import kind_of, leaves, same
from evalgen.writing.draft import MockEntry

MOST_BEATS = 9
MOST_DUTIES = 5
ROOM = 6
MOST_EXTRAS = 2
_ALONE = ("emergency", "no_match", "second_goal", "change_goal")
_NOT_DUTIES = ("identity", "fact", "context")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan with the idea behind it; `used` is how often each move would have been used after it."""

    idea: Idea
    plan: Plan
    used: Counter[str]


class WorkflowPlanner:
    """Offers plans one by one; those accepted change what is offered next."""

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief = model, brief
        self._selection = Selection(
            ideas_of(model, brief.seed), model, brief.seed, taken, brief.extra_instructions
        )
        self._used: Counter[str] = Counter()
        self._stated: Counter[str] = Counter()
        self._texts = free_text(model.tools)
        self._extras = [
            (s, act)
            for s in model.statements
            if s.kind != "fact" and not set(s.themes) & PLAYED and (act := caller_act(s, model, 0))
        ]
        self._confirms = any("confirmation" in s.themes for s in model.statements)

    def candidates(self) -> Iterator[Candidate]:
        """Best first, each built against what was accepted so far."""
        for idea in self._selection:
            if candidate := self._build(idea):
                yield candidate

    def accept(self, candidate: Candidate) -> None:
        """What this one covers and how it is worded counts for those that follow."""
        self._selection.accept(candidate.idea, candidate.plan.covers)
        self._stated.update(d.statement for d in candidate.plan.duties)
        self._used = candidate.used

    def reach(self) -> Iterator[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
        return (idea.covers | _limits(idea) for idea in self._selection.waiting)

    def _build(self, idea: Idea) -> Candidate | None:
        used = self._used.copy()
        route, split = _whole_route(idea)
        texts = {
            k: v[draw(self._brief.seed, "text", (idea.name, k)) % len(v)] for k, v in self._texts.items()
        }
        table, entries = symbols_of(route.chain, texts)
        confirms = self._confirms or draw(self._brief.seed, "confirms", idea.name) % 2 == 0
        first = replace(idea.route, chain=Chain(route.steps[:split])) if route.steps else idea.route
        script = skeleton(replace(first, chain=route.chain), table, used, self._brief.seed, confirms, split)
        scene = Scene(script, idea, route, table, self._model, confirms, split, len(route.steps))
        if not apply(scene):
            return None
        extra = self._extra(idea, script)
        kept = entries[: scene.keep]
        if self._brief.test_profile:
            kept = given_wins(table, kept, self._brief.test_profile)
        self._finish(script, idea)
        duties = self._duties(idea, route.steps[: scene.keep], extra)
        steps = route.steps[: scene.keep]
        covers = [*(d.statement for d in duties), *(f"{s.tool.name}:{s.outcome}" for s in steps), *_limits(idea)]
        variables = variables_for(self._model.variables, table, kept, self._brief.test_profile, idea.name)
        plan = Plan(
            signature=signature_of(idea),
            language=self._model.definition.language,
            seed=self._brief.seed,
            twist=idea.twist if idea.act is None else idea.act.kind,
            goal=idea.route.goal.phrase,
            detail=_detail(idea),
            beats=tuple(beat for _, beat in script.beats),
            calls=tuple(call_of(i, s, steps) for i, s in enumerate(steps)),
            duties=tuple(duties),
            entries=tuple(kept),
            profile=_needed(table.caller, script, kept, variables),
            variables=variables,
            profile_name=_profile_name(table.caller, idea),
            tags=_tags(idea),
            covers=tuple(dict.fromkeys(covers)),
            expected_outcome=self._brief.expected_outcome,
            generate_outcome=self._brief.generate_expected_outcomes,
            first_message=self._brief.first_message,
            tool_words={t.name: f"{t.verb} the {t.noun}".strip() for t in self._model.tools},
        )
        return Candidate(idea, plan, used)

    def _extra(self, idea: Idea, script: Script) -> tuple[Statement, ...]:
        """Rules that nothing has tested yet, brought into play on the side as long as the script has room."""
        found: list[Statement] = []
        if idea.act or idea.twist in _ALONE:
            return ()
        for statement, act in self._extras:
            if len(script.beats) > ROOM or len(found) == MOST_EXTRAS:
                break
            if statement.id in self._selection.covered or self._stated[statement.id]:
                continue
            if fits(statement, idea.route, self._model):
                phase = ("identify", "open", "pick")[len(found)]
                script.after(phase if script.has(phase) else "open", "more", act.kind, x=act.x)
                if statement.kind == "prohibition":
                    script.then("let_go")
                found.append(statement)
        return tuple(found)

    def _finish(self, script: Script, idea: Idea) -> None:
        """Three steps at least, nine at most, and an end."""
        if not script.has("close") and (
            len(script.beats) < 4 or draw(self._brief.seed, "close", idea.name) % 3 == 0
        ):
            script.add("close", "close")
        if len(script.beats) < 3:
            script.put("close", "outcome", "result")
        while len(script.beats) > MOST_BEATS:
            spare = next(
                (
                    i
                    for i, (p, b) in enumerate(script.beats)
                    if p in ("inputs", "outcome") and b.move in ("state", "answer", "result")
                ),
                len(script.beats) - 2,
            )
            script.beats.pop(spare)

    def _duties(self, idea: Idea, steps: tuple[Step, ...], extra: tuple[Statement, ...]) -> list[Duty]:
        """The statements that the scenario is made to test, then those that its course puts to the test anyway."""
        names = {s.tool.name for s in steps}
        goal = idea.route.goal

        def relevance(statement: Statement) -> tuple[float, int]:
            same = bool(goal.section) and statement.section[: len(goal.section)] == goal.section
            tools = len(set(statement.tools) & names)
            general = (
                1.2
                if not statement.tools
                and statement.kind in ("style", "prohibition", "requirement", "step", "order")
                else 0.0
            )
            seen = self._stated[statement.id]
            return (
                3.0 * same + 1.5 * tools + general - 4.0 * seen,
                -draw(self._brief.seed, "duty", (idea.name, statement.id)),
            )

        usable = [
            s
            for s in self._model.statements
            if s.kind not in _NOT_DUTIES
            and s not in idea.focus
            and len(s.text.split()) >= 4
            and not s.text.endswith((":", "?"))
            and not set(s.themes) & PLAYED
            and not _only_a_call(s)
            and (
                not s.trigger
                or s.opener in ("before", "after", "only after", "until", "unless")
                or _happens(s, idea, steps)
            )
            and fits(s, idea.route, self._model)
            and not (s.section != goal.section and _ANAPHORA.match(s.text))
        ]
        if idea.twist == "emergency":
            usable = []
        usable.sort(key=relevance, reverse=True)
        asked = idea.act is not None
        focus = [s for s in idea.focus if asked or s.kind not in _NOT_DUTIES or _POLICY.search(s.text)][:2]
        focus += extra
        usable = [s for s in usable if s not in extra]
        chosen = [s for s in [*focus, *usable[: MOST_DUTIES - len(focus)]] if not s.text.endswith(":")]
        return [_duty(s, idea) for s in chosen]


_PICKS = re.compile(r"\b(?:picks?|chooses?|chosen|selects?|selected)\b")
_ANAPHORA = re.compile(
    r"^(?:(?:do not|never|don't|only)\s+)?\w+\s+(?:it|them|those|one|this|these|again)\b|^(?:for|if|in) (?:those|not|so|this|it)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:cannot|can't|must|may|only|costs?|charged?|fees?|free|requires?|needs?|allowed|never|not|within|at most|up to|limit)\b",
    re.IGNORECASE,
)


def _duty(statement: Statement, idea: Idea) -> Duty:
    if not statement.consequence:
        asked = idea.act is not None and idea.act.kind == "ask_fact" and statement in idea.focus
        return Duty(statement.id, statement.text, answer=asked)
    trigger = " and ".join(t for t in (statement.outer, statement.trigger) if t)
    return Duty(statement.id, statement.consequence, trigger, statement.opener)


def _only_a_call(statement: Statement) -> bool:
    """`Call book_appointment(patient_id).` says no more than the course of the calls does."""
    rest = statement.text
    for name in statement.tools:
        rest = rest.replace(name, " ")
    return bool(statement.tools) and len(re.sub(r"\([^)]*\)", " ", rest).split()) < 4


def _happens(statement: Statement, idea: Idea, steps: tuple[Step, ...]) -> bool:
    """Whether the course of the call fulfils a condition that is not the caller's to bring about."""
    outcomes = {s.outcome for s in steps}
    if failures := set(statement.themes) & {"error", "no_match", "empty"}:
        return bool(failures & outcomes)
    trigger = statement.trigger.lower()
    if _PICKS.search(trigger):
        return any(len(link.path) > 1 for step in steps for link in step.links)
    verb, *_, thing = idea.route.goal.phrase.split()
    return verb in trigger and thing in trigger


def _whole_route(idea: Idea) -> tuple[Route, int]:
    """The idea's calls with those of its second task behind them, and how many belong to the first."""
    route = idea.route
    if idea.second is None or idea.second.chain is None:
        return route, len(route.steps)
    steps = route.steps
    if idea.twist == "change_goal":
        steps = steps[: next((i for i, s in enumerate(steps) if s.tool.effect == "write"), len(steps))]
    merged = merge(Chain(steps), idea.second.chain)
    return replace(route, chain=merged), len(steps)


def _needed(
    caller: dict[str, Any], script: Script, entries: list[MockEntry], variables: dict[str, Any]
) -> dict[str, Any]:
    """What the caller has to know: who they are, what the steps refer to, and what the expected calls are given."""
    told = set(script.references())
    used = {same(v) for e in entries for _, v in leaves(e.input)}
    return {
        k: v
        for k, v in caller.items()
        if k not in variables
        and (
            k in told
            or same(v) in used
            or kind_of(k, v) in ("name", "birth_date", "phone", "email")
            and not k.startswith("other")
        )
    }


def _detail(idea: Idea) -> str:
    if idea.act:
        return idea.act.x
    if idea.second:
        return idea.second.goal.phrase
    return idea.route.failing.replace("_", " ")


def _profile_name(caller: dict[str, Any], idea: Idea) -> str:
    name = next(
        (
            str(v)
            for k, v in caller.items()
            if k in ("full_name", "name", "nombre_completo", "nombre")
            or k.endswith("_name")
            and not k.startswith("other")
        ),
        "",
    )
    return " - ".join(part for part in (name, idea.route.goal.phrase) if part)[:120]


def _tags(idea: Idea) -> tuple[str, ...]:
    goal = "_".join(w for w in idea.route.goal.phrase.lower().split() if w not in ("a", "an", "your", "the"))[
        :40
    ]
    kind = "rule" if idea.act else idea.twist
    ending = idea.route.ending if idea.route.ending != "none" else "conversation"
    return tuple(dict.fromkeys(("workflow", goal, kind, f"tool_{ending}" if idea.route.failing else ending)))


def _limits(idea: Idea) -> frozenset[str]:
    """The ledger's ids of the limits at which the caller names a value."""
    if idea.act is None or not idea.act.kind.startswith("limit_"):
        return frozenset()
    return frozenset(limit_id(statement.id) for statement in idea.focus)


def shortfall(done: int, wanted: int, statements: int) -> str:
    """Why not every slot got a plan, and what would help."""
    if done >= wanted:
        return ""
    return (
        f"This agent's description has {statements} statement{'s' if statements != 1 else ''}; {done} of {wanted} distinct "
        "scenarios can be made from it. Add rules, steps or mock data to the agent, or ask for fewer scenarios."
    )
