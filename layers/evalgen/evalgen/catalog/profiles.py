"""The test profiles of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from evalgen.catalog.pages import MAX_ANSWER_BYTES
from evalgen.clock import Clock, iso
from evalgen.errors import InvalidRequest, NotFound
from evalgen.generation.brief import GivenProfile
from evalgen.jobs.agent_alive import while_alive
from evalgen.storage import keys
from evalgen.storage.entities import Entities, EntityReader, body_of, reserve_ids, text_of
from evalgen.storage.id_sets import count, page
from evalgen.storage.kinds import AGENT, KEPT_PROFILE, NOUNS, PROFILE, SCENARIO
from evalgen.storage.listing import labelled, of_agent
from evalgen.storage.ports import LAST, Item, Table, TransactionCancelled, Write
from evalgen.storage.profile_record import profile_body
from evalgen.storage.walking import every_item

if TYPE_CHECKING:
    from evalgen.contract.profiles import ProfileCreate, ProfilePatch
    from evalgen.contract.queries import ProfileQuery

USE_BYTES = 40
"""What the ids of its scenarios add to a profile, mostly."""

TOO_MANY = "There are more profiles than one answer holds; ask for fewer, then for those after."


def to_given(body: Mapping[str, Any]) -> GivenProfile:
    information = body["information"]
    return GivenProfile(
        body["id"],
        body["name"],
        dict(information["main_agent_variables"]),
        dict(information["testing_agent_variables"]),
    )


class Profiles:
    """Create, list, read, change and delete test profiles."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._profiles = Entities(table, PROFILE)
        self._kept = Entities(table, KEPT_PROFILE)
        self._scenarios = EntityReader(table, SCENARIO)

    def create(self, project_id: int, request: ProfileCreate) -> dict[str, Any]:
        """Raises InvalidRequest if the agent is not in the project, PayloadTooLarge."""
        agent_id = request.agent or 0
        owner = self._of_agent(project_id, request.agent)
        now = iso(self._clock())
        profile_id = reserve_ids(self._table, project_id, 1)[0]
        named = (request.agent, owner["agent_name"])
        body = profile_body(profile_id, project_id, named, request.name, request.information, now)
        writes = self._profiles.adding(project_id, body, now, agent_id=agent_id)
        try:
            self._table.transact([*self._while_alive(project_id, agent_id), *writes])
        except TransactionCancelled:
            raise InvalidRequest({"agent": [f"There is no agent {agent_id}."]}) from None
        return body

    def patch(self, project_id: int, profile_id: int, request: ProfilePatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest if the agent is not in the project, PayloadTooLarge, Conflict."""
        changes = request.model_dump(exclude_unset=True, include={"name", "information"})
        moving = "agent" in request.model_fields_set

        def change(body: dict[str, Any]) -> dict[str, Any]:
            of_agent = self._of_agent(project_id, request.agent) if moving else {}
            return {**body, **changes, **of_agent}

        beside = self._while_alive(project_id, request.agent or 0) if moving else ()
        return self._profiles.change(project_id, profile_id, change, iso(self._clock()), beside)

    def delete(self, project_id: int, profile_id: int) -> None:
        """Scenarios that used it keep what it said. Raises NotFound."""
        item = self._profiles.get(project_id, profile_id)
        used = any(profile == profile_id for profile, _ in self._uses(project_id, [item]))
        kept = self._kept.adding(project_id, body_of(item), iso(self._clock())) if used else []
        try:
            self._table.transact([*self._profiles.deleting(project_id, item), *kept])
        except TransactionCancelled:
            raise NotFound(f"There is no {NOUNS[PROFILE]} {profile_id}.") from None

    def read(self, project_id: int, profile_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return body_of(self._profiles.get(project_id, profile_id))

    def list(self, project_id: int, query: ProfileQuery) -> list[dict[str, Any]]:
        """Profiles in the order of ids, of an agent or of all; `scenarios` are the ids that use each.

        Raises InvalidRequest if they are more than one answer holds.
        """
        found: list[Item] = []
        size = 0
        for item in islice(self._listed(project_id, query), query.page_size):
            size += len(text_of(item)) + USE_BYTES
            if size > MAX_ANSWER_BYTES:
                raise InvalidRequest({"page_size": [TOO_MANY]})
            found.append(item)
        using: defaultdict[int, set[int]] = defaultdict(set)
        for profile, scenario in self._uses(project_id, found):
            using[profile].add(scenario)
        return [{**body_of(item), "scenarios": sorted(using[int(item["id"])])} for item in found]

    def _listed(self, project_id: int, query: ProfileQuery) -> Iterator[Item]:
        """Read as they are needed."""
        after = query.after or 0
        if not query.agent_id:
            listed = keys.entities(project_id, PROFILE)
            return every_item(self._table, listed, first=keys.padded(after + 1))
        ids = labelled(self._table, project_id, PROFILE, of_agent(query.agent_id))
        return self._profiles.some(project_id, page(ids, query.page_size or count(ids), after=after))

    def _uses(self, project_id: int, profiles: Sequence[Item]) -> Iterator[tuple[int, int]]:
        """Profiles with scenarios that use them, read as they are needed; some may come twice.

        They are items of their own; of the scenario that a profile was made with, its body tells, which may
        name another profile.
        """
        if profiles:
            first, last = (keys.padded(int(profiles[at]["id"])) for at in (0, -1))
            for item in every_item(self._table, keys.uses(project_id), first=first, last=last + LAST):
                profile, scenario = map(int, str(item["sk"]).split("#"))
                yield profile, scenario
        made_with = sorted(int(item["scenario_id"]) for item in profiles if "scenario_id" in item)
        for item in self._scenarios.some(project_id, made_with):
            yield body_of(item).get("test_profile") or 0, int(item["id"])

    def _while_alive(self, project_id: int, agent_id: int) -> Sequence[Write]:
        return [while_alive(project_id, agent_id)] if agent_id else ()

    def _of_agent(self, project_id: int, agent_id: int | None) -> dict[str, Any]:
        if agent_id is None:
            return {"agent": None, "agent_name": ""}
        agent = Entities(self._table, AGENT).find(project_id, agent_id)
        if agent is None:
            raise InvalidRequest({"agent": [f"There is no agent {agent_id}."]})
        return {"agent": agent_id, "agent_name": str(agent["name"])}
