"""Routes of a function, made from the table of operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response

from evalgen.contract.gateway import Call, project_of, reply
from evalgen.served.operation import FunctionName, Operation, rule_of, spellings
from evalgen.served.operations import OPERATIONS


def bind(app: APIGatewayRestResolver, function: FunctionName, service: Callable[[], object]) -> None:
    """Serve the function's operations, each by the method of its name that `service()` has."""
    for operation in OPERATIONS:
        if operation.function == function:
            handler = _handler(app, operation, service)
            for path in spellings(operation.path):
                app.route(rule_of(path), method=operation.method)(handler)


def _handler(
    app: APIGatewayRestResolver, operation: Operation, service: Callable[[], object]
) -> Callable[..., Response[str]]:
    def handle(**ids: str) -> Response[str]:
        project_id = 0 if operation.open else project_of(app)
        method: Callable[[Call], Any] = getattr(service(), operation.name)
        return reply(operation.status, method(Call(project_id, app.current_event.raw_event, ids)))

    return handle
