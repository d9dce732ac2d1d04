"""Events leave by EventBridge, which may take only some, and takes nothing too large."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evalgen.errors import Permanent, Retryable
from evalgen.telemetry import events
from evalgen.telemetry.events import MOST_BYTES, EventBridge, NoEvents, open_events


class Bus:
    """Stands for botocore's client."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.entries: list[dict[str, str]] = []

    def put_events(self, Entries: list[dict[str, str]]) -> Any:  # noqa: N803 - botocore's name
        self.entries += Entries
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


TAKEN = {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}


def bus(monkeypatch: pytest.MonkeyPatch, answer: Any = None) -> Bus:
    found = Bus(TAKEN if answer is None else answer)
    monkeypatch.setattr(events, "client", {"events": found}.__getitem__)
    return found


def refused(code: str) -> dict[str, Any]:
    return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": code, "ErrorMessage": "no"}]}


def raised(code: str) -> Exception:
    error = Exception(code)
    error.response = {"Error": {"Code": code}}  # type: ignore[attr-defined] # as botocore's has it
    return error


def test_an_event_is_one_entry_on_its_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    found = bus(monkeypatch)
    EventBridge("orders").publish("Job ended", {"job_id": "é"})
    (entry,) = found.entries
    assert json.loads(entry.pop("Detail")) == {"job_id": "é"}
    assert entry == {"Source": "evalgen", "DetailType": "Job ended", "EventBusName": "orders"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused("InternalFailure"), Retryable),
        (refused("ThrottlingException"), Retryable),
        (refused("NotAuthorizedForSource"), Permanent),
        (raised("ThrottlingException"), Retryable),
        (raised("AccessDeniedException"), Permanent),
        (raised("ResourceNotFoundException"), Permanent),
        (ConnectionError("reset"), Retryable),
    ],
)
def test_what_is_not_taken_is_not_taken_for_published(
    monkeypatch: pytest.MonkeyPatch, answer: Any, kind: type[Exception]
) -> None:
    bus(monkeypatch, answer)
    with pytest.raises(kind):
        EventBridge("b").publish("Job ended", {})


def test_an_event_too_large_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    found = bus(monkeypatch)
    with pytest.raises(Permanent, match="bytes"):
        EventBridge("b").publish("Job ended", {"text": "é" * (MOST_BYTES // 2)})
    assert found.entries == []


def test_the_embedded_stack_has_no_bus() -> None:
    assert isinstance(open_events({"EVALGEN_EVENT_BUS": "b"}), EventBridge)
    assert isinstance(open_events({"EVALGEN_EVENT_BUS": "b", "EVALGEN_STATE": "s"}), NoEvents)
    assert isinstance(open_events({}), NoEvents)
