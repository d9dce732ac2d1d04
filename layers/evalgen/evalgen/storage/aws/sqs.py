"""The `Queue` port over SQS."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from evalgen.errors import Retryable
from evalgen.storage import limits
from evalgen.storage.aws.clients import client, error_code, is_transient
from evalgen.storage.aws.retrying import Backoff
from evalgen.storage.turns import turn_of

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH_MESSAGES = 10
BATCH_BYTES = limits.MESSAGE_BYTES

_STALE = frozenset({"InvalidParameterValue", "MessageNotInflight", "ReceiptHandleIsInvalid"})


class SqsQueue:
    """Standard queue; messages of a batch that SQS did not take are sent again."""

    def __init__(self, url: str, backoff: Backoff | None = None) -> None:
        self._url = url
        self._backoff = backoff or Backoff()

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        bodies = [json.dumps(message, ensure_ascii=False) for message in messages]
        limits.check_messages(bodies, delay_s)
        groups = iter([turn_of(message).group for message in messages])
        for batch in batches(bodies):
            self._send_batch(
                [
                    {
                        "Id": str(number),
                        "MessageBody": body,
                        "DelaySeconds": delay_s,
                        "MessageGroupId": next(groups),  # on a standard queue: who has few in hand goes first
                    }
                    for number, body in enumerate(batch)
                ]
            )

    def postpone(self, receipt: str, delay_s: int) -> None:
        sqs: SQSClient = client("sqs")
        try:
            self._backoff.persist(
                lambda: sqs.change_message_visibility(
                    QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=delay_s
                ),
                f"queue {self._url}",
            )
        except Exception as error:
            if not is_stale(error):
                raise

    def _send_batch(self, waiting: list[SendMessageBatchRequestEntryTypeDef]) -> None:
        sqs: SQSClient = client("sqs")
        failures: list[str] = []
        for _ in self._backoff.tries():
            try:
                answer = sqs.send_message_batch(QueueUrl=self._url, Entries=waiting)
            except Exception as error:
                if not is_transient(error):
                    raise Retryable(f"queue {self._url}: {error}") from error
                failures = [str(error)]
                continue
            failed = {entry["Id"]: entry for entry in answer.get("Failed", [])}
            waiting = [entry for entry in waiting if entry["Id"] in failed]
            if not waiting:
                return
            failures = [f"{entry['Code']}: {entry.get('Message', '')}" for entry in failed.values()]
        raise Retryable(f"queue {self._url} did not take {len(waiting)} messages: {'; '.join(failures)}")


def is_stale(error: Exception) -> bool:
    """Whether SQS says that a receipt is no longer good; codes come with or without its name space."""
    return (error_code(error) or "").rpartition(".")[2] in _STALE


def batches(bodies: Sequence[str]) -> Iterator[list[str]]:
    """Cut into batches that one request may carry, by number and by bytes, in order."""
    batch: list[str] = []
    size = 0
    for body in bodies:
        more = len(body.encode())
        if batch and (len(batch) == BATCH_MESSAGES or size + more > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += more
    if batch:
        yield batch
