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
from local.reading import read_system
from local.routing import Router

ROOT = Path(__file__).parents[3]
V1 = "/test_framework/v1"
V2 = "/test_framework/v2"
GENERATE = f"{V1}/scenarios/generate-bg"
AGENTS = f"{V2}/aiagents"
BLOBS = "http://127.0.0.1/_blobs"
FIRST, SECOND = 1, 2
SERVING = ("agents", "api", "catalog", "progress", "scenarios", "suites")
"""The functions that serve routes."""


def router() -> Router:
    return Router(read_system(ROOT / "template.yaml").api.routes)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]

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
        self._functions = {name: load_function(name) for name in SERVING}
        self._router = router()

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
        """To the function that the template routes the path to, or any if to none."""
        match = self._router.match(event["httpMethod"], event["path"])
        name = match.route.function.removesuffix("Function").lower() if match else "catalog"
        answer = self._functions[name].lambda_handler(event, None)
        headers = {**answer.get("headers", {}), **single(answer.get("multiValueHeaders", {}))}
        return Answer(answer["statusCode"], answer["body"], headers)

    def module(self, function: str) -> ModuleType:
        return self._functions[function]

    def agent(self, project: int = FIRST, **fields: Any) -> dict[str, Any]:
        """Create an agent and answer it."""
        answer = self.call(
            "POST", AGENTS, {"name": "Desk", "description": "You answer.", **fields}, project=project
        )
        assert answer.status == 201, answer.text
        created: dict[str, Any] = answer.json
        return created

    def job(self, agent: int, num_scenarios: int, project: int = FIRST, **fields: Any) -> str:
        """Start a job for an agent and answer its progress_id."""
        body = {"agent_id": agent, "num_scenarios": num_scenarios, **fields}
        answer = self.call("POST", GENERATE, body, project=project)
        assert answer.status == 200, answer.text
        return str(answer.json["progress_id"])


def single(headers: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in headers.items()}


def environment(state: Path) -> dict[str, str]:
    return {
        "EVALGEN_STATE": str(state),
        "EVALGEN_QUEUE_URL": "sqlite:WorkQueue",
        "EVALGEN_BLOBS_URL": BLOBS,
        "EVALGEN_BLOBS_SECRET": "secret",
    }
