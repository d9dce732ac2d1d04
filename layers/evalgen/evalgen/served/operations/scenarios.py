"""Scenarios, one or several at once."""

from __future__ import annotations

from evalgen.contract import answers, scenario_answers
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate
from evalgen.contract.queries import CoverageQuery, ScenarioQuery
from evalgen.contract.scenarios import ConditionsReplace, ScenarioCreate, ScenarioPatch
from evalgen.contract.transcripts import TranscriptCreate, TranscriptQuery, TranscriptUpdate
from evalgen.served.operation import SCENARIOS, Operation

OPERATIONS = (
    Operation("list_scenarios", "GET", SCENARIOS, "scenarios", "List scenarios",
              answers.Page[scenario_answers.Scenario], query=ScenarioQuery),
    Operation("create_scenario", "POST", SCENARIOS, "scenarios", "Create a scenario by hand",
              scenario_answers.Scenario, 201, body=ScenarioCreate, errors=(409,), idempotent=True),
    Operation("create_from_transcript", "POST", f"{SCENARIOS}create-from-transcript-bg/", "scenarios",
              "Make a scenario that replays a real call", answers.Begun, body=TranscriptCreate, errors=(409,),
              idempotent=True),
    Operation("transcript_progress", "GET", f"{SCENARIOS}create-from-transcript-progress/", "scenarios",
              "What was made of a transcript", scenario_answers.FromTranscript, query=TranscriptQuery,
              errors=(404,)),
    Operation("update_with_transcript", "POST", f"{SCENARIOS}{{id}}/update_scenario_with_transcript/",
              "scenarios", "Have a scenario replay a real call", scenario_answers.Scenario,
              body=TranscriptUpdate, errors=(409,)),
    Operation("update_conditional_actions", "POST", f"{SCENARIOS}{{id}}/update_conditional_actions/",
              "scenarios", "Make a scenario conditional actions, or change them", scenario_answers.Scenario,
              body=ConditionsReplace, errors=(409,)),
    Operation("read_scenario", "GET", f"{SCENARIOS}{{id}}/", "scenarios", "Read a scenario",
              scenario_answers.Scenario),
    Operation("patch_scenario", "PATCH", f"{SCENARIOS}{{id}}/", "scenarios", "Change a scenario",
              scenario_answers.Scenario, body=ScenarioPatch, errors=(409,)),
    Operation("delete_scenario", "DELETE", f"{SCENARIOS}{{id}}/", "scenarios", "Delete a scenario",
              status=204),
    Operation("read_coverage", "GET", f"{SCENARIOS}generate-coverage/", "scenarios",
              "What a generation covers of the agent, item by item", scenario_answers.Coverage,
              query=CoverageQuery, errors=(404,)),
    Operation("update_scenarios", "POST", f"{SCENARIOS}adv_update/", "scenarios",
              "Change several scenarios, all or none", list[scenario_answers.Scenario], body=BulkUpdate,
              errors=(409,)),
    Operation("delete_scenarios", "POST", f"{SCENARIOS}delete_scenarios/", "scenarios",
              "Delete several scenarios", status=204, body=BulkDelete),
    Operation("duplicate_scenarios", "POST", f"{SCENARIOS}duplicate/", "scenarios", "Copy scenarios",
              answers.Page[scenario_answers.Scenario], 201, body=Duplicate, errors=(409,), idempotent=True),
)  # fmt: skip
