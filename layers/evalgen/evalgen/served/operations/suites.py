"""Sets of scenarios: folders, tags, test suites as files, the report."""

from __future__ import annotations

from typing import Any

from evalgen.contract import answers, scenario_answers
from evalgen.contract.bulk import TagsAdd
from evalgen.contract.folders import FolderCreate, FolderDelete, FolderMove, FolderRename
from evalgen.contract.queries import ExportQuery, FolderQuery, ReportQuery, SchemaQuery, TagsQuery
from evalgen.contract.test_suite import ImportQuery, SuiteImport, TestSuite
from evalgen.served.operation import SCENARIOS, Operation

CSV = "text/csv"

OPERATIONS = (
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
