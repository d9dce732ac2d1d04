"""What `template.yaml` deploys, as the embedded stack needs to know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Function:
    """`folder` is absolute; `handler` is `module.name` in it."""

    name: str
    folder: Path
    handler: str
    timeout_s: int
    memory_mb: int
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    function: str
    authorized: bool


@dataclass(frozen=True, slots=True)
class Authorizer:
    """`ttl_s` 0: its answers are not remembered."""

    function: str
    headers: tuple[str, ...]
    ttl_s: int


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """`status` None: the status that the gateway has for the case."""

    status: int | None
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Api:
    name: str
    stage: str
    binary_types: frozenset[str]
    routes: tuple[Route, ...]
    authorizer: Authorizer | None
    responses: Mapping[str, GatewayResponse]
    compressed_from: int | None = None
    """Bytes from which answers are compressed for clients that take it; None: they are not."""


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """After `max_receives` a message goes to the queue `dead_letters`; None: it stays."""

    name: str
    visibility_s: int
    max_receives: int | None
    dead_letters: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """An event source mapping: batches of a queue to a function."""

    queue: str
    function: str
    batch_size: int
    reports_failures: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    function: str
    every_s: int


@dataclass(frozen=True, slots=True)
class System:
    functions: Mapping[str, Function]
    api: Api
    queues: Mapping[str, QueueSettings]
    sources: tuple[Source, ...]
    schedules: tuple[Schedule, ...]
