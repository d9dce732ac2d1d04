"""What each twist changes in a script. A twist says what happens; the words are the writer's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evalgen.planning.ideas import Idea
from evalgen.planning.routes import Route
from evalgen.planning.script import Script, item_noun, item_of, other_items, perform, reference_of
from evalgen.planning.symbols import Symbols
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Step
from evalgen.reading.values import kind_of, words_of


@dataclass
class Scene:
    """Everything a twist may look at.

    `route` has the calls of a second task behind the first `split` ones; `keep` is how many calls still happen.
    """

    script: Script
    idea: Idea
    route: Route
    table: Symbols
    model: AgentModel
    confirms: bool
    split: int
    keep: int

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.route.steps

    def identity(self) -> tuple[str, str, Any] | None:
        """Noun, profile key and value of what identifies the caller."""
        for (index, key), name in self.table.keys.items():
            step = self.steps[index]
            if step.tool.effect == "identify" and step.outcome == "success":
                noun = next((p.noun for p in step.tool.parameters if p.name == key), " ".join(words_of(key)))
                return noun, name, self.table.caller[name]
        return None

    def choice(self) -> tuple[str, str, Any] | None:
        """Noun, profile key and value of a day, an hour or a number that the caller chooses."""
        for (index, key), name in self.table.keys.items():
            value = self.table.caller[name]
            if self.steps[index].tool.effect != "identify" and kind_of(key, value) in (
                "date",
                "datetime",
                "time",
                "number",
            ):
                return " ".join(words_of(key)), name, value
        return None

    def picked(self) -> tuple[dict[str, Any], list[dict[str, Any]], str] | None:
        """The entry that the route's calls choose from an answer, those beside it, and what to call one."""
        for step in self.steps:
            for link in step.links:
                source = self.steps[link.call]
                item = item_of(source.call.output, link)
                if item and source.tool.effect != "identify":
                    return item, list(other_items(source, link)), item_noun(link.path)
        return None

    def cut_before_writing(self) -> None:
        self.keep = next((i for i, s in enumerate(self.steps) if s.tool.effect == "write"), len(self.steps))


_SAID = re.compile(r"[“\"]([^“”\"]{4,60}?)[,.]?[”\"]")
Twist = Callable[[Scene], bool]


def apply(scene: Scene) -> bool:
    """Apply the idea's twist; False where the route does not allow it after all."""
    return TWISTS.get(scene.idea.twist, _inserted)(scene)


def _plain(scene: Scene) -> bool:
    return True


def _failure(scene: Scene) -> bool:
    last = scene.steps[-1]
    if last.outcome == "no_match" and last.tool.effect == "identify":
        name = next((n for (i, _), n in scene.table.keys.items() if i == len(scene.steps) - 1), None)
        if name is None:
            return False
        scene.script.add("more", "no_match_react", value={"ref": name})
    elif last.outcome == "empty":
        pass
    else:
        scene.script.add("more", "error_react")
    scene.script.add("close", "way_out")
    return True


def _assume_success(scene: Scene) -> bool:
    reference = next(
        (
            r
            for call in scene.steps[-1].tool.calls["success"]
            if (r := reference_of(Step(scene.steps[-1].tool, call)))
        ),
        "",
    )
    scene.script.add("more", "assume_success", reference=" ".join(words_of(reference)) or "result")
    scene.script.add("more", "error_react")
    return True


def _misstate(scene: Scene) -> bool:
    found = scene.identity()
    if found is None:
        return False
    noun, name, value = found
    wrong = scene.table.misstate(name, _slip(value))
    return scene.script.swap("identify", "misstate", noun=noun, value={"ref": name}, wrong={"ref": wrong})


def _slip(value: Any) -> Any:
    """A value with two neighbouring characters exchanged, or its last digit changed where that shows nothing."""
    text = str(value)
    for i in range(len(text) - 2, 0, -1):
        if text[i].isalnum() and text[i + 1].isalnum() and text[i] != text[i + 1]:
            return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:-1] + ("7" if text[-1:] != "7" else "3")


def _correct_choice(scene: Scene) -> bool:
    found = scene.choice()
    if found is None:
        return False
    noun, name, value = found
    wrong = scene.table.misstate(name, _other_value(value))
    return scene.script.swap_value(
        name, "correct_choice", noun=noun, value={"ref": name}, wrong={"ref": wrong}
    )


def _other_value(value: Any) -> Any:
    """Another value of the same kind near this one: the day or the number after it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value + 1
    text = str(value)
    if kind_of("", text) in ("date", "datetime"):
        day = int(text[8:10])
        return f"{text[:8]}{day + 1 if day < 28 else day - 1:02d}{text[10:]}"
    return _slip(text)


def _decline(scene: Scene) -> bool:
    picked = scene.picked()
    if picked is None or not picked[1] or not scene.script.has("confirm"):
        return False
    item, others, noun = picked
    position = next(
        (
            i
            for i, (p, b) in enumerate(scene.script.beats)
            if p == "pick" and b.values.get("item", {}).get("item") == item
        ),
        None,
    )
    if position is None:
        return False
    old = scene.script.beats[position][1]
    scene.script.beats[position] = (
        "pick",
        type(old)("pick", old.ordinal, {"item": {"item": others[0], "noun": noun}}),
    )
    scene.script.put("confirm", "confirm", "decline", item={"item": item, "noun": noun})
    return True


def _other_option(scene: Scene) -> bool:
    picked = scene.picked()
    if picked is None:
        return False
    item, others, noun = picked
    same_kind = [
        i
        for i, (p, b) in enumerate(scene.script.beats)
        if p == "pick" and b.values.get("item", {}).get("item") == item
    ]
    if not same_kind:
        return False
    values = {"item": {"item": item, "noun": noun}}
    elsewhere = _elsewhere(scene, item, others)
    if elsewhere:
        values["other_item"] = {"item": elsewhere, "noun": noun}
    beat = scene.script.beat("other_option" if elsewhere else "other_option_plain", **values)
    scene.script.beats[same_kind[0]] = ("pick", beat)
    return True


def _elsewhere(scene: Scene, item: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """An entry that some other answer of the same tool has, and this one does not."""
    for step in scene.steps:
        for call in step.tool.calls["success"] if step.tool.effect == "read" else ():
            for value in call.output.values() if isinstance(call.output, dict) else ():
                for entry in value if isinstance(value, list) else ():
                    if isinstance(entry, dict) and entry.keys() >= item.keys():
                        seen = {k: entry[k] for k in item}
                        if seen != item and seen not in others:
                            return seen
    return {}


def _refuse_confirm(scene: Scene) -> bool:
    if not scene.script.swap("confirm", "refuse_confirm"):
        scene.script.add("confirm", "refuse_confirm")
    scene.script.drop("outcome", "close")
    scene.cut_before_writing()
    scene.script.add("close", "close")
    return True


def _instead_of_confirm(move: str) -> Twist:
    def twist(scene: Scene) -> bool:
        if not scene.script.swap("confirm", move):
            scene.script.put("outcome", "confirm", move)
        return True

    return twist


def _change_goal(scene: Scene) -> bool:
    scene.script.drop("confirm", "outcome")
    return _go_on(scene, "change_goal")


def _second_goal(scene: Scene) -> bool:
    return _go_on(scene, "second_goal")


def _go_on(scene: Scene, move: str) -> bool:
    """The second task, without opening and identification."""
    if scene.idea.second is None:
        return False
    scene.script.add("more", move, other=scene.idea.second.goal.phrase)
    perform(scene.script, scene.route, scene.table, scene.split, len(scene.steps), scene.confirms)
    return True


def _silence(scene: Scene) -> bool:
    scene.script.after("identify", "more", "silence")
    return True


def _unclear(scene: Scene) -> bool:
    scene.script.put("open", "open", "unclear")
    return True


def _upfront(scene: Scene) -> bool:
    names = [n for (i, _), n in scene.table.keys.items()][:3]
    if not names:
        return False
    scene.script.drop("identify", "inputs")
    scene.script.after("open", "identify", "upfront", all={"refs": names})
    return True


def _vague_date(scene: Scene) -> bool:
    found = scene.choice()
    return found is not None and scene.script.swap_value(found[1], "vague_date", value={"ref": found[1]})


def _third_party(scene: Scene) -> bool:
    mine = scene.identity()
    others = [
        call
        for tool in scene.model.tools
        if tool.effect == "identify"
        for call in tool.calls["success"]
        if not any(s.call == call for s in scene.steps) and isinstance(call.output, dict)
    ]
    things = [t.noun for t in scene.model.tools if t.effect == "write" and t.noun]
    thing = things[scene.idea.choice % len(things)] if things else "request"
    name = next(
        (
            v
            for c in others[scene.idea.choice % max(1, len(others)) :]
            for k, v in c.output.items()
            if kind_of(k, v) == "name" and isinstance(v, str)
        ),
        None,
    )
    if mine is None or name is None:
        scene.script.after("identify", "more", "third_party_plain", thing=thing)
    else:
        noun, key, _ = mine
        call = next(c for c in others if name in c.output.values())
        scene.table.caller["other_full_name"] = name
        values: dict[str, Any] = {"other_name": {"ref": "other_full_name"}, "thing": thing, "noun": noun}
        if key in call.input:
            scene.table.caller[f"other_{key}"] = call.input[key]
            values["other_value"] = {"ref": f"other_{key}"}
        scene.script.after("identify", "more", "third_party", **values)
    scene.script.then("let_go")
    return True


def _emergency(scene: Scene) -> bool:
    scene.script.drop("pick", "confirm", "outcome", "inputs")
    said = next((m[1] for s in scene.idea.focus if (m := _SAID.search(s.text))), "")
    if said:
        scene.script.after("identify", "more", "emergency_quote", x=said)
    else:
        scene.script.after("identify", "more", "emergency")
    scene.script.add("close", "after_emergency")
    scene.keep = 1 if scene.script.has("identify") else 0
    return True


def _inserted(scene: Scene) -> bool:
    """Twists that are one more thing the caller does, somewhere in the middle."""
    scene.script.after("identify" if scene.idea.choice % 2 else "open", "more", scene.idea.twist)
    return True


def _rule(scene: Scene) -> bool:
    act = scene.idea.act
    if act is None:
        return False
    phase = ("identify", "open", "inputs", "pick")[scene.idea.choice % 4]
    scene.script.after(phase if scene.script.has(phase) else "open", "more", act.kind, x=act.x)
    if scene.idea.focus[0].kind == "prohibition":
        scene.script.then("push")
    return True


TWISTS: dict[str, Twist] = {
    "plain": _plain,
    "detour": _plain,
    "error": _failure,
    "no_match": _failure,
    "empty": _failure,
    "assume_success": _assume_success,
    "misstate": _misstate,
    "correct_choice": _correct_choice,
    "decline": _decline,
    "other_option": _other_option,
    "refuse_confirm": _refuse_confirm,
    "vague_yes": _instead_of_confirm("vague_yes"),
    "skip_confirm": _instead_of_confirm("skip_confirm"),
    "change_goal": _change_goal,
    "second_goal": _second_goal,
    "silence": _silence,
    "unclear": _unclear,
    "upfront": _upfront,
    "vague_date": _vague_date,
    "third_party": _third_party,
    "emergency": _emergency,
    "rule": _rule,
}
