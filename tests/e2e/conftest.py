from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.kit import Stack, template_with_stand_in


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Stack]]:
    """Starts stacks over one state folder, with the stand-in worker, whose trouble lies in `tmp_path`."""
    stacks: list[Stack] = []
    template = template_with_stand_in(tmp_path)

    def start(state: Path = tmp_path / "state", **environment: str) -> Stack:
        environment.setdefault("TROUBLE", str(tmp_path))
        stacks.append(Stack(state, "--template", str(template), **environment))
        return stacks[-1]

    yield start
    for stack in stacks:
        stack.close()
