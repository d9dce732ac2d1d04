"""Bedrock's Converse, by boto3's client: one call, no retries of its own."""

from __future__ import annotations

import json
from typing import Any

from evalgen.errors import Permanent, Throttled
from evalgen.models.port import Answer, Question, Stop, Usage
from evalgen.models.settings import ModelSettings
from evalgen.storage.aws.clients import error_code, is_transient

DELAY_S = 10.0
"""Before the next try, where the answer does not say."""
_PASSING = frozenset({408, 424, 429})
"""Statuses of a model that is slow, has failed for once, or is not ready."""
_STOPS: dict[str, Stop] = {
    "max_tokens": "limit",
    "model_context_window_exceeded": "limit",
    "guardrail_intervened": "refused",
    "content_filtered": "refused",
    "refusal": "refused",
}


class BedrockModel:
    """Asks for structured output; of a model that has none, for the input of a tool. Caches the material
    where the model can. What a model cannot is found out by its first answer.
    """

    def __init__(self, settings: ModelSettings) -> None:
        """Raises Permanent where no region is set."""
        import botocore.config  # noqa: PLC0415 - half a second that only its users should pay for
        import botocore.exceptions  # noqa: PLC0415 - likewise
        import botocore.session  # noqa: PLC0415 - likewise

        config = botocore.config.Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=settings.timeout_s,
            tcp_keepalive=True,
        )
        self.name = settings.model_id
        self._structured, self._caching = True, True
        try:
            self._client: Any = botocore.session.get_session().create_client("bedrock-runtime", config=config)
        except botocore.exceptions.NoRegionError:
            raise Permanent("Bedrock needs a region: set AWS_REGION.") from None

    def ask(self, question: Question) -> Answer:
        while True:
            structured, caching = self._structured, self._caching
            try:
                answer: dict[str, Any] = self._client.converse(**self._request(question, structured, caching))
            except Exception as error:
                if not self._without(error, structured, caching):
                    raise _told(error, self.name) from error
            else:
                return _answer(answer)

    def _without(self, error: Exception, structured: bool, caching: bool) -> bool:
        """Whether the model cannot do something that it was asked with, and can be asked without."""
        if error_code(error) != "ValidationException" and type(error).__name__ != "ParamValidationError":
            return False
        lower = str(error).lower()
        if structured and any(one in lower for one in ("outputconfig", "textformat", "output_config")):
            self._structured = False
            return True
        if caching and any(one in lower for one in ("cachepoint", "cache_control", "caching")):
            self._caching = False
            return True
        return False

    def _request(self, question: Question, structured: bool, caching: bool) -> dict[str, Any]:
        system: list[dict[str, Any]] = [{"text": question.material}]
        if caching:
            system.append({"cachePoint": {"type": "default"}})
        request: dict[str, Any] = {
            "modelId": self.name,
            "system": system,
            "messages": [{"role": "user", "content": [{"text": question.task}]}],
            "inferenceConfig": {"maxTokens": question.most_tokens},
        }
        if structured:
            schema = {"schema": json.dumps(question.schema), "name": question.form}
            text_format = {"type": "json_schema", "structure": {"jsonSchema": schema}}
            return {**request, "outputConfig": {"textFormat": text_format}}
        tool = {"name": question.form, "inputSchema": {"json": question.schema}}
        choice = {"tool": {"name": question.form}}
        return {**request, "toolConfig": {"tools": [{"toolSpec": tool}], "toolChoice": choice}}


def _answer(answer: dict[str, Any]) -> Answer:
    """An empty 200 is `{}` to botocore: an answer without words."""
    message = answer.get("output", {}).get("message", {})
    parts = []
    for block in message.get("content") or []:
        if "toolUse" in block:
            parts.append(json.dumps(block["toolUse"].get("input"), ensure_ascii=False))
        elif "text" in block:
            parts.append(block["text"])
    used = answer.get("usage", {})
    cached = used.get("cacheReadInputTokens", 0)
    # Bedrock counts what it reads from the cache, and writes to it, beside the input.
    taken = used.get("inputTokens", 0) + cached + used.get("cacheWriteInputTokens", 0)
    usage = Usage(1, taken, cached, used.get("outputTokens", 0))
    return Answer("".join(parts), _STOPS.get(answer.get("stopReason", ""), "end"), usage)


def _told(error: Exception, model: str) -> Exception:
    """What botocore did not raise itself comes of an answer that it could not make out."""
    if type(error).__name__ in ("NoCredentialsError", "PartialCredentialsError"):
        return Permanent("Bedrock needs credentials of AWS, and none were found.")
    theirs = type(error).__module__.startswith("botocore")
    if not theirs or _status(error) in _PASSING or is_transient(error):
        return Throttled(f"The model {model} takes no calls for now: {_first_line(error)}", _delay(error))
    return Permanent(f"The model {model} cannot be used: {_first_line(error)}")


def _status(error: Exception) -> int:
    status = getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return int(status)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:300]


def _delay(error: Exception) -> float:
    headers = getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return seconds_of(headers.get("retry-after") or headers.get("x-amz-retry-after"))


def seconds_of(header: str | None) -> float:
    """What Retry-After says in seconds; a date, or nothing, is the usual delay."""
    try:
        return max(1.0, float(header or ""))
    except ValueError:
        return DELAY_S
