"""What a project's jobs get where a request names nothing: one item, so that not all its things are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalgen.catalog.entities import ATTEMPTS, Entities, EntityReader, to_json
from evalgen.catalog.kinds import METRIC, PERSONALITY
from evalgen.errors import Conflict
from evalgen.generation.brief import Personality
from evalgen.storage import keys
from evalgen.storage.ports import Item, Put, Reading, Table, TransactionCancelled

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Defaults:
    """`voices`: of each language the first plain personality (without traits), in the order of ids; `metrics`
    as (id, name)."""

    voices: tuple[Personality, ...]
    metrics: tuple[tuple[int, str], ...]

    def voice(self, language: str) -> Personality | None:
        """A language that has none gets the project's first plain voice, speaking that language: a scenario's
        language is never another one by default. None if the project has no plain one at all."""
        fitting = next((one for one in self.voices if one.language == language), None)
        if fitting is not None or not self.voices:
            return fitting
        return replace(self.voices[0], language=language)


def defaults_item(project_id: int, personalities: Iterable[Body], metrics: Iterable[Body]) -> Item:
    """Of all that a project has of both, in the order of ids."""
    voices: dict[str, list[int | str]] = {}
    for body in personalities:
        if not body["traits"]:
            voices.setdefault(body["language"], [body["id"], body["name"], body["language"]])
    return {
        **keys.defaults(project_id)._asdict(),
        "voices": to_json(list(voices.values())),
        "metrics": to_json([[body["id"], body["name"]] for body in metrics]),
    }


def read_defaults(table: Reading, project_id: int) -> Defaults:
    item = table.get(keys.defaults(project_id)) or _of_lists(table, project_id)
    return Defaults(
        tuple(Personality(*voice) for voice in json.loads(str(item["voices"]))),
        tuple((one, name) for one, name in json.loads(str(item["metrics"]))),
    )


def add_personality(table: Table, project_id: int, body: dict[str, Any], now: str) -> None:
    """Store it; the first plain one of its language becomes that language's default. Raises Conflict."""
    personalities = Entities(table, PERSONALITY)
    for _ in range(ATTEMPTS):
        writes = personalities.adding(project_id, body, now)
        before = table.get(keys.defaults(project_id))
        if before is not None and not body["traits"]:
            voices = json.loads(str(before["voices"]))
            if body["language"] not in {language for _, _, language in voices}:
                more = to_json([*voices, [body["id"], body["name"], body["language"]]])
                writes.append(Put({**before, "voices": more}, where={"voices": before["voices"]}))
        try:
            table.transact(writes)
        except TransactionCancelled:
            continue
        return
    raise Conflict("Others are adding personalities at the same time; try again.")


def _of_lists(table: Reading, project_id: int) -> Item:
    """A project of an earlier version has no such item."""
    personalities, metrics = (EntityReader(table, kind).bodies(project_id) for kind in (PERSONALITY, METRIC))
    return defaults_item(project_id, personalities, metrics)
