"""What the authorizer makes of keys that are withdrawn or expire."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

import pytest

from evalgen.catalog.api_keys import list_keys, make_key, revoke_key
from tests.integration.api.client import FIRST, Api, load_function

DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def authorizer(api: Api) -> ModuleType:
    return load_function("authorizer")


def ask(authorizer: ModuleType, api_key: str) -> Any:
    arn = "arn:aws:execute-api:eu-west-1:1:api/v1/GET/test_framework/v1/personalities"
    return authorizer.lambda_handler({"headers": {"X-Cekura-Api-Key": api_key}, "methodArn": arn}, None)


def assert_in_force(authorizer: ModuleType, api_key: str) -> None:
    assert ask(authorizer, api_key)["context"] == {"project_id": str(FIRST)}


def assert_refused(authorizer: ModuleType, api_key: str) -> None:
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        ask(authorizer, api_key)


def test_two_keys_are_in_force_until_one_is_withdrawn(api: Api, authorizer: ModuleType) -> None:
    table = api.stores.table
    old, new = (make_key(table, time.time, FIRST, label) for label in ("old", "new"))
    assert_in_force(authorizer, old)
    assert_in_force(authorizer, new)
    listed = {key.label: key for key in list_keys(table, FIRST)}
    assert listed["old"].revoked_at == listed["old"].expires_at == ""
    revoke_key(table, time.time, FIRST, listed["old"].id)
    assert_refused(authorizer, old)
    assert_in_force(authorizer, new)
    assert {key.label: bool(key.revoked_at) for key in list_keys(table, FIRST)} == {
        "Local": False,
        "old": True,
        "new": False,
    }


def test_a_key_with_days_expires_after_them(api: Api, authorizer: ModuleType) -> None:
    table = api.stores.table
    running = make_key(table, time.time, FIRST, "running", days=30)
    over = make_key(table, lambda: time.time() - 31 * DAY, FIRST, "over", days=30)
    assert_in_force(authorizer, running)
    assert_refused(authorizer, over)
    expiring = {key.label: key.expires_at for key in list_keys(table, FIRST) if key.expires_at}
    assert expiring.keys() == {"running", "over"}
    assert expiring["over"] < expiring["running"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer {key}"},
        {"authorization": "bearer  {key} "},
        {"X-CEKURA-API-KEY": "{key}", "Authorization": "Bearer other"},
    ],
)
def test_a_key_may_come_as_a_bearer(api: Api, authorizer: ModuleType, headers: dict[str, str]) -> None:
    key = make_key(api.stores.table, time.time, FIRST, "bearer")
    sent = {name: value.format(key=key) for name, value in headers.items()}
    answer = authorizer.lambda_handler({"headers": sent, "methodArn": "a/b/c"}, None)
    assert answer["context"] == {"project_id": str(FIRST)}


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic {key}", "{key}"])
def test_what_is_no_bearer_is_refused(api: Api, authorizer: ModuleType, value: str) -> None:
    key = make_key(api.stores.table, time.time, FIRST, "no bearer")
    event = {"headers": {"Authorization": value.format(key=key)}, "methodArn": "a/b/c"}
    with pytest.raises(Exception, match=r"^Unauthorized$"):
        authorizer.lambda_handler(event, None)
