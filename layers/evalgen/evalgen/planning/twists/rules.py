"""Callers who put one rule of the prompt to the test, and those who ask about somebody else."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.values import kind_of
from evalgen.planning.homes import caller_act
from evalgen.planning.script import Script
from evalgen.planning.twists.scene import Scene
from evalgen.reading.acts import Act

_PHASES = ("identify", "open", "inputs", "pick")


_BEGINNINGS = {
    "act_situation": "begin_case",
    "act_say_that": "begin_case",
    "act_raise": "begin_raising",
    "act_label": "begin_label",
    "act_state": "begin_stating",
    "act_be": "begin_being",
    "act_have": "begin_having",
    "act_ask_to": "begin_to",
    "act_want_to": "begin_to",
    "act_ask_for": "begin_for",
    "act_want": "begin_for",
    "ask_forbidden": "begin_for",
    "act_ask_about": "begin_question",
    "ask_fact": "begin_question",
    "do_forbidden": "begin_doing",
}
"""How a call opens that is about nothing but the act."""


_OTHERWISE = {"ask_forbidden": "push_for", "do_forbidden": "push_to"}
"""How the caller goes on to another thing that the same rule forbids."""


def rule(scene: Scene) -> bool:
    act = scene.idea.act
    if act is None:
        return False
    statement = scene.idea.focus[0]
    other = caller_act(statement, scene.model, scene.idea.choice + 1)
    pressing = ("press", "")
    if statement.kind == "prohibition":
        further = (
            _OTHERWISE.get(act.kind)
            if other and other.kind == act.kind and set(other.x.split()) != set(act.x.split())
            else None
        )
        pressing = (further, other.x) if further and other else ("push", "")
    if not scene.steps and begin(scene.script, act, pressing):
        return True
    phase = _PHASES[scene.idea.choice % len(_PHASES)]
    scene.script.after(phase if scene.script.has(phase) else "open", "more", act.kind, x=act.x)
    if statement.kind == "prohibition":
        scene.script.then(pressing[0], x=pressing[1])
    return True


def begin(script: Script, act: Act, pressing: tuple[str, str]) -> bool:
    """Open a call with the act itself, where it is for nothing else; False if the act cannot open one.

    `pressing` is the move with which the caller goes on, and what it is about.
    """
    if act.kind not in _BEGINNINGS or not script.swap("open", _BEGINNINGS[act.kind], x=act.x):
        return False
    script.after("open", "more", pressing[0], x=pressing[1])
    return True


def third_party(scene: Scene) -> bool:
    mine, others = scene.identity(), scene.model.others(scene.steps)
    thing = _thing(scene)
    start = scene.idea.choice % max(1, len(others))
    found = next(((c, n) for c in others[start:] if (n := _name_in(c))), None)
    if mine is None or found is None:
        scene.script.after("identify", "more", "third_party_plain", thing=thing)
    else:
        (noun, key, _), (call, name) = mine, found
        scene.table.caller["other_full_name"] = name
        values: dict[str, Any] = {"other_name": {"ref": "other_full_name"}, "thing": thing, "noun": noun}
        if key in call.input:
            scene.table.caller[f"other_{key}"] = call.input[key]
            values["other_value"] = {"ref": f"other_{key}"}
        scene.script.after("identify", "more", "third_party", **values)
    scene.script.then("let_go")
    return True


def _name_in(call: MockCall) -> str:
    names = (v for k, v in call.output.items() if kind_of(k, v) == "name" and isinstance(v, str))
    return next(names, "")


def _thing(scene: Scene) -> str:
    """What the agent keeps for people, such as an appointment."""
    things = [tool.noun for tool in scene.tools if tool.effect == "write" and tool.noun]
    return things[scene.idea.choice % len(things)] if things else scene.lexicon.templates.thing
