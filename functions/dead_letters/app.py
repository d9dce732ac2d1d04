"""SQS dead-letter queue: what a message that failed too often was to do ends as failed."""

from __future__ import annotations

import os
import time
from json import JSONDecodeError
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from evalgen.errors import Permanent
from evalgen.jobs.coming_again import coming_again
from evalgen.jobs.dead_letters import bury
from evalgen.storage.opening import open_stores

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
stores = open_stores(os.environ)


def handle(record: SQSRecord) -> None:
    logger.error("dead letter", message_id=record.message_id, body=record.body)
    received = int(record.attributes.approximate_receive_count)
    try:
        with coming_again(stores.queue, record.receipt_handle, received):
            bury(stores, time.time, record.json_body)
    except (JSONDecodeError, Permanent):
        # Nobody's job waits for it, and delivering it again would not change that.
        logger.exception("not a message of the work queue", message_id=record.message_id)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
