"""Items and writes as DynamoDB's low-level API takes them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evalgen.storage.ports import Delete, Expect, Item, Key, Put, Update, Value, Write

CONDITIONS = {
    Expect.ANYTHING: {},
    Expect.ABSENT: {"ConditionExpression": "attribute_not_exists(pk)"},
    Expect.PRESENT: {"ConditionExpression": "attribute_exists(pk)"},
}
ACTIONS = {Put: "Put", Delete: "Delete", Update: "Update"}


def marshalled(item: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _value(value) for name, value in item.items()}


def marshalled_key(key: Key) -> dict[str, Any]:
    return marshalled(key._asdict())


def unmarshalled(item: Mapping[str, Any]) -> Item:
    """Large numbers may come with an exponent: `1.5E+28`."""
    return {name: value["S"] if "S" in value else int(Decimal(value["N"])) for name, value in item.items()}


def request(table: str, write: Write) -> dict[str, Any]:
    """The arguments of PutItem, DeleteItem or UpdateItem."""
    common = {"TableName": table, **CONDITIONS[write.expect]}
    match write:
        case Put(item):
            return {**common, "Item": marshalled(item), **_where(write)}
        case Delete(key):
            return {**common, "Key": marshalled_key(key)}
        case Update():
            changes, where = _changes(write), _where(write)
            for name in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
                changes[name] |= where.pop(name, {})
            return {**common, "Key": marshalled_key(write.key), **changes, **where}


def action(table: str, write: Write) -> dict[str, Any]:
    """The same as one action of TransactWriteItems."""
    return {ACTIONS[type(write)]: request(table, write)}


def _value(value: Value) -> dict[str, str]:
    return {"S": value} if isinstance(value, str) else {"N": str(value)}


def _where(write: Put | Update) -> dict[str, Any]:
    """An absent attribute equals nothing, so the item is expected to be there."""
    if not write.where:
        return {}
    places = {f"w{number}": name for number, name in enumerate(write.where)}
    values = {f":{place}": _value(write.where[name]) for place, name in places.items()}
    return {
        "ConditionExpression": " AND ".join(f"#{place} = :{place}" for place in places),
        "ExpressionAttributeNames": {f"#{place}": name for place, name in places.items()},
        "ExpressionAttributeValues": values,
    }


def _changes(update: Update) -> dict[str, Any]:
    """Names are always replaced by placeholders: many a good name is a reserved word."""
    clauses: list[str] = []
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for verb, between, attributes in (("ADD", " ", update.add), ("SET", " = ", update.set)):
        changes = []
        for name, value in attributes.items():
            place = f"a{len(names)}"
            names[f"#{place}"] = name
            values[f":{place}"] = _value(value)
            changes.append(f"#{place}{between}:{place}")
        if changes:
            clauses.append(f"{verb} {', '.join(changes)}")
    return {
        "UpdateExpression": " ".join(clauses),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }
