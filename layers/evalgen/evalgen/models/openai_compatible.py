"""Any server that speaks OpenAI's chat completions, by OpenAI's client: one call, no retries of its own."""

from __future__ import annotations

from typing import Any

import openai
from pydantic import BaseModel, ConfigDict, ValidationError

from evalgen.errors import Permanent, Throttled
from evalgen.models.bedrock import seconds_of
from evalgen.models.port import Answer, Question, Stop, Usage
from evalgen.models.settings import ModelSettings

_PASSING = frozenset({408, 409, 424, 425, 429, 529})
_STOPS: dict[str | None, Stop] = {"length": "limit", "content_filter": "refused"}


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Message(_Lenient):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Lenient):
    message: _Message
    finish_reason: str | None = None


class _Details(_Lenient):
    cached_tokens: int | None = None


class _Used(_Lenient):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Details | None = None


class _Completion(_Lenient):
    """What is used of a chat completion: servers that call themselves compatible differ in the rest."""

    choices: list[_Choice]
    usage: _Used | None = None


class OpenAiModel:
    def __init__(self, settings: ModelSettings, api_key: str) -> None:
        """A server of one's own may need no key; the client wants one all the same."""
        self.name = settings.model_id
        self._client = openai.OpenAI(
            api_key=api_key or "none",
            base_url=settings.base_url or None,
            timeout=settings.timeout_s,
            max_retries=0,
        )

    def ask(self, question: Question) -> Answer:
        schema: Any = {"name": question.form, "schema": question.schema, "strict": True}
        try:
            raw = self._client.chat.completions.with_raw_response.create(
                model=self.name,
                messages=[
                    {"role": "system", "content": question.material},
                    {"role": "user", "content": question.task},
                ],
                response_format={"type": "json_schema", "json_schema": schema},
                max_completion_tokens=question.most_tokens,
            )
            body = raw.http_response.text
        except openai.OpenAIError as error:
            raise _told(error, self.name) from error
        except Exception as error:
            raise Throttled(f"The model {self.name} broke off: {error}", seconds_of(None)) from error
        return _answer(body)


def _answer(body: str) -> Answer:
    """Of a 200 that holds no completion (an error, a page, a torn text) nothing can be used: empty."""
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        return Answer("", "end", Usage(1))
    used = completion.usage or _Used()
    details = used.prompt_tokens_details
    cached = (details and details.cached_tokens) or 0
    usage = Usage(1, used.prompt_tokens, cached, used.completion_tokens)
    if not completion.choices:
        return Answer("", "end", usage)
    choice = completion.choices[0]
    if choice.message.refusal:
        return Answer(choice.message.refusal, "refused", usage)
    return Answer(choice.message.content or "", _STOPS.get(choice.finish_reason, "end"), usage)


def _told(error: openai.OpenAIError, model: str) -> Exception:
    text = str(error)[:300]
    if isinstance(error, openai.APIStatusError):
        if error.status_code in _PASSING or error.status_code >= 500:
            delay = seconds_of(error.response.headers.get("retry-after"))
            return Throttled(f"The model {model} takes no calls for now: {text}", delay)
        return Permanent(f"The model {model} cannot be used: {text}")
    if isinstance(error, openai.APIConnectionError):
        return Throttled(f"The model {model} was not reached: {text}", seconds_of(None))
    return Permanent(f"The model {model} cannot be used: {text}")
