"""The agent's tools as the planner needs them: what each does, with what, and how it can answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from evalgen.reading.definition import MockCall, Tool
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.values import ValueKind, key_of, kind_of, leaves, words_of

Effect = Literal["identify", "read", "write", "hidden"]
Outcome = Literal["success", "error", "no_match", "empty"]
_ERROR_KEYS = {"error", "error_code", "errors", "errorcode"}
_NOT_FOUND = re.compile(
    r"not[ _]found|no \w+(?: \w+)? (?:was |were )?found|no existe|no encontrad|sin resultados", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One input of a tool; `noun` is what a caller would call it."""

    name: str
    noun: str
    kind: ValueKind
    required: bool
    freetext: bool
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolModel:
    """`verb` and `noun` come from the name (`book_appointment`: book, appointment)."""

    tool: Tool
    verb: str
    noun: str
    effect: Effect
    parameters: tuple[Parameter, ...]
    calls: dict[Outcome, tuple[MockCall, ...]]

    @property
    def name(self) -> str:
        return self.tool.name

    @property
    def outcomes(self) -> list[Outcome]:
        return [outcome for outcome, calls in self.calls.items() if calls]


def outcome_of(output: Any) -> Outcome:
    """What kind of answer a mocked output is."""
    flat = {key_of(path).lower(): value for path, value in leaves(output)}
    status = str(flat.get("status", "")).lower()
    if any(flat.get(key) not in (None, False, "") for key in _ERROR_KEYS & set(flat)) or status in (
        "error",
        "failed",
        "failure",
    ):
        return "error"
    if (
        flat.get("match") is False
        or flat.get("found") is False
        or _NOT_FOUND.search(json.dumps(output, ensure_ascii=False))
    ):
        return "no_match"
    if flat.get("success") is False:
        return "error"
    if isinstance(output, dict) and any(value == [] for value in output.values()) and not _says_more(output):
        return "empty"
    return "success"


def _says_more(output: dict[str, Any]) -> bool:
    """Whether an answer with an empty list is about something else: a record that merely has none of a thing."""
    return any(
        kind_of(key, value) in ("id", "name", "phone", "email", "birth_date") for key, value in output.items()
    )


def model_tool(tool: Tool, lexicon: Lexicon) -> ToolModel:
    words = words_of(tool.name) or [tool.name.lower()]
    verb, rest = words[0], words[1:]
    if verb == "look" and rest[:1] == ["up"]:
        verb, rest = "lookup", rest[1:]
    if (
        verb not in lexicon.words["tool_reads"] | lexicon.words["tool_writes"] | lexicon.words["tool_hidden"]
        and rest
    ):
        last = words[-1]
        if last in lexicon.words["tool_reads"] | lexicon.words["tool_writes"]:
            verb, rest = last, words[:-1]
    rest = [
        word
        for word in rest
        if word not in ("by", "for", "the", "a", "v1", "v2", "info", "details", "to", "with", "from")
    ] or rest
    calls: dict[Outcome, list[MockCall]] = {"success": [], "error": [], "no_match": [], "empty": []}
    for call in tool.mock_data:
        calls[outcome_of(call.output)].append(call)
    parameters = _parameters(tool)
    return ToolModel(
        tool=tool,
        verb=verb,
        noun=" ".join(_stop_at_by(words, rest)),
        effect=_effect(verb, _stop_at_by(words, rest), parameters, lexicon),
        parameters=parameters,
        calls={outcome: tuple(found) for outcome, found in calls.items()},
    )


def _stop_at_by(words: list[str], rest: list[str]) -> list[str]:
    """`find_user_id_by_email` is about a user id, not about an email."""
    for stop in ("by", "for", "from", "with", "via"):
        if stop in words[1:]:
            rest = [w for w in rest if w in words[1 : words.index(stop, 1)]] or rest
    return rest


def _effect(verb: str, rest: list[str], parameters: tuple[Parameter, ...], lexicon: Lexicon) -> Effect:
    if verb in lexicon.words["tool_hidden"]:
        return "hidden"
    personal = bool(rest) and rest[-1] in lexicon.words["tool_identifies"]
    kinds = {p.kind for p in parameters}
    if verb in lexicon.words["tool_reads"] and (
        personal and kinds & {"phone", "email", "name", "birth_date", "id"}
    ):
        return "identify"
    if verb in lexicon.words["tool_writes"] and verb not in ("confirm", "open"):
        return "write"
    if verb in lexicon.words["tool_reads"]:
        return "read"
    return "write"


def _parameters(tool: Tool) -> tuple[Parameter, ...]:
    schema = tool.parameters or {}
    properties = schema.get("properties")
    known: dict[str, Any] = properties if isinstance(properties, dict) else {}
    required = schema.get("required")
    needed = set(required) if isinstance(required, list) else set()
    examples: dict[str, Any] = {}
    for call in tool.mock_data:
        for name, value in call.input.items():
            examples.setdefault(name, value)
    names = list(known) + [name for name in examples if name not in known]
    return tuple(
        Parameter(
            name=name,
            noun=_counted(_noun(name), _kind(name, examples.get(name), known.get(name))),
            kind=_kind(name, examples.get(name), known.get(name)),
            required=name in needed or not known,
            freetext=name in tool.freetext_params,
            choices=tuple(known[name].get("enum", ())) if isinstance(known.get(name), dict) else (),
        )
        for name in names
    )


def _kind(name: str, example: Any, schema: Any) -> ValueKind:
    if example is not None:
        return kind_of(name, example)
    described = schema if isinstance(schema, dict) else {}
    declared = described.get("type")
    if declared == "boolean":
        return "flag"
    hint = f"{described.get('format', '')} {described.get('description', '')}".lower()
    by_name = kind_of(name, "")
    if by_name != "text":
        return by_name
    if "date-time" in hint or "iso 8601" in hint or name.endswith("datetime"):
        return "datetime"
    if "yyyy-mm-dd" in hint or "date" in words_of(name) or "fecha" in words_of(name):
        return "date"
    if "time" in words_of(name) or "hora" in words_of(name):
        return "time"
    if declared in ("integer", "number"):
        return kind_of(name, 1)
    return "text"


def _counted(noun: str, kind: ValueKind) -> str:
    return (
        f"number of {noun}"
        if kind == "number" and noun.endswith("s") and not noun.startswith("number")
        else noun
    )


def _noun(name: str) -> str:
    words = words_of(name)
    fixed = {
        "dob": "date of birth",
        "phone": "phone number",
        "zip": "zip code",
        "vin": "vehicle number",
        "email": "email address",
        "qty": "quantity",
    }
    if len(words) == 1 and words[0] in fixed:
        return fixed[words[0]]
    if words and words[-1] == "id" and len(words) > 1:
        return " ".join(words[:-1]) + " number"
    return " ".join(fixed.get(word, word) if word in ("dob",) else word for word in words)
