"""What ids in a request refer to; one that is not in the project is a problem of the field that named it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalgen.catalog.defaults import read_defaults
from evalgen.catalog.folders import NO_FOLDER, folder_exists
from evalgen.catalog.personalities import to_personality
from evalgen.catalog.profiles import to_given
from evalgen.catalog.remembering import Remembering
from evalgen.generation.brief import GivenProfile, Personality
from evalgen.storage import keys
from evalgen.storage.entities import EntityReader, body_of
from evalgen.storage.kinds import AGENT, METRIC, NOUNS, PERSONALITY, PHONE_NUMBER, PROFILE
from evalgen.storage.ports import Item, Reading

Problems = dict[str, list[str]]


class Lookups:
    """For one request: each thing is read once. Every method adds what it does not find to `problems`, and
    answers with what it does."""

    def __init__(self, table: Reading) -> None:
        self._table = Remembering(table)

    def agent(
        self,
        project_id: int,
        agent_id: int | None,
        assistant_id: str | None,
        problems: Problems,
        field: str = "agent_id",
    ) -> Item | None:
        """The agent's item by its id, by its provider's, or by both if they agree."""
        if agent_id is not None:
            item = self._one(AGENT, project_id, agent_id, field, problems)
            if item is not None and assistant_id is not None and item["assistant_id"] != assistant_id:
                problems["assistant_id"] = [
                    f"Agent {agent_id} has another assistant_id; send the right one, or none."
                ]
            return item
        if assistant_id is None:
            problems.setdefault(field, []).append("Required unless assistant_id is given.")
            return None
        pointer = self._table.get(keys.assistant(project_id, assistant_id))
        item = (
            EntityReader(self._table, AGENT).find(project_id, int(pointer["agent_id"])) if pointer else None
        )
        if item is None:
            problems["assistant_id"] = ["There is no agent with this assistant_id."]
        return item

    def personalities(
        self, project_id: int, ids: Sequence[int], problems: Problems, field: str = "personalities"
    ) -> list[Personality]:
        found = {one: self._one(PERSONALITY, project_id, one, field, problems) for one in dict.fromkeys(ids)}
        return [to_personality(body_of(item)) for item in map(found.get, ids) if item is not None]

    def default_personality(self, project_id: int, language: str, problems: Problems) -> list[Personality]:
        """The one that a job gets which names none; a list of one, or of none with a problem."""
        defaults = read_defaults(self._table, project_id)
        found = defaults.voice(language)
        if found is None and not (defaults.disabled and self._is_spoken(project_id, language)):
            found = defaults.borrowed(language)
        if found is None:
            problems["personalities"] = [
                f"Required: no plain personality that speaks {language} is enabled; name or enable one."
            ]
            return []
        return [found]

    def _is_spoken(self, project_id: int, language: str) -> bool:
        """Whether any plain personality has the language, disabled or not."""
        bodies = EntityReader(self._table, PERSONALITY).bodies(project_id)
        return any(body["language"] == language and not body["traits"] for body in bodies)

    def metrics(self, project_id: int, ids: Sequence[int], problems: Problems) -> list[str]:
        """Their names."""
        found = [self._one(METRIC, project_id, one, "metrics", problems) for one in dict.fromkeys(ids)]
        return [str(body_of(item)["name"]) for item in found if item is not None]

    def all_metrics(self, project_id: int) -> tuple[tuple[int, str], ...]:
        return read_defaults(self._table, project_id).metrics

    def profile(self, project_id: int, profile_id: int, problems: Problems) -> GivenProfile | None:
        item = self._one(PROFILE, project_id, profile_id, "test_profile", problems)
        return to_given(body_of(item)) if item else None

    def phone_number(
        self, project_id: int, number_id: int, problems: Problems, field: str = "inbound_phone_number"
    ) -> dict[str, Any] | None:
        item = self._one(PHONE_NUMBER, project_id, number_id, field, problems)
        return body_of(item) if item else None

    def folder(self, project_id: int, path: str, problems: Problems) -> None:
        if not folder_exists(self._table, project_id, path):
            problems["folder_path"] = [NO_FOLDER]

    def _one(self, kind: str, project_id: int, entity_id: int, field: str, problems: Problems) -> Item | None:
        item = EntityReader(self._table, kind).find(project_id, entity_id)
        if item is None:
            problems.setdefault(field, []).append(f"There is no {NOUNS[kind]} {entity_id}.")
        return item
