"""One thing that is attacked, in the words of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.plan.attacks.ways_out import WayOut
from evalgen.generation.plan.test import Ground


@dataclass(frozen=True)
class Target:
    """One thing that the agent must not give or do.

    `ask` and `press` are actions of the caller, `thing` follows `refused`: in the spoken language. `bans` are
    whole lines of the outcome and `refuses` the one about the refusal. `order` is what a written text tells
    the agent to do, empty where there is none. `profile` are values that the texts refer to; `tool` is not to
    be called. `way` is what the prompt orders where somebody is after this.
    """

    id: str
    title: str
    ask: str
    press: tuple[str, ...]
    thing: str
    bans: tuple[str, ...]
    refuses: str
    ground: Ground
    order: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)
    tool: str = ""
    way: WayOut = field(default_factory=WayOut)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
