"""The agent as a model is shown it: the same in every call of a job, with numbered examples to refer to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.definition import Document, MockCall
from evalgen.generation.languages import load, written
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_rules import today_in
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import kind_of, leaves, snake
from evalgen.generation.with_model.in_language import beginning
from evalgen.generation.with_model.instructions import instruction
from evalgen.generation.write.frames import SEVERAL

MOST_PROMPT = 400_000
"""Characters; a longer prompt is cut, and what is cut off is not tested."""
MOST_OF_A_KIND = 8
"""Examples of one tool with one kind of answer."""
MOST_EXAMPLES = 60_000
"""Characters of all examples together, and of the documents."""


@dataclass(frozen=True)
class Material:
    """`examples` by the names that the text gives them: e1, e2 …"""

    text: str
    fence: str
    examples: dict[str, tuple[ToolModel, MockCall]]
    documents: tuple[Document, ...]


def material_of(model: AgentModel, told_in: str, documents: Sequence[Document] = ()) -> Material:
    """Of tools whose examples rules have invented none is shown: a model makes those that fit its story."""
    prompt = model.definition.description[:MOST_PROMPT]
    lines: list[str] = []
    examples: dict[str, tuple[ToolModel, MockCall]] = {}
    room = MOST_EXAMPLES
    for tool in model.tools.values():
        lines.append(_heading(tool))
        for call in () if tool.tool.name in model.invented else _shown(tool):
            line = f"{_json(call.input)} => {_json(call.output)}"
            if room < len(line):
                break
            room -= len(line)
            name = f"e{len(examples) + 1}"
            examples[name] = tool, call
            lines.append(f"  {name} {line}")
    shown = tuple(documents)
    tools = "\n".join(lines)
    body = "\n".join([prompt, tools, *(one.text for one in shown)])
    fence = fence_of(body)
    rest = [_variables(model), _clock(model), *(_document(one, fence) for one in shown)]
    text = instruction(
        "material",
        begins=beginning(told_in),
        fence=fence,
        prompt=prompt,
        tools=tools,
        rest="\n".join(part for part in rest if part),
    )
    return Material(text, fence, examples, shown)


def language_told_in(model: AgentModel) -> str:
    """The language of statements: the prompt's, else the one that the agent speaks."""
    spoken = model.definition.language[:2].lower()
    return model.prompt.language or ("en" if spoken == SEVERAL[:2] else spoken)


def fence_of(text: str) -> str:
    """A mark that the text cannot contain, but by design of whoever knows all of it."""
    return f"<<{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}>>"


def _heading(tool: ToolModel) -> str:
    about = " ".join(tool.tool.description.split())
    schema = _json(tool.tool.parameters or {})
    return f"{tool.tool.name}: {about}\n  {schema}"


def _shown(tool: ToolModel) -> list[MockCall]:
    """Some of each kind of answer, and one of each form of it, in their own order."""
    kept = {id(call) for calls in tool.calls.values() for call in _varied(calls)}
    return [call for call in tool.tool.mock_data if id(call) in kept]


def _varied(calls: Sequence[MockCall]) -> list[MockCall]:
    """What an answer says may be in any language: so its form tells which ones are alike."""
    first: dict[frozenset[Any], MockCall] = {}
    for call in calls:
        first.setdefault(_form(call.output), call)
    others = [call for call in calls if not any(call is one for one in first.values())]
    return [*first.values(), *others[: max(0, MOST_OF_A_KIND - len(first))]]


def _form(answer: Any) -> frozenset[Any]:
    """Which fields it has, which of them are empty or zero, and whether a list has several items."""
    told = ((tuple(min(p, 1) if isinstance(p, int) else p for p in path), v) for path, v in leaves(answer))
    return frozenset((path, type(value).__name__, bool(value)) for path, value in told)


def _variables(model: AgentModel) -> str:
    usual = variables_of(model, None, {})
    told = [f"{one.name}: {one.description} ({_usual(usual.get(one.name))})" for one in model.variables]
    return "\n".join(["Variables that are filled in when the call starts:", *told]) if told else ""


def _clock(model: AgentModel) -> str:
    """What a call cannot depend on, as neither a variable nor the prompt says which day or hour it is."""
    if model.spoken not in written("invented") or not model.judged:
        return ""
    words = load(model.spoken, "invented")["variables"]
    now = [name for one in model.variables if re.search(words["today"], name := snake(one.name))]
    if any(re.search(words["clock"], name) for name in now):
        return ""
    is_known = now or today_in(model.definition.description, model.judged)
    return instruction("material_clock", left="hour" if is_known else "day or hour")


def _usual(value: object) -> str:
    """Of a variable that no fact sets: a day is the same in all calls, the rest is not."""
    if value is None:
        return "a fact has to set it, unless an example of the call holds it"
    return f"`{value}`, unless a fact sets it" if kind_of("", str(value)[:10]) == "date" else "filled in"


def _document(document: Document, fence: str) -> str:
    text = document.text[:MOST_EXAMPLES]
    return f"{fence} document {document.file_name}\n{text}\n{fence} end of document"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
