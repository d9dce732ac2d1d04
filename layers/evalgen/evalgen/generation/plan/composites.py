"""Tests of a task that two tools serve together: a new booking first, then the old one is cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.plan.confirming import confirming
from evalgen.generation.plan.deed_words import slots_of
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.reactions import end_of, expect_reaction, reaction_to
from evalgen.generation.plan.tasks import Served, served_by
from evalgen.generation.plan.test import ExpectedCall, Ground, Test
from evalgen.generation.plan.told import pointer, reference_in, sums_in
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk, the_thing
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Task
from evalgen.generation.read.tools import ToolModel


def composite_tests(model: AgentModel) -> Iterator[Test]:
    """For each task that no tool serves alone and whose playbook names two that write, in their order."""
    grammar = grammar_of(model.spoken)
    alone = {s.task for t in model.deeds if (s := served_by(t, model, grammar)) and s.task}
    for task in model.prompt.tasks:
        tools = _writing(task, model)
        if task in alone or len(tools) != 2 or not task.asks_to or len(task.wish.split()) < 2:
            continue
        for first in _chains(tools[0], model, "success"):
            for second in (*_chains(tools[1], model, "success"), *_chains(tools[1], model, "outage")):
                if (joined := _joined(first, second)) and (test := _test(joined, first, second, task, model)):
                    yield test


def _writing(task: Task, model: AgentModel) -> list[ToolModel]:
    if not task.section:
        return []
    named = [name for s in model.lines_of(task) for name in s.tools]
    return [
        model.tools[n] for n in dict.fromkeys(named) if n in model.tools and model.tools[n].role == "write"
    ]


def _chains(tool: ToolModel, model: AgentModel, answer: str) -> list[Chain]:
    calls = tool.calls.get(answer, [])  # type: ignore[call-overload]  # one of the answers
    return [chain for call in calls if (chain := model.flow.chain(tool, call)) is not None]


def _joined(first: Chain, second: Chain) -> Chain | None:
    """The second's calls, then what the first has more; only for one caller, and where the second chooses."""
    who = first.identifying
    if who is None or second.identifying is None or second.identifying.call != who.call:
        return None
    calls = list(second.calls)
    moved: dict[int, int] = {}
    for number, played in enumerate(first.calls):
        same = next((n for n, p in enumerate(calls) if p.tool is played.tool and p.call == played.call), None)
        moved[number] = len(calls) if same is None else same
        if same is None:
            calls.append(played.renumbered(moved))
    return Chain(tuple(calls))


def _test(joined: Chain, first: Chain, second: Chain, task: Task, model: AgentModel) -> Test | None:
    served = Served(first.last.tool, task.wish, True, task)
    way = walk(joined, served, model)
    old_slots = slots_of(second.last.tool, model.judged)
    if way is None or old_slots is None or len(way.choices) < 2 or not way.choices[-1].thing.offered:
        return None
    old = _old(way)
    verb = task.wish.split()[0]
    calls = _ordered(way, first, second)
    if confirming(model, served):
        way.script.say("say_yes", **way.slots | {"verb": verb})
    step, script = way.last_step, way.script
    booked = next(c.id for c in calls if c.tool == first.last.tool.tool.name)
    gone = next(c.id for c in calls if c.tool == second.last.tool.tool.name)
    new_slots = way.judged_slots | {"the_thing": the_thing(way, script.judged, way.judged_slots)}
    fact = reference_in(way, model)
    if fact:
        grounds = [Ground(call=booked), Ground(call=booked, path=pointer(fact.path))]
        the_label = script.judged.grammar.the(fact.label)
        script.expect(
            "done_and_gives", "says", grounds, step, **new_slots, the_label=the_label, value=fact.value
        )
    else:
        script.expect("done", "says", [Ground(call=booked)], step, **new_slots)
    the_old = old or old_slots["the_noun"]
    if second.last.answer == "success":
        script.expect("done", "says", [Ground(call=gone)], step, **old_slots | {"the_thing": the_old})
        if fact:
            script.say("ask_label_standing", **way.slots, the_label=script.spoken.grammar.the(fact.label))
            frame = "end_done_label" if fact in sums_in(way, model) else "end_label"
            script.say(frame, **way.slots, the_label=script.spoken.grammar.the(fact.label))
        else:
            script.say("end_done", **slots_of(second.last.tool, model.spoken) or old_slots)
        name, family = script.spoken.name("done", Wish=task.wish), "done"
    else:
        reaction = reaction_to(second.last, served, model)
        ending = end_of(script.spoken, reaction)
        if ending is None or not expect_reaction(script, reaction, step):
            return None
        script.expect(
            "not_done_thing", "does_not", [Ground(call=gone)], step, **old_slots | {"the_thing": the_old}
        )
        script.add(ending)
        name, family = script.spoken.name("outage_write", Wish=task.wish), "outage"
    key = (task.wish.replace(" ", "_"), entry_key(way))
    return finish(script, model, family, key, name, chain=joined, calls=calls)


def _old(way: Walk) -> str:
    """The thing that is given up, as the caller told it from others."""
    first = way.choices[0]
    if first.thing.offered:
        return ""
    frames = way.script.judged.frames["the_one"]
    refs = {
        slot: f"{{{{test_profile.{key}}}}}" for slot, key, _ in first.told.values if key in ("date", "time")
    }
    return (
        str(frames["date_time"]).format(item=first.thing.item, **refs)
        if refs.keys() == {"date", "time"}
        else ""
    )


def _ordered(way: Walk, first: Chain, second: Chain) -> list[ExpectedCall]:
    """The first deed before the second one."""
    last = [
        c
        for c, p in zip(way.calls, way.chain.calls, strict=True)
        if p is second.last or p.tool is second.last.tool
    ]
    rest = [c for c in way.calls if c not in last]
    done = next(c.id for c in rest if c.tool == first.last.tool.tool.name)
    return [*rest, *(replace(c, after=tuple(sorted({*c.after, done}))) for c in last)]
