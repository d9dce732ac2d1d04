"""What is done to many scenarios is killed around any call, and asked for again: nothing lost or doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from evalgen.catalog.adding import Adding, New
from evalgen.catalog.bulk import Bulk
from evalgen.catalog.by_hand import BLANK
from evalgen.catalog.folders import Folders
from evalgen.catalog.refiling import Refiling
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate
from evalgen.contract.folders import FolderDelete, FolderMove
from evalgen.contract.queries import FolderQuery
from evalgen.errors import InvalidRequest
from evalgen.jobs.agent_alive import alive
from evalgen.storage.entities import Entities
from evalgen.storage.id_sets import count
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.listing import EVERY, labelled, of_agent
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Put, Stores
from tests.integration.jobs.kit import AGENT_ID, NOW, Dying, Killed

Body = dict[str, Any]
Ask = Callable[[Stores, int, list[int]], Any]
MOST_CALLS = 60


def clock() -> float:
    return NOW


def duplicate(stores: Stores, project: int, ids: list[int]) -> Any:
    request = Duplicate(scenarios=ids, folder_path="Copies")
    return Bulk(stores.table, clock).duplicate(project, request, "once")


def update(stores: Stores, project: int, ids: list[int]) -> Any:
    return Bulk(stores.table, clock).update(project, BulkUpdate(scenarios=ids, max_duration=77))


def delete(stores: Stores, project: int, ids: list[int]) -> Any:
    return Bulk(stores.table, clock).delete(project, BulkDelete(scenarios=ids[:2]))


def move(stores: Stores, project: int, ids: list[int]) -> Any:
    return Refiling(stores.table, clock).move(project, FolderMove(path="Old.In", new_parent_path="New"))


def delete_folder(stores: Stores, project: int, ids: list[int]) -> Any:
    return Refiling(stores.table, clock).delete(project, FolderDelete(path="Old"))


AFTERWARDS: dict[Ask, tuple[Callable[[list[Body]], Any], Any, set[str]]] = {
    duplicate: (
        lambda found: Counter(one["folder_path"] for one in found),
        Counter({"Old.In": 3, "Copies": 3}),
        {"Old", "Old.In", "New", "Copies"},
    ),
    update: (lambda found: [one["max_duration"] for one in found], [77] * 3, {"Old", "Old.In", "New"}),
    delete: (len, 1, {"Old", "Old.In", "New"}),
    move: (lambda found: [one["folder_path"] for one in found], ["New.In"] * 3, {"Old", "New", "New.In"}),
    delete_folder: (len, 0, {"New"}),
}
"""By what is asked for: what the scenarios are then, and which folders there are."""


def made(stores: Stores, project: int) -> list[int]:
    """Three scenarios of an agent in a folder of a project that is new."""
    stores.table.write(Put(alive(project, AGENT_ID)))
    folders = Folders(stores.table, clock)
    for path in ("Old.In", "New"):
        folders.ensure(project, path)

    def make(ids: Sequence[int], now: str) -> list[New]:
        times = {"created_at": now, "updated_at": now}
        own = {"name": "A", "agent": AGENT_ID, "folder_path": "Old.In", "personality": 1, **times}
        return [New({**BLANK, **own, "id": one, "project": project}) for one in ids]

    found = Adding(stores.table, clock).add(project, BulkDelete(scenarios=[1]), 3, make)
    return [body["id"] for body in found]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("ask", AFTERWARDS, ids=lambda ask: ask.__name__)
def test_asking_again_completes_what_was_killed(ask: Ask, after: bool, tmp_path: Path) -> None:
    stores = open_stores({"EVALGEN_STATE": str(tmp_path), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
    told, expected, folders = AFTERWARDS[ask]
    for at in range(1, MOST_CALLS):
        project = at
        ids = made(stores, project)
        dying = Dying(stores, at=at, after=after)
        try:
            ask(dying.stores, project, ids)
        except Killed:
            with suppress(InvalidRequest):  # what was done is not there to be moved or deleted
                ask(stores, project, ids)
        found = list(Entities(stores.table, SCENARIO).bodies(project))
        assert told(found) == expected, f"killed at call {at}"
        listed = [labelled(stores.table, project, SCENARIO, label) for label in (EVERY, of_agent(AGENT_ID))]
        assert [count(ids) for ids in listed] == [len(found)] * 2, f"killed at call {at}"
        there = Folders(stores.table, clock).matching(project, FolderQuery())
        assert {folder["path"] for folder in there} == folders, f"killed at call {at}"
        if dying.calls < at:
            return
    pytest.fail(f"more than {MOST_CALLS} calls")
