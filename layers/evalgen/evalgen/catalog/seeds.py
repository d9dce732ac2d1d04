"""What a project has from its first day: its key, its personalities and its ten metrics."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from evalgen.catalog.entities import entity_item, reserve_ids
from evalgen.catalog.kinds import METRIC, PERSONALITY
from evalgen.catalog.metrics import METRICS, metric_body
from evalgen.catalog.personalities import personality_body
from evalgen.catalog.voices import seeded_personalities
from evalgen.clock import Clock, iso
from evalgen.storage import keys
from evalgen.storage.ports import ConditionFailed, Expect, Item, Key, Put, Stores, TransactionCancelled


def seed(
    stores: Stores, clock: Clock, api_key: str, project_name: str = "Local", project_id: int = 1
) -> None:
    """Make the project unless it exists, and let `api_key` into it. Doing so again changes nothing."""
    now = iso(clock())
    if stores.table.get(keys.project(project_id)) is None:
        with suppress(TransactionCancelled):  # another process made it meanwhile
            items = _project(stores, project_id, project_name, now)
            stores.table.transact([Put(item, Expect.ABSENT) for item in items])
    key = keys.api_key(hashlib.sha256(api_key.encode()).hexdigest())
    with suppress(ConditionFailed):  # the key is known
        entry = _item(key, project_id=project_id, label=project_name, created_at=now)
        stores.table.write(Put(entry, Expect.ABSENT))


def _project(stores: Stores, project_id: int, name: str, now: str) -> list[Item]:
    personalities = seeded_personalities()
    ids = iter(reserve_ids(stores.table, project_id, len(personalities) + len(METRICS)))
    bodies = [(PERSONALITY, personality_body(one, next(ids), project_id)) for one in personalities]
    bodies += [(METRIC, metric_body(metric, next(ids))) for metric in METRICS]
    return [
        _item(keys.project(project_id), project_id=project_id, name=name, created_at=now),
        *(entity_item(project_id, kind, body, created_at=now, updated_at=now) for kind, body in bodies),
    ]


def _item(key: Key, **attributes: str | int) -> Item:
    return {"pk": key.pk, "sk": key.sk, **attributes}
