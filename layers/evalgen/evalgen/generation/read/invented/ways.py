"""Further calls of a tool: other facts by which callers are looked for, each reason for a transfer; what is
asked for beside what a call needs, and what a look-up answers by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.identity import nouns_of
from evalgen.generation.read.invented.joined import joined_with
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.parameters import chosen_of
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.statement import AnswerKind, Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain, words_of

_WRAP = re.compile(r"\n(?!\s*(?:[-*•#\n]|\(?\w{1,2}[.)]))")
MOST_REASONS = 12


def whether(tool: ToolModel, language: str) -> dict[str, Any]:
    """A yes to what a look-up is asked by its name: `check_space`; empty where that is not certain."""
    said = plain(" ".join(words_of(tool.tool.name)))
    table = load(language, "invented")["answers"]["whether"]
    return next(({key: True} for pattern, key in table if re.search(pattern, said)), {})


def unwrapped(prompt: str) -> str:
    """The text with each paragraph on one line."""
    return _WRAP.sub(" ", prompt)


def other_ways(tool: ToolModel, prompt: str, language: str) -> Iterator[tuple[str, ...]]:
    """The parameters that a clause of the prompt has the agent ask for in place of the usual ones: `if that
    brings nothing, ask for the postcode and surname`.
    """
    if tool.role != "identify" or tool.required:
        return
    table, words = load(language, "invented"), words_in(language)
    usual = set(first_way(tool, prompt, language) or chosen_of(tool))
    nouns = {
        name: "|".join(map(re.escape, nouns_of(name, words.noun_of(name), language)))
        for name in tool.properties
    }
    seen: set[tuple[str, ...]] = set()
    for clause in re.split(table["clauses"], plain(unwrapped(prompt))):
        if not re.search(f"{table['asks_what']}|{table['looks_again']}", clause):
            continue
        named = tuple(n for n, noun in nouns.items() if re.search(rf"(?<!\w)(?:{noun})(?!\w)", clause))
        facts = [Meaning(name).fact or Meaning(name).is_id for name in named]
        if named and all(facts) and not usual & set(named) and named not in seen:
            seen.add(named)
            yield named


def first_way(tool: ToolModel, prompt: str, language: str) -> tuple[str, ...]:
    """Of several facts by which a tool finds people the one that the prompt names first, behind its name."""
    if tool.role not in ("identify", "read") or tool.required or not chosen_of(tool):
        return ()
    words = words_in(language)
    at = prompt.find(tool.tool.name)
    paragraph = plain(unwrapped(prompt[at:].split("\n\n", maxsplit=1)[0])) if at >= 0 else ""
    places = {}
    for name in tool.properties:
        meaning = Meaning(name, str(tool.properties[name].get("description", "")))
        spelt = "|".join(map(re.escape, nouns_of(name, words.noun_of(name), language)))
        if meaning.fact and (match := re.search(rf"(?<!\w)(?:{spelt})(?!\w)", paragraph)):
            places[name] = match.start()
    return (min(places, key=lambda name: places[name]),) if len(places) > 1 else ()


def asked_for(tool: ToolModel, texts: Texts) -> tuple[str, ...]:
    """Those that need not be there and are: without which a call says nothing, or that are asked for."""
    asked = (
        name
        for name, rule in tool.properties.items()
        if (tool.role in ("read", "write") or tool.takes_down)
        and not (Meaning(name).is_id or rule.get("type") == "boolean" or tool.decided_by_agent(name, ""))
        and _is_asked(Meaning(name), rule, tool, texts)
    )
    first = first_way(tool, texts.prompt, texts.language)
    own = first or chosen_of(tool) or tuple(tool.required)
    together = joined_with(tool, texts.prompt, texts.language, own)
    return tuple(dict.fromkeys((*together, *(first or (*chosen_of(tool), *asked)))))


def _is_asked(meaning: Meaning, rule: dict[str, Any], tool: ToolModel, texts: Texts) -> bool:
    if re.search(
        load(texts.language, "invented")["of_a_wish"], str(rule.get("description", "")), re.IGNORECASE
    ):
        return False
    named = tool.takes_down and texts.is_named(meaning)
    return named or texts.is_asked(meaning, rule.get("enum") or ())


def unread_answers(prompt: Prompt, language: str) -> frozenset[AnswerKind]:
    """The answers of which the prompt speaks where it is not read with certainty, and nowhere else."""
    conditions = [c for s in prompt.statements if s.sure for c in (s.condition, *s.outer) if c]
    read = {condition.answer for condition in conditions if condition.about or condition.answer != "error"}
    unread = [s.text for s in prompt.statements if s.kind == "unread"]
    told: dict[AnswerKind, str] = load(language, "invented")["tells_of"]
    return frozenset(
        kind
        for kind, pattern in told.items()
        if kind not in read and any(re.search(pattern, text, re.IGNORECASE) for text in unread)
    )


def for_reasons(tool: ToolModel, made: Sequence[MockCall]) -> Iterator[MockCall]:
    """The first call with each reason for which a call is passed on and that none of these has."""
    for name in tool.required if tool.role == "inward" else ():
        listed = tool.properties.get(name, {}).get("enum")
        if isinstance(listed, list) and len(listed) <= MOST_REASONS:
            reasons = [r for r in listed if isinstance(r, str)]
            left = [r for r in reasons if all(call.input.get(name) != r for call in made)]
            yield from (replace(made[0], input=made[0].input | {name: reason}) for reason in left)
            return
