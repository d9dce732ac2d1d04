"""How the AWS adapters answer to conflicts, throttling and partial failures, by clients that play them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from hypothesis import given
from hypothesis import strategies as st

from evalgen.errors import Retryable
from evalgen.storage.aws import DynamoTable, S3Blobs, SqsQueue, clients, dynamo, s3, sqs
from evalgen.storage.aws.retrying import Backoff
from evalgen.storage.aws.sqs import BATCH_BYTES, BATCH_MESSAGES, batches
from evalgen.storage.limits import TooLarge
from evalgen.storage.ports import ConditionFailed, Contention, Expect, Key, Put, TransactionCancelled

WRITES = [Put({"pk": "p", "sk": name}) for name in "abc"]


def error(code: str, *reasons: str, message: str = "") -> ClientError:
    response: Any = {"Error": {"Code": code, "Message": message}}
    if reasons:
        response["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(response, "Operation")


class Script:
    """Plays one answer a call: raises exceptions, returns the rest. `waits` are the pauses between them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: object) -> None:
        self.answers = list(answers)
        self.requests: list[dict[str, Any]] = []
        self.waits: list[float] = []
        self.backoff = Backoff(attempts=4, base_s=1, most_s=3, sleep=self.waits.append, random=lambda: 0.5)
        methods = ("transact_write_items", "get_item", "put_item", "send_message_batch")
        client = SimpleNamespace(**dict.fromkeys(methods, self._call))
        for module in (dynamo, sqs):
            monkeypatch.setattr(module, "client", lambda service: client)

    def _call(self, **request: Any) -> object:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


CONFLICT = error("TransactionCanceledException", "None", "TransactionConflict", "None")


@pytest.mark.parametrize(
    "problem",
    [
        CONFLICT,
        error("TransactionCanceledException", "ThrottlingError", "None", "ProvisionedThroughputExceeded"),
        error("TransactionInProgressException"),
        error("ProvisionedThroughputExceededException"),
        error("ThrottlingException"),
        error("InternalServerError"),
    ],
    ids=str,
)
def test_what_passes_by_itself_is_tried_again_after_growing_waits(
    monkeypatch: pytest.MonkeyPatch, problem: ClientError
) -> None:
    script = Script(monkeypatch, problem, problem, problem, {})
    DynamoTable("t", script.backoff).transact(WRITES)
    assert script.waits == [0.75, 1.5, 2.25]


def test_after_the_last_try_it_is_contention(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(monkeypatch, *[CONFLICT] * 4)
    with pytest.raises(Contention, match="4 tries"):
        DynamoTable("t", script.backoff).transact(WRITES)
    assert len(script.requests) == 4


def test_a_single_write_that_meets_a_transaction_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(monkeypatch, error("TransactionConflictException"), {})
    assert DynamoTable("t", script.backoff).write(WRITES[0]) is None
    assert len(script.requests) == 2


def test_an_unmet_expectation_is_told_at_once_even_beside_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = ("ConditionalCheckFailed", "TransactionConflict", "ConditionalCheckFailed")
    script = Script(monkeypatch, error("TransactionCanceledException", *reasons))
    with pytest.raises(TransactionCancelled) as cancelled:
        DynamoTable("t", script.backoff).transact(WRITES)
    assert cancelled.value.failed == (0, 2)
    assert script.waits == []


@pytest.mark.parametrize(
    "problem",
    [
        error("ValidationException", message="Item size to update has exceeded the maximum allowed size"),
        error(
            "TransactionCanceledException", "None", "ValidationError", message="Item size exceeds the maximum"
        ),
    ],
    ids=str,
)
def test_what_dynamodb_finds_too_large_is_permanent(
    monkeypatch: pytest.MonkeyPatch, problem: ClientError
) -> None:
    script = Script(monkeypatch, problem)
    with pytest.raises(TooLarge, match="size"):
        DynamoTable("t", script.backoff).transact(WRITES)


def test_any_other_error_is_raised_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(monkeypatch, error("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        DynamoTable("t", script.backoff).get(Key("p", "s"))
    assert script.waits == []


def failing(*ids: str) -> dict[str, Any]:
    return {"Failed": [{"Id": one, "Code": "InternalError", "SenderFault": False} for one in ids]}


def test_messages_that_sqs_did_not_take_are_sent_again_and_only_those(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = Script(monkeypatch, failing("1", "2"), failing("2"), {})
    SqsQueue("url", script.backoff).send([{"n": n} for n in range(3)])
    sent = [[entry["Id"] for entry in request["Entries"]] for request in script.requests]
    assert sent == [["0", "1", "2"], ["1", "2"], ["2"]]


@pytest.mark.parametrize(
    "answers",
    [[failing("0")] * 4, [error("ServiceUnavailable")] * 4, [error("AccessDenied")]],
    ids=["partial", "whole", "at once"],
)
def test_messages_that_sqs_does_not_take_are_retryable(
    monkeypatch: pytest.MonkeyPatch, answers: list[object]
) -> None:
    script = Script(monkeypatch, *answers)
    with pytest.raises(Retryable, match=r"InternalError|ServiceUnavailable|AccessDenied"):
        SqsQueue("url", script.backoff).send([{"n": 1}])


@given(
    st.lists(st.integers(1, BATCH_BYTES).map(lambda size: "é" * (size // 2) + "x" * (size % 2)), max_size=30)
)
def test_batches_hold_everything_in_order_and_no_more_than_a_request_may(bodies: list[str]) -> None:
    cut = list(batches(bodies))
    assert [body for batch in cut for body in batch] == bodies
    assert all(0 < len(batch) <= BATCH_MESSAGES for batch in cut)
    assert all(sum(len(body.encode()) for body in batch) <= BATCH_BYTES for batch in cut)


def test_the_waits_never_pass_their_limit() -> None:
    waits: list[float] = []
    longest: Callable[[], float] = lambda: 1.0  # noqa: E731 - the random number at its largest
    tries = list(Backoff(attempts=6, base_s=1, most_s=4, sleep=waits.append, random=longest).tries())
    assert tries == [0, 1, 2, 3, 4, 5]
    assert waits == [1, 2, 4, 4, 4]


def test_making_an_adapter_makes_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    clients.client.cache_clear()
    DynamoTable("t")
    SqsQueue("q")
    assert clients.client.cache_info().misses == 0


def test_all_clients_of_a_process_share_one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = [botocore.session.get_session() for _ in range(2)]
    monkeypatch.setattr(botocore.session, "get_session", sessions.pop)
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "eu-west-1")
    for cached in (clients.client, clients._session):
        cached.cache_clear()
    made = [clients.client(name) for name in ("sqs", "s3", "sqs")]
    assert [one.meta.service_model.service_name for one in made] == ["sqs", "s3", "sqs"]
    assert len(sessions) == 1
    for cached in (clients.client, clients._session):
        cached.cache_clear()


OUTAGE_S = 0.5


def status(code: int) -> ClientError:
    return ClientError(
        {"Error": {"Code": str(code)}, "ResponseMetadata": {"HTTPStatusCode": code}},  # type: ignore[typeddict-item]
        "Operation",
    )


OUTAGES: list[Exception] = [
    status(500),
    status(503),
    error("ServiceUnavailable"),
    error("SlowDown"),
    EndpointConnectionError(endpoint_url="https://aws"),
    ConnectionClosedError(endpoint_url="https://aws"),
    ReadTimeoutError(endpoint_url="https://aws"),
]


class Outage:
    """Every call fails with `problem` for half a second; sleeping is what makes time pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, problem: Exception, lowest: float) -> None:
        self.now = 0.0
        self.problem = problem
        self.backoff = Backoff(sleep=self._sleep, random=lambda: lowest, clock=lambda: self.now)
        for module in (dynamo, sqs, s3):
            monkeypatch.setattr(module, "client", lambda service: self)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**request: Any) -> dict[str, Any]:
            if self.now < OUTAGE_S:
                raise self.problem
            return {"Body": SimpleNamespace(read=lambda: b"x"), "ContentLength": 1, "Items": []}

        return call


@pytest.mark.parametrize("problem", OUTAGES, ids=repr)
@pytest.mark.parametrize(
    "call",
    [
        lambda backoff: DynamoTable("t", backoff).get(Key("p", "s")),
        lambda backoff: DynamoTable("t", backoff).query("p"),
        lambda backoff: DynamoTable("t", backoff).write(WRITES[0]),
        lambda backoff: DynamoTable("t", backoff).transact(WRITES),
        lambda backoff: SqsQueue("url", backoff).send([{"n": 1}]),
        lambda backoff: SqsQueue("url", backoff).postpone("receipt", 2),
        lambda backoff: S3Blobs("b", backoff).put("name", b""),
        lambda backoff: S3Blobs("b", backoff).get("name"),
        lambda backoff: S3Blobs("b", backoff).size("name"),
        lambda backoff: S3Blobs("b", backoff).delete("name"),
    ],
    ids=["get", "query", "write", "transact", "send", "postpone", "put", "read", "size", "delete"],
)
def test_half_a_second_of_trouble_is_waited_out_however_the_dice_fall(
    monkeypatch: pytest.MonkeyPatch, problem: Exception, call: Callable[[Backoff], object]
) -> None:
    call(Outage(monkeypatch, problem, lowest=0.0).backoff)
    call(Outage(monkeypatch, problem, lowest=1.0).backoff)


@pytest.mark.parametrize("problem", OUTAGES, ids=repr)
def test_trouble_that_lasts_is_retryable(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    outage = Outage(monkeypatch, problem, lowest=0.0)
    monkeypatch.setattr("tests.unit.storage.test_aws_retrying.OUTAGE_S", 1e9)
    for call in (
        lambda: DynamoTable("t", outage.backoff).get(Key("p", "s")),
        lambda: SqsQueue("url", outage.backoff).send([{"n": 1}]),
        lambda: S3Blobs("b", outage.backoff).get("name"),
    ):
        with pytest.raises(Retryable):
            call()


def test_tries_end_in_time_for_the_function_to_answer() -> None:
    now = 0.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds + 10  # a call that got no answer until its time was over

    assert len(list(Backoff(sleep=sleep, clock=lambda: now).tries())) <= 3


def test_a_transaction_that_is_tried_again_is_the_same_one(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(monkeypatch, CONFLICT, CONFLICT, {}, {})
    DynamoTable("t", script.backoff).transact(WRITES)
    DynamoTable("t", script.backoff).transact(WRITES)
    tokens = [request["ClientRequestToken"] for request in script.requests]
    assert tokens[0] == tokens[1] == tokens[2] != tokens[3]


STORED = {"Item": {"pk": {"S": "p"}, "sk": {"S": "a"}}}
OTHER = {"Item": {"pk": {"S": "p"}, "sk": {"S": "a"}, "by": {"S": "another"}}}
UNMET = error("ConditionalCheckFailedException")


def test_a_put_that_was_done_and_not_answered_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(monkeypatch, status(500), UNMET, STORED)
    DynamoTable("t", script.backoff).write(Put({"pk": "p", "sk": "a"}, Expect.ABSENT))
    assert script.answers == []


@pytest.mark.parametrize("answers", [[UNMET], [status(500), UNMET, OTHER]], ids=["at once", "by another"])
def test_a_put_that_another_came_before_is_refused(
    monkeypatch: pytest.MonkeyPatch, answers: list[object]
) -> None:
    script = Script(monkeypatch, *answers)
    with pytest.raises(ConditionFailed):
        DynamoTable("t", script.backoff).write(Put({"pk": "p", "sk": "a"}, Expect.ABSENT))
    assert script.answers == []
