"""The REST API: a request in, the real handlers' answer out."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable

from local.authorizing import Authorizing, Call, Refused
from local.compressing import compressed
from local.messages import Request, Response
from local.proxy_events import MalformedAnswer, proxy_event, proxy_response
from local.routing import Router
from local.system import Api

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a body that API Gateway takes."""

MAX_PAYLOAD = 6 * 1024 * 1024
"""Bytes of an event, and of an answer, that Lambda takes."""


class Gateway:
    max_body = MAX_BODY

    def __init__(
        self,
        api: Api,
        call: Call,
        *,
        report: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`call` invokes functions; `report` gets a line for each failure that clients are not told."""
        self._api = api
        self._call = call
        self._report = report
        self._router = Router(api.routes)
        self._authorizing = Authorizing(api, api.authorizer, call, clock) if api.authorizer else None

    def handle(self, request: Request) -> Response:
        """Answer a request; failures become the declared gateway responses."""
        try:
            return self._answer(request)
        except Refused as refusal:
            if refusal.__cause__ is not None:
                self._report(f"{request.method} {request.path}: {refusal.__cause__!r}")
            return self._gateway_response(refusal)

    def refuse(self, response: str, status: int, message: str) -> Response:
        """A gateway response for a request that never came to be handled."""
        return self._gateway_response(Refused(response, status, message))

    def _answer(self, request: Request) -> Response:
        match = self._router.match(request.method, request.path)
        if match is None:
            raise Refused("MISSING_AUTHENTICATION_TOKEN", 403, "Missing Authentication Token")
        if len(request.body) > MAX_BODY:
            raise Refused("REQUEST_TOO_LARGE", 413, "Request Too Long")
        authorizing = self._authorizing if match.route.authorized else None
        context = authorizing.context(request, match) if authorizing else {}
        event = proxy_event(self._api, request, match, context)
        if len(event["body"] or "") > MAX_PAYLOAD:
            raise Refused("REQUEST_TOO_LARGE", 413, "Request Too Long")
        try:
            response = proxy_response(self._api, request, self._call(match.route.function, event))
            if len(response.body) > MAX_PAYLOAD:
                raise MalformedAnswer(
                    f"the answer has {len(response.body)} bytes; Lambda allows {MAX_PAYLOAD}"
                )
        except Exception as error:
            raise Refused("DEFAULT_5XX", 502, "Internal server error") from error
        return compressed(response, request, self._api.compressed_from)

    def _gateway_response(self, refusal: Refused) -> Response:
        family = "DEFAULT_4XX" if refusal.status < 500 else "DEFAULT_5XX"
        declared = self._api.responses.get(refusal.response) or self._api.responses.get(family)
        message = str(refusal)
        template = declared.body if declared else '{"message": $context.error.messageString}'
        body = template.replace("$context.error.messageString", json.dumps(message))
        return Response(
            status=declared.status if declared and declared.status else refusal.status,
            headers=[
                ("Content-Type", "application/json"),
                ("x-amzn-RequestId", str(uuid.uuid4())),
                *(declared.headers.items() if declared else ()),
            ],
            body=body.replace("$context.error.message", message).encode(),
        )
