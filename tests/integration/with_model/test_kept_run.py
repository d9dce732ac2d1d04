"""The kept run of the sample agent: the same answers give the same scenarios, byte for byte."""

from __future__ import annotations

import json

import pytest

from tests.kept_run.run import ANSWERS, SCENARIOS, Changed, Keeping, scenarios


def test_it_replays_without_a_model() -> None:
    kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
    assert scenarios(Keeping(None, kept)) == SCENARIOS.read_text(encoding="utf-8")


def test_a_question_that_has_changed_says_how_to_make_the_run_again() -> None:
    with pytest.raises(Changed, match="make prompt STEP=read"):
        scenarios(Keeping(None, {}))
