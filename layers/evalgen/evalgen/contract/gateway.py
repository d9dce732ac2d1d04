"""What the API functions share: routes under one resolver, every error answered as JSON in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from evalgen.contract.bodies import header
from evalgen.errors import ClientError, NotFound
from evalgen.http import answer

JSON = "application/json"


def reply(status: int, body: object) -> Response[str]:
    """An answer of a route; None means no body (204)."""
    plain = answer(status, body)
    return Response(status_code=status, content_type=JSON, body=str(plain["body"]))


def make_app() -> APIGatewayRestResolver:
    """A resolver without validation, which knows the ClientError family and unknown routes."""
    app = APIGatewayRestResolver(enable_validation=False)

    def refuse(error: ClientError) -> Response[str]:
        return reply(error.status, error.body)

    def no_route(_: NotFoundError) -> Response[str]:
        method, path = app.current_event.http_method, app.current_event.path
        return reply(404, {"detail": f"{method} {path} is not served."})

    app.exception_handler(ClientError)(refuse)
    app.exception_handler(NotFoundError)(no_route)
    return app


def serve(app: APIGatewayRestResolver, logger: Logger) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """The function that answers a REST proxy event; what no route expected is logged and is a 500."""

    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        try:
            return app.resolve(event, context)
        except Exception:  # the last line of defence: the client gets JSON, the log gets the trace
            request_id = event.get("requestContext", {}).get("requestId", "")
            logger.exception("unexpected error", extra={"request_id": request_id})
            return answer(500, {"detail": f"Something went wrong on our side; request {request_id}."})

    return handle


def project_of(app: APIGatewayRestResolver) -> int:
    """The project whose key the authorizer accepted."""
    return int(app.current_event.raw_event["requestContext"]["authorizer"]["project_id"])


def id_of(text: str, noun: str) -> int:
    """An id from a path. Raises NotFound for what can be none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise NotFound(f"There is no {noun} {text}.")
    return int(text)


def url_of(event: Mapping[str, Any]) -> str:
    """The address that was called, without its query, for the links between pages."""
    scheme = header(event, "X-Forwarded-Proto") or "https"
    context = event["requestContext"]
    host = header(event, "Host") or context.get("domainName", "")
    return f"{scheme}://{host}{context.get('path') or event['path']}"
