"""Mock data for tools that have none: consistent calls in the shapes of the schemas, linked to one another.

A handful of people each get one value for every name that the tools use, so that the id which one tool
answers is the id that the next one takes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from evalgen.reading.definition import MockCall, Tool
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.tools import ToolModel, model_tool
from evalgen.reading.values import key_of, kind_of, leaves, words_of

PEOPLE = (
    ("Amelia Brandt", "+15550100142", "amelia.brandt@example.com", "1984-03-17"),
    ("Victor Osei", "+15550100267", "victor.osei@example.com", "1991-10-02"),
    ("Lucia Ferrante", "+15550100383", "lucia.ferrante@example.com", "1968-06-25"),
    ("Henrik Solberg", "+15550100495", "henrik.solberg@example.com", "1976-01-09"),
)
_DAYS = ("2026-09-14", "2026-09-17", "2026-09-22", "2026-09-25")
_TEXTS = ("standard", "priority", "basic", "extended")


def with_invented(tools: Sequence[Tool], lexicon: Lexicon) -> tuple[Tool, ...]:
    """The tools, each with mock data: its own where it has some."""
    models = [model_tool(tool, lexicon) for tool in tools]
    known = _known(tools)
    needed = _producers(models)
    return tuple(
        tool
        if tool.mock_data
        else replace(tool, mock_data=tuple(_calls(model, needed.get(tool.name, ()), known)))
        for tool, model in zip(tools, models, strict=True)
    )


def _known(tools: Sequence[Tool]) -> dict[str, list[Any]]:
    """The values that existing mock data has under each name, answers first: invented calls take them up."""
    found: dict[str, list[Any]] = {}
    for value in [c.output for t in tools for c in t.mock_data] + [
        c.input for t in tools for c in t.mock_data
    ]:
        for path, leaf in leaves(value):
            if isinstance(leaf, str) and leaf not in found.setdefault(key_of(path), []):
                found[key_of(path)].append(leaf)
    return found


def _producers(models: Sequence[ToolModel]) -> dict[str, tuple[str, ...]]:
    """Which ids each tool has to answer because others take them: by the noun that tool and id share."""
    found: dict[str, tuple[str, ...]] = {}
    wanted = dict.fromkeys(
        p.name for m in models for p in m.parameters if p.kind == "id" and m.effect != "identify"
    )
    for name in wanted:
        stem = words_of(name)[0]
        makers = [m for m in models if name not in {p.name for p in m.parameters}]
        ranked = sorted(
            makers,
            key=lambda m: (
                stem not in m.noun and m.effect != "identify",
                ("identify", "read", "write", "hidden").index(m.effect),
            ),
        )
        if ranked and (stem in ranked[0].noun or ranked[0].effect == "identify"):
            found[ranked[0].name] = (*found.get(ranked[0].name, ()), name)
    return found


def _calls(model: ToolModel, answers: tuple[str, ...], known: dict[str, list[Any]]) -> Iterable[MockCall]:
    for person in range(len(PEOPLE)):
        given = _given(model, person, known)
        yield MockCall(given, _answer(model, person, answers))
    last = _given(model, len(PEOPLE), known)
    if model.effect == "identify":
        yield MockCall(
            last, {"found": False, "message": f"No {model.noun or 'record'} matches these details."}
        )
    elif last and any(p.kind in ("id", "date", "datetime") for p in model.parameters):
        yield MockCall(
            last, {"error": "temporarily_unavailable", "message": "The service did not answer in time."}
        )


def _given(model: ToolModel, person: int, known: dict[str, list[Any]]) -> dict[str, Any]:
    properties = (model.tool.parameters or {}).get("properties")
    schemas: dict[str, Any] = properties if isinstance(properties, dict) else {}
    needed = [p for p in model.parameters if p.required] or list(model.parameters[:1])
    given: dict[str, Any] = {}
    for parameter in needed:
        schema = schemas.get(parameter.name) or {}
        known_values = (
            known.get(parameter.name, []) if parameter.kind in ("id", "phone", "email", "name") else []
        )
        if known_values and person < len(PEOPLE) and not parameter.freetext:
            given[parameter.name] = known_values[person % len(known_values)]
        elif not parameter.freetext:
            given[parameter.name] = _value(parameter.name, schema, person)
    return given


def _value(name: str, schema: Any, person: int) -> Any:
    schema = schema if isinstance(schema, dict) else {}
    choices, declared = schema.get("enum"), schema.get("type")
    if isinstance(choices, list) and choices:
        return choices[person % len(choices)]
    if declared == "boolean":
        return person % 2 == 0
    if declared == "array":
        return [_value(name, schema.get("items"), person)]
    if declared == "object":
        inner = schema.get("properties")
        return {k: _value(k, v, person) for k, v in inner.items()} if isinstance(inner, dict) else {}
    if declared in ("integer", "number"):
        low = schema.get("minimum")
        base = int(low) if isinstance(low, int | float) else 1
        high = schema.get("maximum")
        value = base + person
        return min(value, int(high)) if isinstance(high, int | float) else value
    return _text(name, schema, person)


def _text(name: str, schema: dict[str, Any], person: int) -> str:
    hint = f"{schema.get('format', '')} {schema.get('description', '')}".lower()
    kind = kind_of(name, "")
    who = (
        PEOPLE[person % len(PEOPLE)]
        if person < len(PEOPLE)
        else ("Jonas Whitlock", "+15550100999", "jonas.whitlock@example.com", "1959-12-30")
    )
    digits = int(hashlib.sha256(f"{name}{person}".encode()).hexdigest()[:8], 16)
    if kind in ("name", "phone", "email", "birth_date"):
        text = {"name": who[0], "phone": who[1], "email": who[2], "birth_date": who[3]}[kind]
        if kind == "phone" and re.search(r"10 digits|ten digits|no country", hint):
            text = text[-10:]
    elif length := re.search(r"(?:last |exactly )?(\d|four|six|eight|ten) digits", hint):
        count = {"four": 4, "six": 6, "eight": 8, "ten": 10}.get(length[1], 0) or int(length[1])
        text = f"{digits % 10**count:0{count}d}"
    elif "date-time" in hint or "iso 8601" in hint or "datetime" in name:
        text = f"{_DAYS[person % 4]}T{9 + person * 2:02d}:30:00"
    elif "date" in words_of(name) or "yyyy-mm-dd" in hint:
        text = _DAYS[person % 4]
    elif "time" in words_of(name):
        text = f"{9 + person * 2:02d}:30"
    elif kind == "id":
        text = f"{'-'.join(words_of(name)[:1])[:4].upper()}-{digits % 9000 + 1000}"
    elif example := re.search(
        r"(?:e\.g\.?|for example|such as|like)[,:]?\s*[\"'“]?([\w -]{3,30}?)[\"'”]?(?:[,;.)]|$)", hint
    ):
        text = example[1].strip()
    else:
        text = _TEXTS[person % 4]
    pattern = schema.get("pattern")
    return text if not isinstance(pattern, str) or _matches(pattern, text) else _shaped(pattern, digits)


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True


def _shaped(pattern: str, digits: int) -> str:
    """A text for simple patterns such as `^[A-Z]{2}-\\d{6}$`; other patterns are met as far as they go."""
    out = []
    for charset, low in re.findall(r"(\\d|\[[^\]]+\]|[\w -])(?:\{(\d+)(?:,\d*)?\})?", pattern.strip("^$")):
        for place in range(int(low or 1)):
            spin = digits // 10 ** (place % 8)
            if charset == "\\d" or charset.startswith("[0-9"):
                out.append(str(spin % 10))
            elif charset.startswith("["):
                out.append(
                    "ABCDEFGHJKLMNPRSTUVWXYZ"[spin % 23]
                    if "A" in charset
                    else "abcdefghjkmnpqrstuvwxyz"[spin % 23]
                )
            else:
                out.append(charset)
    return "".join(out)


def _answer(model: ToolModel, person: int, answers: tuple[str, ...]) -> dict[str, Any]:
    ids = {name: _value(name, {}, person) for name in answers}
    if model.effect == "identify":
        name, phone, _, _ = PEOPLE[person]
        return {**ids, "full_name": name, "phone": phone, "status": "active"}
    if model.effect == "read":
        return (
            {**ids, "status": "ok"}
            if ids
            else {"status": ("available", "active", "in progress", "closed")[person], "as_of": _DAYS[person]}
        )
    noun = (words_of(model.tool.name) or ["request"])[-1]
    return {
        **ids,
        "status": "confirmed",
        "reference_number": f"{noun[:2].upper()}-{int(hashlib.sha256(f'{model.name}{person}'.encode()).hexdigest()[:6], 16) % 90000 + 10000}",
    }
