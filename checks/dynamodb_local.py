"""DynamoDB Local, which Amazon publishes inside an npm package."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checks.processes import HOST, free_port, served
from deploy import TOOLS, Unable
from deploy.environments import run
from evalgen.storage.aws import DynamoTable
from local.provisioning import make_table
from tests.integration.storage.adapters import REGION, TEMPLATE

PACKAGE = "amplify-dynamodb-simulator"
VERSION = "2.9.30"
SHA512 = (
    "c5379e44bbf311fab2779961ddb1f8734907bd21c79a6843e590ec1c52804398"
    "36665e89aa515dbad6908422c7cf1129e91cb5a3b4c1ea7888a17b9002749ec1"
)
LAUNCHER = Path(__file__).parent / "LoopbackDynamoDb.java"


@contextmanager
def dynamodb_local(folder: Path) -> Iterator[str]:
    """Run it for the length of the block, which gets its address; its log lies in `folder`. Raises Unable."""
    emulator = _installed() / "package" / "emulator"
    port = free_port()
    libraries = emulator / "DynamoDBLocal_lib"
    command: list[str | Path] = [
        *(_program("java"), f"-Djava.library.path={libraries}"),
        *("-cp", f"{emulator / 'DynamoDBLocal.jar'}:{libraries}/*", LAUNCHER, str(port)),
    ]
    with served(command, port, folder / "dynamodb-local.log", {"PATH": "/usr/bin:/bin"}, folder):
        yield f"http://{HOST}:{port}"


def own_table(address: str, patch: pytest.MonkeyPatch) -> DynamoTable:
    """A new table there. Clients keep the address that they were made with: callers clear them before."""
    patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", address)
    patch.setenv("AWS_DEFAULT_REGION", REGION)
    patch.setenv("AWS_ACCESS_KEY_ID", "local")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    [table] = TEMPLATE.of_type("AWS::DynamoDB::Table").values()
    return DynamoTable(make_table(f"evalgen-{uuid.uuid4()}", table))


def _installed() -> Path:
    target = TOOLS / f"{PACKAGE}-{VERSION}"
    if target.exists():
        return target
    TOOLS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        fetched = [_program("npm"), "pack", "--loglevel=error", f"{PACKAGE}@{VERSION}"]
        own_cache = os.environ | {"npm_config_cache": f"{folder}/cache"}
        run(fetched, "npm pack", Path(folder), own_cache)
        archive = Path(folder) / f"{PACKAGE}-{VERSION}.tgz"
        if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
            raise Unable(f"{archive.name} is not the archive that its checksum stands here for")
        with tarfile.open(archive) as packed:
            packed.extractall(Path(folder) / "unpacked", filter="data")
        (Path(folder) / "unpacked").rename(target)
    return target


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Unable(
            f"{name} is needed for DynamoDB Local and was not found (Debian: default-jdk-headless, npm)"
        )
    return found
