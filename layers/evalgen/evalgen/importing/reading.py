"""From files to one agent: what each is shows in its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from evalgen.importing import elevenlabs, own, retell_flow, retell_llm, tools, vapi
from evalgen.importing.assembling import assembled
from evalgen.importing.imported import Found, Imported
from evalgen.importing.source import BadInput, JsonSource, SourceFile, read_json
from evalgen.importing.texts import PROMPT_NAMES, is_document, is_text, sort_texts

SHOWN_KEYS = 6


class Format(Protocol):
    """A module for each format."""

    SHOWS: str
    """What shows that a file is in it, in words."""

    def fits(self, value: Any) -> bool: ...

    def read(self, source: JsonSource) -> Found:
        """Raises BadInput."""


FORMATS: tuple[tuple[str, Format], ...] = (
    ("a Vapi assistant", vapi),
    ("a Retell conversation flow", retell_flow),
    ("a Retell LLM", retell_llm),
    ("an ElevenLabs agent", elevenlabs),
    ("a list of tools", tools),
    ("an agent of ours", own),
)


def imported(files: Sequence[SourceFile], name: str = "Agent") -> Imported:
    """One agent from all these files; `name` is its name where none of them says one.

    A file that holds a whole agent may have tools, mock data and documents beside it: a tool that is there
    already gets what its namesake has besides. Raises BadInput with every problem.
    """
    seen = [file for file in files if not file.base.startswith(".")]
    documents = [file for file in seen if is_document(file)]
    texts = sort_texts([file for file in seen if file not in documents and is_text(file)])
    others = [file for file in seen if file not in documents and not is_text(file)]
    found = [_found(read_json(file)) for file in others]
    whole = [one for one in found if one.whole]
    if len(whole) > 1:
        raise BadInput(f"{', '.join(one.format for one in whole)}: each is an agent; give one of them")
    if not whole and texts.prompt is None:
        raise BadInput(_no_prompt(seen))
    return assembled(found, texts, documents, name)


def _found(source: JsonSource) -> Found:
    for _, known in FORMATS:
        if known.fits(source.value):
            return replace(known.read(source), source=source)
    tried = (f"not {name}: that has {known.SHOWS}" for name, known in FORMATS)
    raise BadInput(f"{source.name}: JSON in no format that is read here ({_shape(source.value)}):", *tried)


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return f"an object with {', '.join(list(value)[:SHOWN_KEYS]) or 'nothing in it'}"
    return "a list" if isinstance(value, list) else "neither an object nor a list"


def _no_prompt(files: Sequence[SourceFile]) -> str:
    there = ", ".join(file.name for file in files) or "nothing"
    return (
        f"no agent's prompt in {there}: put it beside the others into {PROMPT_NAMES}, "
        "or give the file that your platform exports"
    )
