"""A German agent, and a model whose answers about it are written here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.assignment import Assignment
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, MockCall, Tool
from evalgen.generation.draft import Draft
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Test
from evalgen.generation.with_model.generator import WithModel
from evalgen.models.port import Answer, Question, Usage
from tests.scripted_model.good_answers import UNMENDED

PROMPT = """Du bist Mia von der Zahnarztpraxis Lindenhof.
Frage nach der Telefonnummer und suche den Patienten.
Sage einen Termin erst ab, wenn der Anrufer ausdrücklich zugestimmt hat.
Nenne niemals Termine anderer Patienten."""
TOOLS = (
    Tool(
        1,
        "patient_suchen",
        parameters={"type": "object", "properties": {"telefon": {"type": "string"}}},
        mock_data=(
            MockCall(
                {"telefon": "03055501234"},
                {"patient": "P-77", "termin": {"id": "T-5", "zeit": "2026-07-08T14:15:00"}},
            ),
        ),
    ),
    Tool(
        2,
        "termin_absagen",
        parameters={"type": "object", "properties": {"termin": {"type": "string"}}},
        mock_data=(MockCall({"termin": "T-5"}, {"status": "abgesagt", "bestaetigung": "AB-5512"}),),
    ),
)
AGENT = AgentDefinition("Praxis", "de", PROMPT, TOOLS, first_message="Praxis Lindenhof, was kann ich tun?")
STEPS = [
    ("Bitte darum, den Termin abzusagen", "opening", "wenn gefragt wird, was man tun kann"),
    ("Nenne {{test_profile.telefon}}", "asked", "wenn nach der Telefonnummer gefragt wird"),
    ("Stimme zu", "asked", "wenn gefragt wird, ob der Termin abgesagt werden soll"),
    ("Beende das Gespräch", "told", "wenn gesagt wird, dass der Termin abgesagt ist"),
]
CLAIM = "Der Hauptagent sollte sagen, dass der Termin am 8. Juli um 14:15 abgesagt ist, und `AB-5512` nennen."


def claim(
    text: str, quotes: list[str], answers: list[str], caused_by: int, kind: str = "says"
) -> dict[str, Any]:
    return {"kind": kind, "text": text, "quotes": quotes, "answers": answers, "caused_by": caused_by}


def moves(*told: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"action": action, "when": when, "what": what} for action, when, what in told]


def calls(*examples: str) -> list[dict[str, Any]]:
    return [{"example": name, "optional": False} for name in examples]


def proposal(**changes: Any) -> dict[str, Any]:
    return {
        "paragraph": 0,
        "aim": "Sagt den Termin am 8. Juli ab",
        "task": "Termin absagen",
        "persona": "",
        "tactic": "",
        "made": [],
        "calls": calls("e1", "e2"),
        "facts": [{"key": "telefon", "source": "e1/input/telefon"}],
        "moves": moves(*STEPS),
        "claims": [
            claim(
                CLAIM,
                ["Sage einen Termin erst ab, wenn der Anrufer ausdrücklich zugestimmt hat"],
                ["e2/answer/bestaetigung"],
                3,
            )
        ],
        "barred": [],
        **changes,
    }


WRITTEN: dict[str, Any] = {
    "slot": 0,
    "greeting": "Guten Tag",
    "steps": [{"action": action, "what": what} for action, _, what in STEPS],
    "statements": [{"id": "a1", "text": CLAIM}],
}


@dataclass
class Answering:
    """Answers each step with what stands here, plans once; `reading` is of the whole prompt."""

    proposals: Sequence[dict[str, Any]]
    written: dict[str, Any] = field(default_factory=lambda: WRITTEN)
    reading: dict[str, Any] = field(default_factory=dict)
    name: str = "answering"
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        first = question.step not in [one.step for one in self.asked]
        self.asked.append(question)
        if question.step == "read":
            return Answer(json.dumps(self.reading), "end", Usage(1))
        answer = {
            "plan": self.proposals if first else [],
            "write": [self.written],
            "review": [{"slot": 0, "verdict": "USABLE", **UNMENDED}],
        }[question.step]
        return Answer(json.dumps({"tests": list(answer)}), "end", Usage(1))


def planned_by(generator: WithModel, agent: AgentDefinition, **changes: Any) -> tuple[Brief, Planned]:
    """A job's plan, of one slot unless that is changed."""
    brief: dict[str, Any] = {
        "num_scenarios": 1,
        "seed": "seed",
        "personalities": (Personality(1, "Plain", agent.language),),
        "generate_expected_outcomes": True,
    }
    told = Brief(**{**brief, **changes})
    return told, generator.plan_job(agent, told)


def made(model: Answering, agent: AgentDefinition, **changes: Any) -> tuple[Test, Draft]:
    """The test and the draft of a job's only slot."""
    generator = WithModel(model)
    brief, planned = planned_by(generator, agent, **changes)
    (test,) = planned.tests
    assignment = Assignment({0: test}, {}, brief, planned.setting, lambda: agent)
    ((_, draft),) = generator.write_slots(assignment)
    assert isinstance(draft, Draft), draft
    return test, draft
