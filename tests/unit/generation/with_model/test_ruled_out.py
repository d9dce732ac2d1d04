"""Deeds of a plan for which somebody, or something, has to be looked up first."""

from __future__ import annotations

import pytest

from evalgen.generation.read.chain import Chain
from evalgen.generation.with_model.ruled_out import unidentified
from tests.unit.generation.plan.test_bins import shire


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
