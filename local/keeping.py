"""Where the stack keeps everything: in its state folder, or on what AWS_ENDPOINT_URL says is AWS."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evalgen.storage.links import BlobLinks
from evalgen.storage.opening import open_stores
from evalgen.storage.sqlite import SqliteQueue
from evalgen.storage.turns import ANY_WEIGHT, SMALL_JOB
from local.blob_server import PATH, BlobServer
from local.http_server import HOST
from local.intrinsics import load_template, url
from local.polled import EmbeddedQueue, PolledQueue
from local.provisioning import provisioned
from local.reading import read_system
from local.sqs import SqsPolled
from local.state import database
from local.system import QueueSettings, System


class Store(StrEnum):
    SQLITE = "sqlite"
    AWS = "aws"


@dataclass(frozen=True, slots=True)
class Keeping:
    """`links`: of blobs that the stack itself serves; None where S3 does.

    `small_jobs`: of queues with dead letters, the part that small jobs have; SQS has no such view.
    """

    system: System
    queues: Mapping[str, PolledQueue]
    small_jobs: Mapping[str, PolledQueue]
    links: BlobLinks | None

    def blobs(self) -> BlobServer | None:
        return BlobServer(self.links, open_stores(os.environ).blobs) if self.links else None


def on_sqlite(template: Path, parameters: Mapping[str, str], state: Path, port: int) -> Keeping:
    """What a killed stack had in hand is given back. Raises StateUnusable and TemplateError."""
    base, secret = f"http://{HOST}:{port}{PATH}", secrets.token_hex(32)
    os.environ |= {
        "EVALGEN_STATE": str(state),
        "EVALGEN_BLOBS_URL": base,
        "EVALGEN_BLOBS_SECRET": secret,  # addresses of blobs are good for as long as this stack runs
    }
    data = database(state)
    system = read_system(template, parameters)

    def queue(name: str, settings: QueueSettings, heaviest: int = ANY_WEIGHT) -> EmbeddedQueue:
        dead_letter_url = url(settings.dead_letters) if settings.dead_letters else None
        return EmbeddedQueue(SqliteQueue(data, url(name)), settings.max_receives, dead_letter_url, heaviest)

    for name in system.queues:
        SqliteQueue(data, url(name)).release_all()
    queues = {name: queue(name, settings) for name, settings in system.queues.items()}
    small_jobs = {
        name: queue(name, settings, SMALL_JOB)
        for name, settings in system.queues.items()
        if settings.dead_letters
    }
    return Keeping(system, queues, small_jobs, BlobLinks(base, secret))


def on_aws(template: Path, parameters: Mapping[str, str]) -> Keeping:
    """What a killed stack had in hand comes back after its visibility timeout.

    Raises AwsUnusable and TemplateError.
    """
    os.environ.pop("EVALGEN_STATE", None)
    references = provisioned(load_template(template, parameters))
    system = read_system(template, parameters, references)
    return Keeping(system, {name: SqsPolled(references[name]) for name in system.queues}, {}, None)
