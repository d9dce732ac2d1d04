"""By what scenarios and profiles are listed beside their own partition: items without a body.

Imports nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalgen.catalog.batches import merged
from evalgen.catalog.counts import counting
from evalgen.catalog.kinds import PROFILE, SCENARIO
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Item, Key, Put, Write


def listed_in(project_id: int, agent_id: int | None) -> list[str]:
    """The partitions that list a scenario and are counted."""
    of_agent = [keys.of_agent(project_id, SCENARIO, agent_id)] if agent_id else []
    return [keys.entities(project_id, SCENARIO), *of_agent]


def entries(project_id: int, kind: str, body: Mapping[str, Any]) -> list[Item]:
    """The items that list a thing: under its agent, and a scenario under its profile."""
    if kind not in (SCENARIO, PROFILE):
        return []
    found: list[Key] = []
    if body.get("agent"):
        found.append(Key(keys.of_agent(project_id, kind, body["agent"]), keys.padded(body["id"])))
    if kind == SCENARIO and body.get("test_profile"):
        found.append(keys.use(project_id, body["test_profile"], body["id"]))
    return [{**key._asdict()} for key in found]


def relisting(
    project_id: int, kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Write]:
    """Writes that list what a thing has become instead of what it was; None: it is not there."""
    old, new = (_keys(project_id, kind, body) for body in (before, after))
    writes: list[Write] = [Delete(key) for key in old if key not in new]
    writes += [Put({**key._asdict()}) for key in new if key not in old]
    if kind == SCENARIO:
        for body, by in ((before, -1), (after, 1)):
            if body is not None:
                writes += counting(listed_in(project_id, body.get("agent")), [body["id"]], by)
    return merged(writes)


def _keys(project_id: int, kind: str, body: Mapping[str, Any] | None) -> list[Key]:
    items = entries(project_id, kind, body) if body is not None else []
    return [Key(str(item["pk"]), str(item["sk"])) for item in items]
