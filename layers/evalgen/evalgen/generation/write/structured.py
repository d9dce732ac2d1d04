"""A test as conditional actions: conditions in the third person, each with what the caller does then."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.languages import load_or_any
from evalgen.generation.plan.test import Moment, Setting, Step, Test
from evalgen.generation.write.frames import action_of, condition_of

FIRST_MESSAGE = "FIRST_MESSAGE"
_NAME_KEYS = ("full_name", "name", "nombre_completo", "nombre", "customer_name", "caller_name")


def structured(test: Test, first_message: str, setting: Setting) -> dict[str, Any]:
    """`{"role", "conditions"}`; the last condition's action, a fixed message, ends the call.

    A moment that the one before it would match as well (another refusal, the same question again) is no
    certain trigger: its action comes at the caller's next turn after the last one that is sure to come.
    """
    conditions: list[dict[str, Any]] = [_condition(0, FIRST_MESSAGE, first_message, fixed=True)]
    seen: set[str] = set()
    before, last = 0, test.steps[0].moment
    for number, step in enumerate(test.steps, 1):
        text = condition_of(step.moment, test.language, setting)
        follows = before > 0 and (text in seen or _is_pressure(step.moment, last, test.language))
        action, fixed = _said(step, test.language)
        conditions.append(_condition(number, before if follows else text, action, fixed=fixed))
        seen.add(text)
        if not step.moment.standing:
            before, last = number, step.moment
    return {"role": _role(test, setting), "conditions": conditions}


def _condition(number: int, condition: str | int, action: str, *, fixed: bool) -> dict[str, Any]:
    return {
        "id": number,
        "condition": condition,
        "action": action,
        "type": "standard" if isinstance(condition, str) else "action_followup",
        "fixed_message": fixed,
    }


def _is_pressure(moment: Moment, before: Moment, language: str) -> bool:
    repeated = str(load_or_any(language, "frames")["structured"]["repeated"])
    return moment.kind == "refused" == before.kind or re.search(repeated, moment.what) is not None


def _said(step: Step, language: str) -> tuple[str, bool]:
    """The action, and whether it is spoken word for word."""
    frames = load_or_any(language, "frames")["structured"]
    if step.last:
        return str(frames["closing"]), True
    action = action_of(step, language)
    words = re.fullmatch(frames["words"], action)
    if words:
        return words[1], True
    return f"{action}.", False


def _role(test: Test, setting: Setting) -> str:
    if test.attack and test.attack.persona:
        return test.attack.persona
    frames = load_or_any(test.language, "frames")["structured"]
    known = {**test.variables, **test.profile}
    name = next((key for key in _NAME_KEYS if known.get(key)), "")
    if not name:
        return str(frames["unnamed"]).format(aim=test.aim)
    form = "called" if setting.calls_out else "named"
    return str(frames[form]).format(name=f"{{{{test_profile.{name}}}}}", aim=test.aim)
