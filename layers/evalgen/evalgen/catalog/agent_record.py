"""An agent as it is kept: its definition, which generation reads, and the settings beside it.

Pure: requests change a record; `agent_settings` says how a record is answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.catalog.agent_limits import check_size, too_many_parts, too_much
from evalgen.catalog.agent_parts import (
    NewDocument,
    as_document,
    merged_documents,
    merged_tools,
    merged_variables,
)
from evalgen.contract.agents import AgentPatch
from evalgen.contract.files import ending_of
from evalgen.errors import InvalidRequest
from evalgen.generation.definition import AgentDefinition
from evalgen.storage.typed_json import from_json, to_json


def encode_definition(definition: AgentDefinition) -> bytes:
    """The bytes of the blob that `agent_body` names."""
    return to_json(definition)


def decode_definition(data: bytes) -> AgentDefinition:
    return from_json(AgentDefinition, data)


def content_sha256(definition: AgentDefinition) -> str:
    """The hash of what the agent says, whatever ids its parts have, and however its documents are called and
    ordered: the same agent in any project."""
    documents = [replace(one, id=0, file_name=ending_of(one.file_name)) for one in definition.documents]
    documents.sort(key=lambda one: (one.text, one.file_name))
    tools = tuple(replace(tool, id=0) for tool in definition.tools)
    said = replace(definition, tools=tools, documents=tuple(documents))
    return hashlib.sha256(encode_definition(said)).hexdigest()


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """`settings`: what the contract has and generation does not need; its limits keep it under 400 kB.

    `revision` counts the changes: one that was made from another revision than the stored one is refused.
    """

    id: int
    created_at: str
    updated_at: str
    definition: AgentDefinition
    settings: dict[str, Any] = field(default_factory=dict)
    revision: int = 0

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

    problems["knowledge_base_files"] += too_much(documents)
    problems["mock_tools"] += too_many_parts(tools)
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
        speaks_first=(
            request.agent_speaks_first
            if "agent_speaks_first" in request.model_fields_set
            else old.speaks_first
        ),
        first_message=old.first_message if request.first_message is None else request.first_message,
    )
    check_size(definition)
    settings.update(_plain_settings(settings, request))
    return _next(record, definition, settings, now), added


def with_documents(record: AgentRecord, added: Sequence[NewDocument], now: str) -> AgentRecord:
    """The record with these documents besides; one that it has already counts once.

    Raises InvalidRequest for `files` if these are too many.
    """
    known = {document.id for document in record.definition.documents}
    fresh = [new for new in added if new.id not in known]
    documents = (*record.definition.documents, *map(as_document, fresh))
    problems = too_much(documents)
    if problems:
        raise InvalidRequest({"files": problems})
    files = _files(record.settings.get("files", []), known, fresh, now)
    return _next(
        record, replace(record.definition, documents=documents), {**record.settings, "files": files}, now
    )


def without_documents(record: AgentRecord, ids: Collection[int], now: str) -> AgentRecord:
    documents = tuple(one for one in record.definition.documents if one.id not in ids)
    files = [file for file in record.settings.get("files", []) if file["id"] not in ids]
    return _next(
        record, replace(record.definition, documents=documents), {**record.settings, "files": files}, now
    )


def _next(
    record: AgentRecord, definition: AgentDefinition, settings: dict[str, Any], now: str
) -> AgentRecord:
    return replace(
        record, revision=record.revision + 1, definition=definition, settings=settings, updated_at=now
    )


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
    """The new values of the settings that a request names."""
    sent = request.model_dump(exclude_unset=True, include={"webhook_url", "mock_tools_enabled", "email_id"})
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
