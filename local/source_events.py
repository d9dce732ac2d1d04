"""The events of queues and schedules, and what an answer says about each message."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from evalgen.storage.sqlite import ReceivedMessage
from local.intrinsics import ACCOUNT, REGION, arn


def sqs_event(queue: str, messages: Sequence[ReceivedMessage]) -> dict[str, Any]:
    return {
        "Records": [
            {
                "messageId": message.id,
                "receiptHandle": message.receipt,
                "body": message.body,
                "attributes": {
                    "ApproximateReceiveCount": str(message.receive_count),
                    "SentTimestamp": _milliseconds(message.sent_at),
                    "SenderId": "local",
                    "ApproximateFirstReceiveTimestamp": _milliseconds(message.first_received_at),
                },
                "messageAttributes": {},
                "md5OfBody": hashlib.md5(message.body.encode(), usedforsecurity=False).hexdigest(),
                "eventSource": "aws:sqs",
                "eventSourceARN": arn(queue),
                "awsRegion": REGION,
            }
            for message in messages
        ]
    }


def scheduled_event() -> dict[str, Any]:
    """EventBridge's event of a rate(...) rule."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [],
        "detail": {},
    }


def failed_ids(answer: Any, sent: Sequence[str]) -> set[str]:
    """Which messages failed by a partial batch response; one that Lambda cannot read fails them all."""
    try:
        failed = {item["itemIdentifier"] for item in (answer or {}).get("batchItemFailures") or []}
    except (AttributeError, KeyError, TypeError):
        return set(sent)
    return failed if failed.issubset(sent) else set(sent)


def _milliseconds(seconds: float) -> str:
    return str(int(seconds * 1000))
