"""One call for each route of the catalog: a proxy event in, the contract's object out.

Every method raises the ClientErrors that its route answers with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalgen.catalog.agents import Agents
from evalgen.catalog.entities import Entities, body_of, reserve_ids
from evalgen.catalog.kinds import METRIC, NOUNS, PERSONALITY
from evalgen.catalog.lookups import own_project
from evalgen.catalog.pages import page_of
from evalgen.catalog.personalities import personality_body
from evalgen.catalog.profiles import Profiles
from evalgen.catalog.scenarios import Scenarios
from evalgen.clock import Clock, iso
from evalgen.contract.agents import AgentCreate, AgentPatch, read_agent
from evalgen.contract.gateway import id_of, url_of
from evalgen.contract.personalities import PersonalityCreate
from evalgen.contract.profiles import ProfileCreate
from evalgen.contract.queries import (
    AgentDeletion,
    AgentQuery,
    PersonalityQuery,
    ProfileQuery,
    ProjectQuery,
    ScenarioQuery,
    query_pairs,
    read_query,
)
from evalgen.contract.requests import read_request
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.storage.ports import Stores

Event = Mapping[str, Any]
Object = dict[str, Any]


class Catalog:
    """The things of every project; which one is the first argument of each call."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._table = stores.table
        self._clock = clock
        self._agents = Agents(stores, clock)
        self._profiles = Profiles(stores.table, clock)
        self._scenarios = Scenarios(stores.table, clock)
        self._personalities = Entities(stores.table, PERSONALITY)
        self._metrics = Entities(stores.table, METRIC)

    def list_agents(self, project_id: int, event: Event) -> Object:
        query = read_query(AgentQuery, event)
        own_project(project_id, query.project_id, "project_id")
        return page_of(
            self._agents.matching(project_id, query.q),
            number=query.page,
            size=query.page_size,
            url=url_of(event),
            query=query_pairs(event),
            shape=lambda item: self._agents.shape(project_id, item),
        )

    def create_agent(self, project_id: int, event: Event) -> Object:
        request = read_agent(event, AgentCreate)
        own_project(project_id, request.project, "project")
        return self._agents.create(project_id, request)

    def read_agent(self, project_id: int, agent_id: str) -> Object:
        return self._agents.read(project_id, id_of(agent_id, "agent"))

    def patch_agent(self, project_id: int, event: Event, agent_id: str) -> Object:
        request = read_agent(event, AgentPatch)
        own_project(project_id, request.project, "project")
        return self._agents.patch(project_id, id_of(agent_id, "agent"), request)

    def delete_agent(self, project_id: int, event: Event, agent_id: str) -> None:
        query = read_query(AgentDeletion, event)
        number = id_of(agent_id, "agent")
        self._agents.delete(project_id, number)
        self._scenarios.forget_agent(project_id, number, delete=query.delete_related)

    def list_personalities(self, project_id: int, event: Event) -> list[Object]:
        query = read_query(PersonalityQuery, event)
        own_project(project_id, query.project_id, "project_id")
        bodies = self._personalities.bodies(project_id)
        return [body for body in bodies if query.language in (None, body["language"])]

    def create_personality(self, project_id: int, event: Event) -> Object:
        request = read_request(PersonalityCreate, event)
        own_project(project_id, request.project, "project")
        body = personality_body(request, reserve_ids(self._table, project_id, 1)[0], project_id)
        self._personalities.add(project_id, body, iso(self._clock()))
        return body

    def read_personality(self, project_id: int, personality_id: str) -> Object:
        return body_of(self._personalities.get(project_id, id_of(personality_id, NOUNS[PERSONALITY])))

    def list_metrics(self, project_id: int, event: Event) -> list[Object]:
        own_project(project_id, read_query(ProjectQuery, event).project_id, "project_id")
        return list(self._metrics.bodies(project_id))

    def list_profiles(self, project_id: int, event: Event) -> list[Object]:
        query = read_query(ProfileQuery, event)
        own_project(project_id, query.project_id, "project_id")
        return self._profiles.list(project_id, query.agent_id)

    def create_profile(self, project_id: int, event: Event) -> Object:
        request = read_request(ProfileCreate, event)
        own_project(project_id, request.project, "project")
        return self._profiles.create(project_id, request)

    def read_profile(self, project_id: int, profile_id: str) -> Object:
        return self._profiles.read(project_id, id_of(profile_id, "test profile"))

    def list_scenarios(self, project_id: int, event: Event) -> Object:
        query = read_query(ScenarioQuery, event)
        own_project(project_id, query.project_id, "project_id")
        return page_of(
            self._scenarios.matching(project_id, query),
            number=query.page,
            size=query.page_size,
            url=url_of(event),
            query=query_pairs(event),
            shape=lambda body: self._scenarios.answer(project_id, body),
        )

    def read_scenario(self, project_id: int, scenario_id: str) -> Object:
        return self._scenarios.read(project_id, id_of(scenario_id, "scenario"))

    def patch_scenario(self, project_id: int, event: Event, scenario_id: str) -> Object:
        request = read_request(ScenarioPatch, event)
        own_project(project_id, request.project, "project")
        return self._scenarios.patch(project_id, id_of(scenario_id, "scenario"), request)

    def delete_scenario(self, project_id: int, scenario_id: str) -> None:
        self._scenarios.delete(project_id, id_of(scenario_id, "scenario"))
