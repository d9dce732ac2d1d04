"""Numbered paragraphs of the extra instructions."""

from __future__ import annotations

import pytest

from evalgen.generation.aims import aims_in


@pytest.mark.parametrize(
    ("text", "aims", "rest"),
    [
        ("", (), ""),
        ("Be brief.", (), "Be brief."),
        ("1. Cancel.\n2. Move.", ("Cancel.", "Move."), ""),
        ("1) Cancel.\n2) Move.", ("Cancel.", "Move."), ""),
        ("Be brief.\n\n1. Cancel,\n   then stay.\n2. Move.", ("Cancel, then stay.", "Move."), "Be brief."),
        ("1. Cancel.\n\nIn a hurry.\n\n2. Move.", ("Cancel.", "Move."), "In a hurry."),
        ("1. Give 2.5 litres.", ("Give 2.5 litres.",), ""),
        ("1. Take these:\n1. a\n3. b", ("Take these: 1. a 3. b",), ""),
        ("2. Not the first.", (), "2. Not the first."),
        ("1.Cancel", (), "1.Cancel"),
        ("Flat 1. Second floor", (), "Flat 1. Second floor"),
        ("1. Cancel.\r\n2. Move.", ("Cancel.", "Move."), ""),
    ],
)
def test_paragraphs_are_numbered_in_order_and_end_at_a_blank_line(
    text: str, aims: tuple[str, ...], rest: str
) -> None:
    assert aims_in(text) == (aims, rest)
