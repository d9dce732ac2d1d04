"""A prompt as read: statements, tasks, and whom it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.generation.read.document import document_of
from evalgen.generation.read.items import Document
from evalgen.generation.read.language import Language, language_for, language_of
from evalgen.generation.read.statement import Prompt, Statement
from evalgen.generation.read.statements import Statements
from evalgen.generation.read.tasks import Tasks

ANOTHER_LANGUAGE = "written in a language that is not read"


def read_prompt(text: str, declared: str, tools: Sequence[str]) -> Prompt:
    """Read a prompt; `declared` is the language that its owner names, `tools` are the names of the agent's.

    Linear in the length of the text.
    """
    code = language_of(text, declared)
    if not code:
        return _unread(document_of(text))
    return read_in(text, *language_for(text, code), tools)


def read_in(text: str, language: Language, nouns: tuple[str, ...], tools: Sequence[str]) -> Prompt:
    """Read a prompt in a language that is known."""
    document = document_of(text, language.code)
    names = frozenset(tools)
    told = list(Statements(language, names).read(document))
    statements = tuple(one.statement for one in told)
    return Prompt(
        language.code,
        statements,
        Tasks(language, names).read(document, told),
        nouns,
        any(language.part("opens_call").search(one.text) for one in statements),
        _asks_more(statements, language),
        tuple(one.id for one in statements if language.part("confirms").search(one.text)),
    )


def _asks_more(statements: tuple[Statement, ...], language: Language) -> str:
    pattern = language.part("greeting_more")
    return next((one.id for one in statements if pattern.search(one.text)), "")


def _unread(document: Document) -> Prompt:
    told = [
        Statement(
            f"s{number}",
            (item.starts[0][1], item.starts[-1][1]),
            item.text,
            item.section,
            "unread",
            ANOTHER_LANGUAGE,
            False,
        )
        for number, item in enumerate(document.items, 1)
    ]
    return Prompt("", tuple(told), ())
