from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from local.gateway import MAX_BODY, MAX_PAYLOAD, Gateway
from local.messages import Request, Response
from local.system import System

AGENTS = "/test_framework/v2/aiagents"
KEY = ("X-CEKURA-API-KEY", "k")


def policy(effect: str = "Allow", resource: str = "arn:aws:execute-api:*") -> dict[str, Any]:
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}
    return {
        "principalId": "p",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"project_id": "1", "trial": True, "limit": 5},
    }


def unauthorized() -> Any:
    raise Exception("Unauthorized")  # what API Gateway wants an authorizer to raise


def boom() -> Any:
    raise ValueError("boom")


@dataclass
class Functions:
    """Stands for the deployed functions; keeps their events."""

    authorize: Callable[[], Any] = policy
    answer: Callable[[], Any] = lambda: {"statusCode": 200, "body": "{}"}
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, name: str, event: dict[str, Any]) -> Any:
        self.events.append((name, event))
        return self.authorize() if name == "AuthorizerFunction" else self.answer()

    @property
    def called(self) -> list[str]:
        return [name for name, _ in self.events]


@dataclass
class World:
    gateway: Gateway
    functions: Functions
    reports: list[str]
    now: float = 0.0

    def send(
        self,
        method: str = "GET",
        target: str = AGENTS,
        headers: list[tuple[str, str]] | None = None,
        body: bytes = b"",
    ) -> Response:
        return self.gateway.handle(Request(method, target, [KEY] if headers is None else headers, body))

    def event(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the function behind the route received."""
        assert self.send(*args, **kwargs).status == 200
        name, event = self.functions.events[-1]
        assert name == "AgentsFunction"
        return event


@pytest.fixture
def world(system: System) -> World:
    functions = Functions()
    reports: list[str] = []
    assert system.api.authorizer is not None
    remembering = replace(system.api.authorizer, headers=(KEY[0],), ttl_s=300)
    api = replace(system.api, authorizer=remembering)
    world = World(Gateway(api, functions, report=reports.append), functions, reports)
    world.gateway = Gateway(api, functions, report=reports.append, clock=lambda: world.now)
    return world


def detail(response: Response) -> str:
    assert ("Content-Type", "application/json") in response.headers
    body = json.loads(response.body)
    assert list(body) == ["detail"]
    return str(body["detail"])


# The event of a proxy integration


def test_the_event_has_the_documented_keys(world: World) -> None:
    event = world.event()
    assert set(event) == {
        "resource", "path", "httpMethod", "headers", "multiValueHeaders", "queryStringParameters",
        "multiValueQueryStringParameters", "pathParameters", "stageVariables", "requestContext", "body",
        "isBase64Encoded",
    }  # fmt: skip
    assert set(event["requestContext"]) == {
        "accountId", "apiId", "authorizer", "domainName", "domainPrefix", "extendedRequestId", "httpMethod",
        "identity", "path", "protocol", "requestId", "requestTime", "requestTimeEpoch", "resourceId",
        "resourcePath", "stage",
    }  # fmt: skip
    json.dumps(event)


def test_what_a_request_lacks_is_null(world: World) -> None:
    event = world.event()
    for name in (
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
        "body",
    ):
        assert event[name] is None
    assert event["isBase64Encoded"] is False


def test_repeated_parameters_and_headers_are_all_there_and_the_last_one_wins(world: World) -> None:
    event = world.event(
        target=f"{AGENTS}/?tags=a&tags=b%20c&empty=", headers=[KEY, ("X-Two", "1"), ("X-Two", "2")]
    )
    assert event["queryStringParameters"] == {"tags": "b c", "empty": ""}
    assert event["multiValueQueryStringParameters"] == {"tags": ["a", "b c"], "empty": [""]}
    assert event["headers"]["X-Two"] == "2"
    assert event["multiValueHeaders"]["X-Two"] == ["1", "2"]


def test_the_route_stands_beside_the_path_as_it_was_sent(world: World) -> None:
    event = world.event(target=f"{AGENTS}/7/")
    assert event["resource"] == f"{AGENTS}/{{id}}"
    assert event["path"] == f"{AGENTS}/7/"
    assert event["pathParameters"] == {"id": "7"}
    context = event["requestContext"]
    assert (context["resourcePath"], context["stage"]) == (f"{AGENTS}/{{id}}", "v1")
    assert context["path"] == f"{AGENTS}/7/"
    assert context["identity"]["sourceIp"] == "127.0.0.1"


def test_the_authorizers_context_arrives_as_texts(world: World) -> None:
    assert world.event()["requestContext"]["authorizer"] == {
        "principalId": "p", "project_id": "1", "trial": "true", "limit": "5",
    }  # fmt: skip


def test_a_text_body_arrives_as_text_even_if_it_is_none(world: World) -> None:
    json_type = ("Content-Type", "application/json")
    event = world.event("POST", headers=[KEY, json_type], body='{"name": "é"}'.encode())
    assert (event["body"], event["isBase64Encoded"]) == ('{"name": "é"}', False)
    assert world.event("POST", headers=[KEY, json_type], body=b"\xff")["body"] == "\ufffd"


def test_a_binary_media_type_arrives_in_base64(world: World) -> None:
    event = world.event(
        "POST", headers=[KEY, ("content-type", "Multipart/Form-Data; boundary=x")], body=b"\xff\x00"
    )
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == b"\xff\x00"


# The function's answer


def test_an_answer_keeps_status_body_and_all_header_values(world: World) -> None:
    world.functions.answer = lambda: {
        "statusCode": 201,
        "headers": {"Content-Type": "text/plain", "x-both": "single"},
        "multiValueHeaders": {"X-Both": ["a", "b"]},
        "body": "é",
        "isBase64Encoded": False,
    }
    assert world.send("POST") == Response(
        201, [("Content-Type", "text/plain"), ("X-Both", "a"), ("X-Both", "b")], "é".encode()
    )


def test_an_answer_without_a_content_type_is_json(world: World) -> None:
    world.functions.answer = lambda: {"statusCode": 204}
    assert world.send() == Response(204, [("Content-Type", "application/json")], b"")


def test_a_base64_answer_is_decoded_only_for_clients_that_accept_a_binary_type(world: World) -> None:
    world.functions.answer = lambda: {"statusCode": 200, "body": "AP8=", "isBase64Encoded": True}
    assert world.send().body == b"AP8="
    assert world.send(headers=[KEY, ("Accept", "multipart/form-data")]).body == b"\x00\xff"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "text",
        {},
        {"statusCode": "two hundred"},
        {"statusCode": 200, "body": {"not": "text"}},
        {"statusCode": 200, "cookies": []},
        {"statusCode": 200, "body": "x" * (MAX_PAYLOAD + 1)},
    ],
    ids=["none", "text", "no status", "text status", "object body", "unknown key", "over 6 MB"],
)
def test_a_malformed_answer_is_a_502_for_the_client_and_a_report_for_us(world: World, answer: Any) -> None:
    world.functions.answer = lambda: answer
    response = world.send()
    assert (response.status, detail(response)) == (502, "The service failed; try again.")
    assert len(world.reports) == 1


def test_a_raising_function_is_a_502_that_tells_the_client_nothing(world: World) -> None:
    world.functions.answer = boom
    response = world.send()
    assert response.status == 502
    assert "boom" not in detail(response)
    assert "boom" in world.reports[0]


# The gateway's own answers


@pytest.mark.parametrize(
    ("method", "target"),
    [("GET", "/nothing"), ("PUT", AGENTS), ("DELETE", AGENTS), ("OPTIONS", AGENTS), ("GET", "/v1/..")],
)
def test_an_unknown_path_or_method_is_a_404_before_anybody_asks_for_a_key(
    world: World, method: str, target: str
) -> None:
    response = world.send(method, target, headers=[])
    assert (response.status, detail(response)) == (
        404,
        "There is no such path, or it does not take this method.",
    )
    assert world.functions.events == []


def test_a_body_over_ten_megabytes_is_a_413(world: World) -> None:
    response = world.send("POST", body=b"x" * (MAX_BODY + 1))
    assert response.status == 413
    assert "10 MB" in detail(response)
    assert world.functions.called == []


def test_an_event_over_six_megabytes_is_a_413(world: World) -> None:
    assert world.send("POST", body=b"x" * (MAX_PAYLOAD + 1)).status == 413
    assert world.functions.called == ["AuthorizerFunction"]


def test_every_declared_response_is_json_with_a_detail(system: System, world: World) -> None:
    for name in system.api.responses:
        assert detail(world.gateway.refuse(name, 400, 'a "quoted" message'))


def test_a_throttled_client_is_told_when_to_come_back(world: World) -> None:
    response = world.gateway.refuse("THROTTLED", 429, "Too Many Requests")
    assert response.status == 429
    assert ("Retry-After", "1") in response.headers


def test_without_a_declaration_the_gateway_answers_as_aws_does(system: System) -> None:
    bare = Gateway(replace(system.api, responses={}), Functions(), report=print)
    response = bare.handle(Request("GET", "/nothing", [], b""))
    assert (response.status, json.loads(response.body)) == (403, {"message": "Missing Authentication Token"})


# The authorizer


@pytest.mark.parametrize("headers", [[], [("X-CEKURA-API-KEY", "")], [("Authorization", "k")]])
def test_without_a_key_it_is_a_401_and_the_authorizer_is_not_asked(
    world: World, headers: list[tuple[str, str]]
) -> None:
    response = world.send(headers=headers)
    assert response.status == 401
    assert "X-CEKURA-API-KEY" in detail(response)
    assert world.functions.called == []


def test_the_authorizer_gets_a_request_event(world: World) -> None:
    world.send("POST", f"{AGENTS}/?a=b", body=b"secret")
    name, event = world.functions.events[0]
    assert name == "AuthorizerFunction"
    assert event["type"] == "REQUEST"
    assert event["methodArn"] == f"arn:aws:execute-api:local:000000000000:Api/v1/POST{AGENTS}"
    assert event["headers"]["X-CEKURA-API-KEY"] == "k"
    assert event["queryStringParameters"] == {"a": "b"}
    assert "body" not in event


def test_the_header_counts_whatever_its_case(world: World) -> None:
    assert world.send(headers=[("x-cekura-api-key", "k")]).status == 200


def test_a_refusal_that_is_raised_is_a_401_and_not_remembered(world: World) -> None:
    world.functions.authorize = unauthorized
    assert world.send().status == 401
    world.functions.authorize = policy
    assert world.send().status == 200
    assert world.reports == []


def test_an_authorizer_that_raises_is_a_503_that_says_when_to_come_back(world: World) -> None:
    world.functions.authorize = boom
    response = world.send()
    assert response.status == 503
    assert "try again" in detail(response)
    assert ("Retry-After", "2") in response.headers
    assert "AgentsFunction" not in world.functions.called


@pytest.mark.parametrize("broken", [lambda: None, lambda: {"principalId": "p"}], ids=["none", "no policy"])
def test_an_authorizer_that_answers_nonsense_is_a_500(world: World, broken: Callable[[], Any]) -> None:
    world.functions.authorize = broken
    response = world.send()
    assert (response.status, detail(response)) == (500, "The service failed; try again.")
    assert "AgentsFunction" not in world.functions.called


@pytest.mark.parametrize(
    "document",
    [policy("Deny"), policy(resource="arn:aws:execute-api:local:000000000000:Api/v1/POST/*")],
    ids=["denied", "another method"],
)
def test_a_policy_that_does_not_allow_the_method_is_a_403(world: World, document: dict[str, Any]) -> None:
    world.functions.authorize = lambda: document
    assert world.send().status == 403
    assert "AgentsFunction" not in world.functions.called


def test_a_policy_is_remembered_for_its_time_on_every_route(world: World) -> None:
    world.send()
    world.now = 299.0
    world.send("POST")
    assert world.functions.called == ["AuthorizerFunction", "AgentsFunction", "AgentsFunction"]
    world.now = 300.0
    world.send()
    assert world.functions.called[3:] == ["AuthorizerFunction", "AgentsFunction"]


def test_each_key_has_its_own_policy(world: World) -> None:
    world.send()
    world.functions.authorize = unauthorized
    assert world.send(headers=[("X-CEKURA-API-KEY", "other")]).status == 401
    assert world.send().status == 200


def test_a_remembered_policy_for_one_route_only_refuses_the_next(world: World) -> None:
    world.functions.authorize = lambda: policy(
        resource=f"arn:aws:execute-api:local:000000000000:Api/v1/GET{AGENTS}"
    )
    assert world.send().status == 200
    assert world.send("POST").status == 403


def test_with_no_time_to_live_the_authorizer_is_asked_each_time(system: System) -> None:
    assert system.api.authorizer is not None
    api = replace(system.api, authorizer=replace(system.api.authorizer, ttl_s=0))
    functions = Functions()
    gateway = Gateway(api, functions, report=print)
    for _ in range(2):
        gateway.handle(Request("GET", AGENTS, [KEY], b""))
    assert functions.called.count("AuthorizerFunction") == 2


@pytest.mark.parametrize(
    ("wanted", "size", "coded"),
    [
        ("gzip, deflate, br", 5000, True),
        ("br;q=1.0, GZIP;q=0.5", 5000, True),
        ("gzip", 1000, False),
        ("gzip;q=0", 5000, False),
        ("br", 5000, False),
        ("", 5000, False),
    ],
)
def test_large_answers_are_compressed_for_clients_that_take_it(
    world: World, wanted: str, size: int, coded: bool
) -> None:
    body = json.dumps({"text": "x" * size})
    world.functions.answer = lambda: {"statusCode": 200, "body": body}
    response = world.send(headers=[KEY, ("Accept-Encoding", wanted)])
    assert (("Content-Encoding", "gzip") in response.headers) == coded
    assert (gzip.decompress(response.body) if coded else response.body) == body.encode()
