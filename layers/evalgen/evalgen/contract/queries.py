"""The query parameters of lists; validated like the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from evalgen.contract.bodies import Body
from evalgen.contract.fields import OptionalId, OptionalName, between
from evalgen.contract.languages import Language
from evalgen.contract.requests import RequestModel, validate

MAX_PAGE_SIZE = 100


class ProjectQuery(RequestModel):
    project_id: OptionalId = None


class PageQuery(ProjectQuery):
    page: Annotated[int, between(1, 1_000_000)] = 1
    page_size: Annotated[int, between(1, MAX_PAGE_SIZE)] = 20


class AgentQuery(PageQuery):
    q: str = ""


class AgentDeletion(RequestModel):
    delete_related: bool = True


class ScenarioQuery(PageQuery):
    """`tags` is comma-separated. `folder_path` may be empty: the scenarios without a folder."""

    agent_id: OptionalId = None
    assistant_id: OptionalName = None
    tags: str = ""
    tag_filter_type: Literal["and", "or", "not"] = "or"
    folder_path: str | None = None


class PersonalityQuery(ProjectQuery):
    language: Language | None = None


class ProfileQuery(ProjectQuery):
    agent_id: OptionalId = None


Q = TypeVar("Q", bound=RequestModel)


def query_pairs(event: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The query of a REST proxy event, in order."""
    many = event.get("multiValueQueryStringParameters") or {}
    return [(name, value) for name, values in many.items() for value in values]


def read_query(model: type[Q], event: Mapping[str, Any]) -> Q:
    """Raises InvalidRequest with all wrong parameters."""
    return validate(model, Body(0, pairs=list(query_pairs(event))), keep_empty=True)
