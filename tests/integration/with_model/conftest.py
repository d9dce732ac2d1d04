from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.jobs.kit import FakeGenerator, Functions
from tests.integration.with_model.kit import World
from tests.scripted_model.server import Script, ScriptedModel, serving


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Callable[[Script], World]]:
    with ExitStack() as servers:
        yield lambda script: World(
            Functions(tmp_path, FakeGenerator()), servers.enter_context(serving(ScriptedModel(script)))
        )
