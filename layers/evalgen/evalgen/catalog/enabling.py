"""Which personalities of a project are enabled: what generation chooses from where a request names none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalgen.catalog.defaults import change_disabled, read_defaults
from evalgen.contract.personalities import ALL, PersonalitiesChosen
from evalgen.contract.queries import EnabledQuery
from evalgen.errors import InvalidRequest
from evalgen.storage.entities import EntityReader
from evalgen.storage.kinds import PERSONALITY
from evalgen.storage.ports import Table

Object = dict[str, Any]


class Enabling:
    def __init__(self, table: Table) -> None:
        self._table = table
        self._personalities = EntityReader(table, PERSONALITY)

    def listed(self, project_id: int, query: EnabledQuery) -> list[Object]:
        """The project's personalities, each with whether it is enabled."""
        disabled = read_defaults(self._table, project_id).disabled
        return [
            {**body, "enabled": body["id"] not in disabled}
            for body in self._personalities.bodies(project_id)
            if query.language in (None, body["language"])
            and not (query.enabled_only and body["id"] in disabled)
        ]

    def enable(self, project_id: int, request: PersonalitiesChosen) -> None:
        """Raises InvalidRequest, Conflict."""
        chosen = self._chosen(project_id, request)
        change_disabled(self._table, project_id, lambda disabled: disabled - chosen)

    def disable(self, project_id: int, request: PersonalitiesChosen) -> int:
        """How many were named. Raises InvalidRequest, Conflict."""
        chosen = self._chosen(project_id, request)
        change_disabled(self._table, project_id, lambda disabled: disabled | chosen)
        return len(chosen)

    def _chosen(self, project_id: int, request: PersonalitiesChosen) -> frozenset[int]:
        bodies = list(self._personalities.bodies(project_id))
        if request.personalities == ALL:
            return frozenset(one["id"] for one in bodies if request.language in (None, one["language"]))
        known: frozenset[int] = frozenset(one["id"] for one in bodies)
        named: Sequence[int] = request.personalities
        if missing := [one for one in dict.fromkeys(named) if one not in known]:
            raise InvalidRequest({"personalities": [f"There is no personality {one}." for one in missing]})
        return frozenset(named)
