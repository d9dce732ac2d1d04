"""The bill of materials lists what the lock pins, and nothing else."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from deploy.cli import app
from deploy.sbom import LOCK, sbom


def test_every_pinned_package_is_listed_with_its_hashes() -> None:
    pinned = [line.split(" ")[0] for line in LOCK.read_text().splitlines() if "==" in line.split(" ")[0]]
    listed = sbom()["components"]
    assert [f"{one['name']}=={one['version']}" for one in listed] == pinned
    hashes = LOCK.read_text().count("--hash=sha256:")
    assert sum(len(one["externalReferences"]) for one in listed) == hashes
    assert len({one["bom-ref"] for one in listed}) == len(listed)


def test_it_is_the_same_each_time_and_names_no_index() -> None:
    first, second = (CliRunner().invoke(app, ["sbom"]).stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["bomFormat"] == "CycloneDX"
    assert "://" not in first
