"""Events for others, on a bus of EventBridge; the embedded stack has no bus, its log has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evalgen.errors import Permanent, Retryable
from evalgen.jobs.ending import Events
from evalgen.storage.aws.clients import client, error_code

SOURCE = "evalgen"
MOST_BYTES = 1_000_000
"""Of a whole request, as EventBridge counts: source, type and detail; emulators take more."""

_PASSING = frozenset({"InternalException", "InternalFailure", "ServiceUnavailable", "ThrottlingException"})


class NoEvents:
    """Nobody listens."""

    def publish(self, kind: str, detail: Mapping[str, Any]) -> None:
        """Nothing is sent."""


class EventBridge:
    def __init__(self, bus: str) -> None:
        self._bus = bus

    def publish(self, kind: str, detail: Mapping[str, Any]) -> None:
        text = json.dumps(detail, ensure_ascii=False, separators=(",", ":"))
        size = len((SOURCE + kind + text).encode())
        if size >= MOST_BYTES:
            raise Permanent(f"event {kind} has {size} bytes; EventBridge takes less than {MOST_BYTES}")
        entry = {"Source": SOURCE, "DetailType": kind, "Detail": text, "EventBusName": self._bus}
        try:
            answer = client("events").put_events(Entries=[entry])
        except Exception as error:
            raise _meaning(f"bus {self._bus}: {error}", error_code(error)) from error
        if answer["FailedEntryCount"]:
            refused = answer["Entries"][0]
            code = refused.get("ErrorCode")
            raise _meaning(f"bus {self._bus}: {code}: {refused.get('ErrorMessage')}", code)


def open_events(environ: Mapping[str, str]) -> Events:
    """The bus that EVALGEN_EVENT_BUS names; the embedded stack, and whoever has none, has no events."""
    bus = environ.get("EVALGEN_EVENT_BUS")
    return EventBridge(bus) if bus and not environ.get("EVALGEN_STATE") else NoEvents()


def _meaning(text: str, code: str | None) -> Exception:
    """Without a code it is the network's, which passes."""
    return Retryable(text) if code is None or code in _PASSING else Permanent(text)
