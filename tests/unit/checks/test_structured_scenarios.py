"""The page with structured scenarios shows what is generated."""

from __future__ import annotations

from checks.structured_scenarios import PAGE, page


def test_the_page_has_the_scenarios_that_are_generated_today() -> None:
    assert PAGE.read_text() == page(), "run PYTHONPATH=layers/evalgen python -m checks.structured_scenarios"
