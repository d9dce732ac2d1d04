"""How a model is asked to write: in the languages of ours frames go around its words, in others it writes
whole moments.
"""

from __future__ import annotations

from datetime import datetime

from evalgen.generation.languages import load, load_or_any, written
from evalgen.generation.read.grammar import grammar_of


def is_framed(language: str) -> bool:
    """Whether frames of ours say the opening, the end, and `when asked …` of a step."""
    return language in written("frames")


def language_named(code: str) -> str:
    names: dict[str, str] = load("_any", "names")
    return names.get(code, f"the language with the code {code!r}")


def beginning(language: str) -> str:
    """How each statement is to begin, as an instruction says it."""
    words = f'"{load_or_any(language, "frames")["statement"]}"'
    return words if is_framed(language) else f"the {language_named(language)} for {words}"


def hour_said(moment: datetime, language: str) -> str:
    if is_framed(language):
        return grammar_of(language).time(moment)
    return f"{moment.hour}:{moment.minute:02}"
