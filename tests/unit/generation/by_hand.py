"""A bicycle shop's agent, and a test of it that was planned by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import (
    Assertion,
    ExpectedCall,
    ForbiddenCall,
    Ground,
    Moment,
    MomentKind,
    Setting,
    Step,
    Test,
)
from evalgen.generation.write.writer import write

PROMPT = """You are Mel, who answers the phone of a bicycle shop.
Ask for the phone number before anything else, and look the caller up with it.
Offer only the times that are free on the day that the caller asks for, and never more than three of them.
Before you book, read the day and the time back and get a yes.
"""


def schema(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


TEXT = {"type": "string"}
AGENT = AgentDefinition(
    "Harbour Cycles",
    "en",
    PROMPT,
    (
        Tool(1, "find_customer", parameters=schema(phone=TEXT)),
        Tool(2, "free_times", parameters=schema(date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})),
        Tool(
            3,
            "book_repair",
            parameters=schema(
                customer_id=TEXT,
                start=TEXT,
                workType={"type": "string", "enum": ["flat_tyre", "service"]},
                rush={"type": "boolean"},
            ),
        ),
    ),
)
SETTING = Setting(agent_opens=False, organisation="the shop", language="en")
PERSONALITY = Personality(1, "Plain", "en")


def step(action: str, kind: MomentKind, what: str = "", *, last: bool = False) -> Step:
    return Step(action, Moment(kind, what), last)


CALLS = (
    ExpectedCall(
        "c1", 1, "find_customer", {"phone": "5550100200"}, {"customer_id": "cu_17", "name": "Ida Moss"}
    ),
    ExpectedCall(
        "c2", 2, "free_times", {"date": "2026-07-08"}, {"times": ["2026-07-08T09:00"]}, after=("c1",)
    ),
    ExpectedCall(
        "c3",
        3,
        "book_repair",
        {"customer_id": "cu_17", "start": "2026-07-08T09:00", "workType": "flat_tyre", "rush": False},
        {"number": "HC-88"},
        after=("c2",),
    ),
)
TEST = Test(
    key="book:one",
    aim="Book a repair on a day with one free time",
    language="en",
    told_in="en",
    steps=(
        step("Ask to have a flat tyre repaired", "opening"),
        step("Give {{test_profile.phone}}", "asked", "for the phone number"),
        step("Ask for {{test_profile.day}}", "asked", "for the preferred day"),
        step("Choose 9 in the morning", "offered", "the free time"),
        step("Say yes", "asked", "to confirm the day and the time"),
        step("", "told", "that the repair is booked", last=True),
    ),
    assertions=(
        Assertion(
            "a1",
            "says",
            "The main agent should state that the visit on {{test_profile.day}} is booked, and give `HC-88`.",
            (Ground(call="c3", path="/number"), Ground(lines=(4, 4), statement="s4")),
            5,
        ),
        Assertion(
            "a2",
            "asks",
            "The main agent should read the day and the time back before that.",
            (Ground((4, 4)),),
            4,
        ),
    ),
    calls=CALLS,
    forbidden=(ForbiddenCall("book_repair", None, "c2"),),
    profile={"name": "Ida Moss", "phone": "5550100200", "day": "2026-07-08"},
    profile_name="Ida Moss",
    tags=("booking",),
    covers=("s4", "book_repair:success"),
)


def a_brief(**fields: Any) -> Brief:
    told: dict[str, Any] = {"generate_expected_outcomes": True, **fields}
    return Brief(**{"num_scenarios": 3, "seed": "seed", "personalities": (PERSONALITY,), **told})


def drafted(test: Test = TEST, setting: Setting = SETTING, **brief: Any) -> Draft:
    return write(test, a_brief(**brief), setting, PERSONALITY)


def with_step(number: int, **changes: Any) -> Test:
    """The test with one step, counted from 1, changed."""
    steps = list(TEST.steps)
    steps[number - 1] = replace(steps[number - 1], **changes)
    return replace(TEST, steps=tuple(steps))
