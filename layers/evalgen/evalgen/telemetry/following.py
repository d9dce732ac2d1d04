"""One message of a queue, followed in the log and in the metrics from its arrival to what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

from evalgen.clock import Clock
from evalgen.errors import Permanent
from evalgen.jobs.ending import End, Events, tell_end
from evalgen.jobs.generator import Generator
from evalgen.storage.ports import Stores
from evalgen.telemetry.metrics import emit
from evalgen.telemetry.watched import Watched


@contextmanager
def following(logger: Logger, body: Any, message_id: str, received: int) -> Iterator[None]:
    """Every line of the block has the correlation id: the job's, as its client knows it, or another's.

    What is raised is counted and logged, and goes on: the message will be delivered again.
    """
    kind, started = kind_of(body), time.monotonic()
    logger.set_correlation_id(correlation_of(body))
    logger.append_keys(kind=kind, message_id=message_id, received=received)
    try:
        yield
    except Exception:
        logger.exception("message failed", body=body)
        emit("MessagesFailed", 1, kind=kind)
        raise
    else:
        logger.info("message done", seconds=round(time.monotonic() - started, 3))
    finally:
        logger.set_correlation_id(None)
        logger.remove_keys(["kind", "message_id", "received"])


def tell(logger: Logger, stores: Stores, events: Events, clock: Clock, body: Any) -> None:
    """If the message's job has ended, its end is logged, counted and published, once. Raises Retryable."""
    if not isinstance(body, dict) or "job_id" not in body:
        return
    claimant = f"{kind_of(body)}-{body.get('chunk', 0)}"
    try:
        end = tell_end(stores.table, events, clock, body["project_id"], body["job_id"], claimant)
    except Permanent:
        logger.exception("the end of the job could not be published")
        emit("EventsLost", 1)
        return
    if end is not None:
        _count(end)
        logger.info("job ended", job={"status": end.status, "completed": end.completed, "failed": end.failed})


def _count(end: End) -> None:
    emit("JobsEnded", 1, status=end.status)
    emit("JobSeconds", end.seconds, MetricUnit.Seconds)
    for writer, completed in end.writers.items():
        emit("Scenarios", completed, writer=writer or "unknown", result="completed")
    if end.failed:
        emit("Scenarios", end.failed, writer="none", result="failed")


def watched(generator: Generator) -> Watched:
    """The generator, its model's throttling counted."""
    return Watched(generator, lambda: emit("ModelThrottles", 1))


def parsed(text: str) -> Any:
    """What a message says; a text that is no JSON stands for itself, and is no message of ours."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def kind_of(body: Any) -> str:
    kind = body.get("kind") if isinstance(body, Mapping) else None
    return kind if kind in ("context", "read", "plan", "generate", "extract", "forget") else "unknown"


def correlation_of(body: Any) -> str | None:
    """By what all lines about a job, upload or deleted agent are found; None for no message of ours."""
    match body:
        case {"job_id": str(job_id)}:
            return job_id
        case {"project_id": int(project_id), "upload_id": int(upload_id)}:
            return f"upload-{project_id}-{upload_id}"
        case {"project_id": int(project_id), "agent_id": int(agent_id)}:
            return f"agent-{project_id}-{agent_id}"
    return None
