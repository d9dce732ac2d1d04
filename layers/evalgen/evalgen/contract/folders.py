"""The request that creates a folder of scenarios."""

from __future__ import annotations

from typing import Annotated

from evalgen.contract.fields import (
    MAX_FOLDER_NAME,
    MAX_FOLDER_PATH,
    SEPARATOR,
    Check,
    NotBlank,
    OptionalId,
    at_most,
    if_given,
)
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel


def _one_step(name: str) -> str:
    if SEPARATOR in name:
        raise wrong(f"Must not hold {SEPARATOR!r}, which stands between the names of a path.")
    return name


FolderName = Annotated[str, NotBlank, at_most(MAX_FOLDER_NAME), Check(_one_step, {"pattern": r"^[^.]*$"})]
FolderPath = Annotated[str, NotBlank, at_most(MAX_FOLDER_PATH)]
ParentPath = Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))]


class FolderCreate(RequestModel):
    """Without `parent_path`, or with an empty one, at the root."""

    name: FolderName
    parent_path: ParentPath = None
    project_id: OptionalId = None


class FolderDelete(RequestModel):
    path: FolderPath
    project_id: OptionalId = None


class FolderMove(FolderDelete):
    """Without `new_parent_path`, or with an empty one, to the root."""

    new_parent_path: ParentPath = None


class FolderRename(FolderDelete):
    name: FolderName
