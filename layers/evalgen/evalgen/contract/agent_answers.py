"""An agent as it is answered, key by key."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from evalgen.contract.answers import KnowledgeFile, Time


class Telephony(BaseModel):
    """Credentials are write-only and not stored."""

    phone_number: str
    inbound: bool
    sip_uri: str | None
    sip_auth: None
    websocket_url: str | None
    websocket_auth: None
    outbound_numbers: list[str]


class ChatDetails(BaseModel):
    type: str
    config: None


class Provider(BaseModel):
    """Credentials are write-only and not stored."""

    type: str
    agent_id: str | None
    credentials: None
    chat_agent_details: ChatDetails | None
    chat_provider: str
    auto_dial_outbound: bool | None
    auto_import_calls: bool | None
    auto_sync_prompt: bool | None
    send_post_conversation_metadata: bool | None
    redact_fields: list[str] | None


class MockCall(BaseModel):
    input: dict[str, Any]
    output: Any


class Tool(BaseModel):
    """`parameters`, the JSON schema of the tool's input, is ours. `served_via` has type and url."""

    id: int
    name: str
    description: str
    parameters: dict[str, Any] | None
    freetext_params: list[str]
    mock_data: list[MockCall]
    served_via: dict[str, Any]
    mcp_server: None
    subscriber_count: int
    is_shared: bool


class Variable(BaseModel):
    id: int
    name: str
    description: str


class Agent(BaseModel):
    id: int
    name: str
    description: str
    project: int
    language: str
    telephony: Telephony
    provider: Provider
    agent_speaks_first: bool | None
    first_message: str
    knowledge_base_files: list[KnowledgeFile]
    enabled_personalities: list[int]
    webhook_url: str
    webhook_secret_configured: bool
    mock_tools: list[Tool]
    mock_tools_enabled: bool
    mock_tools_provider: str | None
    dynamic_variables: list[Variable]
    created_at: Time
    updated_at: Time
    email_id: str | None


class Import(BaseModel):
    """`notes` tell what of the files has no place in the agent, with file, line and path."""

    format: str
    notes: list[str]


class ImportedAgent(Agent):
    imported: Import
