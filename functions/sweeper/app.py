"""Every minute: jobs whose plan message was lost get another one."""

from __future__ import annotations

import os
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from evalgen.jobs.sweep import sweep
from evalgen.storage.opening import open_stores
from evalgen.telemetry.metrics import emit

logger = Logger(service="sweeper")
stores = open_stores(os.environ)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:
    sent = sweep(stores, time.time)
    if sent:
        logger.warning("plan messages sent again", extra={"jobs": sent})
        emit("PlansResent", sent)
