"""SQS work queue: plan and generate messages, each failing on its own."""

from __future__ import annotations

import os
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from evalgen.generation import embedded
from evalgen.jobs.coming_again import coming_again
from evalgen.jobs.work import work
from evalgen.storage.opening import open_stores

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
stores = open_stores(os.environ)


def handle(record: SQSRecord) -> None:
    received = int(record.attributes.approximate_receive_count)
    try:
        with coming_again(stores.queue, record.receipt_handle, received):
            work(stores, time.time, embedded, record.json_body)
    except Exception:
        logger.exception("message failed", message_id=record.message_id, body=record.body)
        raise


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
