"""What a model answers in each step. Values are never in it: it names where they stand."""

from __future__ import annotations

from typing import Literal

from evalgen.generation.plan.test import AssertionKind
from evalgen.generation.with_model.asking import Form

When = Literal["opening", "asked", "offered", "told", "refused", "if_asked"]


class Made(Form):
    """An example for a tool that has none: its input and its answer as JSON texts."""

    id: str
    tool: str
    input: str
    answer: str


class Called(Form):
    example: str
    optional: bool


class Fact(Form):
    """`source`: `e1/input/phone`, `e3/answer/slots/0/provider`, `new/phone`."""

    key: str
    source: str


class Move(Form):
    """`if_asked`: an answer that is given if it is asked for, where asking is not certain."""

    action: str
    when: When
    what: str


class Claim(Form):
    kind: AssertionKind
    text: str
    quotes: list[str]
    answers: list[str]
    caused_by: int


class Barred(Form):
    tool: str
    until: str


class Proposal(Form):
    paragraph: int
    aim: str
    task: str
    persona: str
    tactic: str
    made: list[Made]
    calls: list[Called]
    facts: list[Fact]
    moves: list[Move]
    claims: list[Claim]
    barred: list[Barred]


class Plan(Form):
    tests: list[Proposal]


class WrittenStep(Form):
    action: str
    what: str


class Statement(Form):
    id: str
    text: str


class Written(Form):
    slot: int
    greeting: str
    steps: list[WrittenStep]
    statements: list[Statement]


class Writing(Form):
    tests: list[Written]


class Defect(Form):
    code: Literal["G", "F", "V", "I", "U", "C", "N", "L", "M", "W"]
    words: str
    why: str


class MendedStep(Form):
    """What becomes of the step `number`: another in its place, one more before it, or it is struck."""

    number: int
    how: Literal["replace", "before", "strike"]
    action: str
    when: When
    what: str


class Judged(Form):
    """`statements`: in other words by their ids, struck where the text is empty."""

    slot: int
    verdict: Literal["USABLE", "EDIT", "REJECT"]
    defects: list[Defect]
    steps: list[MendedStep]
    statements: list[Statement]


class Review(Form):
    tests: list[Judged]


class Said(Form):
    """A sentence of the prompt; `when` is empty where it always holds."""

    quote: str
    kind: Literal["case", "ban", "order", "task", "manner", "fact", "identity"]
    when: str
    by: Literal["always", "caller", "answer", "call", "other"]
    tools: list[str]


class Wanted(Form):
    wish: str
    quote: str
    tools: list[str]


class Reading(Form):
    """Of one part of the prompt. `opening`: the words by which it has the agent open the call."""

    language: str
    opening: str
    statements: list[Said]
    tasks: list[Wanted]
