"""Makes the template's table, bucket and queues where AWS_ENDPOINT_URL says AWS is, if they are missing."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from evalgen.storage.aws.clients import client
from local.intrinsics import Template, named_by

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

ENDPOINT = "AWS_ENDPOINT_URL"
_REGION = "us-east-1"
_KEYS = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
_TABLE_PROPERTIES = ("BillingMode", "AttributeDefinitions", "KeySchema")


class AwsUnusable(Exception):
    """Nothing that could be used as AWS is named or answers; the text says what."""


def provisioned(template: Template) -> dict[str, str]:
    """Logical id → what !Ref answers for it (a name, a queue's URL), with all of them there on return.

    Gives this process a region and keys, which emulators want and do not check, if its environment names
    none. Raises AwsUnusable.
    """
    endpoint = _endpoint()
    try:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - not installed for SQLite
    except ImportError:
        raise AwsUnusable(
            "AWS's library boto3 is not installed; `make serve STORE=aws` installs it"
        ) from None
    os.environ.setdefault("AWS_DEFAULT_REGION", _REGION)
    if not {"AWS_ACCESS_KEY_ID", "AWS_PROFILE"} & set(os.environ):
        os.environ.update(_KEYS)
    try:
        return resources(template)
    except (BotoCoreError, ClientError, ValueError) as error:
        raise AwsUnusable(f"{ENDPOINT}={endpoint} cannot be used: {error}") from None


def resources(template: Template) -> dict[str, str]:
    """The same wherever clients of AWS lead, with their own errors.

    Of a table and a bucket it makes what the functions need: backups and life cycles stay out. What is there
    already is left as it is.
    """
    return {
        **{
            name: make_table(_physical(name), own)
            for name, own in template.of_type("AWS::DynamoDB::Table").items()
        },
        **{name: _bucket(name) for name in template.of_type("AWS::S3::Bucket")},
        **_queues(template.of_type("AWS::SQS::Queue")),
    }


def _endpoint() -> str:
    endpoint = os.environ.get(ENDPOINT)
    if not endpoint:
        raise AwsUnusable(f"storing on AWS needs {ENDPOINT}, an emulator's address: http://127.0.0.1:5000")
    if os.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false").lower() != "false":
        raise AwsUnusable(f"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set, and {ENDPOINT} would not be heeded")
    return endpoint


def _physical(logical_id: str) -> str:
    """Small letters, as buckets want them."""
    return f"evalgen-{logical_id.lower()}"


def make_table(name: str, own: dict[str, Any]) -> str:
    """A table with `own`, the properties of one in a template, unless there is one; answers its name."""
    dynamodb: DynamoDBClient = client("dynamodb")
    try:
        dynamodb.describe_table(TableName=name)
    except dynamodb.exceptions.ResourceNotFoundException:
        dynamodb.create_table(TableName=name, **{key: own[key] for key in _TABLE_PROPERTIES})
        dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=own["TimeToLiveSpecification"])
    return name


def _bucket(logical_id: str) -> str:
    s3: S3Client = client("s3")
    name = _physical(logical_id)
    if name not in (bucket["Name"] for bucket in s3.list_buckets()["Buckets"]):
        region = s3.meta.region_name
        place: Any = (
            {} if region == _REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        )
        s3.create_bucket(Bucket=name, **place)
    return name


def _queues(queues: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Dead letters first: a redrive policy names a queue that is there."""
    urls: dict[str, str] = {}
    for logical_id, own in sorted(queues.items(), key=lambda queue: "RedrivePolicy" in queue[1]):
        urls[logical_id] = _queue(_physical(logical_id), own, urls)
    return urls


def _queue(name: str, own: dict[str, Any], urls: dict[str, str]) -> str:
    sqs: SQSClient = client("sqs")
    try:
        return sqs.get_queue_url(QueueName=name)["QueueUrl"]
    except sqs.exceptions.QueueDoesNotExist:
        attributes: Any = {key: _attribute(value, urls) for key, value in own.items()}
        return sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]


def _attribute(value: Any, urls: dict[str, str]) -> str:
    """A property as SQS takes it: attributes have the names that CloudFormation has for them."""
    if not isinstance(value, dict):
        return str(value).lower()
    dead_letters = urls[named_by(value["deadLetterTargetArn"])]
    sqs: SQSClient = client("sqs")
    found = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]
    return json.dumps({**value, "deadLetterTargetArn": found["QueueArn"]})
