"""Which words between braces are dynamic variables, and what fills those that no record holds."""

from __future__ import annotations

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.model import read_agent
from evalgen.generation.read.placeholders import variables_in

GYM = (
    "{{#if is_member}}Offer the discount.{{else}}Offer a trial.{{/if}} Greet {{first_name|there}} and say "
    '{{ nickname | default: "friend" }}. {% for c in classes %}{{ c.title }} at {{ c.time }}. {% endfor %}'
)
OWED = (
    "The member's phone is {{customer.number}}, the plan is {{plan}}, and {{balance}} euros are open since "
    "{{days_overdue}} days. The line runs on {{system__caller_id}}. "
    "If the balance is above 200 euros, offer two instalments."
)


def _agent(prompt: str) -> AgentDefinition:
    return AgentDefinition("Brook Gym", "en", prompt)


def test_block_tags_and_loop_variables_are_none() -> None:
    assert [v.name for v in variables_in(_agent(GYM))] == ["first_name", "nickname"]


def test_variables_get_values_of_their_kind() -> None:
    filled = variables_of(read_agent(_agent(OWED)), None, {})
    assert filled["customer.number"].startswith("312555")
    assert filled["system__caller_id"].startswith("312555")
    assert isinstance(filled["balance"], int)
    assert isinstance(filled["days_overdue"], int)
    assert filled["plan"] not in ("plan", "")


def test_a_limit_is_tried_from_both_sides() -> None:
    model = read_agent(_agent(OWED))
    found = {variables_of(model, None, {"n": number})["balance"] for number in range(20)}
    assert found == {300, 100}


def test_today_is_the_day_of_the_invented_data() -> None:
    prompt = "Today is {{current_date}}. You book visits."
    assert variables_of(read_agent(_agent(prompt)), None, {}) == {"current_date": "2027-03-01"}
