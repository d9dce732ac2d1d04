from __future__ import annotations

import pytest

from local.routing import Router
from local.system import Route

ROUTER = Router(
    Route(method, path, "F", True)
    for method, path in [
        ("GET", "/a/{id}"),
        ("GET", "/a/fixed"),
        ("GET", "/a"),
        ("POST", "/a"),
        ("GET", "/a/{id}/b"),
    ]
)


@pytest.mark.parametrize(
    ("method", "path", "route", "parameters"),
    [
        ("GET", "/a", "/a", {}),
        ("GET", "/a/", "/a", {}),
        ("POST", "/a/", "/a", {}),
        ("GET", "/a/7", "/a/{id}", {"id": "7"}),
        ("GET", "/a/7/", "/a/{id}", {"id": "7"}),
        ("GET", "/a/fixed", "/a/fixed", {}),
        ("GET", "/a/x%2Fy%20z", "/a/{id}", {"id": "x/y z"}),
        ("GET", "/a/7/b", "/a/{id}/b", {"id": "7"}),
    ],
)
def test_a_path_finds_its_route(method: str, path: str, route: str, parameters: dict[str, str]) -> None:
    match = ROUTER.match(method, path)
    assert match is not None
    assert (match.route.path, match.parameters) == (route, parameters)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/a"),
        ("GET", "/"),
        ("GET", ""),
        ("GET", "/A"),
        ("GET", "/a//"),
        ("GET", "//a"),
        ("GET", "/a//b"),
        ("GET", "/a/7/c"),
        ("get", "/a"),
    ],
)
def test_another_method_or_path_finds_none(method: str, path: str) -> None:
    assert ROUTER.match(method, path) is None
