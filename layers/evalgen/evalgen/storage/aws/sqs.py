"""The `Queue` port over SQS."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from evalgen.errors import Retryable
from evalgen.storage import limits
from evalgen.storage.aws.clients import client
from evalgen.storage.aws.retrying import Backoff

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH_MESSAGES = 10
BATCH_BYTES = limits.MESSAGE_BYTES


class SqsQueue:
    """Standard queue; messages of a batch that SQS did not take are sent again."""

    def __init__(self, url: str, backoff: Backoff | None = None) -> None:
        self._url = url
        self._backoff = backoff or Backoff(attempts=5)

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        bodies = [json.dumps(message, ensure_ascii=False) for message in messages]
        limits.check_messages(bodies, delay_s)
        for batch in batches(bodies):
            self._send_batch(batch, delay_s)

    def _send_batch(self, bodies: list[str], delay_s: int) -> None:
        sqs: SQSClient = client("sqs")
        waiting: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": body, "DelaySeconds": delay_s}
            for number, body in enumerate(bodies)
        ]
        failures: list[str] = []
        for _ in self._backoff.tries():
            try:
                answer = sqs.send_message_batch(QueueUrl=self._url, Entries=waiting)
            except Exception as error:
                raise Retryable(f"queue {self._url}: {error}") from error
            failed = {entry["Id"]: entry for entry in answer.get("Failed", [])}
            waiting = [entry for entry in waiting if entry["Id"] in failed]
            if not waiting:
                return
            failures = [f"{entry['Code']}: {entry.get('Message', '')}" for entry in failed.values()]
        raise Retryable(f"queue {self._url} did not take {len(waiting)} messages: {'; '.join(failures)}")


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
