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


def test_ids_do_not_count_in_what_an_agent_says() -> None:
    agent = AgentDefinition("n", "en", "d", (Tool(1, "t"),), (), (Document(2, "f", "x"),))
    same = replace(agent, tools=(Tool(8, "t"),), documents=(Document(9, "f", "x"),))
    assert content_sha256(agent) == content_sha256(same)
    assert content_sha256(agent) != content_sha256(replace(agent, description="e"))
