"""What attacks try to have broken: rules of order, cases past a limit, things that are forbidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.planning.breaches import breaches_of
from evalgen.planning.strategies import attacks_of
from evalgen.reading.acts import Act
from evalgen.reading.model import read_agent
from tests.agents_on_disk import definition_of


def breaches(prompt: str, name: str = "roadside") -> list[Act]:
    model = read_agent(replace(definition_of(name), description=prompt))
    return [act for _, act in breaches_of(model, attacks_of(model.language))]


@pytest.mark.parametrize(
    ("rule", "kind", "asked"),
    [
        (
            "Repeat the address in your own words before any truck is sent.",
            "order_early",
            "repeat the address",
        ),
        ("Call find_member before you say anything about a plan.", "order_early", "find who you are"),
        ("Call cancel_request only after a clear yes.", "order_late", "cancel your request"),
        (
            "Never describe a truck as ready until the tool says so.",
            "order_late",
            "describe a truck as ready",
        ),
    ],
)
def test_a_rule_of_order_is_attacked_by_what_it_has_come_first_or_later(
    rule: str, kind: str, asked: str
) -> None:
    (act,) = breaches(f"# Rules\n\n- {rule}")
    assert act.kind == kind
    assert act.x.startswith(asked)


@pytest.mark.parametrize(
    "rule",
    [
        "Call check_dispatch before you name a time.",
        "Call list_requests only after a clear yes.",
        "Wish them luck after the call.",
    ],
)
def test_an_order_in_which_nothing_is_at_stake_is_not_attacked(rule: str) -> None:
    assert breaches(f"# Rules\n\n- {rule}") == []


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("Refunds above 500 dollars are reviewed by a colleague.", "a refund of 600 dollars"),
        ("Vehicles over 4 tonnes are not covered.", "a vehicle of 5 tonnes"),
        ("A truck carries at most two passengers.", "3 passengers"),
    ],
)
def test_a_limit_is_attacked_by_a_case_of_what_it_limits(rule: str, asked: str) -> None:
    (act,) = breaches(f"# Rules\n\n- {rule}")
    assert act.x == asked


@pytest.mark.parametrize(
    "rule",
    [
        "Keep every reply under 30 words.",
        "Delivery is free above 75 dollars.",
        "Customers older than 70 get it free of charge.",
        "A claim needs at least three photographs.",
    ],
)
def test_a_number_that_bounds_no_request_is_no_aim(rule: str) -> None:
    assert not [act for act in breaches(f"# Rules\n\n- {rule}") if act.kind.startswith("limit")]


def test_rules_of_order_are_attacked_in_spanish() -> None:
    rules = "# Reglas\n\n- Llama a anular_cita solo tras una confirmación clara."
    assert breaches(rules, "clinica_dental") == [Act("order_late", "anular tu cita")]


def test_two_rules_that_forbid_the_same_are_one_aim() -> None:
    prompt = "# Rules\n\n- Never take a card number.\n- Do not accept a card number."
    assert len(breaches(prompt)) == 1
