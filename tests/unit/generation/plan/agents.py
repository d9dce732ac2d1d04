"""Small agents as planning reads them, written where a test needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.generation.plan.test import Step, Test
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import AgentModel, read_agent

Call = tuple[Mapping[str, Any], Any]


def tool(
    name: str,
    *calls: Call,
    about: str = "",
    free: Sequence[str] = (),
    described: Mapping[str, str] | None = None,
    enums: Mapping[str, Sequence[str]] | None = None,
) -> Tool:
    """A tool whose parameters are those of its examples, with descriptions and choices where given."""
    names = dict.fromkeys([*(key for given, _ in calls for key in given), *free])
    properties: dict[str, dict[str, Any]] = {key: {} for key in names}
    for key, text in (described or {}).items():
        properties.setdefault(key, {})["description"] = text
    for key, choices in (enums or {}).items():
        properties.setdefault(key, {})["enum"] = list(choices)
    schema = {"type": "object", "properties": properties}
    mocks = tuple(MockCall(dict(given), answer) for given, answer in calls)
    return Tool(1, name, about, schema, tuple(free), mocks)


def agent(prompt: str, *tools: Tool, language: str = "en", variables: Sequence[Variable] = ()) -> AgentModel:
    return read_agent(AgentDefinition("Desk", language, prompt, tools, tuple(variables)))


def planned(model: AgentModel, family: str = "", tool_name: str = "") -> list[Test]:
    """The tests of a family, those of one tool if it is named."""
    return list(_planned(model, family, tool_name))


def _planned(model: AgentModel, family: str, tool_name: str) -> Iterator[Test]:
    for test in ordered(model, "seed"):
        kind, _, key = test.key.partition(":")
        if family in ("", kind) and (not tool_name or key.startswith(tool_name)):
            yield test


def said(step: Step) -> str:
    """A step in words, as a reader has it."""
    word = "if" if step.moment.standing else "when"
    return f"{step.action} {word} {step.moment.kind} {step.moment.what}".strip()


def steps(test: Test) -> list[str]:
    return [said(step) for step in test.steps]


def outcome(test: Test) -> list[str]:
    return [assertion.text for assertion in test.assertions]


def calls(test: Test) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, call.input) for call in test.calls if not call.optional]


LOOKUP = tool(
    "lookup_patient",
    (
        {"phone": "4155550123"},
        {
            "patient_id": "p_1",
            "full_name": "Maria Gomez",
            "appointments": [
                {"appointment_id": "a_1", "datetime": "2026-07-02T14:15:00", "provider": "Dr. Lee"},
                {"appointment_id": "a_2", "datetime": "2026-07-06T09:00:00", "provider": "Dr. Lee"},
            ],
        },
    ),
    ({"phone": "2025550188"}, {"patient_id": "p_2", "full_name": "James Carter", "appointments": []}),
    ({"phone": "9995550000"}, {"match": False, "message": "No patient found."}),
    ({"phone": "5005550911"}, {"error": "lookup_failed", "message": "Service unavailable."}),
)
SLOTS = tool(
    "check_availability",
    (
        {"date": "2026-07-08"},
        {
            "date": "2026-07-08",
            "slots": [
                {"datetime": "2026-07-08T09:00:00", "provider": "Dr. Lee"},
                {"datetime": "2026-07-08T11:30:00", "provider": "Dr. Patel"},
            ],
        },
    ),
    ({"date": "2026-07-10"}, {"date": "2026-07-10", "slots": []}),
)
BOOK = tool(
    "book_appointment",
    (
        {"patient_id": "p_2", "datetime": "2026-07-08T11:30:00"},
        {"status": "booked", "confirmation_number": "CW-9K2M"},
    ),
    (
        {"patient_id": "p_1", "datetime": "2026-07-08T09:00:00"},
        {"error": "slot_taken", "message": "Somebody was faster."},
    ),
)
CANCEL = tool(
    "cancel_appointment",
    ({"appointment_id": "a_1"}, {"status": "cancelled"}),
    ({"appointment_id": "a_2"}, {"error": "cancel_failed", "message": "Service unavailable."}),
)
PROMPT = """You answer the phone of Birch Clinic.

- Ask for the phone number and call lookup_patient.
- Before booking or cancelling, read back the date and time and get a clear yes.
- Never give medical advice.

If the caller wants to book an appointment, ask for the day and call check_availability.
If the caller wants to cancel an appointment, find it in the record.
"""


def clinic() -> AgentModel:
    """A clinic that books and cancels: two patients, one of whom has two appointments."""
    return agent(PROMPT, LOOKUP, SLOTS, BOOK, CANCEL)
