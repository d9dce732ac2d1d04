"""Scenarios as the vendor's test suite, the contract's own format."""

from __future__ import annotations

import json

from evalgen.contract.slugs import slug_of
from evalgen.contract.test_suite import SuiteInfo, SuiteProfile, SuiteScenario, TestSuite
from evalgen.exports.exported import Exported, Scenario, agent_variables, caller_variables
from evalgen.exports.parts import SUITE_TAGS

MAX_NAME = 255
TOOL_PREFIX = "TOOL_"


def as_suite(exported: Exported) -> TestSuite:
    """What the format has no place for is left out; `{{test_profile.…}}` stays, the runner fills it in."""
    name = exported.agent_name[:MAX_NAME]
    return TestSuite(
        version="1",
        suite=SuiteInfo(name=name) if name else None,
        scenarios=[_scenario(key, one) for key, one in exported.keyed],
    )


def as_suite_file(exported: Exported) -> str:
    suite = as_suite(exported).model_dump(exclude_none=True)
    return json.dumps(suite, indent=2, ensure_ascii=False) + "\n"


def _scenario(key: str, scenario: Scenario) -> SuiteScenario:
    structure = scenario["conditional_actions"]
    return SuiteScenario(
        name=scenario["name"],
        key=key,
        type=scenario["scenario_type"],
        instructions=None if structure else scenario["instructions"],
        conditional_actions=structure,
        expected_outcome=scenario["expected_outcome_prompt"] or None,
        first_message=None if structure else scenario["first_message"] or None,
        language=scenario["scenario_language"],
        max_duration=scenario.get("max_duration"),
        personality=scenario["personality"],
        test_profile=_profile(scenario),
        metrics=[slug_of(name) for name in scenario["metric_names"]],
        tags=scenario["tags"][:SUITE_TAGS],
        tools=[one.removeprefix(TOOL_PREFIX).lower() for one in scenario["tool_ids"]],
    )


def _profile(scenario: Scenario) -> SuiteProfile | None:
    profile = scenario["test_profile_data"]
    if profile is None:
        return None
    return SuiteProfile(
        name=profile["name"],
        agent_variables=agent_variables(scenario),
        caller_variables=caller_variables(scenario),
    )
