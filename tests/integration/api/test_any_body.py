"""Whatever arrives, the handlers answer as the contract says, and never with a 5xx."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.api.client import AGENTS, GENERATE, V1, Api

CONTENT_TYPES = st.sampled_from(
    [
        None, "", "application/json", "APPLICATION/JSON; charset=latin-1",
        "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=X",
        'multipart/form-data; boundary="', "text/html", "multipart/form-data; boundary=" + "y" * 300,
        ";;;", "\x00", "multipart/form-data; boundary=é",
    ]
) | st.text(alphabet="am/;= \"x", max_size=30)  # fmt: skip
SCRAPS = st.sampled_from(
    [
        b"{", b"}", b"[", b"]", b'"', b":", b",", b"1", b"-", b"e9", b"NaN", b"1e999", b"\\ud800", b"\xff",
        b"\x00", b"num_scenarios", b"agent_id", b"description", b"mock_tools", b"=", b"&", b"%", b"%FF",
        b"[0]", b"null", b"--X", b"--X--", b"\r\n", b"\r\n\r\n",
        b'Content-Disposition: form-data; name="tags"', b'; filename="a"',
        b"Content-Transfer-Encoding: base64", b'{"num_scenarios":1,"agent_id":',
        b'{"description":"x","mock_tools":', b'{"name":"x","information":', b'"{{a}}"', b"9" * 50,
        b"\xe2\x82\xac",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(0.5)
    | st.sampled_from(["", "a", "{{x}}", "\u0000", "TOOL_DTMF"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "input", "output", "type", "agent_id", "mock_data"]), inner
        )
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "name", "description", "language", "telephony", "provider", "mock_tools", "dynamic_variables",
        "agent_id", "knowledge_base_files", "num_scenarios", "personalities", "information", "voice_model",
        "background_noise", "speed", "traits", "tags", "agent", "project", "email_id", "webhook_url",
        "folder_path", "assistant_id",
    ]
)  # fmt: skip
BODIES = (
    st.lists(SCRAPS, max_size=14).map(b"".join)
    | st.binary(max_size=40)
    | st.dictionaries(FIELDS, VALUES, max_size=5).map(lambda value: json.dumps(value).encode())
)
ROUTES = [
    ("POST", GENERATE),
    ("POST", AGENTS),
    ("PATCH", f"{AGENTS}/{{agent}}"),
    ("POST", f"{V1}/personalities"),
    ("POST", f"{V1}/test-profiles"),
    ("PATCH", f"{V1}/scenarios/1"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, content_type=CONTENT_TYPES, as_base64=st.booleans())
def test_no_body_makes_a_route_fail(
    api: Api, method: str, path: str, body: bytes, content_type: str | None, as_base64: bool
) -> None:
    agent = api.agent()["id"] if "{agent}" in path else 0
    path = path.format(agent=agent)
    event: dict[str, Any] = {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": {} if content_type is None else {"Content-Type": content_type},
        "multiValueHeaders": {},
        "requestContext": {"requestId": "r", "path": path, "authorizer": {"project_id": "1"}},
        "body": base64.b64encode(body).decode() if as_base64 else body.decode("utf-8", "replace"),
        "isBase64Encoded": as_base64,
    }
    answer = api.send(event)
    assert answer.status in {200, 201, 400, 404, 413, 415}, answer.text
    assert isinstance(answer.json, dict)
    if answer.status == 400:
        assert all(isinstance(text, str) for texts in answer.json.values() for text in texts)
    elif answer.status > 400:
        assert list(answer.json) == ["detail"]


@given(
    query=st.dictionaries(
        st.sampled_from(
            ["page", "page_size", "agent_id", "tags", "tag_filter_type", "language", "q", "project_id"]
        ),
        st.sampled_from(["", "0", "1", "2", "-1", "1.5", "a", "and", "en", "9" * 30, "9" * 5000, "a,b", "é"]),
    ),
    path=st.sampled_from(
        [AGENTS, f"{V1}/scenarios", f"{V1}/personalities", f"{V1}/predefined-metrics", f"{V1}/test-profiles"]
    ),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_makes_a_list_fail(api: Api, query: dict[str, str], path: str) -> None:
    assert api.call("GET", path, query=query).status in {200, 400, 404}
