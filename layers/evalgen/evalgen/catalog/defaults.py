"""What a project's jobs get where a request names nothing: one item, so that not all its things are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalgen.errors import Conflict
from evalgen.generation.brief import Personality
from evalgen.storage import keys
from evalgen.storage.entities import ATTEMPTS, Entities, EntityReader, to_json
from evalgen.storage.kinds import METRIC, PERSONALITY
from evalgen.storage.ports import (
    ConditionFailed,
    Expect,
    Item,
    Put,
    Reading,
    Table,
    TransactionCancelled,
    Update,
    Value,
)

Body = Mapping[str, Any]
BUSY = "Others are changing personalities at the same time; try again."


@dataclass(frozen=True, slots=True)
class Defaults:
    """`voices`: of each language the first plain personality (without traits) that is not among the
    `disabled`, in the order of ids; `metrics` as (id, name)."""

    voices: tuple[Personality, ...]
    metrics: tuple[tuple[int, str], ...]
    disabled: frozenset[int] = frozenset()

    def voice(self, language: str) -> Personality | None:
        return next((one for one in self.voices if one.language == language), None)

    def borrowed(self, language: str) -> Personality | None:
        """The English one, speaking a language that has none of its own."""
        english = self.voice("en")
        return english and replace(english, language=language)


def defaults_item(project_id: int, personalities: Iterable[Body], metrics: Iterable[Body]) -> Item:
    """Of all that a project has of both, in the order of ids."""
    return {
        **keys.defaults(project_id)._asdict(),
        "voices": _voices(personalities, frozenset()),
        "metrics": to_json([[body["id"], body["name"]] for body in metrics]),
        "disabled": "[]",
    }


def _voices(personalities: Iterable[Body], disabled: Collection[int]) -> str:
    voices: dict[str, list[int | str]] = {}
    for body in personalities:
        if not body["traits"] and body["id"] not in disabled:
            voices.setdefault(body["language"], [body["id"], body["name"], body["language"]])
    return to_json(list(voices.values()))


def read_defaults(table: Reading, project_id: int) -> Defaults:
    item = table.get(keys.defaults(project_id)) or _of_lists(table, project_id)
    return Defaults(
        tuple(Personality(*voice) for voice in json.loads(str(item["voices"]))),
        tuple((one, name) for one, name in json.loads(str(item["metrics"]))),
        _disabled(item),
    )


def change_disabled(
    table: Table, project_id: int, change: Callable[[frozenset[int]], frozenset[int]]
) -> None:
    """Of all personalities these are disabled from now on, and no language's default. Raises Conflict."""
    key = keys.defaults(project_id)
    for _ in range(ATTEMPTS):
        before = table.get(key)
        personalities = list(EntityReader(table, PERSONALITY).bodies(project_id))
        item = before or _of_lists(table, project_id)
        disabled = change(_disabled(item))
        after = {**item, "voices": _voices(personalities, disabled), "disabled": to_json(sorted(disabled))}
        where: dict[str, Value] = {name: item[name] for name in ("voices", "disabled") if name in item}
        try:
            table.write(Put(after, where=where) if before else Put(after, Expect.ABSENT))
        except ConditionFailed:
            continue
        return
    raise Conflict(BUSY)


def _disabled(item: Item) -> frozenset[int]:
    return frozenset(json.loads(str(item.get("disabled", "[]"))))


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
                where = {"voices": before["voices"]}
                writes.append(Update(keys.defaults(project_id), set={"voices": more}, where=where))
        try:
            table.transact(writes)
        except TransactionCancelled:
            continue
        return
    raise Conflict(BUSY)


def _of_lists(table: Reading, project_id: int) -> Item:
    """A project of an earlier version has no such item."""
    personalities, metrics = (EntityReader(table, kind).bodies(project_id) for kind in (PERSONALITY, METRIC))
    return defaults_item(project_id, personalities, metrics)
