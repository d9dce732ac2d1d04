"""The adapters that the contract suite runs against: one line each in ADAPTERS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from evalgen.storage.aws.clients import client
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores
from evalgen.storage.sqlite import SqliteQueue
from local.intrinsics import load_template
from local.provisioning import resources

TEMPLATE = load_template(Path(__file__).parents[3] / "template.yaml")
REGION = "eu-west-1"


@dataclass(frozen=True)
class Opened:
    """`receive` answers the bodies of all messages that are visible now, and deletes them.

    With `environ` a function opens the same stores.
    """

    stores: Stores
    receive: Callable[[], list[dict[str, Any]]]
    environ: dict[str, str]


@contextmanager
def sqlite(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    environ = {"EVALGEN_STATE": str(folder), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}
    links = {"EVALGEN_BLOBS_URL": "http://127.0.0.1/_blobs", "EVALGEN_BLOBS_SECRET": "secret"}
    stores = open_stores(environ | links)
    queue = stores.queue
    assert isinstance(queue, SqliteQueue)

    def receive() -> list[dict[str, Any]]:
        messages = queue.receive(1000, 60)
        for message in messages:
            queue.delete(message.receipt)
        return [json.loads(message.body) for message in messages]

    yield Opened(stores, receive, environ)


@contextmanager
def moto(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():  # clients are kept from test to test: making one takes longer than a test
        made = resources(TEMPLATE)
        sqs, url = client("sqs"), made["WorkQueue"]
        asked: Any = {"QueueUrl": url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 0}

        def receive() -> list[dict[str, Any]]:
            bodies = []
            while messages := sqs.receive_message(**asked).get("Messages"):
                for message in messages:
                    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                    bodies.append(json.loads(message["Body"]))
            return bodies

        environ = {"EVALGEN_TABLE": made["Table"], "EVALGEN_QUEUE_URL": url, "EVALGEN_BUCKET": made["Bucket"]}
        yield Opened(open_stores(environ), receive, environ)


Adapter = Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[Opened]]
ADAPTERS: dict[str, Adapter] = {"sqlite": sqlite, "moto": moto}
