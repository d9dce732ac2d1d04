"""Finds the route of a path, as a REST API does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from local.system import Route


@dataclass(frozen=True, slots=True)
class Match:
    route: Route
    parameters: dict[str, str]


class Router:
    """A literal segment wins over a `{parameter}`; one trailing slash makes no difference."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = sorted(
            ((route.path.split("/"), route) for route in routes),
            key=lambda entry: [segment.startswith("{") for segment in entry[0]],
        )

    def match(self, method: str, path: str) -> Match | None:
        """The route of a still quoted path without its query; None where there is none."""
        segments = path.removesuffix("/").split("/")
        for pattern, route in self._routes:
            if route.method == method and (parameters := _parameters(pattern, segments)) is not None:
                return Match(route, parameters)
        return None


def _parameters(pattern: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(segments):
        return None
    parameters = {}
    for expected, given in zip(pattern, segments, strict=True):
        if expected.startswith("{") and given:
            parameters[expected[1:-1]] = unquote(given)
        elif expected != given:
            return None
    return parameters
