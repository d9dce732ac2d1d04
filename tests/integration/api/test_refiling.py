"""Folders moved, renamed and deleted with what is in them, through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.catalog import refiling
from evalgen.storage.entities import Entities
from tests.integration.api.client import Api
from tests.integration.api.test_bulk import post
from tests.integration.api.test_scenarios import SCENARIOS, draft, folder, generated


@pytest.fixture
def world(api: Api, request: pytest.FixtureRequest) -> tuple[str, list[int]]:
    """A folder with one below, and a scenario in each; the third is beside them."""
    top = f"T{abs(hash(request.node.name))}"
    folder(api, top, "In")
    folder(api, f"{top}.In", "Deep")
    folder(api, f"{top}", "Inner")
    places = (f"{top}.In", f"{top}.In.Deep", f"{top}.Inner")
    return top, [generated(api, draft("S"), folder_path=place)[0] for place in places]


def places(api: Api, ids: list[int]) -> list[str | None]:
    return [api.call("GET", f"{SCENARIOS}/{one}").json.get("folder_path") for one in ids]


def paths(api: Api, top: str) -> set[str]:
    query = {"page_size": "100"}
    found = api.call("GET", f"{SCENARIOS}/folders", query=query).json["results"]
    return {one["path"] for one in found if one["path"].startswith(top)}


def test_a_renamed_folder_takes_along_what_is_in_it(api: Api, world: tuple[str, list[int]]) -> None:
    top, ids = world
    renamed = post(api, "rename_folder", {"path": f"{top}.In", "name": "Out", "project_id": 1})
    assert (renamed.status, renamed.json["path"], renamed.json["name"]) == (200, f"{top}.Out", "Out")
    assert places(api, ids) == [f"{top}.Out", f"{top}.Out.Deep", f"{top}.Inner"]
    assert paths(api, top) == {top, f"{top}.Out", f"{top}.Out.Deep", f"{top}.Inner"}


def test_only_the_capitals_of_a_folder_can_be_changed(api: Api, world: tuple[str, list[int]]) -> None:
    top, ids = world
    assert post(api, "rename_folder", {"path": f"{top}.In", "name": "IN"}).json["path"] == f"{top}.IN"
    assert places(api, ids)[:2] == [f"{top}.IN", f"{top}.IN.Deep"]
    assert paths(api, top) == {top, f"{top}.IN", f"{top}.IN.Deep", f"{top}.Inner"}


def test_a_folder_moves_below_another_and_to_the_root(api: Api, world: tuple[str, list[int]]) -> None:
    top, ids = world
    moved = post(api, "move_folder", {"path": f"{top}.In", "new_parent_path": f"{top}.Inner"})
    assert moved.json["path"] == f"{top}.Inner.In"
    assert places(api, ids) == [f"{top}.Inner.In", f"{top}.Inner.In.Deep", f"{top}.Inner"]
    root = post(api, "move_folder", {"path": f"{top}.Inner.In.Deep", "new_parent_path": None})
    assert root.json["path"] == "Deep"
    assert post(api, "delete_folder", {"path": "Deep"}).status == 204


def test_a_move_that_was_interrupted_is_completed_by_asking_again(
    api: Api, world: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    top, ids = world
    body = {"path": f"{top}.In", "name": "Out"}
    with monkeypatch.context() as patch:
        patch.setattr(Entities, "changing", lambda *_: 1 / 0)
        assert post(api, "rename_folder", body).status == 500
    assert places(api, ids)[0] == f"{top}.In"
    assert post(api, "rename_folder", body).json["path"] == f"{top}.Out"
    assert places(api, ids)[:2] == [f"{top}.Out", f"{top}.Out.Deep"]
    assert post(api, "rename_folder", body).json == {
        "path": ["There is no folder with this path; create it first."]
    }


def test_a_folder_with_too_many_scenarios_stays_where_it_is(
    api: Api, world: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    top, ids = world
    monkeypatch.setattr(refiling, "MAX_SCENARIOS", 1)
    refused = {"path": ["It holds 2 scenarios; at most 1 at once: folder by folder."]}
    assert post(api, "rename_folder", {"path": f"{top}.In", "name": "Out"}).json == refused
    assert post(api, "delete_folder", {"path": f"{top}.In"}).json == refused
    assert places(api, ids) == [f"{top}.In", f"{top}.In.Deep", f"{top}.Inner"]


def test_a_deleted_folder_takes_along_what_is_in_it(api: Api, world: tuple[str, list[int]]) -> None:
    top, ids = world
    assert post(api, "delete_folder", {"path": f"{top}.In"}).status == 204
    assert [api.call("GET", f"{SCENARIOS}/{one}").status for one in ids] == [404, 404, 200]
    assert paths(api, top) == {top, f"{top}.Inner"}


@pytest.mark.parametrize(
    ("word", "body", "field"),
    [
        ("rename_folder", {"path": "{top}.No", "name": "x"}, "path"),
        ("rename_folder", {"path": "{top}.In", "name": "inner"}, "name"),
        ("rename_folder", {"path": "{top}.In", "name": "In"}, "name"),
        ("rename_folder", {"path": "{top}.In", "name": "a.b"}, "name"),
        ("move_folder", {"path": "{top}.In", "new_parent_path": "{top}.In.Deep"}, "new_parent_path"),
        ("move_folder", {"path": "{top}.In", "new_parent_path": "{top}.In"}, "new_parent_path"),
        ("move_folder", {"path": "{top}.In", "new_parent_path": "no.such"}, "new_parent_path"),
        ("delete_folder", {"path": "no.such"}, "path"),
        ("delete_folder", {"path": "{top}", "project_id": 2}, "project_id"),
    ],
)
def test_a_wrong_move_is_named_and_moves_nothing(
    api: Api, world: tuple[str, list[int]], word: str, body: dict[str, Any], field: str
) -> None:
    top, ids = world
    sent = {k: v.format(top=top) if isinstance(v, str) else v for k, v in body.items()}
    refused = post(api, word, sent)
    assert (refused.status, list(refused.json)) == (400, [field])
    assert places(api, ids) == [f"{top}.In", f"{top}.In.Deep", f"{top}.Inner"]
