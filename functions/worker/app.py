"""SQS work queue: plan and generate messages, each failing on its own."""

from __future__ import annotations

import os
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from evalgen.jobs.coming_again import coming_again
from evalgen.jobs.opening import open_generator
from evalgen.models.settings import model_settings
from evalgen.storage.opening import open_stores
from evalgen.telemetry.events import open_events
from evalgen.telemetry.following import following, parsed, tell, watched
from evalgen.work import work

logger = Logger(service="worker")
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
stores = open_stores(os.environ)
events = open_events(os.environ)
generator = open_generator(stores, time.time, model_settings(os.environ))


def handle(record: SQSRecord) -> None:
    body, received = parsed(record.body), int(record.attributes.approximate_receive_count)
    with (
        following(logger, body, record.message_id, received),
        coming_again(stores.queue, record.receipt_handle, received),
    ):
        work(stores, time.time, watched(generator), body)
        tell(logger, stores, events, time.time, body)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> Any:
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)
