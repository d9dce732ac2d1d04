"""One method for each operation on agents, their documents and their versions.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

from typing import Any

from evalgen.catalog.agent_parts import new_documents
from evalgen.catalog.agent_settings import file_answer, listed_object
from evalgen.catalog.agent_tools import AgentTools
from evalgen.catalog.agent_versions import AgentVersions
from evalgen.catalog.agents import Agents
from evalgen.catalog.comparing import compare
from evalgen.catalog.duplicating import check_number, copy_scenarios
from evalgen.catalog.forgetting import forget
from evalgen.catalog.pages import page_of
from evalgen.catalog.uploads import ADDRESS_SECONDS, Uploads
from evalgen.clock import Clock
from evalgen.contract.agent_tools import ToolCreate, ToolPatch
from evalgen.contract.agents import (
    AgentCreate,
    AgentDuplicate,
    AgentPatch,
    AgentRestore,
    AgentVersionName,
    SuiteDiff,
    small_enough,
)
from evalgen.contract.bodies import FILES_BODY_LIMIT
from evalgen.contract.gateway import Call
from evalgen.contract.knowledge import AgentImport, KnowledgeUpload, UploadCreate
from evalgen.contract.queries import AgentDeletion, AgentQuery, FilesQuery, PageQuery, ids_in
from evalgen.contract.tool_warnings import tool_warnings, warnings_of
from evalgen.errors import InvalidRequest
from evalgen.extraction.documents import sent_of
from evalgen.jobs.messages import ForgetMessage
from evalgen.storage import keys
from evalgen.storage.entities import reserve_ids
from evalgen.storage.ports import Stores

Object = dict[str, Any]


class AgentCatalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._agents = Agents(stores, clock)
        self._tools = AgentTools(stores.table, self._agents)
        self._versions = AgentVersions(stores)
        self._uploads = Uploads(stores, clock)

    def list_agents(self, call: Call) -> Object:
        query = call.query(AgentQuery)
        found = self._agents.matching(call.project_id, query.q)
        return page_of(found, query, call.event, lambda item: self._agents.shape(call.project_id, item))

    def create_agent(self, call: Call) -> Object:
        request = _agent(call, AgentCreate)
        return _told(call, request, self._agents.create(call.project_id, request))

    def import_agent(self, call: Call) -> Object:
        from evalgen.catalog.importing import read_import  # noqa: PLC0415 - only who imports pays for the formats

        request = call.body(AgentImport, limit=FILES_BODY_LIMIT)
        found = read_import(request)
        made = self._agents.create(call.project_id, AgentCreate.model_validate(found.agent, strict=True))
        return {**made, "imported": {"format": found.format, "notes": [str(note) for note in found.notes]}}

    def read_agent(self, call: Call) -> Object:
        return self._agents.read(call.project_id, call.id("agent"))

    def patch_agent(self, call: Call) -> Object:
        request = _agent(call, AgentPatch)
        return _told(call, request, self._agents.patch(call.project_id, call.id("agent"), request))

    def delete_agent(self, call: Call) -> None:
        """The agent itself goes last: what is interrupted can be asked for again."""
        query, agent_id = call.query(AgentDeletion), call.id("agent")
        self._agents.withdraw(call.project_id, agent_id)
        forget(self._stores, self._clock, ForgetMessage(call.project_id, agent_id, query.delete_related))
        self._agents.delete(call.project_id, agent_id)

    def upload_knowledge(self, call: Call) -> Object:
        agent_id = call.id("agent")
        files = call.body(KnowledgeUpload, limit=FILES_BODY_LIMIT).files
        self._agents.files(call.project_id, agent_id)
        new_ids = iter(reserve_ids(self._stores.table, call.project_id, len(files)))
        problems: list[str] = []
        added = new_documents(sent_of(files), new_ids, problems)
        if problems:
            raise InvalidRequest({"files": problems})
        stored = self._agents.add_documents(call.project_id, agent_id, added)
        return self._files(call, agent_id, stored, PageQuery(page_size=len(stored)))

    def list_knowledge(self, call: Call) -> Object:
        query, agent_id = call.query(PageQuery), call.id("agent")
        return self._files(call, agent_id, self._agents.files(call.project_id, agent_id), query)

    def delete_knowledge(self, call: Call) -> Object:
        query = call.query(FilesQuery)
        ids = None if query.file_ids is None else ids_in(query.file_ids)
        return {"deleted_count": self._agents.remove_documents(call.project_id, call.id("agent"), ids)}

    def create_upload(self, call: Call) -> Object:
        return self._uploads.create(call.project_id, call.id("agent"), call.body(UploadCreate))

    def read_upload(self, call: Call) -> Object:
        return self._uploads.read(call.project_id, call.id("agent"), call.id("upload", "upload_id"))

    def complete_upload(self, call: Call) -> Object:
        return self._uploads.complete(call.project_id, call.id("agent"), call.id("upload", "upload_id"))

    def list_tools(self, call: Call) -> list[Object]:
        return self._tools.list(call.project_id, call.id("agent"))

    def create_tool(self, call: Call) -> Object:
        request = call.body(ToolCreate, limit=FILES_BODY_LIMIT)
        made = self._tools.add(call.project_id, call.id("agent"), request)
        call.warnings.extend(warnings_of(made))
        return made

    def read_tool(self, call: Call) -> Object:
        return self._tools.read(call.project_id, call.id("agent"), call.ids["tool_name"])

    def patch_tool(self, call: Call) -> Object:
        request = call.body(ToolPatch, limit=FILES_BODY_LIMIT)
        changed = self._tools.change(call.project_id, call.id("agent"), call.ids["tool_name"], request)
        call.warnings.extend(warnings_of(changed))
        return changed

    def delete_tool(self, call: Call) -> None:
        self._tools.remove(call.project_id, call.id("agent"), call.ids["tool_name"])

    def short_list(self, call: Call) -> Object:
        query = call.query(AgentQuery)
        found = self._agents.matching(call.project_id, query.q)
        return page_of(found, query, call.event, lambda item: listed_object(item, call.project_id))

    def replace_agent(self, call: Call) -> Object:
        request = _agent(call, AgentCreate)
        return _told(call, request, self._agents.replace(call.project_id, call.id("agent"), request))

    def duplicate_agent(self, call: Call) -> Object:
        request = call.body(AgentDuplicate)
        if request.copy_scenarios:
            check_number(self._stores.table, call.project_id, call.id("agent"))
        source, copy = self._agents.duplicate(call.project_id, call.id("agent"))
        if request.copy_scenarios:
            copy_scenarios(self._stores.table, self._clock, call.project_id, source, copy)
        return self._agents.read(call.project_id, copy.id)

    def list_versions(self, call: Call) -> Object:
        query, agent_id = call.query(PageQuery), call.id("agent")
        found = self._versions.all(call.project_id, agent_id)

        def shape(version: Any) -> Object:
            return self._versions.answer(call.project_id, agent_id, version)

        return page_of(found, query, call.event, shape)

    def name_version(self, call: Call) -> Object:
        request, agent_id = call.body(AgentVersionName), call.id("agent")
        name = request.version_name or ""
        return self._versions.rename(call.project_id, agent_id, request.history_id, name)

    def suite_diff(self, call: Call) -> Object:
        request, agent_id = call.body(SuiteDiff, limit=FILES_BODY_LIMIT), call.id("agent")
        table = self._stores.table
        return compare(table, self._agents, self._versions, call.project_id, agent_id, request)

    def restore_agent(self, call: Call) -> Object:
        request = call.body(AgentRestore)
        return self._agents.restore(call.project_id, call.id("agent"), request.history_id)

    def _files(self, call: Call, agent_id: int, files: list[Object], query: PageQuery) -> Object:
        def shape(file: Object) -> Object:
            name = keys.document_body(call.project_id, file["sha256"])
            url = self._stores.blobs.download_url(name, file["file_name"], ADDRESS_SECONDS)
            return file_answer(agent_id, file, url)

        return page_of(files, query, call.event, shape)


def _agent(call: Call, model: type[AgentPatch]) -> AgentPatch:
    return small_enough(call.body(model, limit=FILES_BODY_LIMIT))


def _told(call: Call, request: AgentPatch, answer: Object) -> Object:
    """The answer; what is strange about its tools goes to the call's warnings if they were sent."""
    if request.mock_tools is not None:
        call.warnings.extend(tool_warnings(answer["mock_tools"]))
    return answer
