"""Reads a `System` out of a SAM template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.intrinsics import Template, TemplateError, load_template, named_by
from local.system import (
    Api,
    Authorizer,
    Function,
    GatewayResponse,
    QueueSettings,
    Route,
    Schedule,
    Source,
    System,
)

_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


def read_system(
    path: Path,
    parameters: Mapping[str, Any] | None = None,
    references: Mapping[str, str] | None = None,
) -> System:
    """The system that a template describes; arguments are those of `load_template`. Raises TemplateError."""
    template = load_template(path, parameters, references)
    properties = {
        name: _with_globals(template, own)
        for name, own in template.of_type("AWS::Serverless::Function").items()
    }
    events = [
        (function, event["Type"], event.get("Properties", {}))
        for function, own in properties.items()
        for event in own.get("Events", {}).values()
    ]
    return System(
        functions={name: _function(path.parent, name, own) for name, own in properties.items()},
        api=_api(template, events),
        queues={name: _queue(name, own) for name, own in template.of_type("AWS::SQS::Queue").items()},
        sources=tuple(_source(function, own) for function, kind, own in events if kind == "SQS"),
        schedules=tuple(
            Schedule(function, _every_s(own["Schedule"]))
            for function, kind, own in events
            if kind == "Schedule"
        ),
    )


def _with_globals(template: Template, own: dict[str, Any]) -> dict[str, Any]:
    shared = template.globals.get("Function", {})
    variables = {
        **shared.get("Environment", {}).get("Variables", {}),
        **own.get("Environment", {}).get("Variables", {}),
    }
    return {**shared, **own, "Environment": {"Variables": variables}}


def _function(root: Path, name: str, own: Mapping[str, Any]) -> Function:
    return Function(
        name=name,
        folder=(root / own["CodeUri"]).resolve(),
        handler=own["Handler"],
        timeout_s=int(own.get("Timeout", 3)),
        memory_mb=int(own.get("MemorySize", 128)),
        environment={key: str(value) for key, value in own["Environment"]["Variables"].items()},
    )


def _api(template: Template, events: list[tuple[str, str, dict[str, Any]]]) -> Api:
    found = template.of_type("AWS::Serverless::Api")
    if len(found) != 1:
        raise TemplateError(f"the embedded stack serves exactly one API; the template has {len(found)}")
    ((name, own),) = found.items()
    auth = own.get("Auth", {})
    authorizer = auth.get("Authorizers", {}).get(auth.get("DefaultAuthorizer"))
    return Api(
        name=name,
        stage=own["StageName"],
        binary_types=frozenset(kind.replace("~1", "/").lower() for kind in own.get("BinaryMediaTypes", [])),
        routes=tuple(_route(function, event) for function, kind, event in events if kind == "Api"),
        authorizer=_authorizer(authorizer) if authorizer else None,
        compressed_from=own.get("MinimumCompressionSize"),
        responses={kind: _gateway_response(it) for kind, it in own.get("GatewayResponses", {}).items()},
    )


def _route(function: str, own: Mapping[str, Any]) -> Route:
    method = own["Method"].upper()
    if method == "ANY" or "+}" in own["Path"]:
        raise TemplateError(f"{own['Path']}: only explicit methods and paths are served")
    return Route(
        method=method,
        path=own["Path"].rstrip("/"),
        function=function,
        authorized=own.get("Auth", {}).get("Authorizer") != "NONE",
    )


def _authorizer(own: Mapping[str, Any]) -> Authorizer:
    if own.get("FunctionPayloadType") != "REQUEST":
        raise TemplateError("the embedded gateway knows authorizers with FunctionPayloadType REQUEST only")
    identity = own["Identity"]
    return Authorizer(
        function=named_by(own["FunctionArn"]),
        headers=tuple(identity.get("Headers", ())),
        ttl_s=int(identity.get("ReauthorizeEvery", 300)),
    )


def _gateway_response(own: Mapping[str, Any]) -> GatewayResponse:
    status = own.get("StatusCode")
    headers = own.get("ResponseParameters", {}).get("Headers", {})
    return GatewayResponse(
        status=None if status is None else int(status),
        headers={name: value.strip("'") for name, value in headers.items()},
        body=own["ResponseTemplates"]["application/json"],
    )


def _queue(name: str, own: Mapping[str, Any]) -> QueueSettings:
    redrive = own.get("RedrivePolicy")
    return QueueSettings(
        name=name,
        visibility_s=int(own.get("VisibilityTimeout", 30)),
        max_receives=int(redrive["maxReceiveCount"]) if redrive else None,
        dead_letters=named_by(redrive["deadLetterTargetArn"]) if redrive else None,
    )


def _source(function: str, own: Mapping[str, Any]) -> Source:
    return Source(
        queue=named_by(own["Queue"]),
        function=function,
        batch_size=int(own.get("BatchSize", 10)),
        reports_failures="ReportBatchItemFailures" in own.get("FunctionResponseTypes", []),
    )


def _every_s(expression: str) -> int:
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if not match:
        raise TemplateError(f"the embedded stack knows rate(...) schedules only, not {expression}")
    return int(match[1]) * _SECONDS[match[2]]
