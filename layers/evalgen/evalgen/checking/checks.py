"""What every scenario must satisfy by its own words, whoever wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from evalgen.generation.draft import Draft
from evalgen.generation.values import key_of, kind_of, leaves
from evalgen.writing.phrases import phrases_of

LONGEST_NAME = 80
STEPS = (3, 10)
OUTCOME_WORDS = (8, 120)
MOST_BYTES = 40_000

_STEP = re.compile(r"^\s*(?:[^\W\d]+ \d+:|\d+[.)])\s+(?P<text>.+)$")
_REFERENCE = re.compile(
    r"\{\{\s*test_profile\s*(?:\.\s*(?P<dotted>[\w.]+)|\[\s*['\"](?P<quoted>[^'\"]+)['\"]\s*\])\s*\}\}"
)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_SHORTEST_IDENTITY = 4
_IDENTITY = ("phone", "email", "birth_date", "name", "id")


def problems_of(draft: Draft) -> list[str]:
    """What is wrong with a draft, in words; empty if nothing is."""
    return [problem for check in _CHECKS for problem in check(draft)]


def _name(draft: Draft) -> Iterator[str]:
    if not 0 < len(draft.name) <= LONGEST_NAME:
        yield f"the name has {len(draft.name)} characters; 1 to {LONGEST_NAME} are allowed"


def _steps(draft: Draft) -> Iterator[str]:
    checks = phrases_of(draft.language).checks
    lines = [m["text"] for line in draft.instructions.splitlines() if (m := _STEP.match(line))]
    if not STEPS[0] <= len(lines) <= STEPS[1]:
        yield f"{len(lines)} steps; {STEPS[0]} to {STEPS[1]} are allowed"
    for number, line in enumerate(lines, 1):
        if checks.filler.match(line):
            yield f"step {number} is filler: {line}"
        if checks.agent_line.search(line):
            yield f"step {number} quotes the agent"
        if "{" in _PLACEHOLDER.sub("", line) or len(line.split()) > 45:
            yield f"step {number} cannot be played: {line[:80]}"
    if len({line.casefold() for line in lines}) < len(lines):
        yield "two steps are the same"


def _references(draft: Draft) -> Iterator[str]:
    known: dict[str, Any] = {**draft.main_agent_variables, **draft.testing_agent_variables}
    for match in _REFERENCE.finditer(draft.instructions):
        node: Any = known
        for part in [match["quoted"]] if match["quoted"] else match["dotted"].split("."):
            node = node.get(part) if isinstance(node, dict) else None
        if node is None:
            yield f"{match[0]} is not in the test profile"


def _identity(draft: Draft) -> Iterator[str]:
    text = _PLACEHOLDER.sub("", draft.instructions).casefold()
    for path, value in leaves({**draft.main_agent_variables, **draft.testing_agent_variables}):
        told = str(value).strip().casefold()
        if (
            kind_of(key_of(path), value) in _IDENTITY
            and len(told) >= _SHORTEST_IDENTITY
            and len(told.split()) <= 4
            and _stands_in(told, text)
        ):
            yield f"the {key_of(path)} stands in the instructions instead of a reference"


def _stands_in(value: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


def _outcome(draft: Draft) -> Iterator[str]:
    words = len(draft.expected_outcome.split())
    if draft.generated_outcome and not OUTCOME_WORDS[0] <= words <= OUTCOME_WORDS[1]:
        yield f"the expected outcome has {words} words; {OUTCOME_WORDS[0]} to {OUTCOME_WORDS[1]} are allowed"
    agent = phrases_of(draft.language).checks.agent
    if draft.generated_outcome and not agent.search(draft.expected_outcome):
        yield "the expected outcome does not speak of the agent"


def _size(draft: Draft) -> Iterator[str]:
    entries = [[e.input, e.output] for e in draft.mock_entries]
    size = len(
        json.dumps(
            [draft.instructions, draft.expected_outcome, draft.testing_agent_variables, entries]
        ).encode()
    )
    if size > MOST_BYTES:
        yield f"the scenario takes {size} bytes; {MOST_BYTES} are allowed"


_CHECKS: tuple[Callable[[Draft], Iterator[str]], ...] = (
    _name,
    _steps,
    _references,
    _identity,
    _outcome,
    _size,
)
