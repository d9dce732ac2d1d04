"""Every exported file, loaded by its owner's own loader in an environment of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checks.node_packages import node, node_packages
from checks.suites import sample_suite
from deploy import Unable
from deploy.environments import environment, run
from evalgen.exports.exported import Exported, filled_in, keys_of, statements
from evalgen.exports.formats import FORMATS, FormatName
from local import ROOT

PEERS = ROOT / "checks" / "peers"
SCHEMA = ROOT.parent / "shared" / "contract" / "test-suite-v1.schema.json"
SILENT = {
    "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
    "PROMPTFOO_DISABLE_TELEMETRY": "1",
    "PROMPTFOO_DISABLE_UPDATE": "1",
}


@pytest.fixture(scope="module")
def exported() -> Exported:
    suite = sample_suite()
    return Exported(suite.scenarios, suite.agent["mock_tools"])


def loaded(command: Sequence[str | Path], folder: Path) -> Any:
    """What a loader prints of the file that it has loaded."""
    said = run(
        command,
        f"running {command[1]}",
        folder,
        {**os.environ, **SILENT, "PROMPTFOO_CONFIG_DIR": str(folder)},
    )
    (line,) = [line for line in said.splitlines() if line.startswith("LOADED ")]
    return json.loads(line.removeprefix("LOADED "))


def written(name: FormatName, exported: Exported, folder: Path) -> Path:
    path = folder / FORMATS[name].file_name
    path.write_bytes(FORMATS[name].file(exported))
    return path


@pytest.fixture(scope="module")
def schema() -> Any:
    """The vendor's, which is not ours to keep in the repository."""
    if not SCHEMA.is_file():
        raise Unable(f"the vendor's schema of suites has to lie beside the repository, at {SCHEMA}")
    return json.loads(SCHEMA.read_text("utf-8"))


def test_the_vendors_schema_takes_a_suite(exported: Exported, schema: Any) -> None:
    suite = json.loads(FORMATS["suite"].file(exported))
    jsonschema.validate(suite, schema, jsonschema.Draft202012Validator)
    assert [one["key"] for one in suite["scenarios"]] == keys_of(exported.scenarios)


def test_retells_client_sends_all_of_a_test_case_and_reads_it_by_its_types(
    exported: Exported, tmp_path: Path
) -> None:
    python = environment("importers") / "bin" / "python"
    file = written("retell", exported, tmp_path)
    found = loaded([python, PEERS / "retell_cases.py", file], tmp_path)
    cases = json.loads(file.read_text("utf-8"))
    assert [one["body"] for one in found["sent"]] == cases
    assert {one["path"] for one in found["sent"]} == {"/create-test-case-definition"}
    for case, read in zip(cases, found["read"], strict=True):
        assert {key: read[key] for key in case} == case
        assert all(json.loads(mock["output"]) is not ... for mock in read["tool_mocks"])


def test_deepevals_loader_keeps_scenarios_statements_callers_and_keys(
    exported: Exported, tmp_path: Path
) -> None:
    python = environment("deepeval") / "bin" / "python"
    goldens = loaded(
        [python, PEERS / "deepeval_goldens.py", written("deepeval", exported, tmp_path)], tmp_path
    )
    assert {golden["type"] for golden in goldens} == {"ConversationalGolden"}
    assert [golden["key"] for golden in goldens] == keys_of(exported.scenarios)
    for golden, scenario in zip(goldens, exported.scenarios, strict=True):
        assert golden["name"] == scenario["name"]
        assert golden["column"] == golden["key"]
        assert golden["scenario"] == filled_in(scenario["instructions"], scenario)
        assert golden["must"] == statements(scenario)
        assert golden["calls"] == scenario["expected_calls"]
        assert "never open the conversation" in golden["persona"]  # the sample agent opens the call


def test_promptfoo_runs_every_test_with_its_caller_and_statements(exported: Exported, tmp_path: Path) -> None:
    file = written("promptfoo", exported, tmp_path)
    found = loaded([node(), PEERS / "promptfoo.mjs", file, node_packages()], tmp_path)
    assert found["turns"] == 15
    tests = {test["key"]: test for test in found["tests"]}
    assert len(found["tests"]) == len(tests) == len(exported.scenarios)
    for key, scenario in zip(keys_of(exported.scenarios), exported.scenarios, strict=True):
        test = tests[key]
        assert (test["name"], test["passed"]) == (scenario["name"], True)
        assert filled_in(scenario["instructions"], scenario) in test["told"]
        assert test["judged"] == statements(scenario)
        assert test["calls"] == len(scenario["expected_calls"])
        assert all(any(said in prompt for prompt in found["judged"]) for said in statements(scenario))
