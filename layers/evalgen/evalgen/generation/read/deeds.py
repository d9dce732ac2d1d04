"""Tools that do one of several things, by a choice: `update_job` to `reschedule` or to `cancel`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load, written
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import ToolName, all_words, in_all, read_name
from evalgen.generation.values import key_words, plain, words_of


def deeds_of(tool: ToolModel) -> tuple[ToolModel, ...]:
    """A tool as one for each thing that it does: the choice is made, and what only others take is not there.
    The tool itself where it does one thing, or its choices are not certain to be deeds.
    """
    for parameter, rule in tool.properties.items():
        listed = rule.get("enum")
        if not set(words_of(parameter)) & in_all("deeds", "keys") or not isinstance(listed, list):
            continue
        names = {one: name for one in listed if isinstance(one, str) and (name := _name(one, tool))}
        if len(names) == len(listed) > 1:
            return tuple(_deed(tool, parameter, names, choice) for choice in names)
    return (tool,)


def not_done(tool: ToolModel, made: Sequence[MockCall]) -> list[ToolModel]:
    """Those of several things that a tool does of which no call is among these."""
    deeds = deeds_of(tool)
    done = {str(value) for call in made for value in call.input.values()}
    return [deed for deed in deeds if len(deeds) > 1 and deed.choice not in done]


def _name(choice: str, tool: ToolModel) -> ToolName | None:
    """What a choice does to the thing of its tool: `change_date` of `update_move` changes the move date."""
    name, thing = read_name(choice), _thing(tool)
    if name is None or name.effect != "write" or not thing:
        return None
    own = "" if name.noun in (name.verb, thing) else name.noun
    return replace(name, noun=f"{thing} {own}".strip())


def _thing(tool: ToolModel) -> str:
    """What stands behind the verbs of a tool's name: `job` of `move_or_cancel_job`, `card` of
    `set_card_status`; empty where none is.
    """
    whole = words = words_of(tool.tool.name)
    while len(words) > 1 and (words[0] in in_all("deeds", "joins") or _is_verb(words[0])):
        words = words[1:]
    things = [word for word in words if word not in in_all("deeds", "states")] or words
    return " ".join(things) if words != whole else ""


def _is_verb(word: str) -> bool:
    return any(words.effect(word) for words in all_words())


def _deed(tool: ToolModel, parameter: str, names: dict[str, ToolName], choice: str) -> ToolModel:
    others = {other: name for other, name in names.items() if other != choice}
    schema = dict(tool.tool.parameters or {})
    required = schema.get("required") or []
    needed = {key for key in tool.properties if _is_for(key, tool, {choice: names[choice]})}
    named = {key for key in tool.properties if _is_named(key, [choice])}
    free = {key for key in tool.properties if key not in (*needed, *named, *required, parameter)}
    left_out = {key for key in free if _is_for(key, tool, others) or _is_named(key, others)}
    left_out |= {key for key in free if _is_without(key, tool, choice)}
    given = {key: rule for key, rule in tool.properties.items() if key not in left_out}
    given[parameter] = {k: v for k, v in given[parameter].items() if k != "enum"} | {"const": choice}
    schema |= {"properties": given, "required": [key for key in given if key in (*required, *needed)]}
    calls = tuple(call for call in tool.tool.mock_data if call.input.get(parameter) == choice)
    return replace(
        tool,
        tool=replace(tool.tool, parameters=schema, mock_data=calls),
        name=names[choice],
        role="write",
        choice=choice,
        others=tuple(others.values()),
        others_take=frozenset(left_out),
    )


def _is_for(key: str, tool: ToolModel, names: dict[str, ToolName]) -> bool:
    """Whether a parameter is said to be for one of some deeds, `for change_date only`, or is new, as those
    need that change something.
    """
    if set(key_words(key)) & in_all("deeds", "anew") and any(name.changes for name in names.values()):
        return True
    about = tool.about(key)
    for pattern in _left_out():
        about = re.sub(pattern, "", about, flags=re.IGNORECASE)
    about = plain(about)
    return any(
        re.search(rf"\b(?:{re.escape(choice)}|{name.verb})\b", about) for choice, name in names.items()
    )


def _is_without(key: str, tool: ToolModel, choice: str) -> bool:
    """Whether a parameter is said to go without a choice: `left out for 'cancel'`."""
    said = (re.search(pattern, tool.about(key), re.IGNORECASE) for pattern in _left_out())
    return any(words_of(match["x"]) == words_of(choice) for match in said if match)


def _left_out() -> Iterator[str]:
    return (load(code, "invented")["left_out"] for code in written("invented"))


def _is_named(key: str, choices: Iterable[str]) -> bool:
    """Whether a parameter has one of some choices in its name: `cancel_reason`."""
    return any(set(key_words(choice)) <= set(key_words(key)) for choice in choices)
