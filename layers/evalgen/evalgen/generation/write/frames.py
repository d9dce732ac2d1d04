"""The fixed frames of a language, filled with a test's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evalgen.generation.languages import load_or_any, written
from evalgen.generation.plan.test import Moment, Setting, Step

SEVERAL = "multi"
"""Said of agents and callers that speak more than one language."""


def written_in(language: str, prompt_language: str) -> str:
    """The language that a scenario is written in for a caller who speaks `language`; empty: it cannot be."""
    spoken = prompt_language if language == SEVERAL else language
    return spoken if spoken in written("frames") else ""


def greeting(language: str) -> str:
    return str(load_or_any(language, "frames")["hello"])


def action_of(step: Step, language: str) -> str:
    """What the caller does; the last step ends the call where it says nothing else."""
    return step.action or (str(load_or_any(language, "frames")["end_call"]) if step.last else "")


def step_line(step: Step, language: str, setting: Setting) -> str:
    """`Give {{test_profile.phone}} when asked for the phone number`, without its number."""
    frames = load_or_any(language, "frames")
    moment = (
        opening_of(setting, language)
        if step.moment.kind == "opening" and not step.moment.what
        else _filled(
            frames["standing" if step.moment.standing else "moments"][step.moment.kind], step.moment.what
        )
    )
    action = action_of(step, language)
    return str(frames["step"]).format(action=action, moment=moment) if moment else action


def opening_of(setting: Setting, language: str) -> str:
    """`when asked how the clinic can help`, or `when greeted` by an agent that asks something else; `when
    told what the call is about` by one that calls.
    """
    opening: Mapping[str, str] = load_or_any(language, "frames")["opening"]
    if setting.calls_out:
        return opening["calls"]
    if setting.asks_otherwise:
        return opening["greeted"]
    organisation = setting.organisation_in(language)
    return opening["of"].format(organisation=organisation) if organisation else opening["plain"]


def condition_of(moment: Moment, language: str, setting: Setting) -> str:
    """The same in the third person: `The main agent asks for the phone number`."""
    frames = load_or_any(language, "frames")
    if moment.kind == "opening" and not moment.what:
        key = "says_why" if setting.calls_out else "greets" if setting.asks_otherwise else "asks"
        return str(frames["opening"][key])
    return _filled(frames["conditions"][moment.kind], moment.what)


def _filled(forms: Sequence[Sequence[str]], what: str) -> str:
    """The form of the first pattern that stands at the beginning of `what`."""
    form = next(form for pattern, form in forms if re.match(pattern, what))
    return form.format(what=what).strip()
