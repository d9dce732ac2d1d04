"""The adapters that the contract suite runs against: one line each in ADAPTERS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from moto import mock_aws

from evalgen.storage.aws.clients import client
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores
from evalgen.storage.sqlite import SqliteQueue

ROOT = Path(__file__).parents[3]
REGION = "eu-west-1"


@dataclass(frozen=True)
class Opened:
    """`receive` answers the bodies of all messages that are visible now, and deletes them."""

    stores: Stores
    receive: Callable[[], list[dict[str, Any]]]


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

    yield Opened(stores, receive)


@contextmanager
def moto(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():  # clients are kept from test to test: making one takes longer than a test
        table = template_properties("Table")
        client("dynamodb").create_table(
            TableName="evalgen",
            **{name: table[name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")},
        )
        client("s3").create_bucket(Bucket="evalgen", CreateBucketConfiguration={"LocationConstraint": REGION})
        sqs = client("sqs")
        url = sqs.create_queue(QueueName="work")["QueueUrl"]

        def receive() -> list[dict[str, Any]]:
            bodies = []
            while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
                for message in messages:
                    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                    bodies.append(json.loads(message["Body"]))
            return bodies

        environ = {"EVALGEN_TABLE": "evalgen", "EVALGEN_QUEUE_URL": url, "EVALGEN_BUCKET": "evalgen"}
        yield Opened(open_stores(environ), receive)


Adapter = Callable[[Path, pytest.MonkeyPatch], AbstractContextManager[Opened]]
ADAPTERS: dict[str, Adapter] = {"sqlite": sqlite, "moto": moto}


def template_properties(logical_id: str) -> dict[str, Any]:
    """A resource's properties as template.yaml declares them; values of functions such as !Ref are None."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    template = yaml.load((ROOT / "template.yaml").read_text("utf-8"), Loader)  # noqa: S506 - a SafeLoader
    properties: dict[str, Any] = template["Resources"][logical_id]["Properties"]
    return properties
