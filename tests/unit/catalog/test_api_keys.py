"""Keys and projects, as those who run a deployment make them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalgen.catalog.api_keys import PREFIX, hashed, list_keys, make_key, revoke_key
from evalgen.catalog.seeds import create_project, list_projects, seed
from evalgen.errors import NotFound
from evalgen.storage import keys
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores

MADE_AT = "2027-01-15T08:00:00.000Z"


def clock() -> float:
    return 1_800_000_000.0


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    opened = open_stores({"EVALGEN_STATE": str(tmp_path), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})
    create_project(opened, clock, "First")
    return opened


def test_projects_are_numbered_in_order_and_each_has_its_own_things(stores: Stores) -> None:
    assert create_project(stores, clock, "Second") == 2
    assert list_projects(stores) == [(1, "First"), (2, "Second")]
    for project in (1, 2):
        assert len(stores.table.query(keys.entities(project, "METRIC")).items) == 10


def test_a_new_key_leads_to_its_project_and_is_not_stored_itself(stores: Stores, tmp_path: Path) -> None:
    api_key = make_key(stores.table, clock, 1, "for tests")
    assert api_key.startswith(PREFIX)
    item = stores.table.get(keys.api_key(hashed(api_key)))
    assert item is not None
    assert (item["project_id"], item["label"]) == (1, "for tests")
    assert all(api_key.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_no_two_keys_are_the_same(stores: Stores) -> None:
    assert len({make_key(stores.table, clock, 1, "") for _ in range(50)}) == 50


def test_keys_are_listed_with_their_project_alone_oldest_first(stores: Stores) -> None:
    create_project(stores, clock, "Second")
    make_key(stores.table, lambda: clock() + 60, 1, "later")
    first = make_key(stores.table, clock, 1, "earlier")
    make_key(stores.table, clock, 2, "another project's")
    listed = list_keys(stores.table, 1)
    assert [key.label for key in listed] == ["earlier", "later"]
    assert listed[0].id == hashed(first)[:12]
    assert listed[0].created_at == MADE_AT
    assert listed[0].revoked_at == ""


def test_the_key_of_a_seeded_project_is_listed_once(stores: Stores) -> None:
    for _ in range(2):
        seed(stores, clock, "local-key")
    assert [key.id for key in list_keys(stores.table, 1)] == [hashed("local-key")[:12]]


def test_a_withdrawn_key_says_when(stores: Stores) -> None:
    api_key = make_key(stores.table, clock, 1, "k")
    other = make_key(stores.table, clock, 1, "other")
    revoke_key(stores.table, clock, 1, hashed(api_key)[:12])
    assert {key.id: key.revoked_at for key in list_keys(stores.table, 1)} == {
        hashed(api_key)[:12]: MADE_AT,
        hashed(other)[:12]: "",
    }


def test_a_key_of_another_project_cannot_be_withdrawn(stores: Stores) -> None:
    create_project(stores, clock, "Second")
    api_key = make_key(stores.table, clock, 1, "k")
    with pytest.raises(NotFound, match="Project 2 has no key"):
        revoke_key(stores.table, clock, 2, hashed(api_key)[:12])
    assert list_keys(stores.table, 1)[0].revoked_at == ""


def test_there_is_no_key_without_a_project(stores: Stores) -> None:
    with pytest.raises(NotFound, match="no project 7"):
        make_key(stores.table, clock, 7, "k")
