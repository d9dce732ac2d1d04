"""What the checks share: what `make build` builds, and a stack deployed from it into ministack."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks.ministack import STACK, Cloud, bridge, ministack
from deploy.build import BUILT, build
from deploy.stack import SETTINGS
from deploy.up import deploy
from tests.conftest import system

__all__ = ["system"]

RUNTIME = os.environ.get("RUNTIME", "python3.13")
ARCHITECTURE = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"


@dataclass(frozen=True)
class Deployed:
    """`base`: the API's address; `settings`: the functions' environment variables."""

    cloud: Cloud
    outputs: dict[str, str]
    base: str

    @property
    def settings(self) -> dict[str, str]:
        return {variable: self.outputs[output] for variable, output in SETTINGS.items()}


@pytest.fixture(scope="session")
def built() -> Path:
    """Functions and layer built for this machine."""
    folder = BUILT.parent / "checks" / ARCHITECTURE
    build(RUNTIME, ARCHITECTURE, folder)
    return folder


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with ministack(tmp_path_factory.mktemp("ministack"), RUNTIME.removeprefix("python")) as running:
        yield running


@pytest.fixture(scope="session")
def deployed(built: Path, cloud: Cloud) -> Deployed:
    parameters = [f"Runtime={RUNTIME}", f"Architecture={ARCHITECTURE}"]
    deploy(STACK, parameters, built, cloud.variables)
    bridge(cloud)
    found = cloud.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]["Outputs"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found}
    api, _, stage = outputs["ApiUrl"].removeprefix("https://").partition("/")
    path = f"/restapis/{api.partition('.')[0]}/{stage}/_user_request_"
    return Deployed(cloud, outputs, cloud.address + path)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many tests of the storage contract each adapter passed."""
    counts: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        path, _, name = report.nodeid.rpartition("::")
        if path.endswith("test_storage_contract.py"):
            adapter = name.rpartition("[")[2].rstrip("]").split("-")[0]
            counts[adapter] = counts.get(adapter, 0) + 1
    if counts:
        terminalreporter.write_line(
            "storage contract, tests passed: " + ", ".join(f"{k} {v}" for k, v in counts.items())
        )
