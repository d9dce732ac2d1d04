"""The witnesses beside the rules of reading, and a language with some of its rules switched off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from evalgen.generation import languages
from evalgen.generation.languages import load, written
from evalgen.generation.read.language import Language
from evalgen.generation.read.prompt import read_in
from evalgen.generation.read.statement import Condition, Statement

CODES = written("prompt")


def subjects(code: str) -> list[str]:
    """The subjects that are written in the language."""
    folder = Path(languages.__file__).parent / code
    return sorted(path.stem for path in folder.glob("*.toml"))


def language(code: str, without: str = "") -> Language:
    """The language with all its usual nouns for the caller."""
    caller = load(code, "prompt")["caller"]
    usual = {*caller["usual"], *caller["always"]}
    many = dict(zip(caller["one"], caller["many"], strict=True))
    plain = Language(code, tuple(usual), tuple(many[noun] for noun in usual if noun in many))
    return replace(plain, without=frozenset({without} - {""}))


def shown(statement: Statement) -> str:
    """Kind, what brings the case about, and the duties, in one line."""
    duties = "; ".join(f"{'not ' * duty.ban}{duty.text}" for duty in statement.duties)
    return f"{statement.kind} / {_brought(statement.condition)} / {duties}".replace("/  /", "/ /")


def _brought(condition: Condition | None) -> str:
    if condition is None:
        return ""
    return condition.move or (
        f"{condition.answer} of {condition.about}" if condition.answer else condition.text
    )


def last(code: str, prompt: str, without: str = "") -> Statement:
    """The last statement of a prompt."""
    return read_in(prompt, language(code, without), (), ("freeze_card", "check_rooms")).statements[-1]


def frames(subject: str, *tables: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every rule of the tables: language, table, entry."""
    return [
        (code, table, entry) for code in CODES for table in tables for entry in load(code, subject)[table]
    ]
