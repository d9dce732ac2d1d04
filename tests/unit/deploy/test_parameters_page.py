"""`docs/deploy.md` and `docs/models.md` name every parameter that the template has."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_every_parameter_of_the_template_has_its_row() -> None:
    section = re.split(r"^(?=\w+:$)", (ROOT / "template.yaml").read_text(), flags=re.MULTILINE)
    declared = next(one for one in section if one.startswith("Parameters:"))
    names = re.findall(r"^  (\w+):$", declared, re.MULTILINE)
    pages = [(ROOT / "docs" / name).read_text() for name in ("deploy.md", "models.md")]
    assert names
    assert [one for one in names if not any(f"`{one}`" in page for page in pages)] == []
