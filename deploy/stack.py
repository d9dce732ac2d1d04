"""A deployed stack, or an embedded one's state folder: where its data lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deploy import Unable
from evalgen.storage.aws.clients import client
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores
from local.intrinsics import url
from local.state import StateUnusable, database

SETTINGS = {"EVALGEN_TABLE": "TableName", "EVALGEN_QUEUE_URL": "WorkQueueUrl", "EVALGEN_BUCKET": "BucketName"}
"""Environment variables of the functions, and the stack's outputs that they come from."""


def outputs(stack: str) -> dict[str, str]:
    """The outputs of a deployed stack. Raises Unable."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - not there for a state folder
    except ImportError:
        raise Unable("a deployed stack is reached by boto3, which `make build` installs") from None
    try:
        found: list[dict[str, Any]] = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except (BotoCoreError, ClientError) as error:
        raise Unable(f"the stack {stack} cannot be read: {error}") from None
    return {output["OutputKey"]: output["OutputValue"] for output in found[0].get("Outputs", [])}


def stores_of(stack: str) -> Stores:
    """What a deployed stack's functions work on. Raises Unable."""
    values = outputs(stack)
    if missing := set(SETTINGS.values()) - set(values):
        raise Unable(f"the stack {stack} has no output {', '.join(sorted(missing))}; is it one of evalgen's?")
    return open_stores({variable: values[output] for variable, output in SETTINGS.items()})


def embedded_stores(state: Path) -> Stores:
    """What `make serve STATE=folder` works on. Raises Unable."""
    if not (state / "state.sqlite3").exists():
        raise Unable(f"{state} holds no state of an embedded stack")
    try:
        database(state)
    except StateUnusable as error:
        raise Unable(str(error)) from None
    return open_stores({"EVALGEN_STATE": str(state), "EVALGEN_QUEUE_URL": url("WorkQueue")})
