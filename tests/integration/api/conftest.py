"""Two seeded projects behind the real handlers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evalgen.catalog.seeds import seed
from tests.integration.api.client import FIRST, SECOND, Api, environment


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Two projects with their seeds; shared by the tests of a module, which make what they need."""
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(state).items():
            patch.setenv(name, value)
        client = Api(state)
        for project in (FIRST, SECOND):
            seed(client.stores, lambda: 1_800_000_000.0, f"key-{project}", project_id=project)
        yield client
