"""Texts that make an agent: its prompt, its first message, its documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evalgen.importing.imported import Note
from evalgen.importing.source import BadInput, SourceFile

KNOWLEDGE = "knowledge"
PROMPT_NAMES = "system-prompt.txt, or another text with `prompt` in its name (prompt.md)"
TEXTS = (".txt", ".md", ".markdown", ".prompt", ".text")
_FIRST_MESSAGE = re.compile(r"first[-_ ]?message|greeting", re.IGNORECASE)
_SINGLE_BRACES = re.compile(r"(?<![{$\\\w])\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")
_README = re.compile(r"readme|licen[cs]e|changelog", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompt:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    prompt: Prompt | None = None
    first_message: str | None = None


def is_document(file: SourceFile) -> bool:
    """Whether it is in the folder of what the agent knows."""
    return file.name.split("/")[-2:-1] == [KNOWLEDGE]


def is_text(file: SourceFile) -> bool:
    """By its ending, and by its content where that says nothing."""
    if file.base.lower().endswith(TEXTS):
        return True
    if file.base.lower().endswith(".json"):
        return False
    start = file.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if b"\0" in file.data[:4096]:
        raise BadInput(
            f"{file.name}: neither text nor JSON; save a prompt as text, and put documents into {KNOWLEDGE}/"
        )
    return start not in (b"{", b"[")


def sort_texts(files: Sequence[SourceFile]) -> Texts:
    """Raises BadInput where it is not clear which one is the prompt."""
    first = [file for file in files if _FIRST_MESSAGE.search(file.base)]
    others = [file for file in files if file not in first and not _README.match(file.base)]
    named = [file for file in others if "prompt" in file.base.lower()]
    prompts = named or others
    if len(prompts) > 1:
        names = ", ".join(file.name for file in prompts)
        raise BadInput(
            f"{names}: only one can be the prompt; give it the name {PROMPT_NAMES}, "
            f"and put documents into {KNOWLEDGE}/"
        )
    return Texts(
        Prompt(prompts[0].name, prompts[0].text()) if prompts else None,
        first[0].text().strip() if first else None,
    )


def as_variables(prompt: Prompt) -> tuple[str, list[Note]]:
    """The prompt with `{name}` as `{{name}}`, where it has no variable of that form already."""
    if "{{" in prompt.text:
        return prompt.text, []
    names = list(dict.fromkeys(found[1] for found in _SINGLE_BRACES.finditer(prompt.text)))
    if not names:
        return prompt.text, []
    said = ", ".join(f"{{{name}}}" for name in names)
    note = Note(prompt.name, f"{said} is read as a dynamic variable, as {{{{{names[0]}}}}} would be")
    return _SINGLE_BRACES.sub(r"{{\1}}", prompt.text), [note]
