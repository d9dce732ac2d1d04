"""DynamoDB's and SQS's own limits, refused alike by every adapter."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.errors import Permanent
from evalgen.storage.ports import TRANSACTION_LIMIT, Item, Key, Put, Value, Write

ITEM_BYTES = 400 * 1024
PARTITION_KEY_BYTES = 2048
SORT_KEY_BYTES = 1024
MESSAGE_BYTES = 256 * 1024
DELAY_SECONDS = 900


class TooLarge(Permanent):
    """It does not fit where it was to be stored, and never will."""


def item_bytes(item: Item) -> int:
    """As DynamoDB counts them."""
    return sum(_bytes(name) + _value_bytes(value) for name, value in item.items())


def check_item(item: Item) -> None:
    """Raise TooLarge for an item over 400 KB."""
    size = item_bytes(item)
    if size > ITEM_BYTES:
        raise TooLarge(f"item {item['pk']} {item['sk']}: {size} bytes; at most {ITEM_BYTES} are allowed")


def check_write(write: Write) -> None:
    """Raise TooLarge for a key or a put item that no table takes."""
    check_key(write.key)
    if isinstance(write, Put):
        check_item(write.item)


def check_writes(writes: Sequence[Write]) -> None:
    """Check a transaction; ValueError for one that is empty, too long or writes an item twice."""
    if not 1 <= len(writes) <= TRANSACTION_LIMIT:
        raise ValueError(f"a transaction has 1 to {TRANSACTION_LIMIT} writes; got {len(writes)}")
    if len({write.key for write in writes}) < len(writes):
        raise ValueError("a transaction writes each item once")
    for write in writes:
        check_write(write)


def check_key(key: Key) -> None:
    for name, text, most in (("pk", key.pk, PARTITION_KEY_BYTES), ("sk", key.sk, SORT_KEY_BYTES)):
        if not 1 <= _bytes(text) <= most:
            raise TooLarge(f"{name} of {_bytes(text)} bytes; 1 to {most} are allowed")


def check_messages(bodies: Sequence[str], delay_s: int) -> None:
    if not 0 <= delay_s <= DELAY_SECONDS:
        raise ValueError(f"a delay is 0 to {DELAY_SECONDS} seconds; got {delay_s}")
    for body in bodies:
        if _bytes(body) > MESSAGE_BYTES:
            raise TooLarge(f"message of {_bytes(body)} bytes; at most {MESSAGE_BYTES} are allowed")


def _bytes(text: str) -> int:
    return len(text.encode())


def _value_bytes(value: Value) -> int:
    if isinstance(value, str):
        return _bytes(value)
    return (len(str(abs(value))) + 1) // 2 + 1
