"""The requests that create personalities, and choose among them."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import model_validator

from evalgen.contract.fields import (
    Check,
    LongText,
    Name,
    NotNull,
    OptionalId,
    at_most,
    at_most_items,
    if_given,
)
from evalgen.contract.languages import Language
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel, by_its_name

Trait = Literal["interrupts", "slow", "fast", "noisy", "impatient", "hesitant", "elderly", "bad_line"]
"""What planning knows about a caller's manner."""

MAX_LABEL = 255
Label = Annotated[str, at_most(MAX_LABEL)]
Config = dict[str, Any] | None


def _speed(value: Any) -> float | str:
    """A number, also as text, or the provider's name of a pace."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong(f"Must be a number or a string; got {shown(value)}.")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if math.isfinite(number):
        return number
    if not isinstance(value, str) or len(value) > MAX_LABEL:
        raise wrong(f"Must be a number, or a string of at most {MAX_LABEL} characters.")
    return value


ALL = "all"
MAX_CHOSEN = 1000


def _chosen(value: Any) -> Any:
    ids = isinstance(value, list) and all(type(one) is int for one in value)
    if value != ALL and not (ids and len(value) <= MAX_CHOSEN):
        raise wrong(f"Must be a list of at most {MAX_CHOSEN} ids, or {ALL}; got {shown(value)}.")
    return value


class PersonalitiesChosen(RequestModel):
    """Ids, or `all`, which `language` bounds. The vendor's command line calls them `personality_ids`."""

    other_names = frozenset({"personality_ids"})

    personalities: Annotated[
        Any,
        Check(
            _chosen,
            {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "string", "const": ALL}]},
        ),
    ]
    language: Language | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_the_other_name(cls, given: Any) -> Any:
        return by_its_name(given, "personalities", "personality_ids")


class PersonalityCreate(RequestModel):
    """`traits` is ours: without it the traits follow from the voice settings."""

    name: Name
    background_noise: Label
    voice_model: Label
    project: OptionalId = None
    prompt: LongText = ""
    language: Language = "en"
    accent: Label = ""
    voice_id: Label = ""
    interruption_level: Label = ""
    speed: Annotated[Any, Check(_speed)] = 1.0
    generation_config: Config = None
    network_simulation: Config = None
    message_plan: Config = None
    start_speaking_plan: float | None = None
    stop_speaking_plan: Config = None
    background_sound_volume: Config = None
    end_call_enabled: bool = True
    provider: Literal["11labs", "cartesia"] = "11labs"
    traits: Annotated[list[Trait] | None, NotNull, if_given(at_most_items(8))] = None
