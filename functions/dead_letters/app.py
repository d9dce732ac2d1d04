"""SQS dead-letter queue: what a message that failed too often was to do ends as failed."""

from __future__ import annotations

import os
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from evalgen.dead_letters import bury
from evalgen.errors import Permanent
from evalgen.jobs.coming_again import coming_again
from evalgen.storage.opening import open_stores
from evalgen.telemetry.events import open_events
from evalgen.telemetry.following import following, kind_of, parsed, tell
from evalgen.telemetry.metrics import emit

logger = Logger(service="dead_letters")
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
stores = open_stores(os.environ)
events = open_events(os.environ)


def handle(record: SQSRecord) -> None:
    body, received = parsed(record.body), int(record.attributes.approximate_receive_count)
    with (
        following(logger, body, record.message_id, received),
        coming_again(stores.queue, record.receipt_handle, received),
    ):
        logger.error("dead letter", body=body)
        emit("DeadLetters", 1, kind=kind_of(body))
        try:
            bury(stores, time.time, body)
        except Permanent:
            # Nobody's job waits for it, and delivering it again would not change that.
            logger.exception("not a message of the work queue")
            return
        tell(logger, stores, events, time.time, body)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
