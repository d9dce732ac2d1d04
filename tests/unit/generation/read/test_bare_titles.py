"""Titles that stand alone in the first line of a paragraph, without any mark."""

from __future__ import annotations

from evalgen.generation.read.bare_titles import titled
from evalgen.generation.read.prompt import read_prompt

PROMPT = """Who you are
You are Pia, the assistant on the line of a canoe hire. You take bookings and change them for people.

Checking who is calling
A new booking needs no check. For anything else ask for the surname, and compare it with the booking.

Closing the call
Sum up in one sentence what was done, and wish them a good day on the river before you say goodbye.

Limits
 - No card numbers.
 - No discounts.
"""


def sections(prompt: str) -> list[str]:
    return list(dict.fromkeys(s.section[-1] for s in read_prompt(prompt, "en", []).statements if s.section))


def test_a_short_first_line_that_is_broken_on_purpose_is_a_title() -> None:
    assert sections(PROMPT) == ["Who you are", "Checking who is calling", "Closing the call", "Limits"]


def test_few_of_them_are_no_titles() -> None:
    assert sections("\n\n".join(PROMPT.split("\n\n")[:2])) == []


def test_a_title_above_other_titles_is_one() -> None:
    lines = [*PROMPT.split("\n"), "What people ring for", "", "# Booking"]
    assert "## What people ring for" in titled(lines, "en")


def test_sentences_without_a_full_stop_and_lines_broken_for_want_of_room_are_none() -> None:
    orders = "Ask for the name\nThen ask for the day on which they would like to come and for how many people"
    assert titled([*f"{orders}\n\n{orders}\n\n{orders}".split("\n")], "en") == [
        *f"{orders}\n\n{orders}\n\n{orders}".split("\n")
    ]
    wrapped = "The boats that we hire out are\nTeal and Moorhen and two more"
    text = f"{wrapped}\n\n{wrapped}\n\n{wrapped}".split("\n")
    assert titled(text, "en") == text
