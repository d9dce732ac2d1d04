"""Folders are moved, renamed and deleted, with all that is in them.

The scenarios in a folder are changed after the folders themselves. A move that was interrupted is
completed by asking for it again: the folder at the new place notes from where it came until all is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evalgen.catalog.folders import (
    NO_FOLDER,
    TOO_LONG,
    folder_exists,
    folder_item,
    folder_key,
    joined,
    parent_of,
    taken,
)
from evalgen.clock import Clock, iso
from evalgen.contract.fields import MAX_FOLDER_PATH, SEPARATOR
from evalgen.contract.folders import FolderDelete, FolderMove, FolderRename
from evalgen.errors import InvalidRequest
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.id_sets import Ids, count, either, page
from evalgen.storage.kinds import FOLDER, SCENARIO
from evalgen.storage.listing import in_folder, labelled
from evalgen.storage.ports import Delete, Expect, Item, Put, Table, TransactionCancelled, Write
from evalgen.storage.walking import every_item

MAX_FOLDERS = 50
"""With two writes for each they are moved in one transaction."""

MAX_SCENARIOS = 2000
"""What is changed in a request's time."""

Body = dict[str, Any]


class Refiling:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._scenarios = Entities(table, SCENARIO)

    def move(self, project_id: int, request: FolderMove) -> Body:
        """Raises InvalidRequest."""
        parent = request.new_parent_path or ""
        name = request.path.rpartition(SEPARATOR)[2]
        if parent and not folder_exists(self._table, project_id, parent):
            raise InvalidRequest({"new_parent_path": [NO_FOLDER]})
        if _is_in(parent, request.path):
            raise InvalidRequest({"new_parent_path": ["Must not be the folder itself, or one in it."]})
        return self._to(project_id, request.path, joined(parent, name), "new_parent_path")

    def rename(self, project_id: int, request: FolderRename) -> Body:
        """Raises InvalidRequest."""
        return self._to(project_id, request.path, joined(parent_of(request.path), request.name), "name")

    def delete(self, project_id: int, request: FolderDelete) -> None:
        """The folder goes last, after what is in it. Raises InvalidRequest."""
        path = request.path
        if not folder_exists(self._table, project_id, path):
            raise InvalidRequest({"path": [NO_FOLDER]})
        folders = self._folders(project_id, path)
        self._scenarios.delete_all(project_id, self._filed(project_id, map(_path, folders)))
        for item in sorted(folders, key=_path, reverse=True):
            self._table.write(Delete(folder_key(project_id, _path(item))))

    def _to(self, project_id: int, old: str, new: str, field: str) -> Body:
        arrived = self._table.get(folder_key(project_id, new))
        if arrived is not None and arrived.get("moved_from") == old:
            return self._move_scenarios(project_id, arrived, old, new)
        if not folder_exists(self._table, project_id, old):
            raise InvalidRequest({"path": [NO_FOLDER]})
        if old == new:
            raise InvalidRequest({field: ["The folder is there already."]})
        if arrived is not None and body_of(arrived)["path"] != old:
            raise InvalidRequest({field: [taken(new)]})
        folders = self._folders(project_id, old)
        self._check(project_id, folders, old, new, field)
        writes: list[Write] = []
        now = iso(self._clock())
        for item in folders:
            path = new + _path(item)[len(old) :]
            name = path.rpartition(SEPARATOR)[2]
            moved = folder_item(project_id, {**body_of(item), "name": name, "path": path, "updated_at": now})
            if path == new:
                moved["moved_from"] = old
                top = moved
            here = folder_key(project_id, _path(item))
            if here == folder_key(project_id, path):
                writes.append(Put(moved, where={"body": item["body"]}))
            else:
                writes += [Put(moved, Expect.ABSENT), Delete(here, Expect.PRESENT)]
        try:
            self._table.transact(writes)
        except TransactionCancelled:
            raise InvalidRequest(
                {"path": ["Others have changed this folder just now; look again."]}
            ) from None
        return self._move_scenarios(project_id, top, old, new)

    def _move_scenarios(self, project_id: int, top: Item, old: str, new: str) -> Body:
        now = iso(self._clock())

        def move(body: Body) -> Body:
            path = body["folder_path"] or ""
            return {**body, "folder_path": new + path[len(old) :]} if _is_in(path, old) else body

        moved = self._folders(project_id, new)
        filed = self._filed(project_id, [old + _path(item)[len(new) :] for item in moved])
        self._scenarios.change_all(project_id, filed, move, now)
        done = {name: value for name, value in top.items() if name != "moved_from"}
        self._table.write(Put(done))
        return body_of(done)

    def _check(self, project_id: int, folders: list[Item], old: str, new: str, field: str) -> None:
        longest = max(len(_path(item)) for item in folders) - len(old) + len(new)
        if longest > MAX_FOLDER_PATH:
            raise InvalidRequest({field: [TOO_LONG]})
        if len(folders) > MAX_FOLDERS:
            text = f"{len(folders)} folders with those in it; at most {MAX_FOLDERS} move at once."
            raise InvalidRequest({"path": [text]})
        self._ids_in(project_id, map(_path, folders))

    def _filed(self, project_id: int, paths: Iterable[str]) -> list[Item]:
        """The scenarios in these folders. Raises InvalidRequest if they are too many."""
        ids = self._ids_in(project_id, paths)
        return list(self._scenarios.some(project_id, page(ids, count(ids))))

    def _ids_in(self, project_id: int, paths: Iterable[str]) -> Ids:
        """Raises as `_filed`."""
        filed: Ids = {}
        for path in paths:
            filed = either(filed, labelled(self._table, project_id, SCENARIO, in_folder(path)))
        number = count(filed)
        if number > MAX_SCENARIOS:
            text = f"It holds {number} scenarios; at most {MAX_SCENARIOS} at once: folder by folder."
            raise InvalidRequest({"path": [text]})
        return filed

    def _folders(self, project_id: int, path: str) -> list[Item]:
        return list(_below(every_item(self._table, keys.entities(project_id, FOLDER)), path))


def _below(items: Iterator[Item], path: str) -> Iterator[Item]:
    return (item for item in items if _is_in(_path(item), path))


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + SEPARATOR)


def _path(item: Item) -> str:
    return str(body_of(item)["path"])
