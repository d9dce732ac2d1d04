"""The requests that make, or change, a scenario by the transcript of a real call."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import model_validator

from evalgen.contract.fields import (
    MAX_FOLDER_PATH,
    Check,
    LongText,
    NotBlank,
    NotNull,
    OptionalId,
    OptionalName,
    at_most,
    at_most_items,
    if_given,
)
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel
from evalgen.contract.scenarios import MAX_SCENARIO_NAME

MAX_MESSAGES = 500
CALL, RESULT = "Function Call", "Function Call Result"


class CallData(RequestModel):
    """`arguments` and `result` are JSON values, or their text."""

    id: str = ""
    name: str = ""
    arguments: Any = None
    result: Any = None


class Message(RequestModel):
    role: Literal["Main Agent", "Testing Agent", "Function Call", "Function Call Result"]
    content: Annotated[str, at_most(5000)] = ""
    start_time: float | None = None
    end_time: float | None = None
    data: CallData | None = None

    @model_validator(mode="after")
    def _says_which_call(self) -> Message:
        if self.role == CALL and not (self.data and self.data.name.strip()):
            raise wrong("data.name: Required of a Function Call.")
        if self.role == RESULT and not self.data:
            raise wrong("data: Required of a Function Call Result.")
        return self


def _has_a_caller(messages: list[Message]) -> list[Message]:
    if not any(one.role == "Testing Agent" and one.content.strip() for one in messages):
        raise wrong("Must have a message of the Testing Agent.")
    return messages


Transcript = Annotated[list[Message], at_most_items(MAX_MESSAGES), Check(_has_a_caller)]


class TranscriptUpdate(RequestModel):
    transcript_json: Transcript


class TranscriptCreate(TranscriptUpdate):
    agent: OptionalId = None
    assistant_id: OptionalName = None
    personality: OptionalId = None
    name: Annotated[str | None, NotNull, if_given(NotBlank), if_given(at_most(MAX_SCENARIO_NAME))] = None
    expected_outcome_prompt: LongText = ""
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None


class TranscriptQuery(RequestModel):
    progress_id: UUID
