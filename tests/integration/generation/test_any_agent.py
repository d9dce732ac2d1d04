"""Whatever an agent is made of, planning it ends, and ends in scenarios or in reasons."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalgen.generation.aims import aims_in
from evalgen.generation.brief import Brief, GivenProfile, Personality
from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.generation.embedded import plan_job
from tests.integration.generation.odd import run

SCHEMA_TYPES = ["string", "integer", "number", "boolean", "array", "object", "null"]
WORDS = r"""
if when never do not always you the caller customer agent ask for to call book_visit find_customer
cancel refund within 60 days above $500 at most three before after only unless until transfer
emergency {{name}} { } " “ ” ( ) [Rules] <if x="a"> : ; . , — → -> 1. - # ** ` date time 2026-07-08
says "help me now" asks about that they price is costs must may can identity error fails not found
no slots confirm yes language silence {x} {0} %s \1
"""
MARKS = [
    "\n",
    "\n\n",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n# ",
    "\n[",
    "]\n",
    "\n<a>\n",
    "\n</a>\n",
    "**\n",
    "\n```\n",
    ". ",
]
NAMES = [
    "book_visit",
    "find_customer",
    "cancel_visit",
    "list_visits",
    "check_dates",
    "transfer_call",
    "getX2",
    "_",
]
KEYS = """
phone name customer_id visit_id date start time birth_date email slots status error found match
amount items full_name reference x-y {x} {{y}} .
"""
VALUES = [
    "+15550100142",
    "Ann Lee",
    "C-0001",
    "V-1234",
    "2026-07-08",
    "2026-07-08T09:30:00",
    "2026-13-40",
    "2026-02-30T25:61:00",
    "09:30",
    "99:99",
    "12:5",
    "a@b.co",
    "not found",
    "error",
    "{x}",
    "{{z}}",
]

prompts = st.lists(st.sampled_from([*WORDS.split(), *MARKS]) | st.text(max_size=6), max_size=60).map(" ".join)
keys = st.sampled_from(KEYS.split()) | st.text(max_size=4)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10)
    | st.sampled_from(VALUES)
)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(keys, values, max_size=3)
properties = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(SCHEMA_TYPES) | values,
        "enum": values,
        "pattern": st.sampled_from([r"^\d{4}$", "[(", "^[A-Z]{2}-\\d{6}$"]) | st.text(max_size=6),
        "description": prompts | values,
        "format": st.sampled_from(["date", "date-time", "email"]) | values,
        "minimum": values,
        "maximum": values,
        "items": values,
        "$ref": st.sampled_from(["#", "#/x", "#/properties/a"]),
    },
)
schemas = (
    st.none()
    | objects
    | st.fixed_dictionaries(
        {"properties": st.dictionaries(keys, properties | values, max_size=3)},
        optional={"type": st.just("object"), "required": st.lists(keys, max_size=3) | values},
    )
)
calls = st.builds(MockCall, objects, values)
tools = st.builds(
    Tool,
    st.integers(1, 9),
    st.sampled_from(NAMES) | st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True),
    prompts,
    schemas,
    st.lists(keys, max_size=2).map(tuple),
    st.lists(calls, max_size=3).map(tuple),
)
variables = st.builds(Variable, keys, prompts)
agents = st.builds(
    AgentDefinition,
    st.text(max_size=8),
    st.sampled_from(["en", "es", "multi"]),
    prompts,
    st.lists(tools, max_size=3, unique_by=lambda tool: tool.name).map(tuple),
    st.lists(variables, max_size=2, unique_by=lambda variable: variable.name).map(tuple),
)
briefs = st.builds(
    lambda number, wish, outcome, wants, first, profile, language, form: Brief(
        number,
        "seed",
        (Personality(1, "Plain", language),),
        extra_instructions=wish,
        expected_outcome=outcome,
        generate_expected_outcomes=wants,
        first_message=first,
        test_profile=profile,
        simulation_type=form,
        aims=aims_in(wish)[0],
    ),
    st.integers(1, 10),
    prompts,
    st.just("") | prompts,
    st.booleans(),
    st.just("") | prompts,
    st.none() | st.builds(GivenProfile, st.just(1), st.text(max_size=4), objects, objects),
    st.sampled_from(["en", "es", "de"]),
    st.sampled_from(["instruction", "conditional_actions"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(agents, briefs)
def test_any_agent_and_request_end_in_scenarios_or_in_reasons(agent: AgentDefinition, brief: Brief) -> None:
    drafts = run(agent, brief).drafts
    assert len({draft.name.casefold() for draft in drafts}) == len(drafts)
    for draft in drafts:
        structure = draft.conditional_actions
        steps = len(structure["conditions"]) - 1 if structure else draft.instructions.count("\n") + 1
        assert 3 <= steps <= 10
    if brief.expected_outcome:
        assert {draft.expected_outcome for draft in drafts} <= {brief.expected_outcome}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(agents, st.integers(1, 6))
def test_any_agent_gives_a_smaller_job_the_first_of_a_larger_one(agent: AgentDefinition, size: int) -> None:
    def tests(number: int) -> Any:
        return plan_job(agent, Brief(number, "seed", (Personality(1, "Plain", "en"),))).tests

    assert tests(size) == tests(12)[:size]
