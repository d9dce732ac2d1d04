"""Values by JSON schema, by the name and description of a parameter, and by what the prompt says of them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from evalgen.generation.definition import MockCall
from evalgen.generation.schemas import validator_of
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool, value

KEYWORDS: dict[str, dict[str, Any]] = {
    "const": {"const": "bike"},
    "enum": {"type": "string", "enum": ["S", "M"]},
    "enum beside null": {"enum": [None, "S"]},
    "nullable list of types": {"type": ["integer", "null"]},
    "types in capitals": {"type": "STRING", "enum": ["S"]},
    "format date": {"type": "string", "format": "date"},
    "format email": {"type": "string", "format": "email"},
    "format date-time": {"type": "string", "format": "date-time"},
    "format uuid": {"type": "string", "format": "uuid"},
    "pattern": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$"},
    "pattern with groups": {"type": "string", "pattern": "^(?:AB|CD)[0-9]{3}(?:-[a-z]{2})?$"},
    "pattern and length": {"type": "string", "pattern": "^[0-9]+$", "minLength": 2, "maxLength": 3},
    "bounds": {"type": "integer", "minimum": 40, "maximum": 41},
    "exclusive bounds": {"type": "number", "exclusiveMinimum": 25, "exclusiveMaximum": 26},
    "multipleOf": {"type": "integer", "minimum": 7, "multipleOf": 5},
    "list": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}, "minItems": 2},
    "unique list": {
        "type": "array",
        "items": {"type": "string", "enum": ["a", "b", "c"]},
        "minItems": 3,
        "uniqueItems": True,
    },
    "nested": {
        "type": "object",
        "properties": {"day": {"type": "string", "format": "date"}, "guests": {"type": "integer"}},
        "required": ["day", "guests"],
    },
    "oneOf": {
        "oneOf": [
            {"type": "object", "properties": {"by": {"const": "card"}}, "required": ["by"]},
            {"type": "object", "properties": {"by": {"const": "cash"}}, "required": ["by"]},
        ]
    },
    "anyOf with null": {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 3}]},
    "allOf": {"allOf": [{"type": "integer"}, {"minimum": 5}, {"maximum": 6}]},
    "examples": {"type": "string", "examples": ["QX-1234"]},
    "default": {"type": "string", "default": "city bike"},
    "dependentRequired": {
        "type": "object",
        "properties": {"a": {"const": 1}, "b": {"const": 2}},
        "required": ["a"],
        "dependentRequired": {"a": ["b"]},
    },
}


@pytest.mark.parametrize("schema", KEYWORDS.values(), ids=KEYWORDS)
def test_a_value_has_its_schema(schema: dict[str, Any]) -> None:
    made = value(schema)
    assert made is not None
    lower = {**schema, "type": schema["type"].lower()} if isinstance(schema.get("type"), str) else schema
    assert validator_of(lower)(made) == ""


def test_a_reference_is_followed() -> None:
    passengers = tool("book_flight", passengers={"type": "array", "items": {"$ref": "#/$defs/P"}})
    assert passengers.parameters is not None
    passengers.parameters["$defs"] = {
        "P": {"type": "object", "properties": {"first_name": {"type": "string"}}, "required": ["first_name"]}
    }
    made = calls(invented(agent("You book flights.", passengers)), "book_flight")
    assert made[0].input == {"passengers": [{"first_name": "Laura"}]}


@pytest.mark.parametrize(
    ("key", "description", "pattern"),
    [
        ("npi", "Ten-digit number of the clinic.", r"\d{10}"),
        ("tracking_number", "SL followed by nine digits", r"SL\d{9}"),
        ("confirmation_code", "HL-00000", r"HL-\d{5}"),
        ("order_number", "Order number, for example FH-12345.", r"FH-\d{5}"),
        ("phone", "In E.164 format.", r"\+1\d{10}"),
        ("phone", "Ten digits.", r"312555\d{4}"),
        ("day", "YYYY-MM-DD", r"\d{4}-\d\d-\d\d"),
        ("check_in", "", r"\d{4}-\d\d-\d\d"),
        ("room", "The room the fault is in.", "kitchen|bathroom|bedroom"),
        ("city", "Town of the flat.", "Evanston"),
        ("what_happened", "What the tenant saw, in their own words.", r"[A-Z][\w ,']+\."),
    ],
)
def test_a_text_is_what_its_name_and_description_say(key: str, description: str, pattern: str) -> None:
    assert re.fullmatch(pattern, value({"type": "string", "description": description}, key))


def test_the_prompt_states_the_form_of_a_number() -> None:
    prompt = "Ask for the move number, which is PW and eight digits."
    assert re.fullmatch(r"PW\d{8}", value({"type": "string"}, "move_number", prompt))


def test_the_prompt_lists_what_a_reason_may_be() -> None:
    prompt = "Ask the reason for the visit (e.g. a filling, a crown)."
    assert value({"type": "string"}, "reason", prompt) == "a filling"


def test_first_and_last_name_are_of_one_person() -> None:
    text = {"type": "string"}
    booking = agent("You book.", tool("book_table", firstName=text, lastName=text))
    made = calls(invented(booking), "book_table")
    assert [tuple(call.input.values()) for call in made] == [
        ("Laura", "Hensley"),
        ("Kevin", "Marsh"),
        ("Teresa", "Quinn"),
    ]


def test_a_stay_ends_after_it_begins() -> None:
    text = {"type": "string", "description": "YYYY-MM-DD"}
    made = calls(invented(agent("You book.", tool("book_room", check_in=text, check_out=text))), "book_room")
    assert all(call.input["check_in"] < call.input["check_out"] for call in made)


@pytest.mark.parametrize(
    ("says", "days"),
    [
        ("Today is Monday, March 1, 2027. Open Monday to Friday 8 to 5.", {0, 1, 2, 3, 4}),
        ("Today is Monday, March 1, 2027. Open Tuesday to Thursday.", {1, 2, 3}),
        ("Today is Monday, March 1, 2027. We are closed on Thursdays.", {0, 1, 2, 4}),
    ],
)
def test_days_lie_ahead_and_are_open(says: str, days: set[int]) -> None:
    schema = {"type": "string", "format": "date"}
    made = calls(invented(agent(says, tool("book_visit", day=schema))), "book_visit")
    taken = [date.fromisoformat(call.input["day"]) for call in made]
    assert all(day > date(2027, 3, 1) and day.weekday() in days for day in taken)
    assert len(set(taken)) == 3


def test_a_holiday_is_left_out() -> None:
    says = "Today is Monday, March 1, 2027. We are closed from March 4 to 9."
    schema = {"type": "string", "format": "date"}
    made = calls(invented(agent(says, tool("book_visit", day=schema))), "book_visit")
    assert min(call.input["day"] for call in made) == "2027-03-10"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 7, "maximum": 3},
        {"allOf": [{"const": 1}, {"enum": [2]}], "type": "integer"},
        {"type": "strng"},
        "free text",
        {"$ref": "#/properties/thing"},
        {"type": "string"},
    ],
)
def test_a_tool_that_nothing_valid_can_be_said_to_is_left_out_and_named(schema: Any) -> None:
    made = invented(agent("You rent bikes.", tool("rent_bike", thing=schema)))
    assert made.made == ()
    assert made.warnings[0].startswith("rent_bike: no valid call can be made")


def test_an_example_that_its_schema_refuses_is_used_and_named() -> None:
    example = MockCall({"when": "2026-07-08T09:00:00"}, {"status": "confirmed"})
    schema = {"type": "string", "format": "date-time"}
    own = tool("book_visit", mocks=(example,), when=schema)
    made = invented(agent("You book visits.", own))
    assert made.definition.tools == (own,)
    (warning,) = made.warnings
    assert "book_visit, when: the example" in warning
    assert "2026-07-08T09:00:00" in warning


@pytest.mark.parametrize(
    ("says", "allowed"),
    [
        ("Orders need at least 20 guests.", range(20, 100)),
        ("| Package | Minimum guests |\n| --- | --- |\n| Buffet | 15 |\n| Brunch | 12 |", range(15, 100)),
        ("Tables are for up to two guests.", range(1, 3)),
        ("Groups of 4 or more write to the owner.", range(1, 4)),
    ],
)
def test_a_number_of_people_is_one_that_the_prompt_takes(says: str, allowed: range) -> None:
    for caller in range(3):
        made = calls(invented(agent(says, tool("place_order", guests={"type": "integer"}))), "place_order")
        assert all(call.input["guests"] in allowed for call in made), caller


def test_what_a_caller_asks_for_is_as_far_ahead_as_the_prompt_wants() -> None:
    prompt = "Today is Monday, March 1, 2027. A move needs at least 14 days' notice."
    made = calls(
        invented(agent(prompt, tool("request_move", moveDate={"type": "string", "format": "date"}))),
        "request_move",
    )
    assert all(call.input["moveDate"] > "2027-03-15" for call in made)


def test_what_the_agent_decides_is_the_usual_choice() -> None:
    schema = {"type": "string", "enum": ["emergency", "routine"]}
    assert value(schema, "priority") == "routine"


def test_a_new_postcode_is_another_than_the_one_on_record() -> None:
    made = invented(
        agent(
            "You look after accounts. £5 a month.",
            tool("request_move", postcode={"type": "string"}, newPostcode={"type": "string"}),
        )
    )
    assert all(c.input["postcode"] != c.input["newPostcode"] for c in calls(made, "request_move"))


def test_a_city_is_none_where_it_is_the_name_of_somebody() -> None:
    made = invented(
        agent("You are Austin, the desk of Madison Motors.", tool("book", zip_code={"type": "string"}))
    )
    assert {call.input["zip_code"] for call in calls(made, "book")} == {"60201", "60302", "60540"}


def test_callers_live_where_the_agent_is() -> None:
    made = invented(
        agent(
            "You are a clinic in Tucson, Arizona.",
            tool("book", zip_code={"type": "string"}, phone={"type": "string"}),
        )
    )
    assert all(call.input["zip_code"].startswith("857") for call in calls(made, "book"))
    assert all(call.input["phone"].startswith("602555") for call in calls(made, "book"))


@pytest.mark.parametrize(
    ("about", "form"),
    [
        ("Number plate in capitals without spaces, e.g. 'AB12CDE'.", r"AB\d\dCDE"),
        ("Number plate as people write it, e.g. “AB12 CDE”.", r"AB\d\d CDE"),
        ("From find_vehicle, e.g. 'V-00000'.", r"V-\d{5}"),
    ],
)
def test_an_example_in_quotes_of_any_kind_states_a_form(about: str, form: str) -> None:
    assert re.fullmatch(form, value({"type": "string", "description": about}, "tag"))


def test_the_day_under_a_heading_of_its_own_is_today() -> None:
    day = value(
        {"type": "string", "format": "date"}, "date", "[Today]\nTuesday, September 15, 2026, 10 AM.\n"
    )
    assert date(2026, 9, 15) < date.fromisoformat(day) < date(2026, 10, 15)
