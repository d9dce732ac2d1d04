from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cekura import Cekura

from evalgen_cli.agents import read_agent
from tests.conftest import ROOT
from tests.e2e.kit import Stack, moto_server, template_with_stand_in
from tests.e2e.vendor import KEY


@pytest.fixture
def serve(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Stack]]:
    """Starts stacks over one state folder, with the stand-in worker, whose trouble lies in `tmp_path`.

    They keep everything in that folder, or in one emulator of AWS if the parameter says "aws".
    """
    store: str = getattr(request, "param", "sqlite")
    template = template_with_stand_in(tmp_path)
    with ExitStack() as running:
        aws = {"AWS_ENDPOINT_URL": running.enter_context(moto_server())} if store == "aws" else {}

        def start(state: Path = tmp_path / "state", **environment: str) -> Stack:
            variables = {"TROUBLE": str(tmp_path), **aws, **environment}
            stack = Stack(state, "--template", str(template), "--store", store, **variables)
            running.callback(stack.close)
            return stack

        yield start


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    started = Stack(tmp_path_factory.mktemp("vendor") / "state", LOCAL_API_KEY=KEY)
    yield started
    started.close()


@pytest.fixture
def base(stack: Stack) -> str:
    return stack.line.split()[3]


@pytest.fixture
def client(base: str) -> Iterator[Cekura]:
    with Cekura(api_key=KEY, base_url=base) as opened:
        yield opened


@pytest.fixture(scope="module")
def definition() -> dict[str, Any]:
    return read_agent([ROOT / "events" / "agents" / "roadside"]).agent
