"""Mock data for tools that have none: consistent calls in the shapes of the schemas, linked to one another.

A handful of people each get one value for every name that the tools use, so that the id which one tool
answers is the id that the next one takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.values import key_of, leaves, words_of
from evalgen.reading.invented_values import DAYS, PEOPLE, digest, invented_value, person_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.tools import ToolModel, model_tool

_REUSED = ("id", "phone", "email", "name")
_MAKERS = ("identify", "read", "write", "hidden")


def with_invented(tools: Sequence[Tool], lexicon: Lexicon) -> tuple[Tool, ...]:
    """The tools, each with mock data: its own where it has some."""
    models = [model_tool(tool, lexicon) for tool in tools]
    known = _known(tools)
    needed = _producers(models)
    return tuple(
        tool
        if tool.mock_data
        else replace(tool, mock_data=tuple(_calls(model, needed.get(tool.name, ()), known, lexicon)))
        for tool, model in zip(tools, models, strict=True)
    )


def _known(tools: Sequence[Tool]) -> dict[str, list[Any]]:
    """The values that existing mock data has under each name, answers first: invented calls take them up."""
    found: dict[str, list[Any]] = {}
    calls = [call for tool in tools for call in tool.mock_data]
    for value in [call.output for call in calls] + [call.input for call in calls]:
        for path, leaf in leaves(value):
            if isinstance(leaf, str) and leaf not in found.setdefault(key_of(path), []):
                found[key_of(path)].append(leaf)
    return found


def _producers(models: Sequence[ToolModel]) -> dict[str, tuple[str, ...]]:
    """Which ids each tool has to answer because others take them: by the noun that tool and id share."""
    found: dict[str, tuple[str, ...]] = {}
    taken = (p.name for m in models for p in m.parameters if p.kind == "id" and m.effect != "identify")
    for name in dict.fromkeys(taken):
        stem = words_of(name)[0]

        def rank(model: ToolModel, stem: str = stem) -> tuple[bool, int]:
            fits = stem in model.tool.name.lower() or model.effect == "identify"
            return not fits, _MAKERS.index(model.effect)

        makers = [m for m in models if name not in {p.name for p in m.parameters}]
        best = min(makers, key=rank, default=None)
        if best and not rank(best)[0]:
            found[best.name] = (*found.get(best.name, ()), name)
    return found


def _calls(
    model: ToolModel, answers: tuple[str, ...], known: dict[str, list[Any]], lexicon: Lexicon
) -> Iterable[MockCall]:
    for person in range(PEOPLE):
        yield MockCall(_given(model, person, known, lexicon), _answer(model, person, answers, lexicon))
    last = _given(model, PEOPLE, known, lexicon)
    words = lexicon.invented
    if model.effect == "identify":
        message = words.no_match.format(noun=model.noun or words.record)
        yield MockCall(last, {"found": False, "message": message})
    elif last and any(p.kind in ("id", "date", "datetime") for p in model.parameters):
        yield MockCall(last, {"error": "temporarily_unavailable", "message": words.error})


def _given(model: ToolModel, person: int, known: dict[str, list[Any]], lexicon: Lexicon) -> dict[str, Any]:
    properties = (model.tool.parameters or {}).get("properties")
    schemas: dict[str, Any] = properties if isinstance(properties, dict) else {}
    needed = [p for p in model.parameters if p.required] or list(model.parameters[:1])
    given: dict[str, Any] = {}
    for parameter in needed:
        if parameter.freetext:
            continue
        values = known.get(parameter.name, []) if parameter.kind in _REUSED else []
        if values and person < PEOPLE:
            given[parameter.name] = values[person % len(values)]
        else:
            given[parameter.name] = invented_value(
                parameter.name, schemas.get(parameter.name), person, lexicon
            )
    return given


def _answer(model: ToolModel, person: int, answers: tuple[str, ...], lexicon: Lexicon) -> dict[str, Any]:
    words = lexicon.invented
    ids = {name: invented_value(name, {}, person, lexicon) for name in answers}
    if model.effect == "identify":
        name, phone, *_ = person_of(person, lexicon)
        return {**ids, "full_name": name, "phone": phone, "status": words.active}
    if model.effect == "read":
        return (
            {**ids, "status": "ok"}
            if ids
            else {"status": words.statuses[person % len(words.statuses)], "as_of": DAYS[person]}
        )
    noun = (words_of(model.tool.name) or [words.record])[-1]
    number = digest(f"{model.name}{person}", 6) % 90000 + 10000
    return {**ids, "status": words.confirmed, "reference_number": f"{noun[:2].upper()}-{number}"}
