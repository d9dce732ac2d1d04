"""One method for each operation on sets of scenarios: folders, tags, test suites as files.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from evalgen.catalog.adding import Adding
from evalgen.catalog.bulk import Bulk
from evalgen.catalog.folders import Folders
from evalgen.catalog.lookups import Lookups, Problems
from evalgen.catalog.pages import MAX_ANSWER_BYTES, page_of
from evalgen.catalog.refiling import Refiling
from evalgen.catalog.scenarios import Scenarios
from evalgen.catalog.suite_import import Importing
from evalgen.clock import Clock
from evalgen.contract.bodies import MEGABYTE, idempotency_key
from evalgen.contract.bulk import TagsAdd
from evalgen.contract.folders import FolderCreate, FolderDelete, FolderMove, FolderRename
from evalgen.contract.gateway import Call, Raw
from evalgen.contract.queries import ExportQuery, FolderQuery, ReportQuery, SchemaQuery, TagsQuery, ids_in
from evalgen.contract.test_suite import ImportQuery, SuiteImport, suite_schema
from evalgen.errors import InvalidRequest, NotFound
from evalgen.exports.exported import Exported
from evalgen.exports.table import as_csv
from evalgen.exports.vendor_suite import as_suite
from evalgen.exports.workbook import as_xlsx
from evalgen.http import disposition
from evalgen.storage import keys
from evalgen.storage.entities import Entities, to_json
from evalgen.storage.kinds import METRIC
from evalgen.storage.ports import Stores

Object = dict[str, Any]

LINK_SECONDS = 600
SUITE_BYTES = 5 * MEGABYTE
"""Two hundred scenarios, whatever they say."""


class SuiteCatalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores, self._clock = stores, clock
        self._scenarios = Scenarios(stores.table, clock)
        self._bulk = Bulk(stores.table, clock)
        self._adding = Adding(stores.table, clock)
        self._folders = Folders(stores.table, clock)
        self._refiling = Refiling(stores.table, clock)
        self._metrics = Entities(stores.table, METRIC)

    def export_scenarios(self, call: Call) -> Raw:
        query = call.query(ExportQuery)
        scenarios = [
            scenario
            for scenario in self._scenarios.named(call.project_id, ids_in(query.scenario_ids))
            if query.agent_id in (None, scenario["agent"])
        ]
        if not scenarios:
            raise NotFound(f"None of these scenarios belongs to agent {query.agent_id}.")
        exported = Exported(scenarios)
        if query.export_type == "xlsx":
            return self._by_link(call, "scenarios.xlsx", as_xlsx(exported))
        if query.export_type == "csv":
            return _file("scenarios.csv", "text/csv; charset=utf-8", as_csv(exported))
        suite = as_suite(exported).model_dump(exclude_none=True)
        return _file("scenarios.json", "application/json", to_json(suite))

    def import_suite(self, call: Call) -> Object:
        """With `dry_run` every problem by its place; without, scenarios, all of them or none."""
        query, sent = call.query(ImportQuery), call.body(SuiteImport, limit=SUITE_BYTES)
        slugs = {body["slug"]: body["id"] for body in self._metrics.bodies(call.project_id)}
        importing = Importing(self._stores.table, call.project_id, sent, slugs)
        call.warnings.extend(importing.warnings)
        told = {"valid": not importing.problems, "plan": importing.plan, "errors": importing.problems}
        if query.dry_run:
            return {"dry_run": True, **told, "scenario_ids": []}
        if importing.problems:
            texts = [f"{place}: {text}" for place, all_ in importing.problems.items() for text in all_]
            raise InvalidRequest({"spec": texts})
        made = self._adding.add(
            call.project_id, sent, importing.ids, importing.make, idempotency_key(call.event)
        )
        ids = [body["id"] for body in made]
        return {"dry_run": False, **told, "scenario_ids": ids}

    def read_suite_schema(self, call: Call) -> Mapping[str, Any]:
        call.query(SchemaQuery)
        return suite_schema()

    def read_report(self, call: Call) -> Raw:
        # only those who ask for a report pay for the import of what reads an agent and renders a page
        from evalgen.catalog.reporting import of_agent, of_job  # noqa: PLC0415
        from evalgen.report.page import policy, report_page  # noqa: PLC0415

        query = call.query(ReportQuery)
        if (query.progress_id is None) == (query.agent_id is None):
            raise InvalidRequest({"non_field_errors": ["Give one of progress_id and agent_id."]})
        if query.progress_id:
            reported = of_job(self._stores, call.project_id, str(query.progress_id))
        else:
            reported = of_agent(self._stores, self._clock, call.project_id, query.agent_id or 0)
        page = report_page(reported)
        if len(page.encode()) > MAX_ANSWER_BYTES:
            return self._by_link(call, "report.html", page.encode())
        headers = {"Content-Security-Policy": policy(), "X-Content-Type-Options": "nosniff"}
        return Raw(page, "text/html; charset=utf-8", headers=headers)

    def list_tags(self, call: Call) -> list[str]:
        return self._bulk.tags(call.project_id, call.query(TagsQuery))

    def add_tags(self, call: Call) -> list[Object]:
        bodies = self._bulk.add_tags(call.project_id, call.body(TagsAdd))
        return self._scenarios.answers(call.project_id, bodies)

    def list_folders(self, call: Call) -> Object:
        query = call.query(FolderQuery)
        problems: Problems = {}
        if query.agent_id is not None or query.assistant_id is not None:
            lookups = Lookups(self._stores.table)
            lookups.agent(call.project_id, query.agent_id, query.assistant_id, problems)
        if problems:
            raise InvalidRequest(problems)
        return page_of(self._folders.matching(call.project_id, query), query, call.event, dict)

    def create_folder(self, call: Call) -> Object:
        return self._folders.create(call.project_id, call.body(FolderCreate))

    def delete_folder(self, call: Call) -> None:
        self._refiling.delete(call.project_id, call.body(FolderDelete))

    def move_folder(self, call: Call) -> Object:
        return self._refiling.move(call.project_id, call.body(FolderMove))

    def rename_folder(self, call: Call) -> Object:
        return self._refiling.rename(call.project_id, call.body(FolderRename))

    def _by_link(self, call: Call, file_name: str, data: bytes) -> Raw:
        """A redirect to the file: the gateway answers with text only, and Lambda with 6 MB at most."""
        name = keys.export_body(call.project_id, uuid.uuid4().hex)
        self._stores.blobs.put(name, data)
        url = self._stores.blobs.download_url(name, file_name, LINK_SECONDS)
        return Raw(to_json({"url": url}), status=303, headers={"Location": url})


def _file(file_name: str, content_type: str, text: str) -> Raw:
    if len(text.encode()) > MAX_ANSWER_BYTES:
        raise InvalidRequest({"scenario_ids": ["These are more than one answer holds; ask for fewer."]})
    return Raw(text, content_type, headers={"Content-Disposition": disposition(file_name)})
