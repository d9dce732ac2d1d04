"""In place of the planner of attacks until it is there: numbered tests that say nothing of an agent."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from evalgen.generation.brief import Brief
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.languages import load
from evalgen.generation.plan.test import Assertion, Attack, ExpectedCall, Ground, Moment, Step, Test
from evalgen.generation.read.model import AgentModel

MOST = 150


def _tests(model: AgentModel, brief: Brief, taken: Collection[str]) -> Iterator[Test]:
    language = brief.personalities[0].language
    spoken, judged = load(language, "stand_in"), load(model.prompt.language, "stand_in")
    numbers = (number for number in range(1, MOST) if f"stand-in:{number}" not in taken)
    for number in numbers:
        calls, profile = _call(model.definition, number)
        line = model.prompt.statements[number % len(model.prompt.statements)]
        yield Test(
            key=f"stand-in:{number}",
            aim=spoken["aim"].format(n=number),
            language=language,
            told_in=model.prompt.language,
            steps=(
                Step(spoken["ask"].format(n=number), Moment("opening")),
                Step(spoken["more"].format(n=number), Moment("told", spoken["answer"].format(n=number))),
                Step("", Moment("told", spoken["all"].format(n=number)), last=True),
            ),
            assertions=tuple(
                Assertion(f"a{n}", "says", judged[frame].format(n=number), (Ground(line.lines),), n)
                for n, frame in enumerate(("gives", "adds"), 1)
            ),
            calls=calls,
            profile=profile,
            covers=(line.id,),
            tags=("workflow",),
        )


def red_teaming_tests(model: AgentModel, brief: Brief, taken: Collection[str]) -> Iterator[Test]:
    for test in _tests(model, brief, taken):
        yield _attacking(test, brief)


def _attacking(test: Test, brief: Brief) -> Test:
    return replace(test, attack=Attack(brief.attack_type or "", "plain", test.aim), tags=("red_teaming",))


def _call(definition: AgentDefinition, number: int) -> tuple[tuple[ExpectedCall, ...], dict[str, object]]:
    examples = [(tool, call) for tool in definition.tools for call in tool.mock_data]
    if not examples:
        return (), {}
    tool, call = examples[number % len(examples)]
    return (ExpectedCall("c1", tool.id, tool.name, call.input, call.output),), dict(call.input)
