"""Lists are read as people write them: with letters, dots and bullets, and little or much indentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.reading.blocks import blocks_of
from evalgen.reading.lists import listed


@pytest.mark.parametrize(
    "marks", ["a. b.", "a) b)", "(a) (b)", "1.1 1.2", "1.1. 1.2.", "• •", "A) B)", "* *"]
)
def test_items_of_any_numbering_are_blocks_of_their_own_inside_their_parent(marks: str) -> None:
    first, second = marks.split()
    blocks = blocks_of(f"1. If it rains:\n   {first} Close the door.\n   {second} Wait.\n2. Go on.")
    assert [(b.text, b.parent, b.lines) for b in blocks] == [
        ("If it rains:", None, (1, 1)),
        ("Close the door.", 0, (2, 2)),
        ("Wait.", 0, (3, 3)),
        ("Go on.", None, (4, 4)),
    ]


def test_an_item_that_is_indented_by_less_than_a_number_takes_is_still_inside() -> None:
    blocks = blocks_of("1. Ask.\n 1.1 Load it.\n  - Found: go on.\n2. Close.")
    assert [(b.text, b.parent) for b in blocks] == [
        ("Ask.", None),
        ("Load it.", 0),
        ("Found: go on.", 1),
        ("Close.", None),
    ]


def test_lines_that_begin_a_sentence_further_in_are_items_without_a_mark() -> None:
    blocks = blocks_of(
        "1. Ask for the size.\n   Torn strap:\n      Send a new one\n      by post.\n2. Close."
    )
    assert [(b.text, b.parent, b.lines) for b in blocks] == [
        ("Ask for the size.", None, (1, 1)),
        ("Torn strap:", 0, (2, 2)),
        ("Send a new one by post.", 1, (3, 4)),
        ("Close.", None, (5, 5)),
    ]


def test_lettered_items_are_ordered_and_wrapped_lines_stay_with_their_item() -> None:
    blocks = blocks_of("If it rains:\na. Close the door\n   and the window.\nb. Wait.")
    assert [(b.text, b.ordered) for b in blocks] == [
        ("If it rains:", False),
        ("Close the door and the window.", True),
        ("Wait.", True),
    ]


@given(st.lists(st.text(st.sampled_from("ab1.)- •#`"), max_size=12)))
def test_the_number_of_lines_stays(lines: list[str]) -> None:
    assert len(list(listed(lines))) == len(lines)
