"""A picture house: states with a time, desks and what they take, and playbooks that are not read whole."""

from __future__ import annotations

from datetime import date

import pytest

from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of, known_values
from evalgen.generation.read.record_rules import RecordRules
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

CARDS = [
    {"card_number": "GC39105562", "status": "expired", "balance": 20.0, "valid_until": "2026-09-30"},
    {"card_number": "GC35550190", "status": "expired", "balance": 15.0, "valid_until": "2025-12-31"},
    {"card_number": "GC41820077", "status": "active", "balance": 35.0, "valid_until": "2027-06-30"},
]
CHECK = tool(
    "check_card",
    *(({"card_number": one["card_number"]}, one) for one in CARDS),
    about="Look up a gift card (balance, end date).",
)
TRANSFER = tool("transfer_call", ({"team": "box_office"}, {"status": "transferring"}))
LONGER = "- Expired longer ago: the money is gone. Be kind."


def cinema(
    more: str = "", rule: str = "Expired less than three months ago: transfer to the box office."
) -> AgentModel:
    return agent(
        "You answer for a picture house. Today is Thursday 19 November 2026. A seat costs £9.50.\n"
        f"# Gift cards\nAsk for the card number and call check_card.\n- {rule}\n{LONGER}\n{more}",
        CHECK,
        TRANSFER,
    )


@pytest.mark.parametrize(
    ("condition", "card", "holds"),
    [
        ("Expired less than three months ago", 0, True),
        ("Expired less than three months ago", 1, False),
        ("Expired less than three months ago", 2, False),
        ("Expired more than a year ago", 1, False),
        ("Expired more than six months ago", 1, True),
        ("Expired in the last 30 days", 0, False),
        ("Expired longer ago", 1, None),
        ("Expired", 1, True),
    ],
)
def test_a_state_with_a_time_holds_by_the_day_on_record(
    condition: str, card: int, holds: bool | None
) -> None:
    rules = RecordRules("en", known_values(CARDS), date(2026, 11, 19))
    assert rules.holds(condition, fields_of(CARDS[card])) is holds


def test_only_the_card_that_expired_lately_is_passed_on_and_no_ban_is_made_up() -> None:
    tests = planned(cinema(), "ruled_out")
    assert {test.profile["card_number"] for test in tests} == {"GC39105562"}
    assert [outcome(test) for test in tests] == [
        ["The main agent should transfer the call to the box office."]
    ]


def test_nobody_is_just_told_what_a_card_holds_of_which_something_uncertain_is_said() -> None:
    told = {test.profile["card_number"] for test in planned(cinema(), "fact")}
    assert told == {"GC41820077"}


def test_a_desk_gets_the_calls_that_its_list_names() -> None:
    model = cinema(
        "# Passing people on\n**Duty manager**: complaints about staff, bent seats, lost property."
    )
    cases = planned(model, "case")
    assert [steps(test)[0] for test in cases] == [
        "Say that you have a complaint about staff when opening",
        "Say that you left an umbrella behind when opening",
    ]
    assert {line for test in cases for line in outcome(test)} == {
        "The main agent should transfer the call to the duty manager."
    }


@pytest.mark.parametrize(
    "said",
    [
        "# Passing people on\n**Duty manager**: lost property. Open hours only.",
        "# Passing people on\n**Duty manager**: lost property.\n# Lost property\n- Offer to send it.",
        "# Who is who\n**Duty manager**: lost property.",
    ],
)
def test_a_desk_gets_no_call_where_something_else_is_said_of_it(said: str) -> None:
    assert not planned(cinema(said), "case")


CLINIC = """You answer for a clinic. Ask for the patient number and call find_patient.
# Repairs
{rule}Open it with open_repair.
"""
FIND = tool("find_patient", ({"patient_number": "TV2044"}, {"patient_id": "p-1", "full_name": "Ann Poole"}))
OPEN = tool(
    "open_repair",
    ({"patient_number": "TV2044", "cover": "warranty"}, {"status": "opened", "reference": "R-5601"}),
    ({"patient_number": "TV2044", "cover": "standard"}, {"status": "opened", "reference": "R-5602"}),
    enums={"cover": ["warranty", "standard"]},
)


@pytest.mark.parametrize(
    "rule",
    [
        "Then go through the three little checks, skipping what they have tried, one at a time.\n",
        'In warranty, and it simply stopped working: no charge, cover "warranty".\n',
    ],
)
def test_a_playbook_that_asks_or_chooses_in_words_that_are_not_read_gives_no_deed(rule: str) -> None:
    free, bound = (planned(agent(CLINIC.format(rule=one), FIND, OPEN), "done") for one in ("", rule))
    assert free and len(bound) < len(free)


def test_what_is_so_of_every_record_stops_no_deed() -> None:
    found = tool(
        "find_patient",
        *(({"patient_number": f"TV204{n}"}, {"full_name": name}) for n, name in enumerate(NAMES)),
    )
    opened = tool(
        "open_repair",
        *(({"patient_number": f"TV204{n}"}, {"reference": f"R-560{n}"}) for n, _ in enumerate(NAMES)),
    )
    rule = "When a patient is found, ask for the full name. Do not suggest or confirm names.\n"
    assert planned(agent(CLINIC.format(rule=rule), found, opened), "done")


NAMES = ("Ann Poole", "Rhys Lane", "Megan Price")
