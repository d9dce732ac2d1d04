"""The things of one kind that a project owns: items with the contract's object as JSON in `body`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from evalgen.errors import Conflict, NotFound, PayloadTooLarge
from evalgen.storage import keys
from evalgen.storage.batches import transactions
from evalgen.storage.id_sets import count, page
from evalgen.storage.kinds import NOUNS
from evalgen.storage.listing import labelled, relisting
from evalgen.storage.packing import packed, unpacked
from evalgen.storage.ports import (
    Delete,
    Expect,
    Item,
    Key,
    Put,
    Reading,
    Table,
    TransactionCancelled,
    Update,
    Value,
    Write,
)
from evalgen.storage.walking import every_item

MAX_BODY_BYTES = 40_000
"""A hundred of these fit one answer of Lambda."""

ATTEMPTS = 20
"""How often a change is made again because another came between its reading and its writing."""

Body = dict[str, Any]
Change = Callable[[Body], Body]
"""From what is stored to what it becomes; it is asked again if something else was stored meanwhile."""


def reserve_ids(table: Table, project_id: int, count: int) -> range:
    """The next `count` ids of the project, reserved in one step: nobody else gets any of them."""
    after = table.write(Update(keys.sequence(project_id), add={"last": count}, expect=Expect.ANYTHING))
    if after is None:
        raise AssertionError("an update answers with the item after it")
    last = int(after["last"])
    return range(last - count + 1, last + 1)


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of(item: Item) -> str:
    return unpacked(str(item["body"]))


def body_of(item: Item) -> dict[str, Any]:
    """The contract's object in an item."""
    body: dict[str, Any] = json.loads(text_of(item))
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
        "body": packed(to_json(body)),
        "created_at": created_at,
        "updated_at": updated_at,
        **attributes,
    }


class EntityReader:
    """Reads one kind of thing."""

    def __init__(self, table: Reading, kind: str) -> None:
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

    def labelled(self, project_id: int, label: str) -> Iterator[Item]:
        """Every item with a label, in the order of ids."""
        ids = labelled(self._table, project_id, self.kind, label)
        return self.some(project_id, page(ids, count(ids)))

    def bodies(self, project_id: int) -> Iterator[dict[str, Any]]:
        return map(body_of, self.all(project_id))

    def some(self, project_id: int, ids: Sequence[int]) -> Iterator[Item]:
        """The items with these ids, given in order, that exist; neighbours are read at once."""
        for _, places in groupby(enumerate(ids), lambda place: place[1] - place[0]):
            run = [one for _, one in places]
            first, last = (keys.entity(project_id, self.kind, run[at]) for at in (0, -1))
            yield from every_item(self._table, first.pk, first=first.sk, last=last.sk)


class Entities(EntityReader):
    """Reads and writes one kind of thing."""

    _table: Table

    def __init__(self, table: Table, kind: str) -> None:
        super().__init__(table, kind)

    def add(self, project_id: int, body: dict[str, Any], now: str, **attributes: Value) -> None:
        """Store a new thing under the id in its body. Raises PayloadTooLarge."""
        self._table.transact(self.adding(project_id, body, now, **attributes))

    def adding(self, project_id: int, body: Body, now: str, **attributes: Value) -> list[Write]:
        """Writes that store a new thing, if it is not there already. Raises PayloadTooLarge."""
        item = entity_item(project_id, self.kind, body, created_at=now, updated_at=now, **attributes)
        self._check(item)
        return [Put(item, Expect.ABSENT), *relisting(project_id, self.kind, None, body)]

    def change(
        self, project_id: int, entity_id: int, change: Change, now: str, beside: Sequence[Write] = ()
    ) -> Body:
        """Store what a change makes of the thing as it is when it is written; answers with its body.

        `beside`: writes in the same transaction; where one cannot happen the change is asked again.

        Raises NotFound, Conflict, PayloadTooLarge.
        """
        for _ in range(ATTEMPTS):
            item = self.get(project_id, entity_id)
            body = {**change(body_of(item)), "updated_at": now}
            try:
                self._table.transact([*beside, *self.changing(project_id, item, body)])
            except TransactionCancelled:
                continue
            return body
        raise self.contended(entity_id)

    def changing(self, project_id: int, item: Item, body: Body) -> list[Write]:
        """Writes that store a new body, if the stored one is still the item's. Raises PayloadTooLarge."""
        changed = {**item, "body": packed(to_json(body)), "updated_at": body["updated_at"]}
        if "agent_id" in item:
            changed["agent_id"] = body["agent"] or 0
        self._check(changed)
        lists = relisting(project_id, self.kind, body_of(item), body)
        return [Put(changed, where={"body": item["body"]}), *lists]

    def change_all(self, project_id: int, items: Sequence[Item], change: Change, now: str) -> None:
        """Change many; those that somebody else deletes meanwhile are passed over.

        Raises Conflict, PayloadTooLarge.
        """
        changes = ((item, {**change(body_of(item)), "updated_at": now}) for item in items)
        for batch in transactions(self.changing(project_id, *one) for one in changes):
            try:
                self._table.transact(batch)
            except TransactionCancelled:
                for item in items:
                    with suppress(NotFound):
                        self.change(project_id, int(item["id"]), change, now)
                return

    def contended(self, entity_id: int) -> Conflict:
        return Conflict(f"Others are changing {NOUNS[self.kind]} {entity_id} at the same time; try again.")

    def delete(self, project_id: int, entity_id: int) -> None:
        """Raises NotFound."""
        item = self.get(project_id, entity_id)
        try:
            self._table.transact(self.deleting(project_id, item))
        except TransactionCancelled:
            raise NotFound(f"There is no {NOUNS[self.kind]} {entity_id}.") from None

    def delete_all(self, project_id: int, items: Sequence[Item]) -> None:
        """Delete many; those that somebody else deletes meanwhile are gone as well."""
        for batch in transactions(self.deleting(project_id, item) for item in items):
            try:
                self._table.transact(batch)
            except TransactionCancelled:
                for item in items:
                    with suppress(NotFound):
                        self.delete(project_id, int(item["id"]))
                return

    def deleting(self, project_id: int, item: Item) -> list[Write]:
        """Writes that delete a thing, if it is still there."""
        lists = relisting(project_id, self.kind, body_of(item), None)
        return [Delete(Key(str(item["pk"]), str(item["sk"])), Expect.PRESENT), *lists]

    def _check(self, item: Item) -> None:
        size = len(text_of(item).encode())
        if size > MAX_BODY_BYTES:
            noun = NOUNS[self.kind]
            raise PayloadTooLarge(
                f"The {noun} would have {size} bytes; at most {MAX_BODY_BYTES} are allowed."
            )
