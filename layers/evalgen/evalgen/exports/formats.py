"""The formats in which scenarios leave, and what each has no place for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from evalgen.exports.deepeval import as_goldens
from evalgen.exports.exported import Exported, Scenario
from evalgen.exports.markdown import as_markdown
from evalgen.exports.parts import EVERY, Part, parts_of
from evalgen.exports.promptfoo import as_config
from evalgen.exports.pytest_file import as_test_file
from evalgen.exports.retell import as_test_cases
from evalgen.exports.table import as_csv
from evalgen.exports.vendor_suite import as_suite_file
from evalgen.exports.workbook import as_xlsx

FormatName = Literal["suite", "retell", "promptfoo", "deepeval", "pytest", "markdown", "csv", "xlsx"]
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

    def lost(self, scenario: Scenario) -> frozenset[Part]:
        """What of the scenario the file does not have."""
        return parts_of(scenario) - self.holds - self.keeps


FORMATS: dict[FormatName, Format] = {
    "suite": Format(
        "scenarios.json", as_suite_file, EVERY - CALLS - {Part.GROUNDS, Part.FOLDER, Part.MORE_TAGS}
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
        CALLS | {Part.TAGS, Part.MORE_TAGS},
    ),
    "deepeval": Format(
        "goldens.json",
        as_goldens,
        frozenset({Part.FIRST_MESSAGE, Part.PERSONALITY}),
        CALLS | {Part.TAGS, Part.MORE_TAGS, Part.VARIABLES},
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


def lost_by_key(name: FormatName, exported: Exported) -> dict[str, list[Part]]:
    """By key of a scenario, what its file does not have; scenarios that lose nothing are left out."""
    found = {key: FORMATS[name].lost(scenario) for key, scenario in exported.keyed}
    return {key: [part for part in Part if part in lost] for key, lost in found.items() if lost}
