"""Beside a pattern stands what it finds, and what it must not find: `days`, `days_finds`, `days_spares`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evalgen.generation.languages import with_witnesses
from tests.unit.generation.read.witnesses import CODES, language, subjects


def _patterns_of(value: Any, path: str) -> Iterator[tuple[str, Any, dict[str, list[str]]]]:
    if isinstance(value, dict):
        for key in value:
            if key.endswith("_finds"):
                name = key.removesuffix("_finds")
                texts = {end: value.get(f"{name}_{end}", []) for end in ("finds", "spares")}
                yield f"{path}.{name}", value[name], texts
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from _patterns_of(inner, f"{path}.{key}")


PATTERNS = [
    pytest.param(code, written, texts, id=path)
    for code in CODES
    for subject in subjects(code)
    for path, written, texts in _patterns_of(with_witnesses(code, subject), f"{code}/{subject}")
]


def _patterns(written: Any) -> list[str]:
    """A pattern, several of them, or pairs that begin or end with one."""
    if isinstance(written, str):
        return [written]
    return [entry if isinstance(entry, str) else _of_pair(entry) for entry in written]


def _of_pair(pair: list[Any]) -> str:
    """The pattern of a pair: with its name in front of it, or with what it gives behind it."""
    return str(pair[1] if isinstance(pair[0], str) and pair[0].isidentifier() else pair[0])


@pytest.mark.parametrize(("code", "written", "texts"), PATTERNS)
def test_a_pattern_finds_its_witnesses_and_none_before_it_finds_as_much(
    code: str, written: Any, texts: dict[str, list[str]]
) -> None:
    words, patterns = language(code), _patterns(written)

    def found(pattern: str, text: str) -> int:
        match = words.pattern(pattern).search(text)
        return len(match[0]) if match else -1

    def decides(place: int, text: str) -> bool:
        length = found(patterns[place], text)
        return length >= 0 and all(found(other, text) < length for other in patterns[:place])

    finds, spares = texts["finds"], texts["spares"]
    assert [p for place, p in enumerate(patterns) if not any(decides(place, text) for text in finds)] == []
    assert [text for text in finds if not any(found(pattern, text) >= 0 for pattern in patterns)] == []
    assert [text for text in spares if any(found(pattern, text) >= 0 for pattern in patterns)] == []
