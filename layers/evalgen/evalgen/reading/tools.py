"""The agent's tools as the planner needs them: what each does, with what, and how it can answer."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.values import ValueKind, key_of, kind_of, leaves, moment_of, same, words_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.tool_names import english_of, said, said_verb, spoken, tool_names

Effect = Literal["identify", "read", "write", "hidden"]
Outcome = Literal["success", "error", "no_match", "empty"]
_ERROR_KEYS = {"error", "error_code", "errors", "errorcode"}
_FOUND_KEYS = ("match", "found", "encontrado", "encontrada", "existe")


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
    """`verb` and `noun` come from the name (`book_appointment`: book, appointment), in the prompt's language.

    `action` is the verb in English, by which tools are known whatever the language.
    """

    tool: Tool
    action: str
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


_FAILED = re.compile(r"\s*(?:error|exception|failed)\b", re.IGNORECASE)


def outcome_of(call: MockCall) -> Outcome:
    """What kind of answer a mocked call gets."""
    output = call.output
    flat = {key_of(path).lower(): value for path, value in leaves(output)}
    status = str(flat.get("status", "")).lower()
    if any(flat.get(key) not in (None, False, "") for key in _ERROR_KEYS & set(flat)) or status in (
        "error",
        "failed",
        "failure",
    ):
        return "error"
    text = json.dumps(output, ensure_ascii=False)
    if any(flat.get(key) is False for key in _FOUND_KEYS) or tool_names().not_found.search(text):
        return "no_match"
    if flat.get("success") is False:
        return "error"
    if isinstance(output, str) and _FAILED.match(output):
        return "error"
    return "empty" if _is_empty(output, {same(v) for _, v in leaves(call.input)}) else "success"


def _is_empty(output: Any, given: Collection[str]) -> bool:
    """An empty list, or an object whose lists (errors aside) are empty and that says nothing new.

    `given` are the values of the input, which many answers repeat.
    """
    if isinstance(output, dict):
        lists = [value for key, value in output.items() if key.lower() not in _ERROR_KEYS]
        nothing = any(_is_empty(value, given) for value in lists if isinstance(value, dict | list))
        return nothing and not _says_more(output, given)
    return isinstance(output, list) and not output


def _says_more(output: dict[str, Any], given: Collection[str]) -> bool:
    """Whether an answer with an empty list is about something else: a record that has none of a thing."""
    return any(
        kind_of(key, value) in ("id", "name", "phone", "email", "birth_date") and same(value) not in given
        for key, value in output.items()
    )


def model_tool(tool: Tool, lexicon: Lexicon) -> ToolModel:
    verb, rest = _verb_and_rest(words_of(tool.name) or [tool.name.lower()])
    action = english_of(verb)
    calls: dict[Outcome, list[MockCall]] = {"success": [], "error": [], "no_match": [], "empty": []}
    for call in tool.mock_data:
        calls[outcome_of(call)].append(call)
    parameters = _parameters(tool, lexicon)
    return ToolModel(
        tool=tool,
        action=action,
        verb=said_verb(verb, lexicon),
        noun=said(rest, lexicon),
        effect=_effect(action, rest, parameters),
        parameters=parameters,
        calls={outcome: tuple(found) for outcome, found in calls.items()},
    )


def _verb_and_rest(words: list[str]) -> tuple[str, list[str]]:
    """`book_appointment` as book and appointment; `find_user_id_by_email` is about a user id alone."""
    names = tool_names()
    verb, rest = words[0], words[1:]
    if one := names.two_words.get("_".join(words[:2])):
        verb, rest = one, words[2:]
    doing = names.reads | names.writes
    if rest and english_of(verb) not in doing | names.hidden and english_of(words[-1]) in doing:
        verb, rest = words[-1], words[:-1]
    rest = [word for word in rest if word not in names.fillers] or rest
    for position, word in enumerate(words):
        if position and word in names.ends:
            rest = [w for w in rest if w in words[1:position]] or rest
    return verb, rest


def _effect(action: str, rest: list[str], parameters: tuple[Parameter, ...]) -> Effect:
    names = tool_names()
    if action in names.hidden:
        return "hidden"
    personal = bool(rest) and english_of(rest[-1]) in names.identifies
    kinds = {p.kind for p in parameters}
    if action in names.reads and personal and kinds & {"phone", "email", "name", "birth_date", "id"}:
        return "identify"
    if action in names.writes - names.both:
        return "write"
    return "read" if action in names.reads else "write"


def _parameters(tool: Tool, lexicon: Lexicon) -> tuple[Parameter, ...]:
    schema = tool.parameters or {}
    properties = schema.get("properties")
    known: dict[str, Any] = properties if isinstance(properties, dict) else {}
    required = schema.get("required")
    needed = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
    examples: dict[str, Any] = {}
    for call in tool.mock_data:
        for name, value in call.input.items():
            examples.setdefault(name, value)
    names = list(known) + [name for name in examples if name not in known]
    return tuple(
        Parameter(
            name=name,
            noun=_noun(name, kind := _kind(name, examples.get(name), known.get(name)), lexicon),
            kind=kind,
            required=name in needed or not known,
            freetext=name in tool.freetext_params,
            choices=_choices(known.get(name)),
        )
        for name in names
    )


def _choices(schema: Any) -> tuple[Any, ...]:
    listed = schema.get("enum") if isinstance(schema, dict) else None
    return tuple(listed) if isinstance(listed, list) else ()


def _noun(name: str, kind: ValueKind, lexicon: Lexicon) -> str:
    noun = spoken(name, lexicon)
    return lexicon.nouns.quantity(noun) if kind == "number" else noun


def _kind(name: str, example: Any, schema: Any) -> ValueKind:
    if example is not None:
        return kind_of(name, example)
    described = schema if isinstance(schema, dict) else {}
    declared = described.get("type")
    if declared == "boolean":
        return "flag"
    by_name = kind_of(name, "")
    if by_name != "text":
        return by_name
    if moment := moment_of(name, described):
        return moment
    if declared in ("integer", "number"):
        return kind_of(name, 1)
    return "text"
