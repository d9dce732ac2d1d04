"""The table of `docs/benchmarks.md` is made, not written: its figures are those that were kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measured import lines
from benchmarks.measured.agents import UPLOADED, WRITING, long_document, long_prompt, many_entries
from benchmarks.measured.growing import exponent
from benchmarks.measured.lines import BEGIN, DOCUMENT, END, Found, Growth, Line, keep, shown, write_document
from benchmarks.measured.older import compared
from evalgen_cli.agents import definition_in


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    monkeypatch.setattr(lines, "DOCUMENT", page)
    monkeypatch.setattr(lines, "KEPT", tmp_path / "kept.json")
    return page


def test_the_page_has_what_was_kept() -> None:
    assert f"{BEGIN}\n\n{shown()}\n{END}" in DOCUMENT.read_text("utf-8")


def test_a_row_shows_its_newest_run_beside_the_one_before(page: Path) -> None:
    for calls in (7, 6, 5):
        keep(6, Found([Line("calls", "9", str(calls), "", "5", calls <= 5)]), f"run {calls}")
    write_document()
    text = page.read_text()
    assert "| 6 | calls | 9 | 5 |  | 6 | 5 | yes |" in text
    assert "Run, by row: 6: run 5." in text
    assert (text.startswith("Before.\n"), text.endswith("After.\n"), "old" in text) == (True, True, False)


def test_rows_stand_in_order_whichever_was_measured_last(page: Path) -> None:
    for row in (10, 2):
        keep(row, Found([Line(f"of {row}", "", "1")]), "now")
    assert shown().index("of 2") < shown().index("of 10")


def test_growth_is_shown_as_bars_in_proportion(page: Path) -> None:
    keep(1, Found([], [Growth("Planning", "s", [("25", 1.0), ("100", 4.0)])]), "now")
    assert [line.count("#") for line in shown().splitlines() if line.endswith(("  1", "  4"))] == [10, 40]


def test_a_goal_is_met_by_the_median_of_the_ratios() -> None:
    pairs = [(1.0, 10.0), (9.0, 10.0), (2.0, 10.0)]
    line = compared("x", "s", pairs, "0.2 × then", 0.2)
    assert (line.then, line.now, line.ratio[:4], line.met) == ("10.00 s", "2.00 s", "0.20", True)
    assert compared("x", "s", pairs, "0.1 × then", 0.1).met is False


def test_the_exponent_of_a_growth_is_one_where_it_is_linear() -> None:
    assert exponent([(25, 2.0), (50, 9.9), (100, 8.0)]) == pytest.approx(1)
    assert exponent([(10, 1.0), (20, 16.0)]) == pytest.approx(4)


def test_the_agents_that_grow_have_what_they_are_said_to_have(tmp_path: Path) -> None:
    entries = definition_in(many_entries(tmp_path / "entries", 7))
    assert {tool.name for tool in entries.tools if len(tool.mock_data) == 7} == set(WRITING)
    prompt = definition_in(long_prompt(tmp_path / "prompt", 30_000, 12))
    assert (len(prompt.description), len({tool.name for tool in prompt.tools})) == (30_000, 12)
    document = long_document(tmp_path / "document", 20_000)
    assert len((document / UPLOADED).read_text("utf-8")) == 20_000
