"""The ten metrics that every project has and every generated scenario carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalgen.contract.slugs import slug_of


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    description: str
    eval_type: str
    category: str
    audio: bool = False


METRICS = (
    Metric(
        "Expected Outcome",
        "Whether the agent did everything that the scenario's expected outcome lists, and no more.",
        "binary",
        "Accuracy",
    ),
    Metric("Latency", "The time from the end of the caller's turn to the agent's first sound, in ms.",
           "numeric", "Speech Quality", audio=True),
    Metric("Pitch", "The mean pitch of the agent's voice in hertz, and how far it moves during the call.",
           "numeric", "Speech Quality", audio=True),
    Metric(
        "Interruption Score",
        "How well turns are taken: how often the agent talks over the caller, or falls silent at a sound.",
        "continuous_qualitative",
        "Conversation Quality",
        audio=True,
    ),
    Metric(
        "Infrastructure Issues",
        "Whether the call suffered from silence, a dropped line or an error that is not the agent's words.",
        "binary",
        "Speech Quality",
        audio=True,
    ),
    Metric(
        "Tool Call Success",
        "The share of the expected tool calls that were made with the right input and succeeded.",
        "numeric",
        "Accuracy",
    ),
    Metric("Relevancy", "Whether each answer of the agent deals with what the caller has just said or asked.",
           "continuous_qualitative", "Conversation Quality"),
    Metric(
        "Response Consistency",
        "Whether what the agent says later agrees with what it said before and its tools answered.",
        "continuous_qualitative",
        "Accuracy",
    ),
    Metric("Talk Ratio", "The agent's share of the speaking time, between 0 and 1.",
           "numeric", "Conversation Quality", audio=True),
    Metric("Sentiment", "How the caller's mood stands at the end of the call, compared with its beginning.",
           "enum", "Customer Experience"),
)  # fmt: skip

SENTIMENTS = ["positive", "neutral", "negative"]


def metric_body(metric: Metric, metric_id: int) -> dict[str, Any]:
    """The contract's PredefinedMetric with every key."""
    slug = slug_of(metric.name)
    return {
        "id": metric_id,
        "name": metric.name,
        "description": metric.description,
        "code": slug,
        "slug": slug,
        "type": "llm_judge" if not metric.audio else "custom_code",
        "eval_type": metric.eval_type,
        "audio_enabled": metric.audio,
        "prompt": "",
        "function_name": None,
        "enum_values": SENTIMENTS if metric.eval_type == "enum" else [],
        "custom_code": "",
        "simulation_enabled": True,
        "observability_enabled": True,
        "configuration": {},
        "cost": "0.000000",
        "evaluation_trigger": "always",
        "evaluation_trigger_prompt": "",
        "category": metric.category,
        "sub_category": None,
        "organization": None,
    }
