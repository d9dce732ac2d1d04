"""What the checks look at of one test, and of the agent that it is for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.languages import load_or_any, written
from evalgen.generation.write.placeholders import without_placeholders

RUN = 12
"""So many words of the prompt in a row are a copy of it."""
CLEARLY_MORE = 2
ENGLISH = 0.34
"""Share of English words from which a text is in no language that has no folder."""
FEWEST_WORDS = 6
OWN, FEWEST_OWN = 0.1, 12
"""Share of a language's common words below which a text of so many words is in some other language."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_IDENTIFIER = re.compile(r"_|[a-z][A-Z]")


class Agent:
    """The runs of words of one agent's prompt, and the names inside its tools that are no plain words."""

    def __init__(self, definition: AgentDefinition) -> None:
        self.definition = definition
        self.tools = {tool.name: tool for tool in definition.tools}
        self.runs = frozenset(_runs(definition.description))
        self.internal_names = frozenset(name for name in self._names() if _IDENTIFIER.search(name))

    def _names(self) -> Collection[str]:
        names = set(self.tools)
        for tool in self.tools.values():
            pending = [tool.parameters]
            while pending:
                node = pending.pop()
                if not isinstance(node, dict):
                    continue
                properties = node.get("properties")
                if isinstance(properties, dict):
                    names |= properties.keys()
                    pending += properties.values()
                pending.append(node.get("items"))
                enum = node.get("enum")
                names |= (
                    {value for value in enum if isinstance(value, str)} if isinstance(enum, list) else set()
                )
        return names


class Words:
    """The steps of one test as lines, and what they say without placeholders, in small letters."""

    def __init__(self, lines: Sequence[str], language: str, told_in: str, agent: Agent) -> None:
        self.lines = lines
        self.language = language
        self.told_in = told_in
        self.said = without_placeholders("\n".join(lines)).casefold()
        self.internal_names = agent.internal_names
        self._runs = agent.runs

    def check(self, name: str) -> re.Pattern[str]:
        return _pattern(self.language, name)

    def outcome_check(self, name: str) -> re.Pattern[str]:
        return _pattern(self.told_in, name)

    def copied_from_prompt(self, line: str) -> str:
        return next((" ".join(run) for run in _runs(line) if run in self._runs), "")


@cache
def _pattern(language: str, name: str) -> re.Pattern[str]:
    return re.compile(load_or_any(language, "check")[name])


def reads_as(text: str, language: str) -> bool:
    """Whether no other language has clearly more of its common words in the text; of a language without a
    folder: whether it is not English."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if language not in written("check"):
        return len(words) < FEWEST_WORDS or sum(w in _common("en") for w in words) < ENGLISH * len(words)
    counts = {code: sum(word in _common(code) for word in words) for code in written("check")}
    return counts[language] + CLEARLY_MORE > max(counts.values())


def whole(text: str) -> re.Pattern[str]:
    """Finds it as words of its own, in what is written in small letters."""
    return re.compile(rf"(?<!\w){re.escape(text.casefold())}(?!\w)")


def is_foreign(text: str, language: str) -> bool:
    """Whether a longer text has hardly one of the common words of a language that has a folder."""
    words = [word.casefold() for word in _WORD.findall(text)]
    own = sum(word in _common(language) for word in words)
    return language in written("check") and len(words) >= FEWEST_OWN and own < OWN * len(words)


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(load_or_any(language, "check")["common"])


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
