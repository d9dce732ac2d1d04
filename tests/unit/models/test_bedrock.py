"""What a model of Bedrock cannot do is found out by its first answers, however many ask it at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError

from evalgen.models.bedrock import BedrockModel
from evalgen.models.port import Question
from evalgen.models.settings import ModelSettings

QUESTION = Question("plan", "material", "task", "plan", {}, 10)
AT_ONCE = 4


@dataclass
class Refusing:
    """Refuses a field of the request by its name, once all who ask at first have asked."""

    refused: str
    told: str
    together: threading.Barrier = field(default_factory=lambda: threading.Barrier(AT_ONCE, timeout=10))

    def converse(self, **request: Any) -> dict[str, Any]:
        if self.refused not in repr(request):
            return {"output": {"message": {"content": [{"text": "yes"}]}}}
        self.together.wait()
        raise ClientError({"Error": {"Code": "ValidationException", "Message": self.told}}, "Converse")


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("outputConfig", "This model doesn't support the outputConfig field."),
        ("cachePoint", "You invoked an unsupported model or your request did not allow prompt caching."),
    ],
)
def test_what_a_model_cannot_do_fails_none_of_those_who_ask_at_once(
    monkeypatch: pytest.MonkeyPatch, refused: str, told: str
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    model = BedrockModel(ModelSettings("bedrock", "scripted"))
    model._client = Refusing(refused, told)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(model.ask, [QUESTION] * AT_ONCE))
    assert [one.text for one in answers] == ["yes"] * AT_ONCE
