"""Every sentence becomes one statement: its kind, what triggers it, what it is nested in, its limits."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.reading.blocks import blocks_of
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.limits import limits_of
from evalgen.reading.statements import Statement, statements_of
from tests.agents_on_disk import FOLDERS, definition_of

ENGLISH = lexicon_of("en")
FLOORS = {"en": (0.90, 0.95), "es": (0.90, 0.95)}
"""The shares of kinds and of splits that were right (en 0.93, 0.98; es 0.95, 1.0), and a little less."""


def read(prompt: str, *tools: str) -> list[Statement]:
    return statements_of(blocks_of(prompt), tools, ENGLISH)


def of_agent(name: str) -> list[Statement]:
    agent = definition_of(name)
    return statements_of(
        blocks_of(agent.description), [t.name for t in agent.tools], lexicon_of(agent.language)
    )


def labelled(language: str) -> list[dict[str, Any]]:
    path = Path(__file__).with_name(f"labelled.{language}.toml")
    return list(tomllib.loads(path.read_text("utf-8"))["statement"])


@pytest.mark.parametrize("language", FLOORS)
def test_kinds_and_splits_of_the_labelled_set_are_as_right_as_they_were(language: str) -> None:
    wrong: dict[str, list[str]] = {"kind": [], "split": []}
    rows = labelled(language)
    for row in rows:
        (found,) = statements_of(blocks_of(row["text"]), (), lexicon_of(language))
        if found.kind != row["kind"]:
            wrong["kind"].append(f"{row['text']} — {found.kind}, not {row['kind']}")
        if (found.trigger, found.consequence) != (row.get("trigger", ""), row.get("consequence", "")):
            wrong["split"].append(f"{row['text']} — {found.trigger!r} → {found.consequence!r}")
    kinds, splits = FLOORS[language]
    assert len(wrong["kind"]) <= (1 - kinds) * len(rows), wrong["kind"]
    assert len(wrong["split"]) <= (1 - splits) * len(rows), wrong["split"]


@pytest.mark.parametrize(
    ("prompt", "outer"),
    [
        ("- If the caller is late:\n    - Nobody waits: close the file.", "the caller is late"),
        ("- Late callers:\n    - Nobody waits: close the file.", "Late callers"),
        ("- Prices:\n    - A seat is 5 euros.\n- Nobody waits: close the file.", ""),
        (
            "- If the caller is late:\n    - Ask why.\n        - Nobody waits: close the file.",
            "the caller is late",
        ),
        ("- If the caller is late:\n- Nobody waits: close the file.", ""),
        (
            "- If the caller is late: ask why.\n    - Nobody waits: close the file.",
            "the caller is late",
        ),
        ("- If the caller is late: ask why. Then wait.\n    - Nobody waits: close the file.", ""),
    ],
)  # fmt: skip
def test_a_nested_condition_knows_the_one_around_it(prompt: str, outer: str) -> None:
    inner = read(prompt)[-1]
    assert (inner.trigger, inner.consequence, inner.outer) == ("Nobody waits", "close the file", outer)


def test_the_duty_of_a_condition_is_its_consequence_and_of_others_the_whole_sentence() -> None:
    condition, plain = read("If nobody answers, hang up.\n\nNever shout.")
    assert (condition.duty, plain.duty) == ("hang up", "Never shout.")


def test_a_sentence_names_its_tools_and_else_those_of_its_block() -> None:
    first, second, third = read("Call find_dog. Read the list.\n\nCall find_cat.", "find_dog", "find_cat")
    assert (first.tools, second.tools, third.tools) == (("find_dog",), ("find_dog",), ("find_cat",))


def test_a_sentence_that_stands_twice_is_one_statement() -> None:
    assert [s.text for s in read("Never shout.\n\n# Again\n- Never shout.\n- Ask.")] == [
        "Never shout.",
        "Ask.",
    ]


@pytest.mark.parametrize("name", FOLDERS)
def test_edits_elsewhere_leave_the_id_of_a_statement(name: str) -> None:
    agent = definition_of(name)
    names = [t.name for t in agent.tools]
    edited = f"# Something new\nNever whistle.\n\n{agent.description}\n\nAsk for the shoe size."
    before = {s.id for s in of_agent(name)}
    after = {s.id for s in statements_of(blocks_of(edited), names, lexicon_of(agent.language))}
    assert before < after
    assert len(after) == len(before) + 2


@pytest.mark.parametrize("name", FOLDERS)
def test_every_statement_stands_in_the_lines_that_it_names(name: str) -> None:
    lines = definition_of(name).description.split("\n")
    for statement in of_agent(name):
        first, last = statement.lines
        there = re.sub(r"\W+", " ", " ".join(lines[first - 1 : last]))
        words = re.sub(r"\W+", " ", re.sub(r"^If [^:]+: ", "", statement.text)).split()
        assert " ".join(words[:4]) in there, statement


@pytest.mark.parametrize("name", FOLDERS)
def test_trigger_and_consequence_are_parts_of_their_sentence(name: str) -> None:
    for statement in of_agent(name):
        assert statement.trigger in statement.text
        assert statement.consequence in statement.text
        assert bool(statement.trigger) >= bool(statement.consequence)


@given(
    st.text(st.sampled_from("If you, never ask: the caller until 5 - é\n\"“”(){}[]#*.;→<>`'"), max_size=200)
)
def test_any_text_is_read_into_statements_with_words_and_distinct_ids(text: str) -> None:
    found = read(text)
    assert len({s.id for s in found}) == len(found)
    assert all(any(c.isalpha() for c in s.text) for s in found)


LOWER = {"above", "more than", "over", "longer than", "exceeds", "at least", "a minimum of"}
UPPER = {"at most", "within", "up to", "no more than", "under", "less than", "fewer than", "a maximum of"}


@pytest.mark.parametrize("comparator", sorted(LOWER | UPPER))
def test_a_limit_has_a_side_by_its_comparator(comparator: str) -> None:
    (limit,) = limits_of(f"The stay is {comparator} 14 days here.", ENGLISH)
    assert (limit.side == "at_most") == (comparator in UPPER)
    assert (limit.value, limit.unit, limit.money) == (14, "days", False)


@pytest.mark.parametrize(
    ("text", "value", "unit", "money"),
    [
        ("at most three slots", 3, "slots", False),
        ("up to 1,200.50 dollars", 1200.5, "dollars", True),
        ("above €40", 40, "", True),
        ("over 3.5 tonnes", 3.5, "tonnes", False),
        ("at most 20% of the price", 20, "%", False),
        ("within the 30 days", 30, "days", False),
        ("within two business days", 2, "days", False),
    ],
)
def test_a_limit_has_value_unit_and_whether_it_is_money(
    text: str, value: float, unit: str, money: bool
) -> None:
    (limit,) = limits_of(f"It is fine {text}", ENGLISH)
    assert (limit.value, limit.unit, limit.money) == (value, unit, money)


def test_limits_come_in_the_order_of_the_sentence_and_plain_numbers_are_none() -> None:
    text = "A plan of 3 parts runs for at most 12 months, with at least 10 pounds each month of 2026."
    assert [limit.value for limit in limits_of(text, ENGLISH)] == [12, 10]


@pytest.mark.parametrize(
    ("text", "sides"),
    [("It takes two minutes 30 seconds.", []), ("It takes at least 5 days.", ["at_least"])],
)
def test_a_limit_is_at_most_or_at_least(text: str, sides: list[str]) -> None:
    assert [limit.side for limit in limits_of(text, ENGLISH)] == sides
