"""CONTRIBUTING.md names what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = Path(ROOT, "CONTRIBUTING.md").read_text(encoding="utf-8")
LAYER = Path(ROOT, "layers", "evalgen", "evalgen")
BASES = (Path(ROOT), LAYER, LAYER / "generation" / "languages")
PATHS = sorted({name for name in re.findall(r"`([\w./-]+)`", PAGE) if "/" in name})
PAGES = sorted(set(re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", PAGE)))
TARGETS = sorted(set(re.findall(r"(?m)(?:^|`)make ([a-z]+)", PAGE)))


@pytest.mark.parametrize("name", PATHS)
def test_every_path_of_a_recipe_is_there(name: str) -> None:
    assert any((base / name).exists() for base in BASES)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there(name: str) -> None:
    assert Path(ROOT, name).exists()


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_is_there(name: str) -> None:
    assert re.search(rf"^{name}:", Path(ROOT, "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
