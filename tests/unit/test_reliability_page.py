"""What `docs/reliability.md` promises is kept by tests that exist."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "reliability.md").read_text()
NAMED = re.compile(r"`((?:tests|checks)/[\w/]+\.py)(?:::(\w+))?`")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= set("- ") and row[-1] != "kept by"]


def test_every_row_names_a_test() -> None:
    assert len(rows()) > 20
    assert [row[0] for row in rows() if not NAMED.search(row[-1])] == []


def test_every_test_that_is_named_exists() -> None:
    for path, function in NAMED.findall(PAGE):
        source = (ROOT / path).read_text()
        assert not function or f"def {function}(" in source, f"{path}::{function}"


def test_every_promise_of_the_readme_has_its_rows() -> None:
    readme = (ROOT / "README.md").read_text()
    section = readme.split("## What you can rely on")[1].split("## ")[0]
    promises = re.findall(r"^- \*\*(.+?)\.\*\*", section, re.MULTILINE)
    assert promises
    assert [one for one in promises if f"### {one}" not in PAGE] == []


def test_every_failure_of_the_design_has_its_row() -> None:
    assert len([row for row in rows() if row[-1] != "" and len(row) == 3]) >= 8
