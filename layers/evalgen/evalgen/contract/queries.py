"""The query parameters of lists; validated like the fields of a form."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from evalgen.contract.fields import Check, OptionalId, OptionalName, between, up_to
from evalgen.contract.languages import Language
from evalgen.contract.problems import shown, wrong
from evalgen.contract.query_strings import MAX_ID_DIGITS
from evalgen.contract.requests import RequestModel

MAX_PAGE_SIZE = 100
MAX_PROFILES = 1000
MAX_EXPORTED = 200
"""As many as a test suite's file may hold."""


def _ids(text: str) -> str:
    """Commas between ids, repeats and spaces allowed."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) <= MAX_ID_DIGITS for part in parts):
        raise wrong(f"Must be ids with commas between them, such as 1,2,3; got {shown(text)}.")
    if len(parts) > MAX_EXPORTED:
        raise wrong(f"Must have at most {MAX_EXPORTED} ids; got {len(parts)}.")
    return ",".join(dict.fromkeys(parts))


IdList = Annotated[str, Check(_ids, {"pattern": r"^\s*[0-9]{1,18}\s*(,\s*[0-9]{1,18}\s*)*$"})]


def ids_in(text: str) -> list[int]:
    """The ids of a validated list."""
    return [int(part) for part in text.split(",")]


class ProjectQuery(RequestModel):
    project_id: OptionalId = None
    organization_id: OptionalId = None
    """Accepted from clients that send it; there are no organizations here."""


class PageQuery(ProjectQuery):
    page: Annotated[int, between(1, 1_000_000)] = 1
    page_size: Annotated[int, up_to(MAX_PAGE_SIZE)] = 20


class AgentQuery(PageQuery):
    q: str = ""


class AgentDeletion(RequestModel):
    delete_related: bool = True


class ScenarioQuery(PageQuery):
    """`tags` is comma-separated. `folder_path` may be empty: the scenarios without a folder.

    `after` (ours): the page begins after the scenario with this id, as the link to the next page says."""

    after: OptionalId = None

    agent_id: OptionalId = None
    assistant_id: OptionalName = None
    tags: str = ""
    tag_filter_type: Literal["and", "or", "not"] = "or"
    folder_path: str | None = None


class TagsQuery(ProjectQuery):
    agent_id: OptionalId = None


class FolderQuery(PageQuery):
    """`parent_path`: its direct children only; empty: those at the root. `agent_id` and `assistant_id`
    have to be the project's own, and are not needed."""

    parent_path: str | None = None
    search: str = ""
    agent_id: OptionalId = None
    assistant_id: OptionalName = None


class ExportQuery(ProjectQuery):
    """`scenario_ids` is comma-separated; those of another agent than `agent_id` are left out."""

    scenario_ids: IdList
    agent_id: OptionalId = None
    export_type: Literal["csv", "xlsx", "json"] = "csv"


class ProgressQuery(RequestModel):
    """`scenarios=partial` (ours) lists what is ready while the job runs. For description only: the
    function that answers does without pydantic."""

    progress_id: UUID
    scenarios: Literal["partial", ""] = ""


class CoverageQuery(RequestModel):
    progress_id: UUID


class ReportQuery(ProjectQuery):
    """Of one generation, or of all scenarios of an agent: just one of the two."""

    progress_id: UUID | None = None
    agent_id: OptionalId = None


class SchemaQuery(RequestModel):
    version: Literal["1"] = "1"


class FilesQuery(RequestModel):
    """`file_ids` (ours) is comma-separated; without it, all files."""

    file_ids: IdList | None = None


class PersonalityQuery(ProjectQuery):
    language: Language | None = None


class EnabledQuery(PageQuery):
    language: Language | None = None
    enabled_only: bool = False


class ProfileQuery(ProjectQuery):
    """`page_size` and `after` (ours): so many at most, with ids above `after`."""

    agent_id: OptionalId = None
    page_size: Annotated[int, up_to(MAX_PROFILES)] | None = None
    after: OptionalId = None
