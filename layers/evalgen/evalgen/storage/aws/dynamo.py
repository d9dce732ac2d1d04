"""The `Table` port over DynamoDB."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evalgen.storage import limits
from evalgen.storage.aws.clients import TRANSIENT, client, error_code, is_transient
from evalgen.storage.aws.marshalling import action, marshalled_key, request, unmarshalled
from evalgen.storage.aws.retrying import Backoff
from evalgen.storage.ports import (
    LAST,
    ConditionFailed,
    Contention,
    Delete,
    Item,
    Key,
    Page,
    Put,
    TransactionCancelled,
    Update,
    Write,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REFUSALS = frozenset({"ValidationError", "ValidationException"})


class DynamoTable:
    """`backoff` covers throttling, conflicts of transactions, failures of the service and of the connection.

    A single `Update` that is repeated after a lost answer may add twice: counts that must be exact go through
    `transact`, whose repeats carry the same token.
    """

    def __init__(self, name: str, backoff: Backoff | None = None) -> None:
        self._name = name
        self._backoff = backoff or Backoff()

    @property
    def _client(self) -> DynamoDBClient:
        dynamodb: DynamoDBClient = client("dynamodb")
        return dynamodb

    def get(self, key: Key) -> Item | None:
        limits.check_key(key)
        answer = self._trying(
            lambda: self._client.get_item(TableName=self._name, Key=marshalled_key(key), ConsistentRead=True)
        )
        return unmarshalled(answer["Item"]) if "Item" in answer else None

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str = LAST,
        after: str | None = None,
        limit: int = 100,
        descending: bool = False,
    ) -> Page:
        # DynamoDB takes no empty text in a condition on a key.
        between = "sk BETWEEN :first AND :last" if first else "sk <= :last"
        values = {":pk": {"S": pk}, ":last": {"S": last}} | ({":first": {"S": first}} if first else {})
        query: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": f"pk = :pk AND {between}",
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
            "ScanIndexForward": not descending,
        }
        items: list[Item] = []
        while True:
            if after is not None:
                query["ExclusiveStartKey"] = marshalled_key(Key(pk, after))
            call = partial(self._client.query, **query, Limit=limit + 1 - len(items))
            answer = self._trying(call)
            items += [unmarshalled(found) for found in answer["Items"]]
            if len(items) > limit:
                return Page(items[:limit], str(items[limit - 1]["sk"]))
            if "LastEvaluatedKey" not in answer:
                return Page(items, None)
            after = answer["LastEvaluatedKey"]["sk"]["S"]

    def write(self, write: Write) -> Item | None:
        limits.check_write(write)
        call = request(self._name, write)
        match write:
            case Put(item):
                self._once(lambda: self._client.put_item(**call), write.key, item)
            case Delete(key):
                self._once(lambda: self._client.delete_item(**call), key, None)
            case Update():
                answer = self._trying(lambda: self._client.update_item(**call, ReturnValues="ALL_NEW"))
                return unmarshalled(answer["Attributes"])
        return None

    def transact(self, writes: Sequence[Write]) -> None:
        limits.check_writes(writes)
        actions: list[Any] = [action(self._name, write) for write in writes]
        token = str(uuid.uuid4())  # one for all tries: what was done and not answered is not done again
        self._trying(
            lambda: self._client.transact_write_items(TransactItems=actions, ClientRequestToken=token)
        )

    def _once(self, call: Callable[[], Any], key: Key, wanted: Item | None) -> None:
        """A write whose condition its own earlier try, of which the answer was lost, may have ended."""
        tries = 0

        def counted() -> Any:
            nonlocal tries
            tries += 1
            return call()

        try:
            self._trying(counted)
        except ConditionFailed:
            if tries == 1 or self.get(key) != wanted:
                raise

    def _trying(self, call: Callable[[], Any]) -> Any:
        """What the call answers; its errors become those of the port."""
        problem: Exception | None = None
        for _ in self._backoff.tries():
            try:
                return call()
            except Exception as error:
                meaning = _meaning(error)
                if not isinstance(meaning, Contention):
                    raise meaning from error
                problem = meaning
        raise Contention(f"table {self._name} after {self._backoff.attempts} tries: {problem}") from problem


def _meaning(error: Exception) -> Exception:
    """The port's name for an error of botocore; Contention for one that passes by itself."""
    code = error_code(error)
    if code == "ConditionalCheckFailedException":
        return ConditionFailed(str(error))
    if code == "TransactionCanceledException":
        reasons = [reason["Code"] for reason in getattr(error, "response", {})["CancellationReasons"]]
        failed = [position for position, reason in enumerate(reasons) if reason == "ConditionalCheckFailed"]
        if failed:
            return TransactionCancelled(failed)
        lasting = (reason for reason in reasons if reason not in TRANSIENT | {"None"})
        code = next(lasting, "TransactionConflict")
    if code in TRANSIENT or is_transient(error):
        return Contention(str(error))
    if code in REFUSALS and "size" in str(error):
        return limits.TooLarge(str(error))
    return error
