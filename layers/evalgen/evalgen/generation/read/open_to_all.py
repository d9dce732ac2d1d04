"""What a prompt does for anybody: `Tickets need no identification`, `For permits, identify the resident`."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import singular_of, stems_of
from evalgen.generation.values import key_words, kind_words, plain


def identifies_all(section: tuple[str, ...], language: str) -> bool:
    """Whether a part is headed by how callers are identified: what it does holds for the others, too."""
    headings = load(language, "identity")["sections_of_all"] if language else "(?!)"
    return any(re.search(headings, heading, re.IGNORECASE) for heading in section[-1:])


def needs_nobody(tool: ToolModel, prompt: Prompt) -> bool:
    """Whether the prompt says that nobody has to be identified for what a tool does, or for what callers are,
    and this is not among it.
    """
    if not prompt.language or tool.name is None or tool.role == "identify":
        return False
    table, scopes = load(prompt.language, "identity"), list[str]()
    for statement in prompt.statements:
        text = plain(statement.text)
        if re.search(table["needs_none"], text, re.IGNORECASE):
            if _is_of(text, tool):
                return True
            continue
        found = (re.search(pattern, text, re.IGNORECASE) for pattern in table["identifies_for"])
        scopes += [match["x"] for match in found if match]
    return bool(scopes) and not any(
        _is_of(scope, tool, bool(re.search(table["existing"], scope, re.IGNORECASE))) for scope in scopes
    )


def _is_of(text: str, tool: ToolModel, existing: bool = False) -> bool:
    """Whether a text has the verb of a tool, also as a noun, or one of its things; of what is `existing` the
    thing that a tool makes is none.
    """
    stems = stems_of([tool.name.verb] if tool.name else [])
    words, things = re.findall(r"[^\W\d_]+", text), _things(tool, existing)
    return any(singular_of(word) in things or word.startswith(stems) for word in words)


def _things(tool: ToolModel, existing: bool) -> frozenset[str]:
    """What a tool is about, by its name and by the numbers that it takes: `ticket_number`."""
    numbers, name = kind_words("id"), tool.name
    named = [words[-2] for key in tool.properties if (words := key_words(key))[1:] and words[-1] in numbers]
    makes = existing and name and name.effect == "write" and not (name.undoes or name.changes)
    noun = name.noun.split()[-1:] if name and not makes else []
    return frozenset(singular_of(plain(word)) for word in (*noun, *named))
