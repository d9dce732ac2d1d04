"""What a tool is about, where its name has only half of it: `report_missed` is about a missed collection."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import words_in
from evalgen.generation.values import plain

FEWEST = 2
"""So often the prompt has the word with the same one behind it."""
_IDENTIFIER = re.compile(r"\b\w+_\w+\b")


def with_whole_nouns(prompt: Prompt, tools: dict[str, ToolModel]) -> dict[str, ToolModel]:
    """The tools with the noun that the prompt has behind such a word, if it never has it alone."""
    language = prompt.language
    texts = dict.fromkeys(text for s in prompt.statements for text in (*s.section, s.text))
    said = "\n".join(plain(_IDENTIFIER.sub(" ", text)) for text in texts)
    return {name: _whole(tool, said, language) for name, tool in tools.items()}


def _whole(tool: ToolModel, said: str, language: str) -> ToolModel:
    name = tool.name
    if name is None or name.language != language or not name.noun or " " in name.noun:
        return tool
    words, small = words_in(language), load(language, "rules")["behind_a_noun"]
    word = re.escape(plain(name.noun))
    in_a_cell = rf"(?:^|\| *){word},"
    behind = re.findall(rf"\b{word}s?\b(?:[ -]([a-z]+))?", re.sub(in_a_cell, " ", said, flags=re.MULTILINE))
    if not behind or any(not one or re.fullmatch(small, one) for one in behind):
        return tool
    noun, times = Counter(words.singular(one) for one in behind).most_common(1)[0]
    if times < FEWEST:
        return tool
    return replace(tool, name=replace(name, noun=f"{name.noun} {noun}"))
