"""The requests that create and change an agent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from evalgen.contract.agent_tools import MAX_TOOLS, ShortText, ToolWrite, few_calls
from evalgen.contract.bodies import MEGABYTE
from evalgen.contract.fields import (
    MAX_FIRST_MESSAGE,
    Check,
    LongText,
    Name,
    NotBlank,
    NotNull,
    OptionalId,
    OptionalName,
    at_most,
    at_most_items,
    if_given,
)
from evalgen.contract.languages import Language
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel
from evalgen.errors import PayloadTooLarge

MAX_DESCRIPTION_BYTES = 400_000
"""What the worker plans in less than half of its time, whatever it says: `make fuzz ARGS="--kind limits"`."""

MAX_VARIABLES = 200
MAX_FILES = 100
MAX_URL = 2000
MAX_NUMBERS = 100
ProviderType = Literal[
    "vapi", "retell", "elevenlabs", "cisco", "bland", "livekit", "pipecat", "synthflow", "agora", "koreai",
    "genesys", "amazon_connect", "telnyx", "custom", "",
]  # fmt: skip
ChatType = Literal[
    "retell", "bland", "vapi", "elevenlabs", "livekit", "agora", "sms", "whatsapp", "self_hosted",
    "agentforce", "amazon_connect", "koreai", "sierra", "",
]  # fmt: skip

Url = Annotated[str, at_most(MAX_URL)]


def _short_enough(description: str) -> str:
    size = len(description.encode())
    if size > MAX_DESCRIPTION_BYTES:
        raise wrong(f"Must have at most {MAX_DESCRIPTION_BYTES} bytes as UTF-8; got {size}.")
    return description


Description = Annotated[str, NotBlank, Check(_short_enough, {"maxLength": MAX_DESCRIPTION_BYTES})]


class VariableWrite(RequestModel):
    name: Name
    description: LongText = ""


class FileWrite(RequestModel):
    """A document to keep (`id`) or to add (`file_name` or `name`, with `content_base64`)."""

    id: OptionalId = None
    file_name: OptionalName = None
    name: OptionalName = None
    content_base64: Annotated[str | None, NotNull] = None


class TelephonyWrite(RequestModel):
    """Credentials (`sip_auth`, `websocket_auth`) are not stored: evalgen places no calls."""

    phone_number: ShortText = ""
    inbound: bool = False
    sip_uri: Url | None = None
    websocket_url: Url | None = None
    outbound_numbers: Annotated[list[ShortText], at_most_items(MAX_NUMBERS)] = Field(default_factory=list)


class ChatWrite(RequestModel):
    type: ChatType = ""


class ProviderWrite(RequestModel):
    """Credentials and the chat configuration are not stored: evalgen calls no provider."""

    type: ProviderType = ""
    agent_id: Annotated[str | None, if_given(at_most(255))] = None
    chat_agent_details: ChatWrite | None = None
    auto_dial_outbound: bool | None = None
    auto_import_calls: bool | None = None
    auto_sync_prompt: bool | None = None
    send_post_conversation_metadata: bool | None = None
    redact_fields: Annotated[list[ShortText] | None, if_given(at_most_items(100))] = None
    configure_from_provider: bool = False

    @model_validator(mode="after")
    def _nothing_is_fetched(self) -> ProviderWrite:
        if self.configure_from_provider:
            raise wrong(
                "configure_from_provider is not served: send the agent's description and tools instead."
            )
        return self


class AgentPatch(RequestModel):
    """Only the fields that are sent change; lists replace the whole list."""

    name: OptionalName = None
    description: Annotated[Description | None, NotNull] = None
    project: OptionalId = None
    language: Annotated[Language | None, NotNull] = None
    telephony: Annotated[TelephonyWrite | None, NotNull] = None
    provider: Annotated[ProviderWrite | None, NotNull] = None
    agent_speaks_first: bool | None = None
    first_message: Annotated[str | None, NotNull, if_given(at_most(MAX_FIRST_MESSAGE))] = None
    webhook_url: Annotated[Url | None, NotNull] = None
    webhook_secret: Annotated[str | None, NotNull] = None
    mock_tools: Annotated[
        list[ToolWrite] | None,
        NotNull,
        Check(few_calls, before=True),
        if_given(at_most_items(MAX_TOOLS)),
    ] = None
    mock_tools_enabled: Annotated[bool | None, NotNull] = None
    dynamic_variables: Annotated[
        list[VariableWrite] | None, NotNull, if_given(at_most_items(MAX_VARIABLES))
    ] = None
    knowledge_base_files: Annotated[list[FileWrite] | None, NotNull, if_given(at_most_items(MAX_FILES))] = (
        None
    )
    email_id: Annotated[str | None, if_given(at_most(254))] = None


class AgentCreate(AgentPatch):
    description: Description


class AgentDuplicate(RequestModel):
    """`copy_scenarios`: its scenarios as well, with their profiles."""

    copy_scenarios: bool = False


class AgentRestore(RequestModel):
    history_id: int


class AgentVersionName(AgentRestore):
    version_name: Annotated[str | None, if_given(at_most(255))] = None


class SuiteDiff(RequestModel):
    """Between two versions of an agent: what it is, unless `from_history_id` says otherwise, and what it was
    in `to_history_id` or would be after a change to it, `agent`."""

    from_history_id: OptionalId = None
    to_history_id: OptionalId = None
    agent: Annotated[AgentPatch | None, NotNull] = None

    @model_validator(mode="after")
    def _has_two(self) -> SuiteDiff:
        if self.agent is not None and self.to_history_id is not None:
            raise wrong("Send to_history_id or agent, not both.")
        if self.agent is None and self.to_history_id is None and self.from_history_id is None:
            raise wrong("Send from_history_id, to_history_id or agent.")
        return self


def small_enough(request: AgentPatch) -> AgentPatch:
    """What it holds beside documents may have 1 MB. Raises PayloadTooLarge."""
    definition = request.model_dump_json(exclude={"knowledge_base_files": {"__all__": {"content_base64"}}})
    size = len(definition.encode())
    if size > MEGABYTE:
        raise PayloadTooLarge(
            f"Without its documents the agent has {size} bytes; at most {MEGABYTE} are allowed."
        )
    return request
