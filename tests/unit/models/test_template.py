"""What a deployed worker may do and gets for a model: nothing of it without one."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.models.settings import model_settings
from local.intrinsics import load_template
from tests.conftest import ROOT

TEMPLATE = ROOT / "template.yaml"
SECRET = "arn:aws:secretsmanager:eu-west-1:1:secret:key-a1b2c3"
BEDROCK = {"Generator": "bedrock", "ModelId": "eu.some.model"}
OPENAI = {"Generator": "openai", "ModelId": "m", "ModelApiKeySecretArn": SECRET, "ModelJobTokens": "5000"}


def worker(parameters: dict[str, str]) -> dict[str, Any]:
    found = load_template(TEMPLATE, parameters).of_type("AWS::Serverless::Function")["WorkerFunction"]
    return dict(found)


def actions(parameters: dict[str, str]) -> set[str]:
    statements = worker(parameters)["Policies"][0]["Statement"]
    named = [one["Action"] for one in statements]
    return {action for one in named for action in ([one] if isinstance(one, str) else one)}


def test_only_the_worker_with_a_model_may_call_one() -> None:
    model = {"bedrock:InvokeModel", "secretsmanager:GetSecretValue"}
    assert actions({}) & model == set()
    assert actions(BEDROCK) & model == {"bedrock:InvokeModel"}
    assert actions(OPENAI) & model == {"secretsmanager:GetSecretValue"}


@pytest.mark.parametrize("parameters", [{}, BEDROCK, OPENAI], ids=["embedded", "bedrock", "openai"])
def test_what_the_worker_is_given_are_settings_that_can_be(parameters: dict[str, str]) -> None:
    environ = {name: str(value) for name, value in worker(parameters)["Environment"]["Variables"].items()}
    settings = model_settings(environ)
    assert settings.provider == parameters.get("Generator", "embedded")
    assert settings.model_id == parameters.get("ModelId", "")
    assert settings.api_key_secret == parameters.get("ModelApiKeySecretArn", "")
    assert settings.job_tokens == int(parameters.get("ModelJobTokens", 0))


@pytest.mark.parametrize("parameters", [{}, BEDROCK], ids=["embedded", "bedrock"])
def test_a_message_is_hidden_for_six_times_as_long_as_a_worker_may_take(parameters: dict[str, str]) -> None:
    queue = load_template(TEMPLATE, parameters).of_type("AWS::SQS::Queue")["WorkQueue"]
    timeout = worker(parameters)["Timeout"]
    assert queue["VisibilityTimeout"] == 6 * timeout
    environ = worker(parameters)["Environment"]["Variables"]
    assert timeout > 2 * int(environ["MODEL_TIMEOUT_SECONDS"]) or not parameters
