"""An agent as it is answered, key by key."""

from __future__ import annotations

from typing import Any, Literal

from evalgen.contract.answers import Answer, KnowledgeFile, Time


class Telephony(Answer):
    """Credentials are write-only and not stored."""

    phone_number: str
    inbound: bool
    sip_uri: str | None
    sip_auth: None
    websocket_url: str | None
    websocket_auth: None
    outbound_numbers: list[str]


class ChatDetails(Answer):
    type: str
    config: None


class Provider(Answer):
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


class MockCall(Answer):
    input: dict[str, Any]
    output: Any


class ToolFields(Answer):
    """`parameters`, the JSON schema of the tool's input, is ours. `served_via` has type and url."""

    id: int
    name: str
    description: str
    parameters: dict[str, Any] | None
    freetext_params: list[str]
    served_via: dict[str, Any]
    mcp_server: None
    subscriber_count: int
    is_shared: bool


class Tool(ToolFields):
    mock_data: list[MockCall]


class OneTool(ToolFields):
    """A tool by itself. No mock is served, so that it has no address and nobody that shares it."""

    information: list[MockCall]
    mock_url: None
    subscribers: list[int]


class Variable(Answer):
    id: int
    name: str
    description: str


class Agent(Answer):
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


class Import(Answer):
    """`notes` tell what of the files has no place in the agent, with file, line and path."""

    format: str
    notes: list[str]


class ImportedAgent(Agent):
    imported: Import


class ListedAgent(Answer):
    """`assistant_id` is ours."""

    id: int
    agent_name: str
    project: int
    organization: int | None
    contact_number: str
    inbound: bool
    language: str
    assistant_id: str
    created_at: Time
    updated_at: Time


class Compared(Answer):
    """`new_key`: how it is called in the new version; `differs`: steps, assertions, calls, data."""

    key: str
    new_key: str | None
    name: str
    status: Literal["holds", "changes", "void", "new", "unknown"]
    differs: list[str]
    statements: list[str]
    tools: list[str]


class ByStatus(Answer):
    """Keys of scenarios."""

    status: Literal["same", "changed", "added", "removed"]
    holds: list[str]
    changes: list[str]
    void: list[str]
    new: list[str]


class ComparedStatement(ByStatus):
    """`line` is the new version's, and the old one's of what is removed."""

    id: str | None
    old_id: str | None
    line: int
    text: str
    untested: bool
    why: str


class ComparedTool(ByStatus):
    name: str


class SuiteDiffSummary(Answer):
    """`untested`: statements that a scenario could test, and none that is kept does."""

    holds: int
    changes: int
    void: int
    new: int
    unknown: int
    untested: int


class SuiteDiff(Answer):
    """`complete` is false where a version has more tests than are compared."""

    complete: bool
    summary: SuiteDiffSummary
    scenarios: list[Compared]
    statements: list[ComparedStatement]
    tools: list[ComparedTool]


class AgentVersion(Answer):
    """`history_id` counts the changes of the agent."""

    history_id: int
    history_date: Time
    history_type: Literal["+", "~"]
    history_change_reason: str | None
    history_user: None
    version_id: str | None
    version_name: str | None
    id: int
    agent_name: str
    language: str
    description: str
    mock_tools: list[Tool]
    dynamic_variables: list[Variable]
    knowledge_base_files: list[KnowledgeFile]
