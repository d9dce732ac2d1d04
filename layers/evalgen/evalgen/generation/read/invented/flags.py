"""Fields that say yes or no or name a state: the value with which deeds can be done."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import plain


def options_of(key: str, listed: Collection[Any], table: Mapping[str, Any], prompt: str) -> tuple[Any, ...]:
    """The listed values of a field; no, where its name or the prompt makes it a flag: `compounded`,
    `controlled = true`. `table` is the language's one of things.
    """
    meaning = Meaning(key)
    if listed or meaning.moment or meaning.is_id or set(meaning.words) & set(table["ahead"]):
        return tuple(listed)
    said = re.search(rf"\b{re.escape(key)} ?(?:=|:|is) ?(?:{'|'.join(table['flags'])})\b", prompt)
    return (False,) if said or re.fullmatch(table["flag_keys"], meaning.snake) else ()


def usual_flag(key: str, options: Collection[Any], table: Mapping[str, Any]) -> list[Any]:
    """What a flag usually is for each of three things; empty where it has no usual value."""
    known, meaning = table["fields"], Meaning(key)
    usual = known.get(meaning.snake) or known.get(meaning.words[-1], ())
    return list(usual) if tuple(options) == (False,) and usual[:1] in ([True], [False]) else []


def needed(key: str, options: Collection[Any], table: Mapping[str, Any], texts: str) -> list[Any]:
    """What a rule of the prompt or of a tool wants of a field so that a deed is done: true, or the one state
    that it names; empty where none wants it. `texts` are those of both.
    """
    words = Meaning(key).words
    field, said = r"[ _-](?:the |of )?".join(map(re.escape, words)), plain(texts)
    if tuple(options) == (False,):
        wanted = any(re.search(p.replace("FIELD", field), said) for p in table["needs_flag"])
        return [True] * 3 if wanted else []
    if len(options) < 2 or len(words) < 2:
        return []
    pattern = str(table["needs_state"]).replace("FIELD", field)
    spelt = {one: re.escape(plain(str(one))).replace("_", "[ _]") for one in options}
    named = [one for one in options if re.search(pattern.replace("OPTION", spelt[one]), said)]
    return named * 3 if len(named) == 1 else []


def told_by(key: str, options: Collection[Any], table: Mapping[str, Any], texts: str) -> list[Any]:
    """What a flag or state is for each of three things: as a rule wants it, else as it usually is or so that
    the thing is still to come; empty where nothing says it.
    """
    return needed(key, options, table, texts) or usual_flag(key, options, table) or going_on(options, table)


def going_on(options: Collection[Any], table: Mapping[str, Any]) -> list[Any]:
    """Of listed states the one in which a thing is still to come: what deeds can be done to."""
    named = {plain(str(one)).replace(" ", "_"): one for one in options}
    live = next((named[state] for state in table["live"] if state in named), None)
    return [live] * 3 if live is not None else []
