"""One method for each operation on what a project owns beside agents and scenarios.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

from typing import Any

from evalgen.catalog.defaults import add_personality
from evalgen.catalog.enabling import Enabling
from evalgen.catalog.pages import page_of
from evalgen.catalog.personalities import personality_body
from evalgen.catalog.profiles import Profiles
from evalgen.clock import Clock, iso
from evalgen.contract.addresses import url_of
from evalgen.contract.gateway import Call, Raw
from evalgen.contract.personalities import PersonalitiesChosen, PersonalityCreate
from evalgen.contract.phone_numbers import PhoneNumberCreate
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.contract.queries import (
    EnabledQuery,
    PersonalityQuery,
    ProfileQuery,
    ProjectQuery,
)
from evalgen.errors import NotFound
from evalgen.storage.entities import Entities, body_of, reserve_ids
from evalgen.storage.kinds import AGENT, METRIC, NOUNS, PERSONALITY, PHONE_NUMBER
from evalgen.storage.ports import Stores

Object = dict[str, Any]


class Catalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._profiles = Profiles(stores.table, clock)
        self._personalities = Entities(stores.table, PERSONALITY)
        self._enabling = Enabling(stores.table)
        self._agents = Entities(stores.table, AGENT)
        self._metrics = Entities(stores.table, METRIC)
        self._numbers = Entities(stores.table, PHONE_NUMBER)

    def list_personalities(self, call: Call) -> list[Object]:
        query = call.query(PersonalityQuery)
        bodies = self._personalities.bodies(call.project_id)
        return [body for body in bodies if query.language in (None, body["language"])]

    def create_personality(self, call: Call) -> Object:
        request = call.body(PersonalityCreate)
        body = personality_body(request, self._new_id(call), call.project_id)
        add_personality(self._stores.table, call.project_id, body, iso(self._clock()))
        return body

    def read_personality(self, call: Call) -> Object:
        return body_of(self._personalities.get(call.project_id, call.id(NOUNS[PERSONALITY])))

    def agent_personalities(self, call: Call) -> Object:
        query = call.query(EnabledQuery)
        self._agents.get(call.project_id, call.id(NOUNS[AGENT]))
        return self._enabled(call, query)

    def enable_for_agent(self, call: Call) -> Object:
        self._agents.get(call.project_id, call.id(NOUNS[AGENT]))
        return self._enable(call)

    def disable_for_agent(self, call: Call) -> Object:
        self._agents.get(call.project_id, call.id(NOUNS[AGENT]))
        return self._disable(call)

    def enable_for_project(self, call: Call) -> Object:
        _check_project(call)
        return self._enable(call)

    def disable_for_project(self, call: Call) -> Object:
        _check_project(call)
        return self._disable(call)

    def _enable(self, call: Call) -> Object:
        query = call.query(EnabledQuery)
        self._enabling.enable(call.project_id, call.body(PersonalitiesChosen))
        return self._enabled(call, query)

    def _disable(self, call: Call) -> Object:
        count = self._enabling.disable(call.project_id, call.body(PersonalitiesChosen))
        return {"message": f"Personalities disabled: {count}."}

    def _enabled(self, call: Call, query: EnabledQuery) -> Object:
        return page_of(self._enabling.listed(call.project_id, query), query, call.event, dict)

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
        from evalgen.served.description import description  # noqa: PLC0415 - needs the types of all operations

        return description(url_of(call.event, below="/openapi.json"))

    def read_docs(self, call: Call) -> Raw:
        below = url_of(call.event).endswith("/")
        from evalgen.served.page import page  # noqa: PLC0415 - likewise

        return Raw(page("../openapi.json" if below else "openapi.json"), "text/html; charset=utf-8")

    def _new_id(self, call: Call) -> int:
        return reserve_ids(self._stores.table, call.project_id, 1)[0]


def _check_project(call: Call) -> None:
    """Raises NotFound for another project than the key's."""
    if call.id("project") != call.project_id:
        raise NotFound(f"There is no project {call.ids['id']} for this key.")
