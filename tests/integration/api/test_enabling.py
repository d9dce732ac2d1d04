"""Personalities that a project has and does not use, through the real handlers."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.contract.answers import EnabledPersonality
from evalgen.storage import keys
from evalgen.storage.ports import Delete
from tests.integration.api.client import AGENTS, FIRST, SECOND, V1, Answer, Api
from tests.integration.api.test_generate import job_of

PERSONALITIES = f"{V1}/personalities"
PLAIN, NEXT = 1, 2
"""The first two plain voices of English, of which the first is its default."""


def project(action: str, number: int = FIRST) -> str:
    return f"/user/v1/projects/{number}/{action}_personalities"


def listed(api: Api, agent: int, **query: str) -> dict[int, bool]:
    answer = api.call("GET", f"{AGENTS}/{agent}/personalities", query={"page_size": "100", **query})
    assert answer.status == 200, answer.text
    return {one["id"]: one["enabled"] for one in answer.json["results"]}


def switch(api: Api, path: str, personalities: Any, **fields: Any) -> Answer:
    answer = api.call("POST", path, {"personalities": personalities, **fields})
    assert answer.status == 200, answer.text
    return answer


@pytest.fixture
def agent(api: Api) -> int:
    switch(api, project("enable"), "all")
    made: int = api.agent()["id"]
    return made


def default(api: Api, agent: int) -> int:
    (voice,) = job_of(api, {"agent_id": agent}).brief.personalities
    return voice.id


def test_all_are_enabled_and_listed_for_an_agent(api: Api, agent: int) -> None:
    answer = api.call("GET", f"{AGENTS}/{agent}/personalities/", query={"page_size": "3"}).json
    assert (len(answer["results"]), answer["next"] is not None) == (3, True)
    one = answer["results"][0]
    assert EnabledPersonality.model_validate(one).model_dump() == one
    everything = api.call("GET", PERSONALITIES).json
    assert listed(api, agent) == {voice["id"]: True for voice in everything}
    assert listed(api, agent, language="es").keys() < listed(api, agent).keys()


def test_a_disabled_voice_is_no_longer_chosen_and_may_still_be_named(api: Api, agent: int) -> None:
    assert default(api, agent) == PLAIN
    told = switch(api, f"{AGENTS}/{agent}/disable_personalities/", [PLAIN])
    assert told.json == {"message": "Personalities disabled: 1."}
    assert default(api, agent) == NEXT
    assert listed(api, agent)[PLAIN] is False
    assert PLAIN not in listed(api, agent, enabled_only="true")
    named = job_of(api, {"agent_id": agent, "personalities": [PLAIN]})
    assert [voice.id for voice in named.brief.personalities] == [PLAIN]
    again = switch(api, f"{AGENTS}/{agent}/enable_personalities", [PLAIN])
    assert all(one["enabled"] for one in again.json["results"])
    assert default(api, agent) == PLAIN


def test_all_of_a_language_are_disabled_at_once_and_others_stay(api: Api, agent: int) -> None:
    switch(api, project("disable"), "all", language="en")
    enabled = listed(api, agent, enabled_only="true")
    assert enabled
    assert enabled.keys().isdisjoint(listed(api, agent, language="en"))
    body = {"name": "New", "voice_model": "m", "background_noise": "off"}
    new = api.call("POST", PERSONALITIES, body).json["id"]
    assert default(api, agent) == new
    assert listed(api, agent, language="en")[PLAIN] is False


def refused(api: Api, agent: int) -> list[str]:
    answer = api.call("POST", f"{V1}/scenarios/generate-bg", {"agent_id": agent, "num_scenarios": 1})
    assert (answer.status, list(answer.json)) == (400, ["personalities"])
    told: list[str] = answer.json["personalities"]
    return told


def test_an_agent_whose_language_has_only_disabled_voices_gets_none_of_another_language(
    api: Api, agent: int
) -> None:
    switch(api, project("disable"), "all", language="en")
    assert refused(api, agent) == [
        "Required: no plain personality that speaks en is enabled; name or enable one."
    ]
    finnish = api.agent(language="fi")["id"]
    assert "speaks fi is enabled" in refused(api, finnish)[0]
    switch(api, project("enable"), [PLAIN])
    assert (default(api, agent), default(api, finnish)) == (PLAIN, PLAIN)
    switch(api, project("disable"), "all", language="es")
    assert "speaks es is enabled" in refused(api, api.agent(language="es")["id"])[0]


def test_without_any_enabled_voice_a_job_has_to_name_one(api: Api, agent: int) -> None:
    switch(api, project("disable"), "all")
    assert "speaks en is enabled" in refused(api, agent)[0]


def test_a_project_of_an_earlier_version_keeps_its_choice(api: Api, agent: int) -> None:
    api.stores.table.write(Delete(keys.defaults(FIRST)))
    assert listed(api, agent)[PLAIN] is True
    switch(api, project("disable"), [PLAIN])
    assert default(api, agent) == NEXT


def test_the_vendors_command_line_has_another_name_for_them(api: Api, agent: int) -> None:
    answer = api.call("POST", f"{AGENTS}/{agent}/disable_personalities", {"personality_ids": [NEXT]})
    assert (answer.status, "warnings" in answer.json) == (200, False)
    assert listed(api, agent)[NEXT] is False


@pytest.mark.parametrize(
    "personalities", [None, "some", 1, [True], ["1"], [99_999], [1, 99_999, 99_998], [1] * 1001]
)
def test_what_is_no_choice_of_personalities_is_named_and_changes_nothing(
    api: Api, agent: int, personalities: Any
) -> None:
    for path in (f"{AGENTS}/{agent}/disable_personalities", project("disable")):
        answer = api.call("POST", path, {"personalities": personalities})
        assert (answer.status, list(answer.json)) == (400, ["personalities"])
    assert all(listed(api, agent).values())
    assert list(api.call("POST", project("disable"), {}).json) == ["personalities"]


def test_what_one_project_disables_another_still_has(api: Api, agent: int) -> None:
    switch(api, project("disable"), "all")
    theirs = api.agent(SECOND)["id"]
    answer = api.call("GET", f"{AGENTS}/{theirs}/personalities", project=SECOND).json
    assert all(one["enabled"] for one in answer["results"])
    assert api.call("POST", project("disable", SECOND), {"personalities": "all"}).status == 404


def test_choices_made_at_once_are_all_kept(api: Api, agent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = api.module("catalog").catalog()._stores.table
    write, others = table.write, iter([NEXT])

    def racing(one: Any) -> Any:
        for other in others:
            switch(api, project("disable"), [other])
        return write(one)

    monkeypatch.setattr(table, "write", racing)
    switch(api, project("disable"), [PLAIN])
    assert [one for one, enabled in listed(api, agent).items() if not enabled] == [PLAIN, NEXT]
