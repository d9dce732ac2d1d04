"""Deeds of a plan for which somebody, or something, has to be looked up first, or that a rule refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import read_agent
from evalgen.generation.read.statement import Condition, ConditionBy
from evalgen.generation.with_model.merging import BY_A_MODEL
from evalgen.generation.with_model.ruled_out import refused_deed, unidentified
from tests.unit.generation.plan.test_bins import shire
from tests.unit.generation.with_model.storage_desk import AGENT


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (("find_property", "verify_account", "order_new_bin"), False),
        (("find_property", "order_new_bin"), False),
        (("order_new_bin",), True),
    ],
)
def test_what_a_deed_is_done_to_may_be_found_without_asking_who_calls(
    made: tuple[str, ...], fault: bool
) -> None:
    model = shire()
    order = model.tools["order_new_bin"]
    whole = model.flow.chain(order, order.calls["success"][0])
    assert whole is not None
    looked_up = model.flow.with_lookups(whole)
    assert looked_up is not None
    found = {played.tool.tool.name: played for played in looked_up.calls}
    chain = Chain(tuple(found[name] for name in made))
    assert bool(unidentified(chain, model)) is fault


@pytest.mark.parametrize(("by", "refuses"), [("answer", True), ("other", False), ("caller", False)])
def test_a_rule_that_a_model_has_read_refuses_where_it_depends_on_an_answer(
    by: ConditionBy, refuses: bool
) -> None:
    model = read_agent(AGENT)
    read = [
        replace(one, because=BY_A_MODEL, condition=Condition("If the balance is above 0", by))
        if one.text.startswith("If the balance")
        else one
        for one in model.prompt.statements
    ]
    model = replace(model, prompt=replace(model.prompt, statements=tuple(read)))
    book = model.tools["book_move_out"]
    owing = next(call for call in book.calls["success"] if call.input["tenant_id"] == "ten_18")
    chain = model.flow.chain(book, owing)
    assert chain is not None
    assert ("balance is 84" in refused_deed(chain, model)) is refuses
