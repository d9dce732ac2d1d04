"""Agents through the real handler: round trips, changes, and what is refused."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition
from evalgen.storage import keys
from evalgen.storage.kinds import AGENT
from evalgen.storage.typed_json import from_json
from tests.integration.api.client import AGENTS, FIRST, V1, Api

AGENT_KEYS = {
    "id", "name", "description", "project", "language", "telephony", "provider", "agent_speaks_first",
    "first_message", "knowledge_base_files", "enabled_personalities", "webhook_url",
    "webhook_secret_configured", "mock_tools", "mock_tools_enabled", "mock_tools_provider",
    "dynamic_variables", "created_at", "updated_at", "email_id",
}  # fmt: skip
FIND = {
    "name": "find_order",
    "description": "Finds an order.",
    "parameters": {"type": "object", "properties": {"id": {"$ref": "#/$defs/id"}}, "$defs": {"id": {}}},
    "freetext_params": ["note"],
    "mock_data": [{"input": {"id": "A1"}, "output": {"state": "sent"}}, {"input": {}, "output": None}],
}
KEY_PATTERNS: dict[str, Any] = {f"a{n}": {} for n in range(101)}


def document(name: str, data: bytes) -> dict[str, str]:
    return {"file_name": name, "content_base64": base64.b64encode(data).decode()}


def definition_of(api: Api, agent_id: int) -> AgentDefinition:
    item = api.stores.table.get(keys.entity(FIRST, AGENT, agent_id))
    assert item is not None
    data = api.stores.blobs.get(str(item["body_name"]))
    assert data is not None
    return from_json(AgentDefinition, data)


def refused(api: Api, **fields: Any) -> dict[str, list[str]]:
    before = api.call("GET", AGENTS).json["count"]
    answer = api.call("POST", AGENTS, {"name": "x", "description": "y", **fields})
    assert answer.status == 400, answer.text
    assert api.call("GET", AGENTS).json["count"] == before
    body: dict[str, list[str]] = answer.json
    return body


def test_an_agent_reads_back_as_it_was_created(api: Api) -> None:
    created = api.agent(
        name="Shop",
        language="de",
        description="Hello {{ customer_name }} and {{test_profile.x}}, {{order.id}}!",
        mock_tools=[FIND],
        dynamic_variables=[{"name": "plan", "description": "The tariff."}],
        knowledge_base_files=[document("faq.md", b"# FAQ")],
        telephony={
            "inbound": True,
            "phone_number": "+4930123",
            "sip_auth": {"username": "u", "password": "p"},
        },
        provider={"type": "vapi", "agent_id": "asst-1", "credentials": {"api_key": "secret-credential"}},
        webhook_secret="secret-hook",
        project=FIRST,
    )
    assert len(created.pop("warnings")) == 2
    assert set(created) == AGENT_KEYS
    assert api.call("GET", f"{AGENTS}/{created['id']}/").json == created
    (tool,) = created["mock_tools"]
    assert FIND.items() <= tool.items()
    assert tool["served_via"] == {"type": "direct", "url": ""}
    assert [(one["name"], one["description"]) for one in created["dynamic_variables"]] == [
        ("customer_name", ""),
        ("order.id", ""),
        ("plan", "The tariff."),
    ]
    ids = [created["id"], tool["id"], *(one["id"] for one in created["dynamic_variables"])]
    assert len(set(ids)) == len(ids)
    (file,) = created["knowledge_base_files"]
    assert (file["file_name"], file["file_type"], file["file_size"]) == ("faq.md", "text/markdown", 5)
    assert (created["telephony"]["inbound"], created["telephony"]["sip_auth"]) == (True, None)
    assert (created["provider"]["agent_id"], created["provider"]["credentials"]) == ("asst-1", None)
    assert created["webhook_secret_configured"] is True


def test_generation_reads_the_same_agent(api: Api) -> None:
    created = api.agent(mock_tools=[FIND], knowledge_base_files=[document("a.txt", b"\xef\xbb\xbfFact.")])
    definition = definition_of(api, created["id"])
    assert definition.tools[0].id == created["mock_tools"][0]["id"]
    assert definition.tools[0].parameters == FIND["parameters"]
    assert [(call.input, call.output) for call in definition.tools[0].mock_data] == [
        ({"id": "A1"}, {"state": "sent"}),
        ({}, None),
    ]
    assert [one.text for one in definition.documents] == ["Fact."]


def test_details_of_a_chat_that_say_nothing_are_answered_whole(api: Api) -> None:
    agent = api.agent(provider={"type": "vapi", "chat_agent_details": {}})
    assert agent["provider"]["chat_agent_details"] == {"type": "", "config": None}


def test_secrets_are_stored_nowhere(api: Api) -> None:
    provider = {
        "type": "vapi",
        "credentials": {"api_key": "s3cret"},
        "chat_agent_details": {"config": {"k": "s3cret"}},
    }
    agent = api.agent(provider=provider, webhook_secret="s3cret")
    item = api.stores.table.get(keys.entity(FIRST, AGENT, agent["id"]))
    assert item is not None
    blob = api.stores.blobs.get(str(item["body_name"]))
    assert blob is not None
    assert b"s3cret" not in blob + json.dumps(item).encode()


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({"description": ""}, {"description": ["Must not be blank."]}),
        ({"description": " \n"}, {"description": ["Must not be blank."]}),
        ({"description": None}, {"description": ["Must be a string; got null."]}),
        ({"language": "xx"}, None),
        ({"project": 2}, {"project": ["There is no project 2 for this key; leave the field out."]}),
        ({"mock_tools": [{"name": "a"}, {"name": "a"}]},
         {"mock_tools": ["[1].name: a is also the name of [0]; names must differ."]}),
        ({"mock_tools": [{"name": "ok"}, {"name": "no spaces"}]},
         {"mock_tools": [("[1].name: Must be 1 to 63 letters (a–z), digits, underscores and hyphens; "
                         'got "no spaces".')]}),
        ({"mock_tools": [{"description": "x"}]}, {"mock_tools": ["[0].name: Required for a new tool."]}),
        ({"mock_tools": [{"id": 1, "name": "a"}]}, {"mock_tools": ["[0].id: This agent has no tool 1."]}),
        ({"mock_tools": [{"name": "a", "mock_data": [{"input": 3, "output": 1}]}]},
         {"mock_tools": ["[0].mock_data[0].input: Must be an object; got 3."]}),
        ({"mock_tools": [{"name": "a", "mock_data": [{"input": {}}]}]},
         {"mock_tools": ["[0].mock_data[0].output: Required."]}),
        ({"mock_tools": [{"name": "a", "mock_data": {"input": {}}}]},
         {"mock_tools": ["[0].mock_data: Must be a list; got an object."]}),
        ({"mock_tools": [{"name": "a", "parameters": [1]}]},
         {"mock_tools": ["[0].parameters: Must be an object; got a list."]}),
        ({"mock_tools": [{"name": "a", "parameters": {"anyOf": [{"$ref": "http://a.test/s"}]}}]},
         {"mock_tools": ['[0].parameters: A $ref must point inside the schema, as #/…; got "http://a.test/s".']}),
        ({"mock_tools": [{"name": "a", "parameters": {"properties": {"c": {"pattern": "^(?=x)x$"}}}}]},
         {"mock_tools": [("[0].parameters: A pattern must be one that RE2 runs: look-around and references "
                          'back are not allowed; got "^(?=x)x$".')]}),
        ({"mock_tools": [{"name": "a", "parameters": {"patternProperties": {"[": {}}}}]},
         {"mock_tools": ['[0].parameters: A pattern must be one that RE2 runs: missing ]: [; got "[".']}),
        ({"mock_tools": [{"name": "a", "parameters": {"enum": [1] * 6000}}]},
         {"mock_tools": ["[0].parameters: Must have at most 5000 parts (every value counts); got 6002."]}),
        ({"mock_tools": [{"name": "a", "parameters": {"patternProperties": KEY_PATTERNS}}]},
         {"mock_tools": ["[0].parameters: Must have at most 100 patternProperties; got 101."]}),
        ({"mock_tools": [{"name": f"t{n}", "parameters": {"enum": [1] * 4000}} for n in range(6)]},
         {"mock_tools": [("Their parameters must have at most 20000 parts together (every value counts); "
                          "got 24012.")]}),
        ({"mock_tools": [{"name": "a", "served_via": {"type": "mcp"}}]},
         {"mock_tools": ["[0].served_via: mock_index is required when type is mcp."]}),
        ({"dynamic_variables": [{"name": "a"}, {"name": "a"}]},
         {"dynamic_variables": ["[1].name: a is also the name of [0]; names must differ."]}),
        ({"description": " ".join(f"{{{{v{n}}}}}" for n in range(201))},
         {"dynamic_variables": ["With those of the description there are 201; at most 200 are allowed."]}),
        ({"provider": {"configure_from_provider": True}}, None),
        ({"knowledge_base_files": [{"file_name": "a.txt"}]},
         {"knowledge_base_files": ["[0]: Must have an id, or file_name and content_base64."]}),
        ({"knowledge_base_files": [{"id": 7}]},
         {"knowledge_base_files": ["[0].id: This agent has no document 7."]}),
        ({"knowledge_base_files": [document("a.exe", b"x"), document("b.txt", b""), document("c.pdf", b"n")]},
         None),
    ],
)  # fmt: skip
def test_a_wrong_agent_is_refused_and_not_stored(
    api: Api, fields: dict[str, Any], texts: dict[str, list[str]] | None
) -> None:
    found = refused(api, **fields)
    assert found == texts if texts else list(found) == list(fields)


def test_an_agent_without_a_description_is_refused(api: Api) -> None:
    assert api.call("POST", AGENTS, {"name": "x"}).json == {"description": ["Required."]}


def test_all_lists_are_checked_in_one_answer(api: Api) -> None:
    found = refused(
        api,
        mock_tools=[{"id": 9}, {"description": "no name"}],
        dynamic_variables=[{"name": "a"}, {"name": "a"}],
        knowledge_base_files=[document("a.txt", b"\xff\xfe"), document("b.doc", b"x")],
    )
    assert {name: len(texts) for name, texts in found.items()} == {
        "mock_tools": 2,
        "dynamic_variables": 1,
        "knowledge_base_files": 2,
    }
    assert "a.txt" in found["knowledge_base_files"][0]


def test_a_long_prompt_works_and_one_over_the_limit_is_named(api: Api) -> None:
    prompt = "Sätze. " * 37_500
    agent = api.agent(description=prompt, mock_tools=[{**FIND, "name": f"tool_{n}"} for n in range(60)])
    assert api.call("GET", f"{AGENTS}/{agent['id']}").json["description"] == prompt
    for length in (400_001, 3_000_000):
        too_long = api.call("POST", AGENTS, {"description": "x" * length})
        assert (too_long.status, too_long.json) == (
            400,
            {"description": [f"Must have at most 400000 bytes as UTF-8; got {length}."]},
        )
    tools = [{**FIND, "name": f"tool_{n}", "description": "x" * 20_000} for n in range(60)]
    too_much = api.call("POST", AGENTS, {"description": "x", "mock_tools": tools})
    assert (too_much.status, list(too_much.json)) == (413, ["detail"])


def test_an_agent_does_not_grow_over_a_megabyte_by_one_change_after_another(api: Api) -> None:
    def tools(prefix: str) -> list[dict[str, Any]]:
        return [{**FIND, "name": f"{prefix}{n}", "description": "x" * 20_000} for n in range(30)]

    agent = api.agent(mock_tools=tools("a"))
    kept = [{"id": tool["id"]} for tool in agent["mock_tools"]]
    path = f"{AGENTS}/{agent['id']}"
    grown = api.call("PATCH", path, {"mock_tools": [*kept, *tools("b")]})
    assert (grown.status, list(grown.json)) == (413, ["detail"])
    assert len(api.call("GET", path).json["mock_tools"]) == 30


def test_three_megabytes_of_documents_are_allowed_and_no_more(api: Api) -> None:
    half = b"word " * 314_572
    agent = api.agent(knowledge_base_files=[document("a.txt", half), document("b.txt", half)])
    assert len(agent["knowledge_base_files"]) == 2
    over = [document("a.txt", half), document("b.txt", half + b"x" * 20)]
    assert api.call("POST", AGENTS, {"description": "x", "knowledge_base_files": over}).status == 413


def test_a_patch_changes_only_what_it_names(api: Api) -> None:
    agent = api.agent(name="Old", mock_tools=[FIND], telephony={"inbound": True, "phone_number": "+1"})
    answer = api.call(
        "PATCH", f"{AGENTS}/{agent['id']}", {"name": "New", "telephony": {"phone_number": "+2"}}
    )
    assert answer.status == 200
    changed = answer.json
    assert changed == {
        **agent,
        "name": "New",
        "telephony": {**agent["telephony"], "phone_number": "+2"},
        "updated_at": changed["updated_at"],
    }
    assert api.call("GET", f"{AGENTS}/{agent['id']}").json == changed


def test_a_patch_of_tools_is_the_full_list_and_keeps_the_ids_of_known_ones(api: Api) -> None:
    agent = api.agent(mock_tools=[FIND, {"name": "cancel"}, {"name": "pay"}])
    find, cancel, _ = agent["mock_tools"]
    wanted = [
        {"id": cancel["id"], "name": "cancel_order"},
        {"name": "find_order", "description": "New."},
        {"name": "go"},
    ]
    tools = api.call("PATCH", f"{AGENTS}/{agent['id']}", {"mock_tools": wanted}).json["mock_tools"]
    assert [tool["name"] for tool in tools] == ["cancel_order", "find_order", "go"]
    assert [tool["id"] for tool in tools[:2]] == [cancel["id"], find["id"]]
    assert (tools[1]["description"], tools[1]["mock_data"]) == ("New.", FIND["mock_data"])


def test_a_patch_of_documents_keeps_those_named_by_id(api: Api) -> None:
    agent = api.agent(knowledge_base_files=[document("a.txt", b"a"), document("b.txt", b"b")])
    kept = agent["knowledge_base_files"][1]
    files = api.call(
        "PATCH",
        f"{AGENTS}/{agent['id']}",
        {"knowledge_base_files": [{"id": kept["id"]}, document("c.txt", b"c")]},
    ).json["knowledge_base_files"]
    assert files[0] == kept
    assert [one.text for one in definition_of(api, agent["id"]).documents] == ["b", "c"]


def test_a_patch_of_the_description_adds_its_variables_and_keeps_ids(api: Api) -> None:
    agent = api.agent(description="{{a}}")
    changed = api.call("PATCH", f"{AGENTS}/{agent['id']}", {"description": "{{a}} {{b}}"}).json
    assert [one["name"] for one in changed["dynamic_variables"]] == ["a", "b"]
    assert changed["dynamic_variables"][0] == agent["dynamic_variables"][0]


def test_a_refused_patch_changes_nothing(api: Api) -> None:
    agent = api.agent()
    path = f"{AGENTS}/{agent['id']}"
    assert api.call("PATCH", path, {"name": "New", "mock_tools": [{"name": "no good"}]}).status == 400
    assert api.call("PATCH", path, {"description": ""}).status == 400
    assert api.call("GET", path).json == agent


def test_agents_are_listed_in_pages_and_found_by_name_or_id(api: Api) -> None:
    agents = [api.agent(name=f"Paged {n}") for n in range(5)]
    query = {"q": "paged", "page_size": "2", "page": "2"}
    page = api.call("GET", AGENTS, query=query).json
    assert page["count"] == 5
    assert page["results"] == agents[2:4]
    assert page["next"] == f"https://api.test{AGENTS}?q=paged&page_size=2&page=3"
    assert page["previous"] == f"https://api.test{AGENTS}?q=paged&page_size=2&page=1"
    assert api.call("GET", AGENTS, query={**query, "page": "3"}).json["next"] is None
    assert api.call("GET", AGENTS, query={**query, "page": "4"}).status == 404
    assert api.call("GET", AGENTS, query={"q": str(agents[3]["id"])}).json["results"] == [agents[3]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": "0"}, "page"),
        ({"page_size": "0"}, "page_size"),
        ({"page": "x"}, "page"),
        ({"project_id": "2"}, "project_id"),
    ],
)
def test_a_wrong_query_is_named(api: Api, query: dict[str, str], field: str) -> None:
    answer = api.call("GET", AGENTS, query=query)
    assert (answer.status, list(answer.json)) == (400, [field])


def test_a_page_that_no_answer_could_hold_asks_for_a_smaller_one(api: Api) -> None:
    for n in range(15):
        api.agent(name=f"Huge {n}", description="x" * 400_000)
    assert list(api.call("GET", AGENTS, query={"q": "huge"}).json) == ["page_size"]
    assert len(api.call("GET", AGENTS, query={"q": "huge", "page_size": "3"}).json["results"]) == 3


def test_a_deleted_agent_is_gone_and_its_provider_id_free(api: Api) -> None:
    agent = api.agent(provider={"agent_id": "asst-gone"})
    path = f"{AGENTS}/{agent['id']}"
    deleted = api.call("DELETE", path)
    assert (deleted.status, deleted.text) == (204, "")
    for method in ("GET", "DELETE"):
        assert api.call(method, path).status == 404
    assert api.call("PATCH", path, {"name": "x"}).status == 404
    body = {"num_scenarios": 1, "assistant_id": "asst-gone"}
    assert list(api.call("POST", f"{V1}/scenarios/generate-bg", body).json) == ["assistant_id"]


def test_nothing_of_what_an_agent_has_ever_said_outlives_it(api: Api) -> None:
    def body() -> str:
        item = api.stores.table.get(keys.entity(FIRST, AGENT, agent["id"]))
        assert item is not None
        return str(item["body_name"])

    agent, twin = (api.agent(description="The same prompt.") for _ in range(2))
    path = f"{AGENTS}/{agent['id']}"
    names = [body()]
    for text in ("Another.", "A third.", "Another."):
        assert api.call("PATCH", path, {"name": "Desk", "description": text}).status == 200
        names.append(body())
    assert len(set(names)) == 3
    assert all(api.stores.blobs.get(name) for name in names)
    assert api.call("DELETE", path).status == 204
    assert not any(api.stores.blobs.get(name) for name in names)
    assert api.call("GET", f"{AGENTS}/{twin['id']}").json["description"] == "The same prompt."


def test_so_many_earlier_definitions_are_kept_and_no_more(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalgen.catalog.agent_versions.KEPT", 3)
    agent = api.agent()["id"]
    names = []
    for number in range(5):
        assert api.call("PATCH", f"{AGENTS}/{agent}", {"description": f"Prompt {number}."}).status == 200
        item = api.stores.table.get(keys.entity(FIRST, AGENT, agent))
        assert item is not None
        names.append(str(item["body_name"]))
    assert [api.stores.blobs.get(name) is not None for name in names] == [False, False, True, True, True]


def test_the_newest_agent_with_a_provider_id_is_the_one_that_it_names(api: Api) -> None:
    first, second = (api.agent(provider={"agent_id": "asst-twice"}) for _ in range(2))
    api.call("DELETE", f"{AGENTS}/{first['id']}")
    body = {"num_scenarios": 1, "assistant_id": "asst-twice"}
    assert api.call("POST", f"{V1}/scenarios/generate-bg", body).status == 200
    api.call("PATCH", f"{AGENTS}/{second['id']}", {"provider": {"agent_id": None}})
    assert api.call("POST", f"{V1}/scenarios/generate-bg", body).status == 400


def test_an_agent_comes_as_a_form_with_json_in_its_lists(api: Api) -> None:
    body = f"name=F&description=x&mock_tools={json.dumps([FIND])}&telephony={{}}&webhook_url=".replace(
        "+", "%2B"
    )
    answer = api.call(
        "POST", AGENTS, body.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status == 201, answer.text
    assert answer.json["mock_tools"][0]["mock_data"] == FIND["mock_data"]
