"""One method for each operation on agents and on what a project owns beside scenarios.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

from typing import Any

from evalgen.catalog.agent_parts import new_documents
from evalgen.catalog.agent_settings import file_answer
from evalgen.catalog.agents import Agents
from evalgen.catalog.entities import Entities, body_of, reserve_ids
from evalgen.catalog.forgetting import forget
from evalgen.catalog.kinds import METRIC, NOUNS, PERSONALITY, PHONE_NUMBER
from evalgen.catalog.pages import page_of
from evalgen.catalog.personalities import personality_body
from evalgen.catalog.profiles import Profiles
from evalgen.catalog.uploads import ADDRESS_SECONDS, Uploads
from evalgen.clock import Clock, iso
from evalgen.contract.addresses import url_of
from evalgen.contract.agents import AGENT_BODY_LIMIT, AgentCreate, AgentPatch, small_enough
from evalgen.contract.gateway import Call, Raw
from evalgen.contract.knowledge import AgentImport, KnowledgeUpload, UploadCreate, read_files
from evalgen.contract.personalities import PersonalityCreate
from evalgen.contract.phone_numbers import PhoneNumberCreate
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.contract.queries import (
    AgentDeletion,
    AgentQuery,
    FilesQuery,
    PageQuery,
    PersonalityQuery,
    ProfileQuery,
    ProjectQuery,
    ids_in,
)
from evalgen.errors import InvalidRequest
from evalgen.jobs.messages import ForgetMessage
from evalgen.served.description import description
from evalgen.served.page import page
from evalgen.storage import keys
from evalgen.storage.ports import Stores

Object = dict[str, Any]


class Catalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._agents = Agents(stores, clock)
        self._uploads = Uploads(stores, clock)
        self._profiles = Profiles(stores.table, clock)
        self._personalities = Entities(stores.table, PERSONALITY)
        self._metrics = Entities(stores.table, METRIC)
        self._numbers = Entities(stores.table, PHONE_NUMBER)

    def list_agents(self, call: Call) -> Object:
        query = call.query(AgentQuery)
        found = self._agents.matching(call.project_id, query.q)
        return page_of(found, query, call.event, lambda item: self._agents.shape(call.project_id, item))

    def create_agent(self, call: Call) -> Object:
        return self._agents.create(call.project_id, _agent(call, AgentCreate))

    def import_agent(self, call: Call) -> Object:
        from evalgen.catalog.importing import read_import  # noqa: PLC0415 - only who imports pays for the formats

        request = call.own(read_files(AgentImport, call.event))
        found = read_import(request)
        made = self._agents.create(call.project_id, AgentCreate.model_validate(found.agent, strict=True))
        return {**made, "imported": {"format": found.format, "notes": [str(note) for note in found.notes]}}

    def read_agent(self, call: Call) -> Object:
        return self._agents.read(call.project_id, call.id("agent"))

    def patch_agent(self, call: Call) -> Object:
        request = _agent(call, AgentPatch)
        return self._agents.patch(call.project_id, call.id("agent"), request)

    def delete_agent(self, call: Call) -> None:
        """The agent itself goes last: what is interrupted can be asked for again."""
        query, agent_id = call.query(AgentDeletion), call.id("agent")
        self._agents.withdraw(call.project_id, agent_id)
        forget(self._stores, self._clock, ForgetMessage(call.project_id, agent_id, query.delete_related))
        self._agents.delete(call.project_id, agent_id)

    def upload_knowledge(self, call: Call) -> Object:
        agent_id, files = call.id("agent"), read_files(KnowledgeUpload, call.event).files
        self._agents.files(call.project_id, agent_id)
        new_ids = iter(reserve_ids(self._stores.table, call.project_id, len(files)))
        problems: list[str] = []
        sent = [(index, file.name, file.content_base64) for index, file in enumerate(files)]
        added = new_documents(sent, new_ids, problems)
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

    def list_personalities(self, call: Call) -> list[Object]:
        query = call.query(PersonalityQuery)
        bodies = self._personalities.bodies(call.project_id)
        return [body for body in bodies if query.language in (None, body["language"])]

    def create_personality(self, call: Call) -> Object:
        request = call.body(PersonalityCreate)
        body = personality_body(request, self._new_id(call), call.project_id)
        self._personalities.add(call.project_id, body, iso(self._clock()))
        return body

    def read_personality(self, call: Call) -> Object:
        return body_of(self._personalities.get(call.project_id, call.id(NOUNS[PERSONALITY])))

    def list_metrics(self, call: Call) -> list[Object]:
        call.query(ProjectQuery)
        return list(self._metrics.bodies(call.project_id))

    def list_profiles(self, call: Call) -> list[Object]:
        return self._profiles.list(call.project_id, call.query(ProfileQuery))

    def create_profile(self, call: Call) -> Object:
        return self._profiles.create(call.project_id, call.body(ProfileCreate))

    def read_profile(self, call: Call) -> Object:
        return self._profiles.read(call.project_id, call.id("test profile"))

    def patch_profile(self, call: Call) -> Object:
        return self._profiles.patch(call.project_id, call.id("test profile"), call.body(ProfilePatch))

    def delete_profile(self, call: Call) -> None:
        self._profiles.delete(call.project_id, call.id("test profile"))

    def list_numbers(self, call: Call) -> list[Object]:
        call.query(ProjectQuery)
        return list(self._numbers.bodies(call.project_id))

    def create_number(self, call: Call) -> Object:
        request = call.body(PhoneNumberCreate)
        body: Object = {
            "id": self._new_id(call),
            "number": request.number,
            "phone_number_id": request.phone_number_id or request.number,
        }
        self._numbers.add(call.project_id, body, iso(self._clock()))
        return body

    def delete_number(self, call: Call) -> None:
        """Scenarios that name it keep a copy of what it was."""
        self._numbers.delete(call.project_id, call.id(NOUNS[PHONE_NUMBER]))

    def describe(self, call: Call) -> Object:
        return description(url_of(call.event, below="/openapi.json"))

    def read_docs(self, call: Call) -> Raw:
        below = url_of(call.event).endswith("/")
        return Raw(page("../openapi.json" if below else "openapi.json"), "text/html; charset=utf-8")

    def _new_id(self, call: Call) -> int:
        return reserve_ids(self._stores.table, call.project_id, 1)[0]

    def _files(self, call: Call, agent_id: int, files: list[Object], query: PageQuery) -> Object:
        def shape(file: Object) -> Object:
            name = keys.document_body(call.project_id, file["sha256"])
            url = self._stores.blobs.download_url(name, file["file_name"], ADDRESS_SECONDS)
            return file_answer(agent_id, file, url)

        return page_of(files, query, call.event, shape)


def _agent(call: Call, model: type[AgentPatch]) -> AgentPatch:
    return small_enough(call.body(model, limit=AGENT_BODY_LIMIT))
