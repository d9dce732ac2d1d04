"""Prompts in forms that are no plain Markdown: what the page about them shows, and what no form may hide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalgen.generation.read.prompt import read_prompt
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.unread import ranges, told_unread
from tests.unit.generation.read.witnesses import shown

PAGE = (Path(__file__).parents[4] / "docs" / "prompts.md").read_text()
FORMS = re.findall(r"## ([^\n]+)\n\n[^\n]+\n\n(`{3,})text\n(.*?)\n\2\n\n```read\n(.*?)\n```", PAGE, re.DOTALL)


def read(prompt: str, declared: str = "en") -> Prompt:
    return read_prompt(prompt, declared, ())


def test_the_page_shows_each_of_its_forms() -> None:
    assert len(FORMS) == PAGE.count("\n## ") == 18


@pytest.mark.parametrize(("title", "mark", "prompt", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_is_read_as_its_page_says(title: str, mark: str, prompt: str, expected: str) -> None:
    found = [f"{one.lines[0]}  {shown(one)}".rstrip() for one in read(prompt).statements]
    assert found == expected.splitlines()


@pytest.mark.parametrize("prompt", [form[2] for form in FORMS], ids=[form[0] for form in FORMS])
def test_every_line_with_a_sentence_is_a_statement_or_a_heading(prompt: str) -> None:
    told = {line for one in read(prompt).statements for line in range(one.lines[0], one.lines[1] + 1)}
    for number, line in enumerate(prompt.splitlines(), 1):
        if len(re.findall(r"[^\W\d_]+", line)) > 3 and "transitions" not in line and not line.startswith("|"):
            assert number in told or line.startswith("Step") or line.split()[0].isupper(), line


@pytest.mark.parametrize("mark", list("?!(){}[]*+|^$.\\"))
def test_a_verb_with_any_mark_behind_it_is_read(mark: str) -> None:
    prompt = f"You answer calls.\n\n- Confirm{mark} the name and the day.\n- Ask{mark} Then the day."
    assert len(read(prompt).statements) >= 3


def test_a_state_that_two_conditions_lead_to_is_not_read_as_certain() -> None:
    states = """[
  {"id": "a", "instructions": ["Ask how you can help."], "transitions": [
    {"to": "b", "condition": "the caller wants to book"},
    {"to": "b", "condition": "the caller asks about prices"}]},
  {"id": "b", "instructions": ["Never book a Sunday."]}
]"""
    *_, last = read(states).statements
    assert (last.text, last.sure) == ("Never book a Sunday.", False)


def test_a_branch_without_a_mark_is_not_below_the_branch_before_it() -> None:
    prompt = "If the caller is a member:\n- Ask for the id.\nIf the caller is a guest:\n- Offer a call back."
    guest = read(prompt).statements[-1]
    assert guest.condition and guest.condition.move == "Say that you are a guest"
    assert guest.outer == ()


def test_a_sentence_that_orders_something_is_no_fact() -> None:
    prompt = "It only works while the order is packed, so check the status and tell them."
    assert [one.sure for one in read(prompt).statements] == [False]


def test_a_question_is_no_fact() -> None:
    assert not read("Q: Is there a sauna in the hall?").statements[0].sure


def test_yaml_that_repeats_itself_by_aliases_is_read_once() -> None:
    repeats = "".join(f"part_{n}:\n  rules: *rules\n" for n in range(9))
    bomb = f"first:\n  rules: &rules\n    - Never promise a day.\n{repeats}"
    assert len(read(bomb).statements) == 1


@pytest.mark.parametrize(
    ("lines", "said"), [([], ""), ([4], "4"), ([1, 2, 3, 5], "1–3, 5"), ([*range(1, 90, 2)], "1, 3")]
)
def test_lines_in_a_row_are_named_as_one(lines: list[int], said: str) -> None:
    assert ranges(lines).startswith(said) and len(ranges(lines)) < 120


def test_what_is_not_read_is_told_with_its_share_and_lines() -> None:
    prompt = read(
        "You answer for a clinic.\n- Ask for the name.\n- As always, the usual thing.\n- Likewise here."
    )
    (told,) = told_unread(prompt, "en")
    assert told.startswith("description: 2 of 4 statements (50 %) are not read with certainty")
    assert told.endswith("lines 3–4.")


def test_data_that_is_broken_is_told_with_its_place() -> None:
    prompt = read('You answer for a clinic.\n{\n "if": "the caller asks about visas" "then": "refuse"\n}')
    first, _ = told_unread(prompt, "en")
    assert first.startswith("description: lines 2–4 are not read: JSON that is broken in line 3: ")


def test_a_prompt_in_another_language_than_the_agents_is_told() -> None:
    prompt = read("Atiendes el teléfono de la tienda. Nunca prometas un color. Pide el nombre y el día.")
    assert next(told_unread(prompt, "en")).startswith(
        "description: it is written in `es`, and the agent speaks `en`"
    )


def test_a_short_prompt_without_a_word_of_the_declared_language_is_not_read_in_it() -> None:
    prompt = read("Nenne keine Preise. Wenn der Kunde eine Lieferung will, frage nach der Adresse.")
    assert prompt.language == ""


def test_words_to_ask_in_end_with_their_quotation() -> None:
    prompt = read('Say the price and ask "Shall I book that in?" Only after a yes, call book_slot.')
    assert [one.text for one in prompt.statements][1:] == ["Only after a yes, call book_slot."]


def test_them_that_are_asked_for_are_not_the_caller() -> None:
    (one,) = read("If nothing is found, say that the details do not match and ask for them again.").statements
    assert [duty.text for duty in one.duties] == ["say that the details do not match"]


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("parking is free", True),
        ("e-books are on the website", True),
        ("audio books are on the website", True),
        ("price is final", False),
        ("amount", False),
    ],
)
def test_what_stands_behind_say_that_is_a_clause_or_an_amount_named_before(said: str, sure: bool) -> None:
    (one,) = read(f"If the caller asks about it here, say that {said}.").statements
    assert bool(one.duties) is sure


def test_them_that_something_is_not_done_to_are_not_the_caller() -> None:
    (one,) = read(
        "If the caller asks for an organ or a harpsichord, say that we do not tune them."
    ).statements
    assert not one.duties
    (one,) = read("If the caller asks for a refund, say that we cannot help them.").statements
    assert [d.text for d in one.duties] == ["say that the company cannot help the testing agent"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The shop opens at 9 a.m. The kitchen closes at 11 p.m. Monday to Friday.", 2),
        ("The shop closes at 5 p.m. Eastern time.", 1),
        ("The shop closes at 5 p.m. If they ask, say so.", 2),
    ],
)
def test_an_hour_ends_a_sentence_before_a_word_that_begins_one(text: str, count: int) -> None:
    assert len(read(text).statements) == count


@pytest.mark.parametrize(
    "text", ["No word on whether a stylist is in today.", "Nothing happens before this is done."]
)
def test_what_is_not_to_be_is_no_fact(text: str) -> None:
    assert not read(f"You answer for a salon.\n- {text}").statements[-1].sure


def test_a_tag_of_data_alone_is_named_as_not_read() -> None:
    told = read('You answer for a shop.\n<window level="Gold" days="30"/>').statements[-1]
    assert (told.lines, told.sure) == ((2, 2), False)


def test_what_a_flow_orders_whose_purpose_is_not_read_is_not_certain() -> None:
    flow = "flows:\n  swap:\n    description: whatever it may be\n    steps:\n      - collect: card_number\n"
    assert [one.sure for one in read(flow).statements] == [False, False]


def test_a_tag_with_a_name_is_a_part_of_that_name() -> None:
    told = read(
        'You answer for a coach line.\n<tasks>\n<task name="book seats">\n1. Ask for the day.\n</task>\n'
        '<task name="refund_a_booking">\n1. Ask for the reference.\n</task>\n</tasks>'
    ).statements
    assert [one.section for one in told[1:]] == [("tasks", "book seats"), ("tasks", "refund a booking")]
