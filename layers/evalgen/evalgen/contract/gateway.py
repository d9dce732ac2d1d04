"""What the API functions share: routes under one resolver, every error answered as JSON in one place."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from evalgen.contract.bodies import MEGABYTE, read_body
from evalgen.contract.query_strings import MAX_ID_DIGITS, read_query
from evalgen.contract.requests import RequestModel, validate
from evalgen.contract.unknown import unknown_fields, unknown_parameters
from evalgen.errors import ClientError, InvalidRequest, NotFound, Retryable
from evalgen.http import answer, answer_later

JSON = "application/json"
WARNINGS = "X-Evalgen-Warnings"
"""A JSON list of texts, in ASCII."""

M = TypeVar("M", bound=RequestModel)


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is no JSON, or not of the operation's usual status."""

    body: str
    content_type: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an operation; `ids` are the path's parameters as they came.

    `warnings`: what of the request was not followed, for the answer.
    """

    project_id: int
    event: Mapping[str, Any]
    ids: Mapping[str, str]
    warnings: list[str] = field(default_factory=list)

    def id(self, noun: str, name: str = "id") -> int:
        """Raises NotFound for what can be no id."""
        text = self.ids[name]
        if not (text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS):
            raise NotFound(f"There is no {noun} {text}.")
        return int(text)

    def query(self, model: type[M]) -> M:
        """Raises InvalidRequest with all wrong parameters."""
        self.warnings.extend(unknown_parameters(model, self.event))
        return self.own(read_query(model, self.event))

    def body(self, model: type[M], *, limit: int = MEGABYTE) -> M:
        """Raises InvalidRequest with all wrong fields, and what `read_body` raises."""
        body = read_body(self.event, limit=limit)
        self.warnings.extend(unknown_fields(model, body))
        return self.own(validate(model, body))

    def own(self, request: M) -> M:
        """Raises InvalidRequest if a request names another project than its key's."""
        for name in ("project", "project_id"):
            sent = getattr(request, name, None)
            if sent is not None and sent != self.project_id:
                raise InvalidRequest(
                    {name: [f"There is no project {sent} for this key; leave the field out."]}
                )
        return request


def reply(status: int, body: object, warnings: Sequence[str] = ()) -> Response[str]:
    """An answer of a route; None means no body (204).

    Warnings stand in an answer that is an object, and in a header of any other.
    """
    if warnings and isinstance(body, dict):
        body = {**body, "warnings": [*body.get("warnings", ()), *warnings]}
        warnings = ()
    headers = {WARNINGS: json.dumps(warnings)} if warnings else {}
    if isinstance(body, Raw):
        return Response(body.status, body.content_type, body.body, headers={**body.headers, **headers})
    plain = answer(status, body)
    return Response(status_code=status, content_type=JSON, body=str(plain["body"]), headers=headers)


def make_app() -> APIGatewayRestResolver:
    """A resolver without validation, which knows the ClientError family and unknown routes."""
    app = APIGatewayRestResolver(enable_validation=False)

    def refuse(error: ClientError) -> Response[str]:
        answered = reply(error.status, error.body)
        answered.headers.update(error.headers)
        return answered

    def no_route(_: NotFoundError) -> Response[str]:
        method, path = app.current_event.http_method, app.current_event.path
        return reply(404, {"detail": f"{method} {path} is not served."})

    app.exception_handler(ClientError)(refuse)
    app.exception_handler(NotFoundError)(no_route)
    return app


def serve(app: APIGatewayRestResolver, logger: Logger) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """The function that answers a REST proxy event, with a line in the log for each.

    What passes by itself is a 503, and what no route expected is logged and is a 500.
    """

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        asked = event.get("requestContext", {})
        request_id, started = asked.get("requestId", ""), time.monotonic()
        logger.set_correlation_id(request_id)
        try:
            answered = app.resolve(event, context)
        except Retryable:
            logger.exception("not now")
            answered = answer_later()
        except Exception:  # the last line of defence: the client gets JSON, the log gets the trace
            logger.exception("unexpected error")
            answered = answer(500, {"detail": f"Something went wrong on our side; request {request_id}."})
        logger.info(
            "request answered",
            request_id=request_id,
            project_id=(asked.get("authorizer") or {}).get("project_id"),
            route=f"{event.get('httpMethod')} {event.get('resource')}",
            status=answered["statusCode"],
            seconds=round(time.monotonic() - started, 3),
        )
        return answered

    return handle


def project_of(app: APIGatewayRestResolver) -> int:
    """The project whose key the authorizer accepted."""
    return int(app.current_event.raw_event["requestContext"]["authorizer"]["project_id"])
