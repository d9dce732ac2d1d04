"""Routes of a function, made from its table of operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response

from evalgen.contract.gateway import Call, make_app, project_of, reply, serve
from evalgen.contract.unknown import unknown_parameters
from evalgen.served.operation import FunctionName, Operation, rule_of, spellings


def serving(
    function: FunctionName, operations: Sequence[Operation], service: Callable[[], object]
) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """The handler of a function's operations: each is served by the method of its name of `service()`."""
    app = make_app()
    for operation in operations:
        handler = _handler(app, operation, service)
        for path in spellings(operation.path):
            app.route(rule_of(path), method=operation.method)(handler)
    return serve(app, Logger(service=function))


def _handler(
    app: APIGatewayRestResolver, operation: Operation, service: Callable[[], object]
) -> Callable[..., Response[str]]:
    def handle(**ids: str) -> Response[str]:
        project_id = 0 if operation.open else project_of(app)
        method: Callable[[Call], Any] = getattr(service(), operation.name)
        call = Call(project_id, app.current_event.raw_event, ids)
        answer = method(call)
        if operation.query is None and not operation.open:
            call.warnings.extend(unknown_parameters(None, call.event))
        return reply(operation.status, answer, call.warnings)

    return handle
