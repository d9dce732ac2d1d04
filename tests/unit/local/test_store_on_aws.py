"""The template's own resources on moto, and its queues as the poller takes from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from evalgen.storage.aws import SqsQueue
from evalgen.storage.aws.clients import client
from local.intrinsics import load_template
from local.poller import Poller
from local.provisioning import resources
from local.reading import read_system
from local.sqs import SqsPolled
from local.system import Source
from local.worker_process import WorkerDied
from tests.conftest import ROOT
from tests.integration.storage.adapters import REGION


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield resources(load_template(ROOT / "template.yaml"))


class DyingWorker:
    """Dies of every message; remembers how often each was received."""

    def __init__(self) -> None:
        self.counts: list[str] = []

    def start(self) -> None: ...

    def close(self) -> None: ...

    def invoke(self, event: dict[str, Any]) -> Any:
        self.counts += [record["attributes"]["ApproximateReceiveCount"] for record in event["Records"]]
        raise WorkerDied("process 1 ended")


def test_the_queues_have_the_template_s_settings(made: dict[str, str]) -> None:
    sqs = client("sqs")

    def attributes(queue: str) -> dict[str, str]:
        found: dict[str, str] = sqs.get_queue_attributes(QueueUrl=made[queue], AttributeNames=["All"])[
            "Attributes"
        ]
        return found

    work, dead = attributes("WorkQueue"), attributes("DeadLetterQueue")
    assert work["VisibilityTimeout"] == "720"
    policy = json.loads(work["RedrivePolicy"])
    assert (policy["deadLetterTargetArn"], int(policy["maxReceiveCount"])) == (dead["QueueArn"], 5)
    assert dead["MessageRetentionPeriod"] == "1209600"


def test_the_table_has_the_template_s_keys_and_expiry(made: dict[str, str]) -> None:
    table = client("dynamodb").describe_table(TableName=made["Table"])["Table"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    expiry = client("dynamodb").describe_time_to_live(TableName=made["Table"])["TimeToLiveDescription"]
    assert expiry["AttributeName"] == "expires_at"


def test_what_is_there_is_used_as_it_is(made: dict[str, str]) -> None:
    client("s3").put_object(Bucket=made["Bucket"], Key="kept", Body=b"kept")
    assert resources(load_template(ROOT / "template.yaml")) == made
    assert client("s3").get_object(Bucket=made["Bucket"], Key="kept")["Body"].read() == b"kept"


def test_functions_are_told_the_names_of_what_was_made(made: dict[str, str]) -> None:
    environment = read_system(ROOT / "template.yaml", references=made).functions["ApiFunction"].environment
    assert environment["EVALGEN_TABLE"] == made["Table"]
    assert environment["EVALGEN_QUEUE_URL"] == made["WorkQueue"]
    assert environment["EVALGEN_BUCKET"] == made["Bucket"]


def test_a_message_that_kills_five_workers_is_a_dead_letter_by_the_queue_s_own_policy(
    made: dict[str, str],
) -> None:
    settings = read_system(ROOT / "template.yaml").queues["WorkQueue"]
    worker, work = DyingWorker(), SqsPolled(made["WorkQueue"], wait_s=0)
    poller = Poller(Source("WorkQueue", "WorkerFunction", 10, True), settings, work, worker, pytest.fail)
    SqsQueue(made["WorkQueue"]).send([{"n": 1}])
    for _ in range(5):
        with pytest.raises(WorkerDied):
            poller.deliver()
    assert poller.deliver() == 0
    assert worker.counts == ["1", "2", "3", "4", "5"]
    (letter,) = SqsPolled(made["DeadLetterQueue"], wait_s=0).receive(10, 60)
    assert json.loads(letter.body) == {"n": 1}


def test_a_receipt_that_is_no_longer_good_changes_nothing(made: dict[str, str]) -> None:
    queue = SqsPolled(made["WorkQueue"], wait_s=0)
    SqsQueue(made["WorkQueue"]).send([{"n": 1}])
    (message,) = queue.receive(1, 60)
    queue.delete(message.receipt)
    queue.extend(message.receipt, 0)
    queue.delete(message.receipt)
    assert queue.receive(1, 60) == []
