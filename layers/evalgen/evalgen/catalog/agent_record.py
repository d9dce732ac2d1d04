"""An agent as it is kept: its definition, which generation reads, and the settings beside it.

Pure: requests change a record, and a record is answered as the contract's AIAgentV2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.catalog.agent_parts import NewDocument, merged_documents, merged_tools, merged_variables
from evalgen.contract.agents import AgentPatch, ProviderWrite, TelephonyWrite
from evalgen.errors import InvalidRequest
from evalgen.jobs.documents import AGENT
from evalgen.reading.definition import AgentDefinition


def encode_definition(definition: AgentDefinition) -> bytes:
    """The bytes of the blob that `agent_body` names."""
    return AGENT.dump_json(definition)


def decode_definition(data: bytes) -> AgentDefinition:
    return AGENT.validate_json(data)


def content_sha256(definition: AgentDefinition) -> str:
    """The hash of what the agent says, whatever ids its parts have: the same agent in any project."""
    return hashlib.sha256(
        encode_definition(
            replace(
                definition,
                tools=tuple(replace(tool, id=0) for tool in definition.tools),
                documents=tuple(replace(document, id=0) for document in definition.documents),
            )
        )
    ).hexdigest()


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """`settings`: what the contract has and generation does not need; its limits keep it under 400 kB."""

    id: int
    created_at: str
    updated_at: str
    definition: AgentDefinition
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def assistant_id(self) -> str:
        return str(self.settings.get("provider", {}).get("agent_id") or "")


def changed(
    record: AgentRecord, request: AgentPatch, new_ids: Iterator[int], now: str
) -> tuple[AgentRecord, list[NewDocument]]:
    """What a request makes of a record, and the documents that it adds.

    Raises InvalidRequest with every problem of tools, variables and documents, PayloadTooLarge.
    """
    problems: dict[str, list[str]] = {"mock_tools": [], "dynamic_variables": [], "knowledge_base_files": []}
    old, settings = record.definition, dict(record.settings)
    prompt = old.description if request.description is None else request.description

    tools = list(old.tools)
    if request.mock_tools is not None:
        tools, served = merged_tools(old.tools, request.mock_tools, new_ids, problems["mock_tools"])
        kept = {str(tool.id) for tool in tools}
        before = {key: via for key, via in settings.get("served_via", {}).items() if key in kept}
        settings["served_via"] = {**before, **{str(tool_id): via for tool_id, via in served.items()}}

    variables = merged_variables(
        old.variables, request.dynamic_variables, prompt, problems["dynamic_variables"]
    )
    ids = settings.get("variable_ids", {})
    settings["variable_ids"] = {
        variable.name: ids.get(variable.name) or next(new_ids) for variable in variables
    }

    documents, added = list(old.documents), list[NewDocument]()
    if request.knowledge_base_files is not None:
        documents, added = merged_documents(
            old.documents, request.knowledge_base_files, new_ids, problems["knowledge_base_files"]
        )
        settings["files"] = _files(
            settings.get("files", []), {document.id for document in documents}, added, now
        )

    if any(problems.values()):
        raise InvalidRequest({name: texts for name, texts in problems.items() if texts})
    definition = replace(
        old,
        name=request.name or old.name,
        language=request.language or old.language,
        description=prompt,
        tools=tuple(tools),
        variables=tuple(variables),
        documents=tuple(documents),
    )
    settings.update(_plain_settings(settings, request))
    return replace(record, definition=definition, settings=settings, updated_at=now), added


def _files(
    known: list[dict[str, Any]], kept: set[int], added: list[NewDocument], now: str
) -> list[dict[str, Any]]:
    return [file for file in known if file["id"] in kept] + [
        {
            "id": new.id,
            "file_name": new.extracted.file_name,
            "file_type": new.extracted.media_type,
            "file_size": len(new.extracted.data),
            "sha256": new.sha256,
            "created_at": now,
            "updated_at": now,
        }
        for new in added
    ]


def _plain_settings(settings: dict[str, Any], request: AgentPatch) -> dict[str, Any]:
    sent = request.model_dump(
        exclude_unset=True, include={"agent_speaks_first", "webhook_url", "mock_tools_enabled", "email_id"}
    )
    if request.telephony is not None:
        sent["telephony"] = {
            **settings.get("telephony", {}),
            **request.telephony.model_dump(exclude_unset=True),
        }
    if request.provider is not None:
        provider = request.provider.model_dump(exclude_unset=True, exclude={"configure_from_provider"})
        sent["provider"] = {**settings.get("provider", {}), **provider}
    if request.webhook_secret is not None:
        sent["webhook_secret_configured"] = request.webhook_secret != ""
    return sent


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
        "agent_speaks_first": settings.get("agent_speaks_first"),
        "knowledge_base_files": [
            {"agent": record.id, "file_url": "", **{key: file[key] for key in file if key != "sha256"}}
            for file in settings.get("files", [])
        ],
        "enabled_personalities": [],
        "webhook_url": settings.get("webhook_url", ""),
        "webhook_secret_configured": settings.get("webhook_secret_configured", False),
        "mock_tools": [
            {
                "id": tool.id,
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters,
                "freetext_params": list(tool.freetext_params),
                "mock_data": [{"input": call.input, "output": call.output} for call in tool.mock_data],
                "served_via": {
                    "type": "direct",
                    "url": "",
                    **settings.get("served_via", {}).get(str(tool.id), {}),
                },
                "mcp_server": None,
                "subscriber_count": 1,
                "is_shared": False,
            }
            for tool in definition.tools
        ],
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


def _provider(settings: dict[str, Any]) -> dict[str, Any]:
    chat = settings.get("chat_agent_details")
    return {
        **ProviderWrite().model_dump(exclude={"configure_from_provider"}),
        **settings,
        "credentials": None,
        "chat_agent_details": chat and {**chat, "config": None},
        "chat_provider": (chat or {}).get("type", ""),
    }
