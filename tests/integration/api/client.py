"""A client of the real API handlers over the embedded stores, by REST proxy events."""

from __future__ import annotations

import base64
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores

ROOT = Path(__file__).parents[3]
V1 = "/test_framework/v1"
V2 = "/test_framework/v2"
GENERATE = f"{V1}/scenarios/generate-bg"
AGENTS = f"{V2}/aiagents"
FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def load_function(name: str) -> ModuleType:
    path = ROOT / "functions" / name / "app.py"
    spec = importlib.util.spec_from_file_location(f"functions_{name}_app", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Api:
    """A client that skips the gateway: it builds the event and calls the function that serves the path."""

    def __init__(self, state: Path) -> None:
        self.stores: Stores = open_stores(environment(state))
        self._functions = {name: load_function(name) for name in ("api", "catalog")}

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        project: int = FIRST,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        """`body` is sent as JSON, unless it is bytes: those go as base64, as binary media types do."""
        binary = isinstance(body, bytes)
        event = {
            "resource": path,
            "path": path,
            "httpMethod": method,
            "headers": {"Host": "api.test", **(headers or {})},
            "multiValueHeaders": {},
            "queryStringParameters": query,
            "multiValueQueryStringParameters": {key: [value] for key, value in (query or {}).items()},
            "pathParameters": None,
            "requestContext": {
                "requestId": "request-1",
                "path": path,
                "httpMethod": method,
                "resourcePath": path,
                "authorizer": {"project_id": str(project)},
            },
            "body": base64.b64encode(body).decode() if binary else body and json.dumps(body),
            "isBase64Encoded": binary,
        }
        return self.send(event)

    def send(self, event: dict[str, Any]) -> Answer:
        function = self._functions["api" if "generate-bg" in event["path"] else "catalog"]
        answer = function.lambda_handler(event, None)
        return Answer(answer["statusCode"], answer["body"])

    def agent(self, project: int = FIRST, **fields: Any) -> dict[str, Any]:
        """Create an agent and answer it."""
        answer = self.call(
            "POST", AGENTS, {"name": "Desk", "description": "You answer.", **fields}, project=project
        )
        assert answer.status == 201, answer.text
        created: dict[str, Any] = answer.json
        return created


def environment(state: Path) -> dict[str, str]:
    return {"EVALGEN_STATE": str(state), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}
