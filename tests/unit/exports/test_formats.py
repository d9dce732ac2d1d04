"""What every format has in common, and what each does of its own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from evalgen.errors import InvalidRequest
from evalgen.exports.exported import MAX_KEY, keys_of
from evalgen.exports.formats import FORMATS, FormatName, lost_by_key
from evalgen.exports.parts import Part, parts_of
from tests.unit.exports.sample import exported, scenario

TEXTS = [name for name in FORMATS if name != "xlsx"]


def written(name: FormatName, *scenarios: dict[str, Any]) -> str:
    return FORMATS[name].file(exported(*scenarios)).decode("utf-8-sig")


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_has_what_the_caller_does_what_is_asserted_and_the_key(name: FormatName) -> None:
    text = written(name)
    for said in ("Ask to cancel a visit when greeted", "visit is cancelled", "done:cancel/1a2b"):
        assert said in text


@pytest.mark.parametrize("name", ["retell", "deepeval", "pytest", "markdown"])
def test_placeholders_are_filled_in_where_nobody_else_would(name: FormatName) -> None:
    text = written(name)
    assert "{{test_profile" not in text
    assert "Ana Lee" in text


def test_placeholders_stay_in_a_suite_whose_runner_fills_them_in() -> None:
    (one,) = json.loads(written("suite"))["scenarios"]
    assert "{{test_profile.phone}}" in one["instructions"]
    assert one["test_profile"]["caller_variables"] == {"phone": "613", "full_name": "Ana Lee"}


def test_the_key_of_a_test_stays_and_those_that_test_the_same_are_numbered() -> None:
    same, long = scenario(), scenario(key="k" * 200)
    other = scenario(key="k" * 199 + "j")
    keys = keys_of([same, long, same, other, scenario(key="")])
    assert (keys[0], keys[2], keys[4]) == ("done:cancel/1a2b", "done:cancel/1a2b-2", "scenario-7")
    assert len(set(keys)) == 5
    assert max(map(len, keys)) <= MAX_KEY
    assert keys_of([long]) == keys[1:2]


def test_a_given_outcome_is_asserted_beside_the_assertions() -> None:
    (case,) = json.loads(written("retell", scenario(expected_outcome_prompt="Be kind.")))
    assert case["metrics"] == ["The main agent should state that Ana Lee's visit is cancelled.", "Be kind."]


def test_no_call_of_a_retell_test_reaches_a_real_tool() -> None:
    (case,) = json.loads(written("retell"))
    mocks = case["tool_mocks"]
    assert [(one["tool_name"], one["input_match_rule"]["type"]) for one in mocks] == [
        ("find", "partial_match"),
        ("cancel", "partial_match"),
        ("find", "any"),
        ("cancel", "any"),
    ]
    assert mocks[1]["input_match_rule"]["args"] == {"id": "p1"}  # the reason is the agent's own words
    assert json.loads(mocks[1]["output"]) == {"ok": True}


@pytest.mark.parametrize(
    ("target", "engine"),
    [
        ("llm_1", {"type": "retell-llm", "llm_id": "llm_1"}),
        ("conversation_flow_2", {"type": "conversation-flow", "conversation_flow_id": "conversation_flow_2"}),
    ],
)
def test_a_retell_test_names_the_agent_that_it_is_for(target: str, engine: dict[str, str]) -> None:
    (case,) = json.loads(FORMATS["retell"].file(replace(exported(), target=target)))
    assert case["response_engine"] == engine


def test_what_an_agent_says_in_braces_is_no_template_of_promptfoo() -> None:
    said = scenario(expected_outcome_prompt="Say {{ hello }}.", assertions=[])
    (test,) = json.loads(written("promptfoo", said))["tests"]
    assert test["assert"][0]["value"] == "{% raw %}Say {{ hello }}.{% endraw %}"
    assert test["vars"]["today"] == "2026-11-28"
    assert test["metadata"]["expected_calls"][0]["tool"] == "find"


def test_markdown_shows_marks_as_they_are() -> None:
    text = written("markdown", scenario(name="# <b> *x*"))
    assert r"## 1. \# \<b\> \*x\*" in text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_with_what_a_spreadsheet_takes_for_a_formula(first: str) -> None:
    data = FORMATS["csv"].file(exported(scenario(name=f"{first}1+1", first_message="Señor")))
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["name"], row["first_message"]) == (f"'{first}1+1", "Señor")


def test_a_workbook_has_a_header_that_stays_a_filter_and_wrapped_prose() -> None:
    data = FORMATS["xlsx"].file(exported(scenario(), scenario(name="=1+1")))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    names = [cell.value for cell in sheet[1]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{sheet.cell(3, len(names)).coordinate}")
    assert sheet["A1"].font.bold
    steps = sheet.cell(2, names.index("instructions") + 1)
    assert steps.alignment.wrap_text
    assert sheet.column_dimensions[steps.column_letter].width > 60
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")


def test_a_workbook_counts_characters_as_spreadsheets_do() -> None:
    """An emoji is two; beyond the limit the library would cut the text and say nothing."""
    fits, wide = "\N{SLIGHTLY SMILING FACE}" * 16_383, "\N{SLIGHTLY SMILING FACE}" * 16_384
    FORMATS["xlsx"].file(exported(scenario(name=fits)))
    with pytest.raises(InvalidRequest, match="32768 characters in name"):
        FORMATS["xlsx"].file(exported(scenario(name=wide)))


def test_what_a_format_has_no_place_for_is_said_of_each_scenario_that_has_it() -> None:
    bare = scenario(
        key="bare", generated_mock_tool_entries=[], expected_calls=[], forbidden_calls=[], assertions=[]
    )
    assert lost_by_key("suite", exported(scenario(tags=["t"] * 33), bare)) == {
        "done:cancel/1a2b": [
            Part.MOCKS, Part.EXPECTED_CALLS, Part.FORBIDDEN_CALLS, Part.GROUNDS, Part.MORE_TAGS
        ]
    }  # fmt: skip
    assert Part.EXPECTED_CALLS in lost_by_key("retell", exported())["done:cancel/1a2b"]
    assert lost_by_key("csv", exported()) == {}


def test_every_part_of_a_scenario_is_known() -> None:
    full = scenario(
        folder_path="x", conditional_actions={"role": "r"}, first_message="Hello", tags=["t"] * 33
    )
    assert parts_of(full) == set(Part)
    assert all(not one.holds & one.keeps for one in FORMATS.values())
