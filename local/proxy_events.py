"""The events that a REST API sends to functions, and the answers that it takes from them.

Shapes: API Gateway's developer guide, "Lambda proxy integrations" and "Lambda authorizer input". The
paths are those behind a domain of one's own, without the stage.
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from local.intrinsics import ACCOUNT, REGION
from local.messages import Request, Response
from local.routing import Match
from local.system import Api

_ANSWER_KEYS = {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}


class MalformedAnswer(Exception):
    """A function answered something that is no proxy answer; the text says what."""


def method_arn(api: Api, request: Request) -> str:
    path = request.path.strip("/")
    return f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api.name}/{api.stage}/{request.method}/{path}"


def proxy_event(api: Api, request: Request, match: Match, authorizer: Mapping[str, Any]) -> dict[str, Any]:
    binary = request.media_type("content-type") in api.binary_types
    text = (base64.b64encode(request.body) if binary else request.body).decode("utf-8", "replace")
    return {
        **_common(request, match),
        "requestContext": {**_request_context(api, request, match), "authorizer": dict(authorizer)},
        "body": text or None,
        "isBase64Encoded": binary and bool(text),
    }


def authorizer_event(api: Api, request: Request, match: Match) -> dict[str, Any]:
    return {
        "type": "REQUEST",
        "methodArn": method_arn(api, request),
        **_common(request, match),
        "requestContext": _request_context(api, request, match),
    }


def proxy_response(api: Api, request: Request, answer: Any) -> Response:
    """What the client gets. Raises MalformedAnswer."""
    if not isinstance(answer, dict) or not isinstance(answer.get("statusCode"), int):
        raise MalformedAnswer("the answer is no object with an integer statusCode")
    if unknown := set(answer) - _ANSWER_KEYS:
        raise MalformedAnswer(f"the answer has keys that a REST API refuses: {', '.join(sorted(unknown))}")
    body = answer.get("body") or ""
    if not isinstance(body, str):
        raise MalformedAnswer("the answer's body is no string")
    decoded = bool(answer.get("isBase64Encoded")) and request.media_type("accept") in api.binary_types
    return Response(
        status=answer["statusCode"],
        headers=_answer_headers(answer),
        body=base64.b64decode(body) if decoded else body.encode(),
    )


def _answer_headers(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Both kinds merged: for a name that both have, the values of the multi-value one."""
    merged = {name.lower(): (name, [value]) for name, value in (answer.get("headers") or {}).items()}
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        merged[name.lower()] = (name, values)
    merged.setdefault("content-type", ("Content-Type", ["application/json"]))
    return [(name, str(value)) for name, values in merged.values() for value in values]


def _common(request: Request, match: Match) -> dict[str, Any]:
    headers = [
        *request.headers,
        ("X-Amzn-Trace-Id", f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}"),
        ("X-Forwarded-For", request.client_ip),
        ("X-Forwarded-Port", (request.header("host") or "").rpartition(":")[2]),
        ("X-Forwarded-Proto", "http"),
    ]
    query = parse_qsl(request.query, keep_blank_values=True)
    return {
        "resource": match.route.path,
        "path": unquote(request.path),
        "httpMethod": request.method,
        "headers": dict(headers),
        "multiValueHeaders": _all_values(headers),
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": _all_values(query) or None,
        "pathParameters": match.parameters or None,
        "stageVariables": None,
    }


def _all_values(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _request_context(api: Api, request: Request, match: Match) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "accountId": ACCOUNT,
        "apiId": api.name,
        "domainName": request.header("host") or "localhost",
        "domainPrefix": "local",
        "extendedRequestId": uuid.uuid4().hex[:16],
        "httpMethod": request.method,
        "identity": {
            "accessKey": None,
            "accountId": None,
            "caller": None,
            "cognitoAuthenticationProvider": None,
            "cognitoAuthenticationType": None,
            "cognitoIdentityId": None,
            "cognitoIdentityPoolId": None,
            "principalOrgId": None,
            "sourceIp": request.client_ip,
            "user": None,
            "userAgent": request.header("user-agent"),
            "userArn": None,
        },
        "path": unquote(request.path),
        "protocol": request.protocol,
        "requestId": str(uuid.uuid4()),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": f"{match.route.method} {match.route.path}",
        "resourcePath": match.route.path,
        "stage": api.stage,
    }
