"""Who has nothing on file, or only asks, has a record that no rule of the prompt stops first."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.caller import caller_of
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, tool

STOPS = 'If membership_status is "lapsed", do not extend anything. Say that it can be renewed online.'


def library(rule: str, status: str) -> AgentModel:
    def member(number: int, state: str, *loans: str) -> tuple[dict[str, str], dict[str, object]]:
        key = {"member_number": f"ML-204{number}"}
        return key, {**key, "membership_status": state, "loans": [{"loan_id": loan} for loan in loans]}

    return agent(
        "You answer for a tool library. Ask for the member number and call find_member.\n"
        f"# Membership\n{rule}\n# Extending a loan\nExtend it with extend_loan.\n",
        tool("find_member", member(1, "active", "LN-1"), member(2, status)),
        tool("extend_loan", ({"loan_id": "LN-1"}, {"status": "extended"})),
    )


@pytest.mark.parametrize(
    ("rule", "status", "count"),
    [
        (STOPS, "active", 1),
        (STOPS, "lapsed", 0),
        ('When membership_status is "lapsed", nothing goes any more.', "lapsed", 0),
        (
            'If membership_status is "lapsed", say that the membership can be renewed at the counter.',
            "lapsed",
            1,
        ),
    ],
)
def test_nobody_whose_record_a_rule_stops_has_nothing_on_file(rule: str, status: str, count: int) -> None:
    assert len(planned(library(rule, status), "nothing_on_file")) == count


def test_who_only_asks_has_a_record_that_no_rule_stops() -> None:
    callers = {caller_of(library(STOPS, "lapsed"), str(n)).facts[0][2] for n in range(9)}
    assert callers == {"ML-2041"}
