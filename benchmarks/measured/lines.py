"""What a row of the table says, kept with the run before, and written into `docs/benchmarks.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from local import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
KEPT = Path(__file__).parent / "measured.json"
BEGIN, END = "<!-- made by python -m benchmarks.measured -->", "<!-- until here -->"
BARS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """`then` is of the older build, `ratio` of the same run; `met` None: there is no such goal."""

    what: str
    then: str
    now: str
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """How a cost grows with a size; shown as bars."""

    what: str
    unit: str
    points: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Found:
    lines: Sequence[Line]
    growths: Sequence[Growth] = ()


def keep(row: int, found: Found, when: str) -> None:
    """As the row's newest run; the one before it is kept, those before that are not."""
    kept = _kept()
    runs = [{"when": when, **asdict(found)}, *kept.get(str(row), [])]
    kept[str(row)] = runs[:2]
    ordered = dict(sorted(kept.items(), key=lambda one: int(one[0])))
    KEPT.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write_document() -> None:
    """Put the table and the pictures between the two marks."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{shown()}\n{END}{after}", "utf-8")


def shown() -> str:
    lines = [
        "| # | what | then | now | now ÷ then, or ÷ what is named | the run before | goal | met |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    pictures: list[str] = []
    for row, runs in _kept().items():
        now, *before = runs
        earlier = {one["what"]: one["ratio"] or one["now"] for one in before[0]["lines"]} if before else {}
        for one in now["lines"]:
            met = {True: "yes", False: "no", None: ""}[one["met"]]
            cells = (row, one["what"], one["then"], one["now"], one["ratio"])
            lines.append(f"| {' | '.join((*cells, earlier.get(one['what'], ''), one['goal'], met))} |")
        pictures += [_picture(one) for one in now["growths"]]
    runs_of = "; ".join(f"{row}: {runs[0]['when']}" for row, runs in _kept().items())
    return "\n".join([*lines, "", f"Run, by row: {runs_of}.", *pictures, ""])


def _picture(growth: dict[str, Any]) -> str:
    most = max(value for _, value in growth["points"])
    width = max(len(at) for at, _ in growth["points"])
    bars = (
        f"{at:>{width}}  {'#' * max(1, round(value / most * BARS)):<{BARS}}  {value:g}"
        for at, value in growth["points"]
    )
    return "\n".join(["", f"{growth['what']}, in {growth['unit']}:", "", "```", *bars, "```"])


def _kept() -> dict[str, list[dict[str, Any]]]:
    """Of each row the newest run and the one before."""
    found: dict[str, list[dict[str, Any]]] = {}
    if KEPT.is_file():
        found = json.loads(KEPT.read_text("utf-8"))
    return found
