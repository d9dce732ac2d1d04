"""What of an agent is settings beside its definition, and the whole of it as the contract's AIAgentV2."""

from __future__ import annotations

from typing import Any

from evalgen.catalog.agent_record import AgentRecord
from evalgen.contract.agents import ChatWrite, ProviderWrite, TelephonyWrite
from evalgen.storage.entities import body_of
from evalgen.storage.ports import Item


def file_answer(agent_id: int, file: dict[str, Any], file_url: str = "") -> dict[str, Any]:
    """A document as the contract's KnowledgeBaseFile."""
    return {
        "agent": agent_id,
        "file_url": file_url,
        **{key: value for key, value in file.items() if key != "sha256"},
    }


def contract_object(record: AgentRecord, project_id: int) -> dict[str, Any]:
    """The agent as AIAgentV2, with every documented key that is not write-only."""
    definition, settings = record.definition, record.settings
    return {
        "id": record.id,
        "name": definition.name,
        "description": definition.description,
        "project": project_id,
        "language": definition.language,
        "telephony": {
            **TelephonyWrite().model_dump(),
            "sip_auth": None,
            "websocket_auth": None,
            **settings.get("telephony", {}),
        },
        "provider": _provider(settings.get("provider", {})),
        "agent_speaks_first": definition.speaks_first,
        "first_message": definition.first_message,
        "knowledge_base_files": [file_answer(record.id, file) for file in settings.get("files", [])],
        "enabled_personalities": [],
        "webhook_url": settings.get("webhook_url", ""),
        "webhook_secret_configured": settings.get("webhook_secret_configured", False),
        "mock_tools": tools_of(record),
        "mock_tools_enabled": settings.get("mock_tools_enabled", True),
        "mock_tools_provider": None,
        "dynamic_variables": [
            {
                "id": settings["variable_ids"][variable.name],
                "name": variable.name,
                "description": variable.description,
            }
            for variable in definition.variables
        ],
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "email_id": settings.get("email_id"),
    }


def tools_of(record: AgentRecord) -> list[dict[str, Any]]:
    served = record.settings.get("served_via", {})
    return [
        {
            "id": tool.id,
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
            "freetext_params": list(tool.freetext_params),
            "mock_data": [{"input": call.input, "output": call.output} for call in tool.mock_data],
            "served_via": {"type": "direct", "url": "", **served.get(str(tool.id), {})},
            "mcp_server": None,
            "subscriber_count": 1,
            "is_shared": False,
        }
        for tool in record.definition.tools
    ]


def listed_object(item: Item, project_id: int) -> dict[str, Any]:
    """An agent's item as the contract's AIAgentList."""
    settings = body_of(item)["settings"]
    telephony = settings.get("telephony", {})
    return {
        "id": item["id"],
        "agent_name": item["name"],
        "project": project_id,
        "organization": None,
        "contact_number": telephony.get("phone_number", ""),
        "inbound": telephony.get("inbound", False),
        "language": item["language"],
        "assistant_id": item["assistant_id"],
        "created_at": item["created_at"],
        "updated_at": item["updated_at"],
    }


def _provider(settings: dict[str, Any]) -> dict[str, Any]:
    chat = settings.get("chat_agent_details")
    return {
        **ProviderWrite().model_dump(exclude={"configure_from_provider"}),
        **settings,
        "credentials": None,
        "chat_agent_details": None if chat is None else {**ChatWrite().model_dump(), **chat, "config": None},
        "chat_provider": (chat or {}).get("type", ""),
    }
