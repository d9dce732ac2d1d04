"""Files that are no agent, or only just one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalgen.importing.reading import imported
from evalgen.importing.source import BadInput, SourceFile, read_json
from evalgen_cli.agents import read_agent

PROMPT = "You answer the phone of a bicycle shop."
TYPES = "JSON schema's types (string, number, integer, boolean, object, array, null)"


def refused(files: dict[str, bytes]) -> str:
    with pytest.raises(BadInput) as error:
        imported([SourceFile(name, data) for name, data in files.items()])
    return str(error.value)


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no agent's prompt in nothing"),
        ({"t.json": b"[]"}, "no agent's prompt in t.json: put it beside the others into"),
        (
            {"a.json": b'{"a": 1}'},
            "a.json: JSON in no format that is read here (an object with a):\nnot a Vapi assistant: that has",
        ),
        ({"a.json": b'{\n"a": 1,}'}, "a.json: Not valid JSON at line 2"),
        ({"p.txt": b"ok\nna\xefve"}, "p.txt, line 2: not UTF-8 text"),
        ({"p.docx": b"PK\x03\x04\0\0"}, "p.docx: neither text nor JSON"),
        ({"p.txt": b"a\0b"}, "not a text"),
        ({"p.txt": b" "}, "p.txt, description: Must not be blank"),
        ({"a.txt": b"a", "b.txt": b"b"}, "a.txt, b.txt: only one can be the prompt"),
        ({"p.txt": b"a", "t.json": b'[{"parameters": {}}]'}, "t.json, line 1, [0]: no tool; write"),
        (
            {"p.txt": b"a", "t.json": b'[{"name": "f",\n "parameters": []}]'},
            "t.json, line 2, [0].parameters: Must be an object",
        ),
        (
            {"p.txt": b"a", "t.json": b'[{"name": "f",\n "parameters": {"pattern": "(?=a)"}}]'},
            "t.json, line 2, [0].parameters: A pattern must be one that RE2 runs",
        ),
        (
            {"p.txt": b"a", "agent.json": b'{"name": "x",\n "language": "en-US"}'},
            "agent.json, line 2, language: Must be one of af",
        ),
        ({"p.txt": b"a", "agent.json": b'{"name": 5, "language": "en"}'}, "name: Must be a string"),
        ({"v.json": b'{"model": {"messages": []}}'}, "no message of the role system"),
        (
            {"v.json": b'{"model": {"messages":\n [{"content": "x"}]}}'},
            "line 2, model.messages[0].role: Required.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(files: dict[str, bytes], said: str) -> None:
    assert said in refused(files)


def test_a_prompt_beside_an_agent_that_has_one_is_not_used_and_that_is_told() -> None:
    vapi = b'{"model": {"messages": [{"role": "system", "content": "You sell bikes."}]}}'
    found = imported([SourceFile("v.json", vapi), SourceFile("prompt.txt", b"You sell cars.")])
    assert found.agent["description"] == "You sell bikes."
    assert [str(note) for note in found.notes] == ["prompt.txt: not used: the Vapi assistant has a prompt"]


def test_two_agents_at_once_are_none() -> None:
    vapi = b'{"model": {"messages": [{"role": "system", "content": "x"}]}}'
    assert "each is an agent; give one of them" in refused({"a.json": vapi, "b.json": vapi})


@pytest.mark.parametrize(
    "files",
    [
        {"system-prompt.txt": b"\xef\xbb\xbf" + PROMPT.encode()},
        {"system-prompt.txt": PROMPT.encode(), ".DS_Store": b"\0\0\0\1", "deeper/x.bin": b"\0"},
        {"system-prompt.txt": PROMPT.encode(), "notes.txt": b"x", "README.md": b"# x"},
        {"prompt": PROMPT.encode()},
        {"shop.md": PROMPT.encode(), "tools.json": b"\xef\xbb\xbf[]"},
    ],
)
def test_what_lies_about_in_folders_does_no_harm(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert read_agent([folder(tmp_path / "shop", files)]).agent["description"] == PROMPT


def test_a_folders_parts_are_its_agents(tmp_path: Path) -> None:
    files = {
        "system-prompt.txt": PROMPT.encode(),
        "first-message.txt": b"Hello?\n",
        "knowledge/prices.md": b"A lamp costs 12 euros.",
        "agent.json": b'{"language": "en", "dynamic_variables": [{"name": "today"}], "extra": 1}',
    }
    agent = read_agent([folder(tmp_path / "shop", files)]).agent
    assert agent["name"] == "shop"
    assert agent["first_message"] == "Hello?"
    assert [file["file_name"] for file in agent["knowledge_base_files"]] == ["prices.md"]
    assert "extra" not in agent


def test_what_the_api_warns_of_is_told_with_the_file_that_says_it(tmp_path: Path) -> None:
    calls = b"""{"input": {"dat": "2027-03-01"}, "output": 1},
     {"input": {"date": "2027-03-01"}, "output": 1},
     {"input": {"date": "2027-03-01"}, "output": 2}"""
    schema = b'{"type": "OBJECT", "properties": {"date": {}}}'
    files = {
        "system-prompt.txt": PROMPT.encode(),
        "agent.json": b'{"language": "en",\n "dynamic_variabels": [],\n "owner": "Ana"}',
        "mock-tools.json": b'[{"name": "free", "mocks": [],\n "mock_data": [' + calls + b"]}]",
        "tool-definitions.json": b'[{"name": "free",\n "inputSchema": ' + schema + b"}]",
    }
    found = read_agent([folder(tmp_path / "shop", files)])
    ignored = "has no such field; it was ignored."
    told = [str(note).removeprefix(f"{tmp_path}/shop/") for note in found.notes]
    assert told == [
        f"agent.json, line 2, dynamic_variabels: An agent {ignored} Is dynamic_variables meant?",
        f"agent.json, line 3, owner: An agent {ignored}",
        f"mock-tools.json, line 1, [0].mocks: A tool {ignored}",
        f'tool-definitions.json, line 1, [0].parameters.type: "OBJECT" is none of {TYPES}.',
        "mock-tools.json, line 2, [0].mock_data[0].input.dat: free has no parameter dat; is date meant?",
        "mock-tools.json, line 4, [0].mock_data[2]: Has the input of [1] and another output.",
    ]
    assert [note.minor for note in found.notes] == [False, True, True, False, False, False]


def test_a_prompt_alone_is_an_agent(tmp_path: Path) -> None:
    path = folder(tmp_path, {"shop.txt": PROMPT.encode()}) / "shop.txt"
    assert read_agent([path]).agent["name"] == "shop"


def test_lines_of_json_are_those_of_the_file() -> None:
    text = b'\xef\xbb\xbf{"a": [1,\n {"b:{": {}, "c":\n [[], "x\\"]"]}],\n\n "d": null}'
    source = read_json(SourceFile("x.json", text))
    places = [(), ("a", 0), ("a", 1, "b:{"), ("a", 1, "c", 1), ("d",), ("d", "inside")]
    assert [source.line(place) for place in places] == [1, 1, 2, 3, 5, 5]
    assert source.at(("a", 1, "c")) == "x.json, line 3, a[1].c"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"model": {"messages": [' + "{}," * 60_000 + "{}]}}", "an agent has at most 50000 values; got 60"),
        ('{"tools": [' + "{}," * 60_000 + "{}]}", "tools: at most 200 tools are allowed; got 60001"),
        ("[" + "{}," * 60_000 + "{}]", "at most 200 tools are allowed; got 60001"),
        (
            '{"description": "x", "mock_tools": [' + "1," * 300 + "1]}",
            "at most 200 tools are allowed; got 301",
        ),
    ],
)
def test_what_is_larger_than_any_agent_is_refused_before_it_is_looked_at(content: str, said: str) -> None:
    problems = refused({"a.json": content.encode()})
    assert said in problems
    assert len(problems) < 200


def test_a_place_behind_very_many_values_has_the_line_of_what_is_around_it() -> None:
    source = read_json(SourceFile("x.json", b'{"a":\n[' + b"1," * 200_000 + b'1],\n"b": 1}'))
    assert (source.line(("a", 5)), source.line(("a", 199_999)), source.line(("b",))) == (2, 2, 1)
