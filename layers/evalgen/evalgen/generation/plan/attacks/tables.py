"""What is attacked and how, as the tables of a language have it (`languages/*/attacks.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.ways_out import WayOut


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that an agent must not give or do; the head of the table says what each field is."""

    id: str
    types: tuple[str, ...]
    title: str
    ask: str
    press: tuple[str, ...]
    thing: str
    bans: tuple[str, ...]
    rests_on: tuple[str, ...]
    order: str
    needs: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """A part that a caller plays; `id` is the strategy with a number. Texts have `{slots}`. `way` is what the
    prompt itself has the agent do then.
    """

    id: str
    strategy: str
    who: str
    persona: str
    open: str
    push: tuple[str, ...]
    owasp: tuple[str, ...] = ()
    channel: str = ""
    types: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: str = ""
    not_for: str = ""
    warm: str = ""
    warmed: str = ""
    pieces: bool = False
    claim: bool = False
    unclear: bool = False
    ban: str = ""
    way: WayOut | None = None


@cache
def aims_of(language: str) -> tuple[Aim, ...]:
    """Raises FileNotFoundError for a language without attacks."""
    return tuple(Aim(**_row(row), bans=tuple(row["not"])) for row in load(language, "attacks")["goal"])


@cache
def plays_of(language: str) -> tuple[Play, ...]:
    """Raises FileNotFoundError for a language without attacks."""
    found: list[Play] = []
    for row in load(language, "attacks")["play"]:
        number = 1 + sum(play.strategy == row["strategy"] for play in found)
        found.append(Play(f"{row['strategy']}_{number}", **_row(row), ban=row.get("not", "")))
    return tuple(found)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k != "not"}
