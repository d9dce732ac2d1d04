"""The personalities of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evalgen.generation.brief import Personality

if TYPE_CHECKING:
    from evalgen.contract.personalities import PersonalityCreate

QUIET = ("", "off", "none")


def personality_body(request: PersonalityCreate, personality_id: int, project_id: int) -> dict[str, Any]:
    """The contract's CreatePersonality with every key, and our `traits`."""
    return {
        "id": personality_id,
        **request.model_dump(),
        "project": project_id,
        "traits": traits_of(request),
        "patronus_settings": None,
        "provider_agent_id": "",
    }


def traits_of(request: PersonalityCreate) -> list[str]:
    """The traits given, else those that the voice settings show."""
    if request.traits is not None:
        return list(request.traits)
    speed = request.speed if isinstance(request.speed, float) else 1.0
    shows = {
        "interrupts": request.interruption_level.lower() not in QUIET,
        "slow": speed < 0.9,
        "fast": speed > 1.1,
        "noisy": request.background_noise.lower() not in QUIET,
        "bad_line": bool(request.network_simulation),
    }
    return [trait for trait, shown in shows.items() if shown]


def to_personality(body: dict[str, Any]) -> Personality:
    return Personality(body["id"], body["name"], body["language"], tuple(body["traits"]))
