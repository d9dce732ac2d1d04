"""The report as a person uses it, in Chromium: by mouse and keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from checks.node_packages import node_packages
from checks.suites import COUNT, sample_suite
from deploy import Unable
from deploy.environments import environment, run
from evalgen.report.page import report_page
from evalgen.report.reported import Reported
from evalgen_cli.commands.report import reported_of
from local import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LARGEST_PROMPT, MOST_SCENARIOS = 300_000, 100
MOST_BYTES = 1_000_000
PICTURES = ROOT / ".tools" / "pictures"


def reported() -> Reported:
    return reported_of(sample_suite())


def many(small: Reported) -> Reported:
    """The same scenarios until there are as many as a job has at most."""
    count = len(small.scenarios)
    scenarios = [{**small.scenarios[n % count], "id": n} for n in range(MOST_SCENARIOS)]
    old = [int(one["id"]) for one in small.scenarios]
    items = [
        {**item, "scenarios": [n for n in range(MOST_SCENARIOS) if old[n % count] in item["scenarios"]]}
        for item in small.items
    ]
    return replace(small, scenarios=scenarios, items=items)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `browser/look.py` saw; its pictures and figures are kept for people to look at."""
    browser: str | None = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise Unable(f"a browser is needed, one of {', '.join(BROWSERS)}: apt-get install chromium")
    folder = tmp_path_factory.mktemp("report")
    PICTURES.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(report_page(reported()), "utf-8")
    prompt = reported().agent.description
    text = "\n".join([prompt] * (LARGEST_PROMPT // len(prompt) + 1))[:LARGEST_PROMPT]
    large = replace(many(reported()), agent=replace(reported().agent, description=text))
    (folder / "largest.html").write_text(report_page(large), "utf-8")
    python = environment("browser") / "bin" / "python"
    axe = node_packages() / "axe-core" / "axe.min.js"
    files: list[str | Path] = [folder / "report.html", folder / "largest.html", axe, browser, PICTURES]
    said = run([python, ROOT / "checks" / "browser" / "look.py", *files], "looking at the report")
    found: dict[str, Any] = json.loads(said.partition("SEEN ")[2])
    sizes = {name: (folder / name).stat().st_size for name in ("report.html", "largest.html")}
    figures = {"bytes": sizes, "largest, in ms": found["largest"]}
    (PICTURES / "figures.json").write_text(json.dumps(figures, indent=1), "utf-8")
    return found


def test_axe_finds_nothing_in_any_form_and_nothing_is_wider_than_the_screen(seen: dict[str, Any]) -> None:
    assert set(seen["accessibility"]) == {"desk, light", "desk, dark", "phone, light", "phone, dark"}
    for form in seen["accessibility"].values():
        assert form == {"wide": False, "violations": []}


def test_a_line_leaves_its_scenarios_and_a_scenario_shows_its_lines(seen: dict[str, Any]) -> None:
    chosen = seen["choosing"]
    assert chosen["whole"] == chosen["again"] == COUNT
    assert chosen["left"] == chosen["wanted"] != []
    assert "tested by" in chosen["about"]
    first, last = map(int, chosen["rested"])
    assert chosen["marked"] == [f"L{number}" for number in range(first, last + 1)]
    assert chosen["opened"]


def test_scenarios_are_found_by_words_and_kind(seen: dict[str, Any]) -> None:
    found = seen["finding"]
    assert found["name"] in found["by_name"]
    assert len(found["by_name"]) < COUNT
    assert found["none"]
    assert found["kinds"] == [found["family"]]
    assert found["status"].endswith(f"of {COUNT} shown")


def test_the_lines_are_one_stop_of_the_tab_key_and_the_arrows_go_through_them(seen: dict[str, Any]) -> None:
    keys = seen["by_keyboard"]
    assert keys["first"] != keys["second"]
    assert (keys["told"], keys["next"]) == (1, "find")


def test_without_a_script_everything_is_there_to_read(seen: dict[str, Any]) -> None:
    assert seen["without_script"] == {"filter": False, "scenarios": COUNT}


def test_nothing_is_asked_of_any_host_nothing_fails_and_no_other_script_runs(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == []
    assert seen["foreign_script"] is False


def test_paper_has_what_is_folded_on_the_screen(seen: dict[str, Any]) -> None:
    pages = pypdf.PdfReader(PICTURES / "report.pdf").pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    folded = sample_suite().scenarios[0]["assertions"][0]["text"]
    assert folded.split("{{")[0] in text


def test_a_hundred_scenarios_stay_under_a_megabyte() -> None:
    assert len(report_page(many(reported())).encode()) <= MOST_BYTES
