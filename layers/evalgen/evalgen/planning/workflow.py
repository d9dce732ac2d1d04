"""Plans for workflow scenarios: candidates, best first, each built into a self-contained plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from evalgen.generation.brief import Brief
from evalgen.planning.calls import call_of
from evalgen.planning.candidate import Candidate
from evalgen.planning.choice import draw
from evalgen.planning.describing import detail_of, limits_covered, needed, profile_name_of, tags_of
from evalgen.planning.duties import Duties
from evalgen.planning.extras import Extras
from evalgen.planning.given import given_wins, spelled_out
from evalgen.planning.homes import fits
from evalgen.planning.ideas import Idea, ideas_of
from evalgen.planning.plan import Plan
from evalgen.planning.routes import Route
from evalgen.planning.script import MOST_BEATS, Script
from evalgen.planning.select import Selection, signature_of
from evalgen.planning.skeleton import skeleton
from evalgen.planning.speech import Speech, speech_of
from evalgen.planning.symbols import free_text, symbols_of, variables_for
from evalgen.planning.twists import Scene, apply
from evalgen.reading.facts import Fact
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Chain, merge

TRAITS = {
    "interrupts": ("interrupt", ("pick", "confirm", "outcome")),
    "impatient": ("impatient", ("inputs", "pick", "confirm")),
}
"""What a personality's trait makes a caller do, and before which phase of the call."""
_ALONE = ("emergency", "no_match", "second_goal", "change_goal")


class WorkflowPlanner:
    """Offers plans one by one; those accepted change what is offered next."""

    facts: tuple[Fact, ...] = ()

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief = model, brief
        ideas = ideas_of(model, brief.seed)
        self._selection = Selection(ideas, model, brief.seed, taken, brief.extra_instructions)
        self._used: dict[str, Counter[str]] = {}
        self._stated: Counter[str] = Counter()
        self._texts = free_text(model.tools)
        self._extras = Extras(model)
        self._duties = Duties(model, brief.seed)
        self._confirms = any("confirmation" in s.themes for s in model.statements)
        self._speeches = {p.language: speech_of(p.language, model) for p in brief.personalities}
        self._slot = 0

    def candidates(self) -> Iterator[Candidate]:
        """Best first, each built against what was accepted so far, for the personality of the next slot."""
        for idea in self._selection:
            if idea.in_prompt_words and not self._speech.agrees:
                self._selection.hold(idea)
            elif candidate := self._build(idea, self._speech):
                yield candidate

    def _accept(self, idea: Idea, plan: Plan, played: Collection[str], used: Counter[str]) -> None:
        """What this one plays and how it is worded counts for those that follow.

        A rule that is only stated may still be played: that tests it better.
        """
        self._selection.accept(idea, played)
        self._stated.update(d.statement for d in plan.duties)
        self._used[self._speech.lexicon.language] = used
        self._slot += 1

    def reach(self) -> Iterator[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
        return (idea.covers | limits_covered(idea) for idea in self._selection.waiting)

    @property
    def _speech(self) -> Speech:
        return self._speeches[self._brief.personality_of(self._slot).language]

    def _build(self, idea: Idea, speech: Speech) -> Candidate | None:
        seed, lexicon, told = self._brief.seed, speech.lexicon, speech.told(idea)
        used = self._used.get(lexicon.language, Counter[str]()).copy()
        route, split = _whole_route(told)
        texts = {k: v[draw(seed, "text", (idea.name, k)) % len(v)] for k, v in self._texts.items()}
        table, entries = symbols_of(route.chain, texts)
        confirms = self._confirms or draw(seed, "confirms", idea.name) % 2 == 0
        script = Script(used, seed)
        skeleton(replace(told.route, chain=route.chain), table, script, lexicon, confirms, split)
        tools = list(speech.tools.values())
        scene = Scene(
            script, told, route, table, self._model, tools, lexicon, confirms, split, len(route.steps)
        )
        if not apply(scene):
            return None
        self._play_traits(script)
        alone = idea.twist in _ALONE or not speech.agrees
        extra = () if alone else self._extras.play(idea, script, self._selection.covered)
        self._finish(script, idea)
        kept, steps = entries[: scene.keep], route.steps[: scene.keep]
        beats = [beat for _, beat in script.beats]
        if given := self._brief.test_profile:
            kept = given_wins(table, kept, given)
            beats = spelled_out(beats, table, given)
        met = [s for s in self._model.cases.met_by(steps) if fits(s, route, self._model)]
        duties = self._duties.of(idea, steps, (*extra, *met), self._stated)
        outcomes = [f"{step.tool.name}:{step.outcome}" for step in steps]
        covers = [*(duty.statement for duty in duties), *outcomes, *limits_covered(idea)]
        variables = variables_for(
            self._model.variables, table, kept, self._brief.test_profile, idea.name, lexicon
        )
        plan = Plan(
            signature=signature_of(idea),
            language=self._model.definition.language,
            seed=seed,
            twist=idea.act.kind if idea.act and idea.twist == "rule" else idea.twist,
            goal=told.route.goal.phrase,
            detail=detail_of(told, lexicon),
            beats=tuple(beats),
            calls=tuple(call_of(i, steps, lexicon) for i in range(len(steps))),
            duties=tuple(duties),
            entries=tuple(kept),
            profile=given.testing_agent_variables if given else needed(table.caller, script, kept, variables),
            variables=variables,
            profile_name=profile_name_of(table.caller, told),
            tags=tags_of(idea, self._model.lexicon),
            covers=tuple(dict.fromkeys(covers)),
            expected_outcome=self._brief.expected_outcome,
            generate_outcome=self._brief.generate_expected_outcomes,
            first_message=self._brief.first_message,
            tool_words=self._model.tool_words,
            rules_language=self._model.lexicon.language,
        )
        played = {*idea.covers, *outcomes, *(s.id for s in (*extra, *met))}
        return Candidate(plan, partial(self._accept, idea, plan, played, used))

    def _play_traits(self, script: Script) -> None:
        """What the slot's personality makes the caller do, where the call gives occasion to it."""
        for trait in self._brief.personality_of(self._slot).traits:
            move, phases = TRAITS.get(trait, ("", ()))
            phase = next((p for p in phases if script.has(p)), "")
            if phase and len(script.beats) < MOST_BEATS and all(b.move != move for _, b in script.beats):
                script.put(phase, "more", move)

    def _finish(self, script: Script, idea: Idea) -> None:
        """Three steps at least, MOST_BEATS at most, and an end."""
        wants_close = len(script.beats) < 4 or draw(self._brief.seed, "close", idea.name) % 3 == 0
        if wants_close and not script.has("close"):
            script.add("close", "close")
        if len(script.beats) < 3:
            script.put("close", "outcome", "result")
        script.shorten()


def _whole_route(idea: Idea) -> tuple[Route, int]:
    """The idea's calls with those of its second task behind them, and how many belong to the first."""
    route = idea.route
    if idea.second is None or idea.second.chain is None:
        return route, len(route.steps)
    steps = route.steps
    if idea.twist == "change_goal":
        steps = steps[: next((i for i, s in enumerate(steps) if s.tool.effect == "write"), len(steps))]
    return replace(route, chain=merge(Chain(steps), idea.second.chain)), len(steps)
