"""The things of one kind that a project owns: items with the contract's object as JSON in `body`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from evalgen.catalog.kinds import NOUNS
from evalgen.catalog.listing import relisting
from evalgen.errors import NotFound, PayloadTooLarge
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Item, Put, Table, TransactionCancelled, Update, Value
from evalgen.storage.walking import every_item

MAX_BODY_BYTES = 40_000
"""A hundred of these fit one answer of Lambda."""


def reserve_ids(table: Table, project_id: int, count: int) -> range:
    """The next `count` ids of the project, reserved in one step: nobody else gets any of them."""
    after = table.write(Update(keys.sequence(project_id), add={"last": count}, expect=Expect.ANYTHING))
    if after is None:
        raise AssertionError("an update answers with the item after it")
    last = int(after["last"])
    return range(last - count + 1, last + 1)


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def body_of(item: Item) -> dict[str, Any]:
    """The contract's object in an item."""
    body: dict[str, Any] = json.loads(str(item["body"]))
    return body


def entity_item(
    project_id: int, kind: str, body: dict[str, Any], *, created_at: str, updated_at: str, **attributes: Value
) -> Item:
    """The item of a thing whose `body` has its id."""
    key = keys.entity(project_id, kind, body["id"])
    return {
        "pk": key.pk,
        "sk": key.sk,
        "id": body["id"],
        "body": to_json(body),
        "created_at": created_at,
        "updated_at": updated_at,
        **attributes,
    }


class Entities:
    """Reads and writes one kind of thing."""

    def __init__(self, table: Table, kind: str) -> None:
        self._table = table
        self.kind = kind

    def find(self, project_id: int, entity_id: int) -> Item | None:
        if not 0 < entity_id < 10**keys.ID_DIGITS:
            return None
        return self._table.get(keys.entity(project_id, self.kind, entity_id))

    def get(self, project_id: int, entity_id: int) -> Item:
        """Raises NotFound, as well for what belongs to another project."""
        item = self.find(project_id, entity_id)
        if item is None:
            raise NotFound(f"There is no {NOUNS[self.kind]} {entity_id}.")
        return item

    def all(self, project_id: int) -> Iterator[Item]:
        """Every item in the order of ids, read in pages."""
        return every_item(self._table, keys.entities(project_id, self.kind))

    def bodies(self, project_id: int) -> Iterator[dict[str, Any]]:
        return map(body_of, self.all(project_id))

    def add(self, project_id: int, body: dict[str, Any], now: str, **attributes: Value) -> None:
        """Store a new thing under the id in its body. Raises PayloadTooLarge."""
        item = entity_item(project_id, self.kind, body, created_at=now, updated_at=now, **attributes)
        self._check(item)
        self._table.transact([Put(item, Expect.ABSENT), *relisting(project_id, self.kind, None, body)])

    def replace(self, project_id: int, item: Item, before: Item) -> None:
        """Store a changed item. Raises NotFound if it was deleted meanwhile, PayloadTooLarge."""
        self._check(item)
        lists = relisting(project_id, self.kind, body_of(before), body_of(item))
        try:
            self._table.transact([Put(item, Expect.PRESENT), *lists])
        except TransactionCancelled:
            raise NotFound(f"There is no {NOUNS[self.kind]} {item['id']}.") from None

    def delete(self, project_id: int, entity_id: int) -> None:
        """Raises NotFound."""
        item = self.get(project_id, entity_id)
        key = keys.entity(project_id, self.kind, entity_id)
        lists = relisting(project_id, self.kind, body_of(item), None)
        try:
            self._table.transact([Delete(key, Expect.PRESENT), *lists])
        except TransactionCancelled:
            raise NotFound(f"There is no {NOUNS[self.kind]} {entity_id}.") from None

    def _check(self, item: Item) -> None:
        size = len(str(item["body"]).encode())
        if size > MAX_BODY_BYTES:
            noun = NOUNS[self.kind]
            raise PayloadTooLarge(
                f"The {noun} would have {size} bytes; at most {MAX_BODY_BYTES} are allowed."
            )
