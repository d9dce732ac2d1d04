"""What a project has from its first day: its key, its personalities and its ten metrics."""

from __future__ import annotations

from contextlib import suppress

from evalgen.catalog.api_keys import add_key
from evalgen.catalog.defaults import defaults_item
from evalgen.catalog.metrics import METRICS, metric_body
from evalgen.catalog.personalities import personality_body
from evalgen.catalog.voices import seeded_personalities
from evalgen.clock import Clock, iso
from evalgen.storage import keys
from evalgen.storage.entities import entity_item, reserve_ids
from evalgen.storage.kinds import METRIC, PERSONALITY
from evalgen.storage.ports import Contention, Expect, Item, Key, Put, Stores, TransactionCancelled
from evalgen.storage.walking import every_item

SEEDED = (PERSONALITY, METRIC)


def seed(stores: Stores, clock: Clock, api_key: str, project_id: int = 1) -> None:
    """Make the project unless it exists, and let `api_key` into it. Doing so again changes nothing."""
    if stores.table.get(keys.project(project_id)) is None:
        with suppress(TransactionCancelled):  # another process made it meanwhile
            _create(stores, clock, project_id, "Local")
    add_key(stores.table, clock, project_id, "Local", api_key)


def create_project(stores: Stores, clock: Clock, name: str) -> int:
    """A new project with its personalities and metrics; its id. Raises Contention if others make some too."""
    last = stores.table.query(keys.PROJECTS, limit=1, descending=True).items
    project_id = int(last[0]["project_id"]) + 1 if last else 1
    try:
        _create(stores, clock, project_id, name)
    except TransactionCancelled:
        raise Contention("another project was made at the same time; try again") from None
    return project_id


def list_projects(stores: Stores) -> list[tuple[int, str]]:
    """Ids and names of all projects."""
    projects = every_item(stores.table, keys.PROJECTS)
    return [(int(item["project_id"]), str(item["name"])) for item in projects]


def _create(stores: Stores, clock: Clock, project_id: int, name: str) -> None:
    items = _project(stores, project_id, name, iso(clock()))
    stores.table.transact([Put(item, Expect.ABSENT) for item in items])


def _project(stores: Stores, project_id: int, name: str, now: str) -> list[Item]:
    personalities = seeded_personalities()
    ids = iter(reserve_ids(stores.table, project_id, len(personalities) + len(METRICS)))
    bodies = [(PERSONALITY, personality_body(one, next(ids), project_id)) for one in personalities]
    bodies += [(METRIC, metric_body(metric, next(ids))) for metric in METRICS]
    return [
        _item(keys.project(project_id), project_id=project_id, name=name, created_at=now),
        defaults_item(project_id, *([body for of, body in bodies if of == kind] for kind in SEEDED)),
        *(entity_item(project_id, kind, body, created_at=now, updated_at=now) for kind, body in bodies),
    ]


def _item(key: Key, **attributes: str | int) -> Item:
    return {"pk": key.pk, "sk": key.sk, **attributes}
