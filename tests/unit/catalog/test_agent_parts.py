"""Variables found in a prompt, and the hash of what an agent says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.catalog.agent_parts import merged_variables
from evalgen.catalog.agent_record import content_sha256
from evalgen.contract.agents import VariableWrite
from evalgen.generation.definition import AgentDefinition, Document, Tool, Variable


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("none", []),
        ("{{a}} {{ b }} {{a}}", ["a", "b"]),
        ("{{user.name}} {{x-y}} {{größe}}", ["größe", "user.name", "x-y"]),
        ("{{test_profile.name}} {a} {{}} {{ }} {{#if x}} {{a b}} {{1a}}", []),
    ],
)
def test_names_in_double_braces_are_variables(prompt: str, names: list[str]) -> None:
    assert [variable.name for variable in merged_variables([], None, prompt, [])] == names


def test_sent_variables_replace_those_there_and_a_used_one_stays() -> None:
    there = [Variable("kept", "old"), Variable("gone", "old")]
    merged = merged_variables(there, [VariableWrite(name="new", description="d")], "{{kept}}", [])
    assert merged == [Variable("kept"), Variable("new", "d")]
    assert merged_variables(there, None, "{{kept}}", []) == sorted(there, key=lambda one: one.name)


def test_ids_and_names_and_order_of_documents_do_not_count_in_what_an_agent_says() -> None:
    documents = (Document(2, "f.md", "x"), Document(3, "g.md", "y"))
    agent = AgentDefinition("n", "en", "d", (Tool(1, "t"),), (), documents)
    others = (Document(9, "h.md", "y"), Document(8, "f.md", "x"))
    assert content_sha256(agent) == content_sha256(replace(agent, tools=(Tool(8, "t"),), documents=others))
    for one in (Document(2, "f.csv", "x"), Document(2, "f.md", "z")):
        assert content_sha256(agent) != content_sha256(replace(agent, documents=(one, documents[1])))
    assert content_sha256(agent) != content_sha256(replace(agent, description="e"))
