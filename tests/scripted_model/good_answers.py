"""What a good model answers: the embedded planner's own tests, in the forms that a model is asked for."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.embedded import plan_job
from evalgen.generation.plan.test import Ground, Step, Test
from evalgen.generation.values import leaves, same
from tests.scripted_model.good_reading import reading_of
from tests.scripted_model.server import Asked, Reply

MANY = 100
UNMENDED: dict[str, Any] = {"defects": [], "steps": [], "statements": []}
"""Of a test in which a reviewer finds nothing."""
_EXAMPLE = re.compile(r"^  (e\d+) (.*) => (.*)$", re.MULTILINE)


class GoodModel:
    """Answers every step for one agent; its reviews find every test usable."""

    def __init__(self, agent: AgentDefinition, language: str = "en") -> None:
        self._language = language
        brief = Brief(MANY, "seed", (Personality(1, "Plain", language),))
        self._lines = agent.description.splitlines()
        self._bare = {tool.name for tool in agent.tools if not tool.mock_data}
        self._tests = list(plan_job(agent, brief).tests)
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Reply:
        answer = {
            "reading": self._read,
            "plan": self._plan,
            "writing": self._write,
            "review": self._review,
        }[asked.form](asked)
        return Reply(json.dumps(answer))

    def _read(self, asked: Asked) -> dict[str, Any]:
        return reading_of(asked, self._language)

    def _plan(self, asked: Asked) -> dict[str, Any]:
        count = wanted(asked)
        examples = {(i, o): name for name, i, o in _EXAMPLE.findall(asked.material)}
        proposals: list[dict[str, Any]] = []
        with self._lock:
            while len(proposals) < count and self._tests:
                if told := self._proposal(self._tests.pop(0), examples):
                    proposals.append(told)
        return {"tests": proposals}

    def _proposal(self, test: Test, examples: dict[tuple[str, str], str]) -> dict[str, Any] | None:
        shown = {call.id: examples.get((_json(call.input), _json(call.output))) for call in test.calls}
        made = [call for call in test.calls if shown[call.id] is None]
        if any(call.tool not in self._bare for call in made):
            return None
        names: dict[str, Any] = {**shown, **{call.id: f"n{n}" for n, call in enumerate(made, 1)}}
        facts = [{"key": key, "source": self._source(test, names, key, v)} for key, v in test.profile.items()]
        return {
            "paragraph": 0,
            "aim": test.aim,
            "task": "a matter",
            "persona": "",
            "tactic": "",
            "made": [
                {"id": names[c.id], "tool": c.tool, "input": _json(c.input), "answer": _json(c.output)}
                for c in made
            ],
            "calls": [{"example": names[call.id], "optional": call.optional} for call in test.calls],
            "facts": facts,
            "moves": [_move(step) for step in test.steps],
            "claims": [
                {
                    "kind": one.kind,
                    "text": one.text,
                    "quotes": [quote for g in one.rests_on for quote in self._quotes(g)],
                    "answers": [f"{names[g.call]}/answer{g.path}" for g in one.rests_on if g.call],
                    "caused_by": one.caused_by_step,
                }
                for one in test.assertions
            ],
            "barred": [{"tool": one.tool, "until": ""} for one in test.forbidden if not one.until],
        }

    def _source(self, test: Test, names: dict[str, Any], key: str, value: Any) -> str:
        for call in test.calls:
            for part, held in (("input", call.input), ("answer", call.output)):
                for path, one in leaves(held):
                    if same(one) == same(value):
                        return "/".join([names[call.id], part, *map(str, path)])
        return "new/email" if "@" in str(value) else "new/phone" if str(value).isdigit() else "new/name"

    def _quotes(self, ground: Ground) -> Iterator[str]:
        if ground.lines is not None:
            words = " ".join(self._lines[ground.lines[0] - 1 : ground.lines[1]]).split()
            yield " ".join(words[:12])

    def _write(self, asked: Asked) -> dict[str, Any]:
        return {"tests": [as_written(plan) for plan in shown_in(asked)]}

    def _review(self, asked: Asked) -> dict[str, Any]:
        return {"tests": agreed(asked)}


def wanted(asked: Asked) -> int:
    """How many tests a question for plans asks for."""
    return int(re.search(r"plan (\d+) test calls", asked.task)[1])  # type: ignore[index]


def shown_in(asked: Asked) -> list[dict[str, Any]]:
    """The plans or finished tests that a question shows."""
    return [json.loads(line) for line in asked.task.splitlines() if line.startswith('{"slot":')]


def agreed(asked: Asked) -> list[dict[str, Any]]:
    """The review of all that a question shows as usable."""
    return [{"slot": one["slot"], "verdict": "USABLE", **UNMENDED} for one in shown_in(asked)]


def _move(step: Step) -> dict[str, str]:
    kind = "if_asked" if step.moment.standing else step.moment.kind
    return {"action": step.action, "when": kind, "what": step.moment.what}


def as_written(plan: dict[str, Any]) -> dict[str, Any]:
    return {
        "slot": plan["slot"],
        "greeting": "Hello",
        "steps": [{"action": action, "what": what} for action, _, what in plan["steps"]],
        "statements": [{"id": key, "text": text} for key, text in plan["statements"].items()],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
