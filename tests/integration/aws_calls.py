"""Calls of AWS as the permissions that they need: recorded at botocore, by function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from botocore.signers import RequestSigner

from local.intrinsics import arn

Permission = tuple[str, str]
"""An action and the resource that it is asked for."""

MISSING = {"NoSuchKey", "404"}
BUS = "arn:aws:events:local:000000000000:event-bus/"


def permissions(
    operation: str, parameters: Mapping[str, Any], queues: Mapping[str, str]
) -> Iterator[Permission]:
    """Those of one call; a transaction needs those of the actions inside. `queues`: names by address."""
    match operation:
        case "TransactWriteItems":
            for entry in parameters["TransactItems"]:
                (action,) = entry
                yield f"dynamodb:{action}Item", arn("Table")
        case "GetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem":
            yield f"dynamodb:{operation}", arn("Table")
        case "GetObject" | "HeadObject":
            yield "s3:GetObject", f"{arn('Bucket')}/{parameters['Key']}"
        case "PutObject" | "DeleteObject":
            yield f"s3:{operation}", f"{arn('Bucket')}/{parameters['Key']}"
        case "SendMessageBatch" | "SendMessage":
            yield "sqs:SendMessage", arn(queues[parameters["QueueUrl"]])
        case "ChangeMessageVisibility":
            yield "sqs:ChangeMessageVisibility", arn(queues[parameters["QueueUrl"]])
        case "PutEvents":
            for entry in parameters["Entries"]:
                yield "events:PutEvents", BUS + entry["EventBusName"]
        case _:
            raise AssertionError(f"no permission is known for {operation}")


@dataclass
class Recorder:
    """What each function has needed; calls outside of `function(…)` are not recorded."""

    queues: Mapping[str, str]
    needed: dict[str, set[Permission]] = field(default_factory=dict)
    _now: str | None = None

    @contextmanager
    def function(self, name: str) -> Iterator[None]:
        self._now = name
        self.needed.setdefault(name, set())
        try:
            yield
        finally:
            self._now = None

    def note(self, operation: str, parameters: Mapping[str, Any]) -> None:
        if self._now is not None:
            self.needed[self._now] |= set(permissions(operation, parameters, self.queues))

    def note_missing(self) -> None:
        """S3 tells that an object is missing to those alone who may list."""
        if self._now is not None:
            self.needed[self._now].add(("s3:ListBucket", arn("Bucket")))


def recording(recorder: Recorder, patch: pytest.MonkeyPatch) -> None:
    call: Callable[..., Any] = BaseClient._make_api_call  # type: ignore[attr-defined] # there is no other
    sign: Callable[..., Any] = RequestSigner.generate_presigned_url

    def recorded(self: Any, operation: str, parameters: dict[str, Any]) -> Any:
        recorder.note(operation, parameters)
        try:
            return call(self, operation, parameters)
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                recorder.note_missing()
            raise

    def signed(self: Any, request_dict: dict[str, Any], operation_name: str, **options: Any) -> Any:
        recorder.note(operation_name, {"Key": request_dict["url_path"].strip("/")})
        return sign(self, request_dict=request_dict, operation_name=operation_name, **options)

    patch.setattr(BaseClient, "_make_api_call", recorded)
    patch.setattr(RequestSigner, "generate_presigned_url", signed)
