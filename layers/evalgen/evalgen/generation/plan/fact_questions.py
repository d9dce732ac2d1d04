"""The question behind a fact of the prompt: `what a cleaning costs` for `A cleaning costs 55 euros`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evalgen.generation.languages import load
from evalgen.generation.read.language import owner_in
from evalgen.generation.read.statement import Statement


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """`question` follows `Ask`, `fact` follows `state that`; both are values of the turns about facts."""

    question: str
    fact: str
    plain: bool = False
    """Whether its form also reads what is said to an agent."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which prompts state a definite value."""

    text: re.Pattern[str]
    question: str
    fact: str
    plain: bool
    """Whether it reads what is said to an agent, too: not where a sentence speaks of callers or records."""


def fact_question(statement: Statement, language: str, prompt: str = "") -> FactQuestion | None:
    """The question for a statement of the kind `fact` in the prompt's `language`; None where none is certain.

    `prompt` is the whole prompt: a first word is a common noun where it is written small elsewhere. Raises
    FileNotFoundError for a language without turns.
    """
    if statement.kind != "fact" or statement.condition or statement.outer or statement.names:
        return None
    text = statement.text.strip().rstrip(".")
    rules = load(language, "turns")["facts"]
    of_agents = re.search(rules["of_agents"], text) is not None
    if re.search(rules["even_so"], text) or (prompt and _points_back(text, language, prompt)):
        return None
    for form in _forms(language):
        if not (form.plain and of_agents) and (match := form.text.fullmatch(text)) is not None:
            begins = match.start("x") == 0
            subject = (
                _spoken(match["x"], language, prompt, form.plain) if begins else _clear(match["x"], language)
            )
            if subject:
                owner = owner_in(prompt, language) or str(load(language, "wording")["company_noun"])
                slots = {**match.groupdict(""), "x": subject, "owner": owner}
                return FactQuestion(form.question.format_map(slots), form.fact.format_map(slots), form.plain)
    return None


def _points_back(text: str, language: str, prompt: str) -> bool:
    """Whether a sentence begins with `the` and one noun in a paragraph: what it means was said before."""
    words = text.split()
    articles = load(language, "turns")["facts"]["definite"]
    if len(words) < 2 or words[0].lower() not in articles:
        return False
    begins = r"\s+".join(re.escape(word) for word in words[:6])
    return re.search(rf"^\W*(?:\d+\W+)?{begins}", prompt, re.MULTILINE) is None


def _clear(subject: str, language: str) -> str:
    """What a fact is about, as it stands inside of its sentence; empty where it points elsewhere."""
    return "" if re.search(load(language, "turns")["facts"]["unclear"], subject) else subject


def _spoken(subject: str, language: str, prompt: str, plain: bool) -> str:
    """The same of what begins a sentence; empty also where it may be a name, or is one word that does not say
    enough.
    """
    data = load(language, "turns")["facts"]
    first, space, rest = _clear(subject, language).partition(" ")
    small = first.lower()
    if small in data["determiners"]:
        return f"{small}{space}{rest}" if rest else ""
    if plain and not rest and small not in data["alone"]:
        return ""
    return f"{small}{space}{rest}" if re.search(rf"\b{re.escape(small)}\b", prompt) else ""


@cache
def _forms(language: str) -> tuple[_Form, ...]:
    data = load(language, "turns")
    return tuple(
        _Form(
            _pattern(form["text"], data["facts"]["parts"]),
            form["question"],
            form["fact"],
            form.get("plain", False),
        )
        for form in data["fact"]
    )


def _pattern(text: str, parts: dict[str, str]) -> re.Pattern[str]:
    """The pattern with its parts in their places; a part may hold those that stand behind it."""
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return re.compile(text)
