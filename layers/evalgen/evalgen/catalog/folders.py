"""The folders of a project's scenarios."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from evalgen.clock import Clock, iso
from evalgen.contract.fields import MAX_FOLDER_NAME, MAX_FOLDER_PATH, SEPARATOR
from evalgen.errors import InvalidRequest
from evalgen.storage import keys
from evalgen.storage.entities import body_of, to_json
from evalgen.storage.kinds import FOLDER
from evalgen.storage.ports import ConditionFailed, Expect, Item, Key, Put, Reading, Table
from evalgen.storage.walking import every_item

if TYPE_CHECKING:
    from evalgen.contract.folders import FolderCreate
    from evalgen.contract.queries import FolderQuery

NO_FOLDER = "There is no folder with this path; create it first."
TOO_LONG = f"The path would have more than {MAX_FOLDER_PATH} characters."


class Folders:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def create(self, project_id: int, request: FolderCreate) -> dict[str, Any]:
        """Raises InvalidRequest without its parent, or if there is such a folder, capitals aside."""
        parent = request.parent_path or ""
        if parent and not folder_exists(self._table, project_id, parent):
            raise InvalidRequest({"parent_path": [NO_FOLDER]})
        path = joined(parent, request.name)
        if len(path) > MAX_FOLDER_PATH:
            raise InvalidRequest({"name": [TOO_LONG]})
        body = self._body(path)
        try:
            self._table.write(Put(folder_item(project_id, body), Expect.ABSENT))
        except ConditionFailed:
            raise InvalidRequest({"name": [taken(path)]}) from None
        return body

    def ensure(self, project_id: int, path: str) -> str:
        """Make the folder and those above it where they are not there; its path as it is spelled.

        Raises InvalidRequest for `folder_path` with a name that no folder may have.
        """
        names = path.split(SEPARATOR)
        if any(not name.strip() or len(name) > MAX_FOLDER_NAME for name in names):
            text = f"Must be names of 1 to {MAX_FOLDER_NAME} characters with {SEPARATOR!r} between them."
            raise InvalidRequest({"folder_path": [text]})
        above = ""
        for name in names:
            above = joined(above, name)
            found = self._table.get(folder_key(project_id, above))
            if found is None:
                self._table.write(Put(folder_item(project_id, self._body(above))))
            else:
                above = str(body_of(found)["path"])
        return above

    def matching(self, project_id: int, query: FolderQuery) -> list[dict[str, Any]]:
        """In the order of their paths."""
        wanted = query.search.casefold()
        folders = map(body_of, every_item(self._table, keys.entities(project_id, FOLDER)))
        return sorted(
            (
                folder
                for folder in folders
                if wanted in folder["name"].casefold()
                and (query.parent_path is None or parent_of(folder["path"]) == query.parent_path)
            ),
            key=lambda folder: str(folder["path"]),
        )

    def _body(self, path: str) -> dict[str, Any]:
        now = iso(self._clock())
        return {
            "name": path.rpartition(SEPARATOR)[2],
            "path": path,
            "created_at": now,
            "updated_at": now,
        }


def folder_exists(table: Reading, project_id: int, path: str) -> bool:
    item = table.get(folder_key(project_id, path))
    return item is not None and body_of(item)["path"] == path


def folder_item(project_id: int, body: dict[str, Any]) -> Item:
    return {**folder_key(project_id, body["path"])._asdict(), "body": to_json(body)}


def folder_key(project_id: int, path: str) -> Key:
    return keys.folder(project_id, hashlib.sha256(path.casefold().encode()).hexdigest())


def parent_of(path: str) -> str:
    return path.rpartition(SEPARATOR)[0]


def joined(parent: str, name: str) -> str:
    return f"{parent}{SEPARATOR}{name}" if parent else name


def taken(path: str) -> str:
    return f"There is a folder {path} already, capitals aside."
