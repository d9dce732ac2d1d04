"""A scenario's name: at most 80 characters, and unlike those of the slots before it."""

from __future__ import annotations

import re
from collections.abc import Collection

from evalgen.planning.choice import draw
from evalgen.planning.plan import Plan
from evalgen.planning.strategies import attacks_of
from evalgen.writing.attacking import attack_name
from evalgen.writing.instructions import tidy, values_of
from evalgen.writing.phrases import Phrases
from evalgen.writing.values import described

LONGEST = 80


def name_of(plan: Plan, taken: Collection[str], phrases: Phrases) -> str:
    """The first form that fits and is free; else one with a detail of its own, else a number."""
    if plan.attack:
        return _free([_fitted(attack_name(plan, plan.attack, attacks_of(plan.language)))], taken)
    if plan.sources:
        return _free(_of_questions(plan, phrases), taken)
    values: dict[str, str] = {}
    for beat in plan.beats:
        values |= {k: v for k, v in values_of(beat, phrases).items() if "{{" not in v}
    for beat in plan.beats:
        if beat.move == plan.twist:
            values |= {k: v for k, v in values_of(beat, phrases).items() if "{{" not in v}
    values |= {
        "goal": plan.goal,
        "Goal": plan.goal[:1].upper() + plan.goal[1:],
        "failing": _failing(plan, phrases),
        "other": plan.detail,
    }
    if plan.detail and plan.twist not in ("error", "no_match", "empty", "assume_success", "detour"):
        values |= {"x": plan.detail, "X": plan.detail[:1].upper() + plan.detail[1:]}
    item = next((c for c in reversed(plan.calls) if c.item), None)
    if item:
        values["item"] = described(item.item, item.item_noun, phrases)
    table = phrases.words["names"]
    lost = plan.calls and plan.calls[-1].outcome == "no_match" and plan.calls[-1].effect != "identify"
    if plan.twist == "no_match" and lost:
        values["noun"] = plan.calls[-1].noun
    forms = table.get("no_such_thing" if plan.twist == "no_match" and lost else plan.twist, table["default"])
    turn = draw(plan.seed, "name", plan.signature)
    fitting = [forms[(turn + i) % len(forms)] for i in range(len(forms))]
    candidates = [
        _fitted(f.format_map(values)) for f in fitting if set(re.findall(r"\{(\w+)\}", f)) <= values.keys()
    ]
    candidates = candidates or [_fitted(plan.goal)]
    details = [
        d
        for d in (
            values.get("item", ""),
            plan.profile_name.split(" - ")[0],
            plan.calls[-1].outcome if plan.calls else "",
        )
        if d
    ]
    candidates += [
        _fitted(f"{c[: LONGEST - len(d) - 3].rstrip(' ,:')} ({d})")
        for d in details
        for c in candidates[:2]
        if len(d) < 40
    ]
    return _free(candidates, taken)


def _of_questions(plan: Plan, phrases: Phrases) -> list[str]:
    table = phrases.words["knowledge"]["names"]
    forms = table.get(plan.twist, table["forms"])
    values: dict[str, str] = {"about": plan.goal, "About": plan.goal[0].upper() + plan.goal[1:], "topic": plan.detail}
    for beat in plan.beats:
        values |= {k: str(v) for k, v in beat.values.items() if k == "amount"}
    turn = draw(plan.seed, "name", plan.signature)
    return [_fitted(forms[(turn + i) % len(forms)].format_map(values)) for i in range(len(forms))]


def _free(candidates: list[str], taken: Collection[str]) -> str:
    free = next((c for c in candidates if c.casefold() not in taken), None)
    return free or next(
        n for i in range(2, 1000) if (n := f"{candidates[0][: LONGEST - 6]} ({i})").casefold() not in taken
    )


def _failing(plan: Plan, phrases: Phrases) -> str:
    """The call that does not succeed, as a part of a name."""
    call = next((c for c in plan.calls if c.outcome != "success"), None)
    if call is None:
        return plan.detail
    effect = call.effect if call.effect in ("identify", "read") else "write"
    return str(phrases.words[f"failing_{effect}"].format(noun=call.noun, verb=call.verb))


def _fitted(text: str) -> str:
    text = tidy(text)
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST - 1)].rstrip(" ,:;(") + "…"
