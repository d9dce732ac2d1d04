"""Folders and inbound phone numbers through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.client import FIRST, SECOND, V1, Api
from tests.integration.api.test_scenarios import draft, generated

FOLDERS = f"{V1}/scenarios/folders"
CREATE = f"{V1}/scenarios/create_folder"
NUMBERS = f"{V1}/phone-numbers/inbound"


def paths(api: Api, **query: str) -> list[str]:
    return [folder["path"] for folder in api.call("GET", FOLDERS, query=query).json["results"]]


def test_folders_are_made_below_each_other_and_listed_by_path(api: Api) -> None:
    body: dict[str, Any] = {"name": "Sales", "project_id": FIRST}
    made = api.call("POST", f"{CREATE}/", body)
    assert (made.status, made.json["path"]) == (201, "Sales")
    assert made.json.keys() == {"name", "path", "created_at", "updated_at"}
    for parent, name in (("Sales", "Inbound"), ("Sales.Inbound", "VIP"), ("", "Care")):
        assert api.call("POST", CREATE, {"name": name, "parent_path": parent}).status == 201
    assert paths(api) == ["Care", "Sales", "Sales.Inbound", "Sales.Inbound.VIP"]
    assert paths(api, parent_path="Sales") == ["Sales.Inbound"]
    assert paths(api, parent_path="") == ["Care", "Sales"]
    assert paths(api, search="vi") == ["Sales.Inbound.VIP"]
    assert paths(api, page_size="2", page="2") == ["Sales.Inbound", "Sales.Inbound.VIP"]
    assert paths(api, agent_id=str(api.agent()["id"]), project_id=str(FIRST)) == paths(api)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "a.b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "x", "parent_path": "no.such"}, "parent_path"),
        ({"name": "x", "project_id": SECOND}, "project_id"),
        ({"name": "TAKEN"}, "name"),
    ],
)
def test_a_wrong_folder_is_named(api: Api, body: dict[str, Any], field: str) -> None:
    api.call("POST", CREATE, {"name": "Taken"})
    refused = api.call("POST", CREATE, body)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_the_path_of_folders_has_an_end(api: Api) -> None:
    parent = ""
    for number in range(20):
        made = api.call("POST", CREATE, {"name": f"{number:>02}" + "y" * 90, "parent_path": parent})
        if made.status == 400:
            break
        parent = made.json["path"]
    assert made.json == {"name": ["The path would have more than 1000 characters."]}


@pytest.mark.parametrize("query", [{"agent_id": "99999"}, {"assistant_id": "none"}, {"project_id": "2"}])
def test_folders_of_what_is_not_there_are_refused(api: Api, query: dict[str, str]) -> None:
    refused = api.call("GET", FOLDERS, query=query)
    assert (refused.status, list(refused.json)) == (400, list(query))


def test_a_number_is_added_used_and_removed(api: Api) -> None:
    made = api.call("POST", NUMBERS, {"number": "+4930123456", "phone_number_id": "pn-1"})
    assert made.status == 201
    other = api.call("POST", f"{NUMBERS}/", {"number": "116117"}).json
    assert other["phone_number_id"] == "116117"
    assert api.call("GET", NUMBERS).json == [made.json, other]
    (one,) = generated(api, draft("Number"), inbound_phone_number=made.json["id"])
    assert api.call("DELETE", f"{NUMBERS}/{made.json['id']}").status == 204
    assert api.call("DELETE", f"{NUMBERS}/{made.json['id']}").status == 404
    assert api.call("GET", f"{V1}/scenarios/{one}").json["inbound_phone_number_data"] == made.json


@pytest.mark.parametrize("number", ["", "12", "+", "a123", "+123456789012345", "1 23"])
def test_a_wrong_number_is_named(api: Api, number: str) -> None:
    refused = api.call("POST", NUMBERS, {"number": number})
    assert (refused.status, list(refused.json)) == (400, ["number"])
