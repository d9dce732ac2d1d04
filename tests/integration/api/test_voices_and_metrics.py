"""Personalities and metrics through the real handler."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.client import V1, Api

PERSONALITIES = f"{V1}/personalities"
PERSONALITY_KEYS = {
    "id", "project", "name", "prompt", "language", "accent", "background_noise", "voice_model", "voice_id",
    "interruption_level", "speed", "generation_config", "network_simulation", "message_plan",
    "start_speaking_plan", "stop_speaking_plan", "background_sound_volume", "patronus_settings",
    "provider_agent_id", "end_call_enabled", "provider", "traits",
}  # fmt: skip
METRIC_KEYS = {
    "id", "name", "description", "code", "slug", "type", "eval_type", "audio_enabled", "prompt",
    "function_name", "enum_values", "custom_code", "simulation_enabled", "observability_enabled",
    "configuration", "cost", "evaluation_trigger", "evaluation_trigger_prompt", "category", "sub_category",
    "organization",
}  # fmt: skip


def test_a_project_starts_with_plain_voices_in_many_languages_and_other_manners(api: Api) -> None:
    voices = api.call("GET", PERSONALITIES).json
    assert all(voice.keys() == PERSONALITY_KEYS for voice in voices)
    plain = {voice["language"] for voice in voices if not voice["traits"]}
    assert plain >= {"en", "es", "fr", "de", "pt", "it", "nl", "hi", "ja"}
    for language in ("en", "es"):
        traits = {trait for voice in voices if voice["language"] == language for trait in voice["traits"]}
        assert traits >= {"interrupts", "slow", "noisy", "impatient", "elderly", "hesitant"}
    assert len({voice["name"] for voice in voices}) == len(voices)


def test_voices_are_filtered_by_language(api: Api) -> None:
    spanish = api.call("GET", PERSONALITIES, query={"language": "es"}).json
    assert {voice["language"] for voice in spanish} == {"es"}
    assert api.call("GET", PERSONALITIES, query={"language": "xx"}).status == 400


@pytest.mark.parametrize(
    ("settings", "traits"),
    [
        ({}, []),
        ({"interruption_level": "high"}, ["interrupts"]),
        ({"speed": 0.7, "background_noise": "street"}, ["slow", "noisy"]),
        ({"speed": "1.3"}, ["fast"]),
        ({"speed": "brisk"}, []),
        ({"network_simulation": {"jitter_ms": 9}}, ["bad_line"]),
        ({"background_noise": "street", "traits": ["impatient"]}, ["impatient"]),
        ({"background_noise": "street", "traits": []}, []),
    ],
)
def test_a_new_voice_reads_back_with_the_traits_that_its_settings_show(
    api: Api, settings: dict[str, Any], traits: list[str]
) -> None:
    body = {"name": "V", "voice_model": "m", "background_noise": "off", "language": "pl", **settings}
    created = api.call("POST", PERSONALITIES, body)
    assert created.status == 201, created.text
    assert (created.json.keys(), created.json["traits"]) == (PERSONALITY_KEYS, traits)
    assert api.call("GET", f"{PERSONALITIES}/{created.json['id']}").json == created.json


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"speed": True}, "speed"),
        ({"speed": []}, "speed"),
        ({"language": "xx"}, "language"),
        ({"traits": ["rude"]}, "traits"),
        ({"message_plan": 3}, "message_plan"),
        ({"provider": "other"}, "provider"),
        ({"project": 2}, "project"),
    ],
)
def test_a_wrong_voice_is_named(api: Api, change: dict[str, Any], field: str) -> None:
    refused = api.call(
        "POST", PERSONALITIES, {"name": "V", "voice_model": "m", "background_noise": "off", **change}
    )
    assert (refused.status, list(refused.json)) == (400, [field])
    assert set(api.call("POST", PERSONALITIES, {}).json) == {"name", "voice_model", "background_noise"}


def test_a_project_has_ten_metrics_as_a_plain_array(api: Api) -> None:
    metrics = api.call("GET", f"{V1}/predefined-metrics/").json
    assert [metric["name"] for metric in metrics] == [
        "Expected Outcome", "Latency", "Pitch", "Interruption Score", "Infrastructure Issues",
        "Tool Call Success", "Relevancy", "Response Consistency", "Talk Ratio", "Sentiment",
    ]  # fmt: skip
    assert all(metric.keys() == METRIC_KEYS for metric in metrics)
    assert len({metric["description"] for metric in metrics}) == 10
