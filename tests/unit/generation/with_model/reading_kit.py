"""A German prompt, and models whose readings of it are written here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.read.model import AgentModel, read_agent
from evalgen.generation.read.statement import Statement
from evalgen.generation.with_model.merging import with_reading
from evalgen.generation.with_model.reading import Reader
from evalgen.models.port import Answer, Question, Stop, Usage
from tests.scripted_model.good_reading import part_in, reading_of
from tests.scripted_model.server import Asked

PROMPT = """# Wer du bist
Du bist Mia von der Zahnarztpraxis Lindenhof. Melde dich mit dem Namen der Praxis.

# Termine
Frage nach der Telefonnummer und rufe patient_suchen auf. Wenn niemand gefunden wird,
biete einen Rückruf an. Nenne niemals Termine anderer Patienten."""
TOOLS = (Tool(1, "patient_suchen", "Findet Patienten."), Tool(2, "termin_absagen", "Sagt ab."))
AGENT = AgentDefinition("Praxis", "de", PROMPT, TOOLS)
CALLBACK = "Wenn niemand gefunden wird, biete einen Rückruf an."
BAN = "Nenne niemals Termine anderer Patienten."


def said(quote: str, **changes: Any) -> dict[str, Any]:
    return {"quote": quote, "kind": "order", "when": "", "by": "always", "tools": [], **changes}


def answer(*statements: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"language": "de", "opening": "", "statements": list(statements), "tasks": [], **changes}


GOOD = answer(
    said("Du bist Mia von der Zahnarztpraxis Lindenhof.", kind="identity"),
    said("Frage nach der Telefonnummer und rufe patient_suchen auf.", tools=["patient_suchen"]),
    said(CALLBACK, kind="case", when="Wenn niemand gefunden wird", by="answer", tools=["patient_suchen"]),
    said(BAN, kind="ban"),
    opening="Melde dich mit dem Namen der Praxis",
    tasks=[{"wish": "einen Termin absagen", "quote": "Termine", "tools": ["termin_absagen"]}],
)


@dataclass
class Answering:
    """Gives these answers in turn."""

    answers: list[dict[str, Any] | str]
    stop: Stop = "end"
    name: str = "answering"
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        told = self.answers.pop(0)
        return Answer(told if isinstance(told, str) else json.dumps(told), self.stop, Usage(1))


@dataclass
class Careful:
    """Reads every part well."""

    name: str = "careful"
    parts: list[str] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        asked = Asked(0, question.form, question.schema, question.material, question.task)
        self.parts.append(part_in(asked))
        return Answer(json.dumps(reading_of(asked)), "end", Usage(1))


def read_by(model: Answering | Careful, agent: AgentDefinition = AGENT) -> AgentModel:
    by_rules = read_agent(agent)
    reader = Reader(model, by_rules, {})
    begin = reader.read(0)
    while begin:
        begin = reader.read(begin)
    return with_reading(by_rules, reader.known())


def of_text(model: AgentModel, beginning: str) -> Statement:
    return next(one for one in model.prompt.statements if one.text.startswith(beginning))
