"""What the prompt itself wants after an answer, and the test that ends with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.patterns import search
from evalgen.generation.plan.asked_facts import takes_details
from evalgen.generation.plan.cases import expect_duties
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.owed import for_the_record
from evalgen.generation.plan.reactions import Reaction, end_of, expect_reaction, reaction_to
from evalgen.generation.plan.script import Script
from evalgen.generation.plan.standing import stand_by
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import MOST_STEPS, ExpectedCall, Ground, Moment, Step, Test
from evalgen.generation.plan.told_before import told_first
from evalgen.generation.plan.way import Walk, entry, records_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import plain

FEWEST_FACTS = 2


def react(
    way: Walk, number: int, served: Served, model: AgentModel, reaction: Reaction | None = None
) -> bool | None:
    """By the prompt's own rule for this answer: True where it was written, None where nothing is certain.

    False: the prompt has no rule, and the fixed frames hold. `reaction` is that rule where it is another one
    than what stands for the answer.
    """
    reaction = reaction or reaction_to(way.chain.calls[number], served, model)
    if not reaction.known:
        return False
    step = way.last_step
    ending = end_of(way.script.spoken, reaction)
    identifies = way.chain.calls[number].tool.role == "identify"
    if ending is None or model.spoken != model.judged:
        return None
    if ending.moment.kind == "asked":
        if takes_details([duty for _, duty in reaction.duties], model):
            ending = way.script.spoken.step("end_noted")
        elif identifies and not re.search(load(model.judged, "rules")["comes_back"], ending.moment.what):
            return None
    ground = [Ground(call=way.calls[number].id)]
    missed = (identifies or number in records_of(way.chain)) and way.chain.calls[number].answer in (
        "no_match",
        "refusal",
    )
    given = [n for (call, _), n in way.given.items() if call == number]
    if missed and asks_again(reaction, model) and (the_inputs := asked_in(way.script, given, reaction)):
        way.script.expect("asks_again", "asks", ground, step, the_inputs=the_inputs)
    if not expect_reaction(way.script, reaction, step):
        return None
    way.script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    for statement, duty in _hints(reaction, model) if missed and len(given) > 1 else ():
        expect_duties(way.script, statement, [_naming(duty, given, way.script)], step)
    if missed and _comes_again(reaction, model):
        give_again(way.script, given)
    if missed and (other := _other_one(reaction, model)):
        way.script.say("no_other_standing", x=other)
    stand_by(way.script, reaction.all, model, entry(way.chain), way.last_step)
    way.script.add(ending)
    return True


def _other_one(reaction: Reaction, model: AgentModel) -> str:
    """What a miss has the agent ask for another one of, in the items of its rule: `one other number`."""
    asks, lines = load(model.judged, "rules")["asks_for_another"], {s.lines for s in reaction.all}
    found = (search(asks, plain(s.text)) for s in model.prompt.statements if s.lines in lines)
    return next((match["x"] for match in found if match), "")


def _hints(reaction: Reaction, model: AgentModel) -> list[tuple[Statement, Duty]]:
    """The ban to say which of several facts was wrong, where the prompt has one for this answer or at all."""
    pattern, sections = load(model.judged, "identity")["which_is_wrong"], {s.section for s in reaction.all}
    bans = [s for s in model.sure("ban", "case") if s in reaction.all or s.section in sections]
    found = [(s, d) for s in bans for d in s.duties if d.ban and d.heard]
    return [(s, d) for s, d in found if re.search(pattern, d.text, re.IGNORECASE)][:1]


def _naming(duty: Duty, given: Sequence[int], script: Script) -> Duty:
    """`which of the two was wrong` with what these steps give: `whether the name or the code was wrong`."""
    which, whether = load(script.judged.language, "identity")["which_of_them"]
    asked = dict.fromkeys(_asked_for(script, given))
    if len(asked) < FEWEST_FACTS or script.spoken != script.judged:
        return duty
    either = whether.format(either=script.judged.grammar.either(list(asked)))
    return replace(duty, text=re.sub(which, either, duty.text, count=1, flags=re.IGNORECASE))


def asks_again(reaction: Reaction, model: AgentModel) -> bool:
    """Whether another try is the caller's: `let the caller try once more`, and not only the agent's."""
    pattern = load(model.judged, "identity")["asks_again"]
    return any(re.match(pattern, duty.text, re.IGNORECASE) for duty in reaction.retries)


def _comes_again(reaction: Reaction, model: AgentModel) -> bool:
    """Whether the look-up is made a second time, by its own words or those about a second miss."""
    pattern = load(model.judged, "rules")["second_time"]
    cases = (s.condition.text for s in reaction.all if s.condition)
    return bool(reaction.retries) or any(re.search(pattern, text, re.IGNORECASE) for text in cases)


def asked_in(script: Script, given: Sequence[int], reaction: Reaction) -> str:
    """What the agent asks for before these steps, as one phrase; only what another try names, where it names
    some of it: `ask for the date of birth again`. Empty where the languages differ.
    """
    asked = _asked_for(script, given)
    said = " ".join(duty.text for duty in reaction.retries)
    named = [what for what in asked if re.search(rf"\b{re.escape(what)}\b", said, re.IGNORECASE)]
    listed = script.judged.grammar.listed(named or asked) if asked else ""
    return listed if script.spoken == script.judged else ""


def _asked_for(script: Script, given: Sequence[int]) -> list[str]:
    """What the agent asks for before these steps: `the phone number`."""
    mark = str(script.judged.frames["moves"]["asked_for"])
    moments = [script.steps[n - 1].moment for n in dict.fromkeys(given)]
    return [m.what.removeprefix(mark) for m in moments if m.kind == "asked" and m.what.startswith(mark)]


def give_again(script: Script, given: Sequence[int]) -> None:
    """The same once more, for who is asked a second time for what these steps give."""
    steps = [script.steps[n - 1] for n in dict.fromkeys(given) if script.steps[n - 1].moment.kind == "asked"]
    if len(steps) != 1:
        script.say("give_same_standing")
        return
    moves = script.spoken.frames["moves"]
    action = str(moves["once_more"]).format(action=steps[0].action)
    what = str(moves["again"]).format(what=steps[0].moment.what)
    script.add(Step(action, Moment("asked", what, standing=True)))


def react_last(way: Walk, served: Served, model: AgentModel) -> bool | None:
    """The same for the deed itself."""
    reaction = reaction_to(way.chain.last, served, model)
    if not reaction.known:
        return False
    ending = end_of(way.script.spoken, reaction)
    if ending is None or model.spoken != model.judged:
        return None
    if not expect_reaction(way.script, reaction, way.last_step):
        return None
    stand_by(way.script, reaction.all, model, entry(way.chain), way.last_step)
    way.script.add(ending)
    return True


def react_to_record(way: Walk, model: AgentModel) -> bool:
    """What the prompt wants for the record of this call, in place of a deed that it refuses; False where no
    rule of it is certain and heard.
    """
    found = tuple(for_the_record(way, model))
    reaction = Reaction(bool(found), found, found)
    ending = end_of(way.script.spoken, reaction)
    if ending is None or model.spoken != model.judged:
        return False
    if not expect_reaction(way.script, reaction, way.last_step):
        return False
    way.script.add(ending)
    return True


def tried_again(call: ExpectedCall, reaction: Reaction, model: AgentModel) -> list[ExpectedCall]:
    """The call once more, where the prompt has a call that fails made a second time."""
    again = load(model.judged, "rules")["tries_again"] if reaction.known else ""
    wants = any(re.search(again, d.text) for s in reaction.statements for d in s.duties if again)
    return [replace(call, id=f"{call.id}again", after=(call.id,))] if wants else []


def finished(way: Walk, number: int, family: str, name: str, model: AgentModel) -> Test | None:
    tool = way.served.tool.tool.name
    key = (tool, way.chain.calls[number].tool.tool.name, entry_key(way))
    calls = [c for n, c in enumerate(way.calls) if n <= number]
    reaction = reaction_to(way.chain.calls[number], way.served, model)
    if family == "outage":
        calls += tried_again(calls[-1], reaction, model)
    elif _comes_again(reaction, model):
        calls.append(replace(calls[-1], id=f"{calls[-1].id}again", after=(calls[-1].id,), optional=True))
    if way.chain.calls[number].tool.role != "identify" and told_first(way.served, model):
        _agree_first(way)
    forbidden = [never(way.served.tool)]
    return finish(way.script, model, family, key, name, chain=way.chain, calls=calls, forbidden=forbidden)


def _agree_first(way: Walk) -> None:
    """A yes to a sum that may be told before the look-up that ends the call, in front of its end."""
    yes = way.script.spoken.step("say_yes_standing", **way.slots)
    if len(way.script.steps) < MOST_STEPS and all(step.action != yes.action for step in way.script.steps):
        way.script.steps[-1:-1] = [yes]
