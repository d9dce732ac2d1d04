"""Requests made up from the served description: no failure, and no answer that is not described.

The strategies of schemathesis with hypothesis alone: its own plugin for pytest is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from evalgen.catalog.seeds import seed
from evalgen.served.operation import Operation
from evalgen.served.operations.all import OPERATIONS
from local.reading import read_system
from tests.integration.api.client import AGENTS, ROOT, V1, Api, environment
from tests.integration.api.test_scenarios import draft, generated
from tests.integration.api.wsgi import application

KEY = {"X-CEKURA-API-KEY": "made-up-requests"}
EXAMPLES = 25
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@dataclass(frozen=True)
class World:
    """The description as it is served, and a client of the same stores that makes things to ask for."""

    schema: Any
    api: Api

    def thing(self, path: str) -> dict[str, int | str]:
        """The parameters of a path that lead to something new."""
        if "/aiagents/" in path:
            agent = self.api.agent(mock_tools=[{"name": "find"}])["id"]
            uploads = f"{AGENTS}/{agent}/knowledge_base/uploads"
            upload = self.api.call("POST", uploads, {"file_name": "a.txt", "file_size": 1}).json
            return {"id": agent, "upload_id": upload["id"], "tool_name": "find"}
        if "/scenarios/" in path:
            return {"id": generated(self.api, draft("Made up"))[0]}
        if "/phone-numbers/" in path:
            return {"id": self.api.call("POST", f"{V1}/phone-numbers/inbound", {"number": "112"}).json["id"]}
        if "/test-profiles/" in path:
            return {"id": self.api.call("POST", f"{V1}/test-profiles", {"name": "Made up"}).json["id"]}
        return {"id": 1}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(state).items():
            patch.setenv(name, value)
        api = Api(state)
        seed(api.stores, lambda: 1_800_000_000.0, KEY["X-CEKURA-API-KEY"])
        app = application(read_system(ROOT / "template.yaml"))
        yield World(schemathesis.openapi.from_wsgi("/openapi.json", app), api)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_whatever_is_asked_is_answered_as_described(world: World, operation: Operation) -> None:
    described = world.schema[operation.path][operation.method]
    cases = st.one_of([described.as_strategy(generation_mode=mode) for mode in GenerationMode])

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, there=st.booleans())
    def ask(case: Any, there: bool) -> None:
        if there and "{" in operation.path:
            known = world.thing(operation.path)
            case.path_parameters = {name: known[name] for name in case.path_parameters}
        case.call_and_validate(headers=KEY, checks=CHECKS)

    ask()
