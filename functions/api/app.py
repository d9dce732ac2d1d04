"""POST generate-bg: a job is made, and its id answered."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response

from evalgen.catalog.resolve import read_generate, request_sha256
from evalgen.contract.bodies import idempotency_key
from evalgen.contract.gateway import make_app, project_of, reply, serve
from evalgen.jobs.create import create_job
from evalgen.jobs.quota import quota_of
from evalgen.served.operation import V1, rule_of, spellings
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores
from evalgen.telemetry.metrics import emit

app = make_app()
logger = Logger(service="api")


@cache
def stores() -> Stores:
    return open_stores(os.environ)


def generate() -> Response[str]:
    event = app.current_event.raw_event
    key = idempotency_key(event)
    asked = read_generate(event, stores(), project_of(app))
    request = asked.request
    quota = quota_of(os.environ, stores().table, time.time)
    progress_id = create_job(
        stores(),
        time.time,
        project_of(app),
        asked.job,
        key,
        request_sha256(request),
        admit=lambda: quota.take(project_of(app), request.num_scenarios),
        contents=asked.contents,
    )
    logger.set_correlation_id(progress_id)
    logger.info("job created", scenarios=request.num_scenarios, scenario_type=request.scenario_type)
    emit("JobsCreated", 1, scenario_type=request.scenario_type)
    return reply(200, {"progress_id": progress_id, "session_id": None}, asked.warnings)


for path in spellings(f"{V1}/scenarios/generate-bg/"):
    app.post(rule_of(path))(generate)

_serve = serve(app, logger)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
