"""The folders of a project's scenarios."""

from __future__ import annotations

import hashlib
from typing import Any

from evalgen.catalog.entities import body_of, to_json
from evalgen.catalog.kinds import FOLDER
from evalgen.clock import Clock, iso
from evalgen.contract.folders import SEPARATOR, FolderCreate
from evalgen.contract.generate import MAX_FOLDER_PATH
from evalgen.contract.queries import FolderQuery
from evalgen.errors import InvalidRequest
from evalgen.storage import keys
from evalgen.storage.ports import ConditionFailed, Expect, Key, Put, Table
from evalgen.storage.walking import every_item

NO_FOLDER = "There is no folder with this path; create it first."


class Folders:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def create(self, project_id: int, request: FolderCreate) -> dict[str, Any]:
        """Raises InvalidRequest without its parent, or if there is such a folder, capitals aside."""
        parent = request.parent_path or ""
        if parent and not folder_exists(self._table, project_id, parent):
            raise InvalidRequest({"parent_path": [NO_FOLDER]})
        path = f"{parent}{SEPARATOR}{request.name}" if parent else request.name
        if len(path) > MAX_FOLDER_PATH:
            raise InvalidRequest({"name": [f"The path would have more than {MAX_FOLDER_PATH} characters."]})
        now = iso(self._clock())
        body = {"name": request.name, "path": path, "created_at": now, "updated_at": now}
        item = {**_key(project_id, path)._asdict(), "body": to_json(body)}
        try:
            self._table.write(Put(item, Expect.ABSENT))
        except ConditionFailed:
            raise InvalidRequest({"name": [f"There is a folder {path} already, capitals aside."]}) from None
        return body

    def matching(self, project_id: int, query: FolderQuery) -> list[dict[str, Any]]:
        """In the order of their paths."""
        wanted = query.search.casefold()
        folders = map(body_of, every_item(self._table, keys.entities(project_id, FOLDER)))
        return sorted(
            (
                folder
                for folder in folders
                if wanted in folder["name"].casefold()
                and (query.parent_path is None or _parent(folder["path"]) == query.parent_path)
            ),
            key=lambda folder: str(folder["path"]),
        )


def folder_exists(table: Table, project_id: int, path: str) -> bool:
    item = table.get(_key(project_id, path))
    return item is not None and body_of(item)["path"] == path


def _key(project_id: int, path: str) -> Key:
    return keys.folder(project_id, hashlib.sha256(path.casefold().encode()).hexdigest())


def _parent(path: str) -> str:
    return path.rpartition(SEPARATOR)[0]
