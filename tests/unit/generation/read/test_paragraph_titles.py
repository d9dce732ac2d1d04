"""Titles that prompts write in other ways than Markdown's."""

from __future__ import annotations

import pytest

from evalgen.generation.read.prompt import read_prompt

LABELS = "\n\n".join(
    f"{title}: {text}"
    for title, text in (
        ("Role", "You are June, the phone assistant of a laboratory with three sites."),
        ("Identity", "Before opening any record, ask for the full name and the date of birth."),
        ("Sites and hours", "Every site is open from Monday to Friday, 6:30 AM to 3 PM."),
        ("Booking", "Read back the site, the day and the time, and wait for a clear yes."),
        ("Ending", "Ask whether there is anything else, and say goodbye by name to everybody."),
    )
)


def sections(prompt: str) -> dict[str, tuple[str, ...]]:
    return {s.text: s.section for s in read_prompt(prompt, "en", []).statements}


@pytest.mark.parametrize("line", ["== Who is calling ==", "*** Who is calling ***", "--- Who is calling ---"])
def test_a_line_between_marks_is_a_title(line: str) -> None:
    assert sections(f"Be kind.\n\n{line}\n\nAsk for the name.")["Ask for the name."] == ("Who is calling",)


def test_a_number_in_capitals_begins_a_title() -> None:
    found = sections("== Tasks ==\n\nONE: Exchange tickets.\nAsk for the day.\n")
    assert found["Ask for the day."] == ("Tasks", "Exchange tickets")


def test_labels_of_paragraphs_are_titles_where_hardly_any_has_none() -> None:
    found = sections(LABELS)
    assert found["Read back the site, the day and the time, and wait for a clear yes."] == ("Booking",)
    assert found["Every site is open from Monday to Friday, 6:30 AM to 3 PM."] == ("Sites and hours",)


def test_a_few_labels_among_other_paragraphs_are_none() -> None:
    plain = "\n\n".join(f"We are open on day number {n} of every month of the year." for n in range(4))
    assert not any(sections(f"{LABELS}\n\n{plain}").values())


def test_one_star_is_emphasis_and_no_part_of_a_sentence() -> None:
    assert "Say what has not happened." in sections("Say what has *not* happened.")


BARE = (
    "You answer the intake line of a law firm.\n\n"
    "What we look at\n- Being dismissed for a complaint.\n\n"
    "Not for us\nDivorce and injury matters: suggest the referral service, and end the call kindly.\n\n"
    "Urgent matters\nGive the number of the lawyer on call, 253-555-0172, before anything else is asked.\n"
)


def test_short_lines_without_an_end_above_their_paragraphs_are_titles() -> None:
    found = sections(BARE)
    assert found["Being dismissed for a complaint."] == ("What we look at",)
    assert any(section == ("Not for us",) for section in found.values())
    assert not any("Not for us" in text for text in found)


def test_lines_that_are_broken_where_they_are_full_are_no_titles() -> None:
    poem = "\n\n".join(
        f"Ask for the day number {n} and\nthen for the time of the day that they want most" for n in range(4)
    )
    assert not any(sections(poem).values())
