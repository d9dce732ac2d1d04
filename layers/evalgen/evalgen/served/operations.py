"""The table of all operations. Routes are made from it, the template has them, and it is described."""

from __future__ import annotations

from typing import Any

from evalgen.contract import agent_answers, answers, scenario_answers
from evalgen.contract.agent_tools import ToolCreate, ToolPatch
from evalgen.contract.agents import (
    AgentCreate,
    AgentDuplicate,
    AgentPatch,
    AgentRestore,
    AgentVersionName,
    SuiteDiff,
)
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate, TagsAdd
from evalgen.contract.folders import FolderCreate, FolderDelete, FolderMove, FolderRename
from evalgen.contract.generate import GenerateRequest
from evalgen.contract.knowledge import AgentImport, KnowledgeUpload, UploadCreate
from evalgen.contract.personalities import PersonalitiesChosen, PersonalityCreate
from evalgen.contract.phone_numbers import PhoneNumberCreate
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.contract.queries import (
    AgentDeletion,
    AgentQuery,
    CoverageQuery,
    EnabledQuery,
    ExportQuery,
    FilesQuery,
    FolderQuery,
    PageQuery,
    PersonalityQuery,
    ProfileQuery,
    ProgressQuery,
    ProjectQuery,
    ReportQuery,
    ScenarioQuery,
    SchemaQuery,
    TagsQuery,
)
from evalgen.contract.scenarios import ConditionsReplace, ScenarioCreate, ScenarioPatch
from evalgen.contract.test_suite import ImportQuery, SuiteImport, TestSuite
from evalgen.contract.transcripts import TranscriptCreate, TranscriptQuery, TranscriptUpdate
from evalgen.served.operation import V1, V2, Operation

AGENTS = f"{V2}/aiagents/"
AGENT = f"{AGENTS}{{id}}/"
TOOL = f"{V1}/aiagents/{{id}}/tool/{{tool_name}}/"
UPLOADS = f"{AGENT}knowledge_base/uploads/"
SCENARIOS = f"{V1}/scenarios/"
PROFILES = f"{V1}/test-profiles/"
PERSONALITIES = f"{V1}/personalities/"
NUMBERS = f"{V1}/phone-numbers/inbound/"
PROJECT = "/user/v1/projects/{id}/"
FILES = answers.Page[answers.KnowledgeFile]
ENABLED = answers.Page[answers.EnabledPersonality]
CSV = "text/csv"

GENERATE = Operation(
    "generate_scenarios", "POST", f"{SCENARIOS}generate-bg/", "api", "Start generating scenarios",
    answers.Started, body=GenerateRequest, errors=(409,), idempotent=True, files="generation_files",
)  # fmt: skip
PROGRESS = Operation(
    "read_progress", "GET", f"{SCENARIOS}generate-progress/", "progress", "How far a generation is",
    scenario_answers.Progress, query=ProgressQuery, errors=(404,),
)  # fmt: skip

_AGENT_OPERATIONS = (
    Operation("list_agents", "GET", AGENTS, "agents", "List agents",
              answers.Page[agent_answers.Agent], query=AgentQuery),
    Operation("create_agent", "POST", AGENTS, "agents", "Create an agent",
              agent_answers.Agent, 201, body=AgentCreate),
    Operation("import_agent", "POST", f"{AGENTS}import/", "agents",
              "Create an agent from the files of another platform, or of ours",
              agent_answers.ImportedAgent, 201, body=AgentImport, files="files"),
    Operation("read_agent", "GET", AGENT, "agents", "Read an agent", agent_answers.Agent),
    Operation("short_list", "GET", f"{AGENTS}short_list/", "agents", "List agents without what they say",
              answers.Page[agent_answers.ListedAgent], query=AgentQuery),
    Operation("replace_agent", "PUT", AGENT, "agents",
              "Make an agent anew; what is not sent is as in a new one",
              agent_answers.Agent, body=AgentCreate, errors=(409,)),
    Operation("duplicate_agent", "POST", f"{AGENT}duplicate/", "agents", "Copy an agent",
              agent_answers.Agent, 201, body=AgentDuplicate),
    Operation("list_versions", "GET", f"{AGENT}history/", "agents",
              "List an agent's versions, the newest first",
              answers.Page[agent_answers.AgentVersion], query=PageQuery),
    Operation("name_version", "PATCH", f"{AGENT}history/edit/", "agents", "Name a version of an agent",
              agent_answers.AgentVersion, body=AgentVersionName),
    Operation("suite_diff", "POST", f"{AGENT}suite-diff/", "agents",
              "What a change of an agent makes of its scenarios", agent_answers.SuiteDiff, body=SuiteDiff),
    Operation("restore_agent", "POST", f"{AGENT}restore/", "agents", "Make an agent what it was in a version",
              agent_answers.Agent, body=AgentRestore, errors=(409,)),
    Operation("patch_agent", "PATCH", AGENT, "agents", "Change an agent; lists replace the whole list",
              agent_answers.Agent, body=AgentPatch, errors=(409,)),
    Operation("delete_agent", "DELETE", AGENT, "agents", "Delete an agent, and what belongs to it",
              status=204, query=AgentDeletion),
    Operation("upload_knowledge", "POST", f"{AGENT}upload_knowledge_base/", "agents",
              "Give an agent documents of at most 3 MB together", FILES, 201,
              body=KnowledgeUpload, errors=(409,), files="files"),
    Operation("list_knowledge", "GET", f"{AGENT}knowledge_base/", "agents", "List an agent's documents",
              FILES, query=PageQuery),
    Operation("delete_knowledge", "DELETE", f"{AGENT}delete_knowledge_base/", "agents",
              "Delete an agent's documents", answers.Deleted, query=FilesQuery, errors=(409,)),
    Operation("list_tools", "GET", f"{V1}/aiagents/{{id}}/tools/", "agents", "List an agent's tools",
              list[agent_answers.OneTool]),
    Operation("create_tool", "POST", f"{V1}/aiagents/{{id}}/tools/", "agents", "Give an agent a tool",
              agent_answers.OneTool, 201, body=ToolCreate, errors=(409,)),
    Operation("read_tool", "GET", TOOL, "agents", "Read an agent's tool by its name", agent_answers.OneTool),
    Operation("patch_tool", "PATCH", TOOL, "agents", "Change an agent's tool", agent_answers.OneTool,
              body=ToolPatch, errors=(409,)),
    Operation("delete_tool", "DELETE", TOOL, "agents", "Take a tool from an agent", status=204,
              errors=(409,)),
    Operation("create_upload", "POST", UPLOADS, "agents", "Announce a document of at most 50 MB",
              answers.NewUpload, 201, body=UploadCreate),
    Operation("read_upload", "GET", f"{UPLOADS}{{upload_id}}/", "agents", "How far a document is",
              answers.Upload),
    Operation("complete_upload", "POST", f"{UPLOADS}{{upload_id}}/complete/", "agents",
              "Say that a document has been sent", answers.Upload, 202, errors=(400,)),
)  # fmt: skip

_PROJECT_OPERATIONS = (
    Operation("agent_personalities", "GET", f"{AGENT}personalities/", "catalog",
              "List the personalities for an agent, which are its project's", ENABLED, query=EnabledQuery),
    Operation("enable_for_agent", "POST", f"{AGENT}enable_personalities/", "catalog",
              "Enable personalities of an agent's project", ENABLED, query=EnabledQuery,
              body=PersonalitiesChosen, errors=(409,)),
    Operation("disable_for_agent", "POST", f"{AGENT}disable_personalities/", "catalog",
              "Disable personalities of an agent's project", answers.Message, body=PersonalitiesChosen,
              errors=(409,)),
    Operation("enable_for_project", "POST", f"{PROJECT}enable_personalities/", "catalog",
              "Enable personalities", ENABLED, query=EnabledQuery, body=PersonalitiesChosen, errors=(409,)),
    Operation("disable_for_project", "POST", f"{PROJECT}disable_personalities/", "catalog",
              "Disable personalities", answers.Message, body=PersonalitiesChosen, errors=(409,)),
    Operation("list_personalities", "GET", PERSONALITIES, "catalog", "List personalities",
              list[answers.Personality], query=PersonalityQuery),
    Operation("create_personality", "POST", PERSONALITIES, "catalog", "Create a personality",
              answers.Personality, 201, body=PersonalityCreate),
    Operation("read_personality", "GET", f"{PERSONALITIES}{{id}}/", "catalog", "Read a personality",
              answers.Personality),
    Operation("list_profiles", "GET", PROFILES, "catalog", "List test profiles",
              list[answers.ListedProfile], query=ProfileQuery),
    Operation("create_profile", "POST", PROFILES, "catalog", "Create a test profile",
              answers.Profile, body=ProfileCreate),
    Operation("read_profile", "GET", f"{PROFILES}{{id}}/", "catalog", "Read a test profile",
              answers.Profile),
    Operation("patch_profile", "PATCH", f"{PROFILES}{{id}}/", "catalog", "Change a test profile",
              answers.Profile, body=ProfilePatch, errors=(409,)),
    Operation("delete_profile", "DELETE", f"{PROFILES}{{id}}/", "catalog", "Delete a test profile",
              status=204),
    Operation("list_metrics", "GET", f"{V1}/predefined-metrics/", "catalog", "List metrics",
              list[answers.Metric], query=ProjectQuery),
    Operation("list_numbers", "GET", NUMBERS, "catalog", "List inbound phone numbers",
              list[answers.PhoneNumber], query=ProjectQuery),
    Operation("create_number", "POST", NUMBERS, "catalog", "Add an inbound phone number",
              answers.PhoneNumber, 201, body=PhoneNumberCreate),
    Operation("delete_number", "DELETE", f"{NUMBERS}{{id}}/", "catalog", "Remove an inbound phone number",
              status=204),
    Operation("describe", "GET", "/openapi.json", "catalog", "This description", dict[str, Any], open=True),
    Operation("read_docs", "GET", "/docs/", "catalog", "This description as a page", str, open=True,
              content_types=("text/html",)),
)  # fmt: skip

_SCENARIO_OPERATIONS = (
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

_SUITE_OPERATIONS = (
    Operation("export_scenarios", "GET", f"{SCENARIOS}export_scenarios/", "suites",
              "Export scenarios: a spreadsheet (xlsx by a link to fetch it from), or a test suite",
              TestSuite, query=ExportQuery, errors=(404,), content_types=(CSV, "application/json"),
              elsewhere=answers.Link),
    Operation("read_report", "GET", f"{SCENARIOS}report/", "suites",
              "What of an agent is tested, as a page: by a generation, or by all scenarios of the agent", str,
              query=ReportQuery, errors=(404,), content_types=("text/html",), elsewhere=answers.Link),
    Operation("read_suite_schema", "GET", f"{SCENARIOS}json_schema/", "suites",
              "The JSON schema of test suites", dict[str, Any], query=SchemaQuery),
    Operation("list_folders", "GET", f"{SCENARIOS}folders/", "suites", "List folders of scenarios",
              answers.Page[answers.Folder], query=FolderQuery),
    Operation("create_folder", "POST", f"{SCENARIOS}create_folder/", "suites", "Create a folder",
              answers.Folder, 201, body=FolderCreate),
    Operation("delete_folder", "POST", f"{SCENARIOS}delete_folder/", "suites",
              "Delete a folder and all that is in it", status=204, body=FolderDelete),
    Operation("move_folder", "POST", f"{SCENARIOS}move_folder/", "suites",
              "Move a folder, with all that is in it", answers.Folder, body=FolderMove, errors=(409,)),
    Operation("rename_folder", "POST", f"{SCENARIOS}rename_folder/", "suites", "Rename a folder",
              answers.Folder, body=FolderRename, errors=(409,)),
    Operation("import_suite", "POST", f"{SCENARIOS}import_suite/", "suites",
              "Make scenarios of a test suite's file, or see what would be made", answers.Imported,
              query=ImportQuery, body=SuiteImport, errors=(409,), idempotent=True),
    Operation("list_tags", "GET", f"{SCENARIOS}tags/", "suites", "List the tags of scenarios", list[str],
              query=TagsQuery),
    Operation("add_tags", "POST", f"{SCENARIOS}add_tags/", "suites", "Add tags to several scenarios",
              list[scenario_answers.Scenario], body=TagsAdd, errors=(409,)),
)  # fmt: skip

OPERATIONS = (
    GENERATE,
    PROGRESS,
    *_SCENARIO_OPERATIONS,
    *_SUITE_OPERATIONS,
    *_AGENT_OPERATIONS,
    *_PROJECT_OPERATIONS,
)
