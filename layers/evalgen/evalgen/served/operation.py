"""One operation of the API: what it takes, what it answers, and under which paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from evalgen.contract.requests import RequestModel

V1 = "/test_framework/v1"
V2 = "/test_framework/v2"
AGENTS = f"{V2}/aiagents/"
AGENT = f"{AGENTS}{{id}}/"
SCENARIOS = f"{V1}/scenarios/"

SPELLINGS = {
    SCENARIOS: (f"{V1}/scenarios-external/", f"{V2}/scenarios/"),
    f"{V1}/test-profiles/": (f"{V1}/test-profiles-external/",),
    f"{V1}/personalities/": (f"{V1}/personalities-external/",),
    f"{V1}/phone-numbers/": (f"{V1}/phone-numbers-external/",),
    f"{V1}/predefined-metrics/": (f"{V1}/predefined-metrics-external/",),
}
"""How paths begin that clients spell in several ways; all are the same thing."""


def spellings(path: str) -> tuple[str, ...]:
    """The path, and the others that are the same thing."""
    others = (
        path.replace(prefix, other, 1)
        for prefix, all_others in SPELLINGS.items()
        if path.startswith(prefix)
        for other in all_others
    )
    return (path, *others)


def rule_of(path: str) -> str:
    """A path as the resolver takes it, which serves it with a trailing slash as well."""
    return path.removesuffix("/").replace("{", "<").replace("}", ">")


FunctionName = Literal["api", "progress", "agents", "catalog", "scenarios", "suites"]


@dataclass(frozen=True, slots=True)
class Operation:
    """`name` is the operation's id and that of the method that serves it; `answer` is a type, or None for
    no body; `errors` come besides those that every operation of its kind has."""

    name: str
    method: str
    path: str
    function: FunctionName
    summary: str
    answer: Any = None
    status: int = 200
    query: type[RequestModel] | None = None
    body: type[RequestModel] | None = None
    errors: tuple[int, ...] = ()
    open: bool = False
    files: str = ""
    """The field that a multipart body has files in."""
    content_types: tuple[str, ...] = ("application/json",)
    elsewhere: Any = None
    """The answer's type where it is a redirect (303) to what was asked for."""
    idempotent: bool = False
    """Whether it takes an Idempotency-Key."""

    @property
    def other_paths(self) -> tuple[str, ...]:
        return spellings(self.path)[1:]

    @property
    def all_errors(self) -> list[int]:
        """The statuses of refusals."""
        from evalgen.contract.queries import PageQuery  # noqa: PLC0415 - for the description, not for serving

        found = set(self.errors)
        if self.query or self.body:
            found.add(400)
        if self.body:
            found |= {413, 415}
        if "{" in self.path or (self.query and issubclass(self.query, PageQuery)):
            found.add(404)
        if not self.open:
            found |= {401, 429}
        return sorted(found)
