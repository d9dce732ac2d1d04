"""What was generated, as it is kept: in one JSON file, or in a folder with a file for each scenario."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evalgen.contract.json_values import BadJsonError, load_json
from evalgen.contract.problems import problems_of
from evalgen.importing.source import BadInput
from evalgen_cli.writing import STDOUT, as_json, write_text

SUITE = "suite.json"
"""In a folder: everything but the scenarios."""

SCENARIOS = "scenarios"
UNTIMED = {"created_at": None, "updated_at": None}


@dataclass(frozen=True, slots=True)
class Suite:
    """`agent` and `request` are the bodies that were sent; `scenarios`, `failures` and `warnings` as
    generate-progress answers them, `coverage` as generate-coverage does.

    The same agent and request give the same suite: it has no times.
    """

    agent: dict[str, Any]
    request: dict[str, Any]
    scenarios: list[dict[str, Any]]
    failures: list[dict[str, Any]]
    warnings: list[str]
    coverage: dict[str, Any]


_SUITE = TypeAdapter(Suite)


def untimed(scenario: dict[str, Any]) -> dict[str, Any]:
    """Without the times of its making."""
    profile = scenario["test_profile_data"]
    return {**scenario, **UNTIMED, "test_profile_data": profile and {**profile, **UNTIMED}}


def write_suite(path: Path, suite: Suite) -> None:
    """Into a file if the name ends in .json or is `-`, else into a folder. Raises OSError."""
    if path == STDOUT or path.suffix == ".json":
        write_text(path, as_json(asdict(suite)))
        return
    files = {_file_name(scenario): scenario for scenario in suite.scenarios}
    for name, scenario in files.items():
        write_text(path / SCENARIOS / name, as_json(scenario))
    for file in (path / SCENARIOS).glob("*.json"):
        if file.name not in files:
            file.unlink()
    rest = {key: value for key, value in asdict(suite).items() if key != "scenarios"}
    write_text(path / SUITE, as_json(rest))


def is_suite(path: Path) -> bool:
    """Whether it was written by `write_suite`, and is no agent."""
    if path.is_dir():
        return (path / SUITE).is_file()
    if path.suffix != ".json" or not path.is_file():
        return False
    value = _json(path)
    return isinstance(value, dict) and {"agent", "scenarios", "coverage"} <= value.keys()


def read_suite(path: Path) -> Suite:
    """Raises BadInput, OSError."""
    if not path.exists():
        raise BadInput(f"{path} does not exist; `evalgen generate AGENT -o {path}` writes it")
    if path.is_dir():
        if not (path / SUITE).is_file():
            raise BadInput(f"{path} holds no {SUITE}; give what `evalgen generate AGENT -o …` has written")
        value = _json(path / SUITE)
        scenarios = [_json(file) for file in sorted((path / SCENARIOS).glob("*.json"))]
        value = {**value, "scenarios": scenarios} if isinstance(value, dict) else value
    else:
        value = _json(path)
    try:
        suite = _SUITE.validate_python(value)
    except ValidationError as error:
        told = "; ".join(f"{field}: {' '.join(texts)}" for field, texts in problems_of(error).items())
        wanted = ", ".join(field.name for field in fields(Suite))
        raise BadInput(f"{path} is no generated suite ({wanted}): {told}") from None
    _have_every_field(path, suite.scenarios)
    return replace(suite, scenarios=sorted(suite.scenarios, key=lambda one: int(one["id"])))


def _have_every_field(path: Path, scenarios: list[dict[str, Any]]) -> None:
    from evalgen.contract.scenario_answers import GeneratedScenario  # noqa: PLC0415 - for what reads suites only

    for number, one in enumerate(scenarios, 1):
        if missing := [name for name in GeneratedScenario.model_fields if name not in one]:
            told = f"scenario {number} ({one.get('name', 'without a name')}) has no {', '.join(missing)}"
            raise BadInput(f"{path}: {told}; `evalgen generate` writes them")


def _json(path: Path) -> Any:
    try:
        return load_json(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text") from None
    except BadJsonError as error:
        raise BadInput(f"{path}: {error}") from None


def _file_name(scenario: dict[str, Any]) -> str:
    """The same as long as the scenario tests the same and is called the same."""
    slug = re.sub(r"[^\w]+", "-", scenario["name"].casefold()).strip("-")[:60]
    return f"{slug}-{hashlib.sha256(scenario['key'].encode()).hexdigest()[:6]}.json"
