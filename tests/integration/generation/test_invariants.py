"""What holds for every scenario of every agent, checked by other means than the generator's own."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import fastjsonschema
import pytest

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.draft import Draft
from evalgen.generation.values import leaves
from evalgen.reading.model import read_agent
from evalgen.reading.tools import outcome_of
from tests.agents_on_disk import FOLDERS
from tests.integration.generation.kit import (
    PLACEHOLDER,
    Job,
    job_of,
    likeness,
    references_in,
    runs_of,
    steps_of,
)

SIZES = {**dict.fromkeys(FOLDERS, 20), "roadside (100)": 100, "retail_policy (100)": 100}
IDENTITY = re.compile(r"name$|nombre|phone|telefono|mail|birth|nacim|(?:^|_)(?:id|number)$")
FILLER = re.compile(
    r"(?:listen|wait|be (?:polite|patient)|respond|thank|say goodbye|(?:politely )?(?:end|hang up)"
    r"|let the agent)(?: carefully| to the agent| for the agent(?: to \w+)?| until \w+ \w+| (?:the )?call"
    r"| naturally| accordingly| the agent| politely| appropriately)*\.?",
    re.IGNORECASE,
)


@pytest.fixture(params=SIZES, scope="module")
def job(request: pytest.FixtureRequest) -> Job:
    return job_of(str(request.param).partition(" ")[0], SIZES[request.param])


def test_every_slot_is_filled(job: Job, request: pytest.FixtureRequest) -> None:
    assert (len(job.drafts), job.planned.shortfall) == (SIZES[request.node.callspec.params["job"]], "")


def test_names_are_short_and_unlike_each_other(job: Job) -> None:
    names = [draft.name for draft in job.drafts]
    assert all(0 < len(name) <= 80 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_instructions_are_three_to_ten_numbered_steps_of_the_caller(job: Job) -> None:
    for draft in job.drafts:
        lines = draft.instructions.split("\n")
        assert 3 <= len(lines) <= 10, draft.instructions
        assert [line.partition(". ")[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
        for step in steps_of(draft):
            assert not FILLER.fullmatch(step), step
            assert not re.search(r"agent (?:says|asks|replies)[^.]{0,12}[\"“]", step), step
            assert len(step.split()) <= 45, step
            assert not re.search(r"[{}]", PLACEHOLDER.sub("", step)), step


def test_every_reference_is_in_the_profile(job: Job) -> None:
    for draft in job.drafts:
        known = {*draft.main_agent_variables, *draft.testing_agent_variables}
        assert references_in(draft.instructions) <= known
        assert len(PLACEHOLDER.findall(draft.instructions)) == draft.instructions.count("{{")


def test_identity_stands_in_the_instructions_as_a_reference_only(job: Job) -> None:
    for draft in job.drafts:
        spoken = PLACEHOLDER.sub("", draft.instructions).casefold()
        for path, value in leaves({**draft.main_agent_variables, **draft.testing_agent_variables}):
            text = str(value).casefold()
            if IDENTITY.search(str(path[-1])) and len(text) >= 4 and len(text.split()) <= 4:
                assert not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", spoken), (path, draft.instructions)


def test_expected_calls_are_valid_for_their_tools(job: Job) -> None:
    tools = {tool.name: tool for tool in job.agent.tools}
    validators = {
        name: fastjsonschema.compile(_said(tool), use_default=False) for name, tool in tools.items()
    }
    for draft in job.drafts:
        for entry in draft.mock_entries:
            assert entry.tool_id == tools[entry.tool_name].id
            validators[entry.tool_name](entry.input)


def _said(tool: Tool) -> dict[str, Any]:
    """The tool's schema without its demand for free text, which mock data leaves out."""
    schema = tool.parameters or {}
    return {**schema, "required": [n for n in schema.get("required", []) if n not in tool.freetext_params]}


def test_every_value_of_an_expected_call_is_known_by_then(job: Job) -> None:
    tools = {tool.name: tool for tool in job.agent.tools}
    for draft in job.drafts:
        assert not list(_unknown(draft, tools)), draft.instructions


def _unknown(draft: Draft, tools: dict[str, Tool]) -> Iterator[str]:
    known = [_told(v) for _, v in leaves([draft.main_agent_variables, draft.testing_agent_variables])]
    said = _told(draft.instructions)
    for entry in draft.mock_entries:
        tool = tools[entry.tool_name]
        properties = (tool.parameters or {}).get("properties", {})
        for path, value in leaves(entry.input):
            name = str(path[0])
            free = (
                name in tool.freetext_params or "enum" in properties.get(name, {}) or isinstance(value, bool)
            )
            if not free and value is not None and not any(_same(_told(value), k) for k in [*known, said]):
                yield f"{entry.tool_name}({name}={value!r})"
        known += [_told(v) for _, v in leaves(entry.output)]


def _told(value: Any) -> str:
    return " ".join(re.findall(r"\w+", str(value).casefold()))


def _same(value: str, known: str) -> bool:
    digits, others = re.sub(r"\D", "", value)[-10:], re.sub(r"\D", "", known)
    return f" {value} " in f" {known} " or (len(digits) == 10 and others.endswith(digits))


def test_the_agents_variables_are_exactly_those_it_has(job: Job) -> None:
    wanted = {v.name for v in job.agent.variables} | set(
        re.findall(r"\{\{\s*(\w+)\s*\}\}", job.agent.description)
    )
    for draft in job.drafts:
        assert set(draft.main_agent_variables) == wanted
        assert not set(draft.testing_agent_variables) & wanted
        assert all(value not in (None, "") for value in draft.main_agent_variables.values())


def test_outcomes_differ_have_a_readable_length_and_are_about_the_agent(job: Job) -> None:
    outcomes = [draft.expected_outcome for draft in job.drafts]
    assert len(set(outcomes)) == len(outcomes)
    for outcome in outcomes:
        assert 8 <= len(outcome.split()) <= 120, outcome
        assert re.search(r"\bagente?\b", outcome, re.IGNORECASE), outcome
        assert not re.search(r"[{}]|\bNone\b|  |\.\.", outcome), outcome


def test_the_plan_tells_of_the_answers_that_the_mocked_tools_give(job: Job) -> None:
    for plan, draft in zip(job.planned.plans, job.drafts, strict=True):
        assert [call.outcome for call in plan.calls] == [
            outcome_of(MockCall(e.input, e.output)) for e in draft.mock_entries
        ]


def test_nothing_is_pasted_from_the_prompt(job: Job) -> None:
    prompt = runs_of(job.agent.description, 12)
    for draft in job.drafts:
        for text in (draft.name, draft.instructions, draft.expected_outcome):
            assert not runs_of(text, 12) & prompt


def test_no_two_scenarios_are_near_twins(job: Job) -> None:
    for one, other in itertools.combinations(job.drafts, 2):
        assert likeness(one.instructions, other.instructions) < 0.4, (one.instructions, other.instructions)


def test_scenarios_are_written_in_the_language_asked_for_with_tags_and_a_writer(job: Job) -> None:
    for draft in job.drafts:
        assert draft.language == job.agent.language
        assert draft.tags and draft.writer == "embedded" and draft.profile_name


def test_what_a_scenario_covers_is_the_agents_own(job: Job) -> None:
    model = read_agent(job.agent)
    outcomes = {f"{tool.name}:{outcome}" for tool in model.tools for outcome in tool.outcomes}
    for draft in job.drafts:
        assert draft.covers
        assert {item.removeprefix("limit:") for item in draft.covers} <= outcomes | set(model.by_id)


def test_the_caller_does_not_only_play_one_part(job: Job) -> None:
    twists = Counter(plan.twist for plan in job.planned.plans)
    assert len(twists) >= min(8, len(job.drafts) // 3)
    assert max(twists.values()) <= 0.4 * len(job.drafts)


def test_what_finds_no_record_is_not_demanded_of_the_agent() -> None:
    outcomes = [draft.expected_outcome for draft in job_of("roadside", 100).drafts]
    told = [outcome for outcome in outcomes if "cancels nothing" in outcome]
    assert told
    assert not [outcome for outcome in told if re.search(r"to cancel the request|must cancel", outcome)]
