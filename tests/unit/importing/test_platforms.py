"""Agents of other platforms: what becomes of their files."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evalgen.importing.imported import Imported
from evalgen.importing.reading import imported
from evalgen.importing.source import BadInput, SourceFile
from evalgen_cli.agents import definition_of, read_agent
from tests.conftest import ROOT

PLATFORMS = ROOT / "tests" / "platforms"
WHOLE = ("vapi", "retell-llm", "retell-flow", "elevenlabs")


def read(name: str) -> Imported:
    return read_agent([PLATFORMS / name])


def tools(found: Imported) -> dict[str, Any]:
    return {tool["name"]: tool for tool in found.agent["mock_tools"]}


def variables(found: Imported) -> dict[str, str]:
    return {one["name"]: one["description"] for one in found.agent["dynamic_variables"]}


def said(found: Imported) -> str:
    return "\n".join(map(str, found.notes))


def from_value(value: Any) -> Imported:
    return imported([SourceFile("agent.json", json.dumps(value).encode())])


def value_of(name: str) -> Any:
    return json.loads((PLATFORMS / f"{name}.json").read_text())


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("vapi.json", "Vapi assistant"),
        ("retell-llm.json", "Retell LLM"),
        ("retell-flow.json", "Retell conversation flow"),
        ("elevenlabs.json", "ElevenLabs agent"),
        ("openai", "prompt and OpenAI functions"),
        ("mcp", "prompt and MCP tools"),
    ],
)
def test_each_is_recognised_by_its_content_and_can_be_generated_for(name: str, format_: str) -> None:
    found = read(name)
    assert found.format == format_
    definition = definition_of(found.agent)
    assert definition.tools
    assert "{{" not in definition.name


def test_vapi_keeps_its_tools_words_and_variables() -> None:
    found = read("vapi.json")
    assert found.agent["first_message"].startswith("Hi {{ customer.first_name | default")
    assert found.agent["agent_speaks_first"] is True
    assert found.agent["language"] == "en"
    assert found.agent["provider"]["agent_id"] == "6f0c1b4e-2f0a-4c39-9f5e-0f3c5c1f7a10"
    names = "find_owner list_slots book_visit list_visits cancel_visit transferCall endCall"
    assert list(tools(found)) == names.split()
    assert tools(found)["list_visits"]["parameters"]["required"] == ["owner_id"]
    transfer = tools(found)["transferCall"]
    assert transfer["parameters"]["properties"]["destination"]["enum"] == ["+13035550142", "+13035550177"]
    assert "questions about a bill" in transfer["description"]
    prompt = found.agent["description"]
    assert "Today is {{current_date}}." in prompt
    assert 'say: "This is Pinewood Vets. Please call us back."' in prompt
    assert '"goodbye", "bye for now"' in prompt
    assert variables(found) == {
        "current_date": "The platform fills in the time of the call as %A, %B %d, %Y, America/Denver.",
        "customer.first_name": "Where it is absent: there.",
    }


def test_what_has_no_home_is_said_with_line_and_place() -> None:
    notes = read("vapi.json").notes
    lines = (PLATFORMS / "vapi.json").read_text().splitlines()
    (lost,) = (str(note) for note in notes if "toolIds" in note.where)
    number = next(n for n, line in enumerate(lines, 1) if "toolIds" in line)
    assert f"vapi.json, line {number}, model.toolIds: tools that are named by their ids alone" in lost
    (minor,) = (note for note in notes if note.minor)
    assert "voice (line" in minor.text
    assert "orgId" not in minor.text


def test_retell_states_are_read_from_the_first_one_on_with_their_edges() -> None:
    found = read("retell-llm.json")
    assert found.agent["name"] == "Riverside Tennis Club"
    prompt = found.agent["description"]
    assert prompt.index("## State: identify") < prompt.index("## State: courts")
    edge = "- The member has been found and wants to book a court (with member_id): Go to courts."
    assert edge in prompt
    names = {"end_call", "transfer_to_office", "find_courts", "book_court", "find_member"}
    assert set(tools(found)) == names
    assert "To +12125550161." in tools(found)["transfer_to_office"]["description"]
    assert variables(found) == {
        "current_time_America/New_York": "The time of the call in America/New_York.",
        "first_name": "For example Jordan.",
        "club_level": "For example gold.",
    }
    assert "note_level notes variables within the platform" in said(found)


def test_a_retell_llm_is_the_same_without_the_export_around_it() -> None:
    inner = from_value(value_of("retell-llm")["retellLlmData"])
    whole = read("retell-llm.json")
    assert inner.agent["description"] == whole.agent["description"]
    assert inner.agent["mock_tools"] == whole.agent["mock_tools"]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"start_speaker": "user"}, False),
        ({"start_speaker": None, "begin_message": ""}, False),
        ({"start_speaker": None, "begin_message": None}, True),
        ({"start_speaker": None}, True),
    ],
)
def test_who_speaks_first_at_retell(changes: dict[str, Any], first: bool) -> None:
    value = value_of("retell-llm")["retellLlmData"]
    assert from_value({**value, **changes}).agent["agent_speaks_first"] is first


def test_a_vapi_assistant_that_waits_does_not_open_the_call() -> None:
    found = from_value({**value_of("vapi"), "firstMessageMode": "assistant-waits-for-user"})
    assert found.agent["agent_speaks_first"] is False


def test_a_retell_flow_becomes_sections_in_the_order_of_a_call() -> None:
    found = read("retell-flow.json")
    prompt = found.agent["description"]
    sections = [line.removeprefix("## Step: ") for line in prompt.splitlines() if line.startswith("## ")]
    assert sections[0] == "Welcome"
    assert set(sections) == {
        "Welcome", "Put through", "Ask for the ticket", "Look it up", "Tell the status", "Goodbye",
    }  # fmt: skip
    for line in (
        "Call find_repair.",
        "This applies at any time: The caller asks for a person.",
        "Transfer the call to +441135550123.",
        "- If the transfer fails: Go to Goodbye.",
        "- If {{shop_city}} is York: Go to Goodbye.",
        "- Otherwise: Go to Ask for the ticket.",
        "End the call.",
    ):
        assert line in prompt.splitlines()
    assert found.agent["first_message"] == "Copper Kettle Repairs, how can I help?"
    assert set(tools(found)) == {"find_repair", "transfer_call", "end_call"}
    assert "finetune_transition_examples" in said(found)


def test_an_elevenlabs_webhook_asks_for_what_the_model_fills() -> None:
    found = read("elevenlabs.json")
    assert tools(found)["find_gardener"]["parameters"] == {
        "type": "object",
        "properties": {"phone": {"type": "string", "description": "The phone number, ten digits."}},
        "required": ["phone"],
    }
    assert set(tools(found)["rent_plot"]["parameters"]["properties"]) == {"gardener_id", "plot_id"}
    assert (
        "+14155550119: The caller has hurt themselves." in tools(found)["transfer_to_number"]["description"]
    )
    assert "language_detection" not in tools(found)
    assert variables(found)["member_name"] == "For example Robin."
    assert variables(found)["system__caller_id"] == "The phone number of the caller."
    assert "house-rules.pdf" not in str(found.agent)
    assert "documents are not in this file" in said(found)


def test_an_elevenlabs_workflow_is_written_down() -> None:
    value = value_of("elevenlabs")
    value["workflow"]["nodes"] |= {
        "n1": {"type": "override_agent", "label": "Plots", "additional_prompt": "Ask which plot."},
        "n2": {"type": "end"},
    }
    value["workflow"]["edges"] = {
        "e1": {"source": "start_node", "target": "n1", "forward_condition": {"type": "unconditional"}},
        "e2": {
            "source": "n1",
            "target": "n2",
            "forward_condition": {"type": "llm", "condition": "The caller has no further question"},
        },
    }
    prompt = from_value(value).agent["description"]
    assert "## Step: Plots\nAsk which plot.\n- The caller has no further question: Go to end n2." in prompt


def test_single_braces_are_variables_where_there_are_no_others() -> None:
    found = read("openai")
    assert "{{caller_number}}" in found.agent["description"]
    both = imported([SourceFile("prompt.txt", b"You serve {{name}}. Answer as {json}.")])
    assert both.agent["description"] == "You serve {{name}}. Answer as {json}."


def test_a_tool_that_is_called_otherwise_here_is_so_in_the_prompt() -> None:
    found = read("mcp")
    assert set(tools(found)) == {"cabs_order"}
    assert "call cabs_order" in found.agent["description"]
    assert "cabs.order is called cabs_order here" in said(found)


def test_mock_data_beside_a_platforms_file_count_for_its_tools(tmp_path: Path) -> None:
    call = {"input": {"ticket_number": "CK10001"}, "output": {"status": "ready"}}
    mocks = json.dumps([{"name": "find_repair", "mock_data": [call]}])
    (tmp_path / "flow.json").write_bytes((PLATFORMS / "retell-flow.json").read_bytes())
    (tmp_path / "mock-tools.json").write_text(mocks)
    tool = tools(read_agent([tmp_path]))["find_repair"]
    assert tool["mock_data"] == [call]
    assert tool["parameters"]["required"] == ["ticket_number"]


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from places(inner, (*place, step))
        else:
            yield (*place, step)


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_is_wrong_in_a_file_is_told_and_never_breaks(name: str) -> None:
    value = value_of(name)
    told = []
    for place in places(value):
        for wrong in (None, 7, "x", [3], {"a": [None]}):
            broken = copy.deepcopy(value)
            if place:
                inner = broken
                for step in place[:-1]:
                    inner = inner[step]
                inner[place[-1]] = wrong
            else:
                broken = wrong
            try:
                from_value(broken)
            except BadInput as error:
                told.append(str(error))
    assert len(told) > 20
    assert all("agent.json" in text or ": Must" in text for text in told)


@pytest.mark.parametrize(
    ("language", "code"), [("en-US", "en"), ("es_419", "es"), (["en-US", "es-ES"], "multi"), ("tlh", "en")]
)
def test_languages_are_ours_or_told(language: Any, code: str) -> None:
    found = from_value({**value_of("retell-llm"), "language": language})
    assert found.agent["language"] == code
    assert ("language: a language that is not known here" in said(found)) is (language == "tlh")


def test_a_prompt_of_placeholders_that_nothing_closes_is_read_at_once() -> None:
    """Each would else be looked for the end of through all the others: hours."""
    prompt = "You sell." + "{{now|date:'" * 15_000 + "{{a|'" * 15_000
    found = from_value({**value_of("vapi"), "model": {"systemPrompt": prompt}})
    assert found.agent["description"].startswith(prompt)
