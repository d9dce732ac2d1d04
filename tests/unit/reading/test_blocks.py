"""A prompt's lines become blocks that know their lines, their section and what they are nested in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.reading.blocks import blocks_of
from tests.agents_on_disk import FOLDERS, definition_of

HEADINGS = {
    "hashes": "# Refunds",
    "closed hashes": "## Refunds ##",
    "brackets": "[Refunds]",
    "brackets and a colon": "[Refunds]:",
    "tag": "<Refunds>",
    "bold line": "**Refunds**",
    "bold line with a colon": "**Refunds:**",
    "underscores": "__Refunds__",
    "capitals": "REFUNDS",
    "capitals with a colon": "REFUNDS:",
    "numbered capitals": "1. REFUNDS",
    "bracketed number": "3) REFUNDS",
    "Roman number": "IV. REFUNDS",
    "bold inside hashes": "## **Refunds**",
    "number inside hashes": "### 2.1 Refunds",
}


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
def test_a_heading_of_any_style_is_the_section_of_what_follows(heading: str) -> None:
    (block,) = blocks_of(f"{heading}\nGive the money back.")
    assert (block.text, block.section) == ("Give the money back.", ("Refunds",))


@pytest.mark.parametrize("underline", ["=======", "-------"])
def test_an_underlined_line_is_a_heading(underline: str) -> None:
    (block,) = blocks_of(f"Refunds\n{underline}\n\nGive the money back.")
    assert block.section == ("Refunds",)


def test_a_short_line_without_an_end_above_a_text_is_a_heading_unless_it_tells_something() -> None:
    text = "Give the money back within a week."
    (block,) = blocks_of(f"Refunds and returns\n{text}")
    assert (block.text, block.section) == (text, ("Refunds and returns",))
    for line in ("Ask for the name", "If they call twice", "This is the first line of a text that"):
        (block,) = blocks_of(f"{line}\n{text}")
        assert block.section == ()


def test_sections_nest_by_the_depth_of_their_headings() -> None:
    blocks = blocks_of("# Tasks\nA.\n## Cancel\nB.\n### Fees\nC.\n## Move\nD.\n# End\nE.")
    assert [(b.text, b.section) for b in blocks] == [
        ("A.", ("Tasks",)),
        ("B.", ("Tasks", "Cancel")),
        ("C.", ("Tasks", "Cancel", "Fees")),
        ("D.", ("Tasks", "Move")),
        ("E.", ("End",)),
    ]


def test_tags_nest_and_what_follows_a_closing_tag_belongs_to_the_tag_around_it() -> None:
    blocks = blocks_of("<policy>\nA.\n<returns>\nB.\n</returns>\nC.\n</policy>\nD.")
    assert [(b.text, b.section) for b in blocks] == [
        ("A.", ("policy",)),
        ("B.", ("policy", "returns")),
        ("C.", ("policy",)),
        ("D.", ()),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "NEVER GIVE A DIAGNOSIS.",
        "- BOOK A VISIT",
        "A very long line in which no word is written in capitals at all",
        "{{NAME}}",
    ],
)
def test_a_line_that_only_resembles_a_heading_is_text(line: str) -> None:
    (block,) = blocks_of(line)
    assert block.section == ()


def test_an_item_names_the_item_that_it_is_nested_in() -> None:
    blocks = blocks_of("Do this:\n1. First.\n   - Inner.\n     - Innermost.\n2. Second.\n")
    parents = {b.text: blocks[b.parent].text if b.parent is not None else None for b in blocks}
    assert parents == {
        "Do this:": None,
        "First.": None,
        "Inner.": "First.",
        "Innermost.": "Inner.",
        "Second.": None,
    }


def test_items_of_numbered_lists_are_ordered_and_those_of_bulleted_lists_are_not() -> None:
    blocks = blocks_of("1. First.\n2. Second.\n\nOr:\n\n- Any.\n- Other.\n")
    assert {b.text: b.ordered for b in blocks} == {
        "First.": True,
        "Second.": True,
        "Or:": False,
        "Any.": False,
        "Other.": False,
    }


def test_lines_are_counted_from_one_and_a_block_that_wraps_has_all_of_its_lines() -> None:
    blocks = blocks_of("# A\n\nOne\ntwo\nthree.\n\n- Four,\n  five.\n- Six.\r\n\r\n```\nseven\n```\n")
    assert [(b.text, b.lines) for b in blocks] == [
        ("One two three.", (3, 5)),
        ("Four, five.", (7, 8)),
        ("Six.", (9, 9)),
        ("seven", (11, 13)),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_do_not_change_what_is_read(ending: str) -> None:
    lines = ["# A", "", "- One.", "  - Two.", "", "B."]
    assert blocks_of(ending.join(lines)) == blocks_of("\n".join(lines))


def test_marks_and_tags_inside_a_line_are_dropped_and_a_condition_in_a_tag_is_kept() -> None:
    texts = [
        b.text for b in blocks_of('Say **so** in `one` <i>short</i> line.\n\n<if cond="it is late">Go.</if>')
    ]
    assert texts == ["Say so in one short line.", "If it is late: Go."]


@pytest.mark.parametrize("name", FOLDERS)
def test_no_word_of_a_prompt_is_lost(name: str) -> None:
    prompt = definition_of(name).description
    blocks = blocks_of(prompt)
    read = " ".join([*(b.text for b in blocks), *(part for b in blocks for part in b.section)]).casefold()
    without_tags = re.sub(r"</?[A-Za-z]\w*>", " ", prompt)
    lost = {w for w in re.findall(r"[^\W\d_]{3,}", without_tags) if w.casefold() not in read}
    assert lost <= {"name", "condition", "case"}  # words of tags with attributes


@given(st.text())
def test_any_text_is_read_with_lines_inside_it(text: str) -> None:
    count = len(re.split(r"\r\n|\r|\n", text))
    blocks = blocks_of(text)
    for index, block in enumerate(blocks):
        assert 1 <= block.lines[0] <= block.lines[1] <= count
        assert block.text.strip() == block.text
        assert block.parent is None or block.parent < index
