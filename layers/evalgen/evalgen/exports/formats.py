"""The formats in which scenarios leave, and what each has no place for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evalgen.exports.deepeval import as_goldens
from evalgen.exports.exported import Exported, Scenario, keys_of
from evalgen.exports.markdown import as_markdown
from evalgen.exports.parts import EVERY, Part, listed, parts_of
from evalgen.exports.promptfoo import as_config
from evalgen.exports.pytest_file import as_test_file
from evalgen.exports.retell import as_test_cases
from evalgen.exports.table import as_csv
from evalgen.exports.vendor_suite import MAX_TAGS, as_suite_file
from evalgen.exports.workbook import as_xlsx

CALLS = frozenset({Part.MOCKS, Part.EXPECTED_CALLS, Part.FORBIDDEN_CALLS})


@dataclass(frozen=True, slots=True)
class Format:
    """`file_name` is the one that its owner expects. `holds` are the parts of a scenario that its owner acts
    on or shows, `keeps` those that stand in the file as data and no more; all others are left out."""

    file_name: str
    write: Callable[[Exported], str] | Callable[[Exported], bytes]
    holds: frozenset[Part]
    keeps: frozenset[Part] = field(default=frozenset())

    def file(self, exported: Exported) -> bytes:
        """Raises InvalidRequest for what the format cannot write at all."""
        written = self.write(exported)
        return written.encode() if isinstance(written, str) else written

    def notes(self, scenario: Scenario) -> Iterator[str]:
        """What of the scenario the file does not have, or only as data."""
        parts = parts_of(scenario)
        if lost := parts - self.holds - self.keeps:
            yield f"has no place for {listed(lost)}"
        if kept := parts & self.keeps:
            yield f"has {listed(kept)} as data only"
        if self.write is as_suite_file and len(scenario["tags"]) > MAX_TAGS:
            yield f"has the first {MAX_TAGS} of {len(scenario['tags'])} tags"


FORMATS = {
    "suite": Format(
        "scenarios.json", as_suite_file, EVERY - CALLS - {Part.GROUNDS, Part.FOLDER}
    ),
    "retell": Format(
        "retell-test-cases.json",
        as_test_cases,
        frozenset({Part.MOCKS, Part.FIRST_MESSAGE, Part.PERSONALITY, Part.VARIABLES}),
    ),
    "promptfoo": Format(
        "promptfooconfig.json",
        as_config,
        frozenset({Part.FIRST_MESSAGE, Part.PERSONALITY, Part.VARIABLES}),
        CALLS | {Part.TAGS},
    ),
    "deepeval": Format(
        "goldens.json",
        as_goldens,
        frozenset({Part.FIRST_MESSAGE, Part.PERSONALITY}),
        CALLS | {Part.TAGS, Part.VARIABLES},
    ),
    "pytest": Format(
        "test_scenarios.py",
        as_test_file,
        CALLS | {Part.FIRST_MESSAGE, Part.PERSONALITY, Part.VARIABLES},
    ),
    "markdown": Format(
        "scenarios.md",
        as_markdown,
        EVERY - {Part.STRUCTURE, Part.METRICS, Part.TOOLS, Part.FOLDER},
    ),
    "csv": Format("scenarios.csv", as_csv, EVERY),
    "xlsx": Format("scenarios.xlsx", as_xlsx, EVERY),
}  # fmt: skip


def all_notes(name: str, exported: Exported) -> dict[str, list[str]]:
    """By key of a scenario, what its file does not have; scenarios without loss are left out."""
    pairs = zip(keys_of(exported.scenarios), exported.scenarios, strict=True)
    found = {key: list(FORMATS[name].notes(scenario)) for key, scenario in pairs}
    return {key: notes for key, notes in found.items() if notes}
