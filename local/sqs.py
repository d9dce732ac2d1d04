"""A queue of SQS, or of what stands in for it, as the poller takes from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from evalgen.storage.aws.clients import client
from evalgen.storage.aws.sqs import is_stale
from evalgen.storage.sqlite import ReceivedMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

WAIT_S = 1
"""How long SQS holds a question to which it has no message: shorter than the stack takes to stop."""


class SqsPolled:
    """The queue's own redrive policy moves its dead letters."""

    def __init__(self, url: str, wait_s: int = WAIT_S) -> None:
        self._url = url
        self._wait_s = wait_s
        self._client: SQSClient = client("sqs")

    def receive(self, max_messages: int, visibility_s: int) -> Sequence[ReceivedMessage]:
        answer = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=max_messages,
            VisibilityTimeout=visibility_s,
            WaitTimeSeconds=self._wait_s,
            MessageSystemAttributeNames=["All"],
        )
        return [_received(message) for message in answer.get("Messages", [])]

    def delete(self, receipt: str) -> None:
        _if_good(lambda: self._client.delete_message(QueueUrl=self._url, ReceiptHandle=receipt))

    def extend(self, receipt: str, seconds: int) -> None:
        _if_good(
            lambda: self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=seconds
            )
        )

    def failed(self, receipt: str) -> None:
        """Left to the visibility timeout, as Lambda leaves it."""

    def give_back(self, receipt: str) -> None:
        """SQS counts it all the same."""
        self.extend(receipt, 0)


def _received(message: MessageTypeDef) -> ReceivedMessage:
    attributes = message["Attributes"]
    return ReceivedMessage(
        id=message["MessageId"],
        body=message["Body"],
        receipt=message["ReceiptHandle"],
        receive_count=int(attributes["ApproximateReceiveCount"]),
        sent_at=int(attributes["SentTimestamp"]) / 1000,
        first_received_at=int(attributes["ApproximateFirstReceiveTimestamp"]) / 1000,
    )


def _if_good(call: Callable[[], Any]) -> None:
    try:
        call()
    except Exception as error:
        if not is_stale(error):
            raise
