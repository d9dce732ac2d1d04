"""Every rule of reading reads its witnesses, spares its counter-examples, and is what reads them."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.languages import load
from evalgen.generation.read.clauses import Clauses
from evalgen.generation.read.conditions import Conditions
from evalgen.generation.read.duties import Duties
from evalgen.generation.read.kinds import Kinds
from evalgen.generation.read.language import Language
from evalgen.generation.read.rules import Rules
from evalgen.generation.read.situations import Situations
from evalgen.generation.read.tasks import Tasks
from tests.unit.generation.read.witnesses import CODES, frames, language, last, shown

STATEMENTS = [(code, entry) for code in CODES for entry in load(code, "statements")["rule"]]
CONDITIONS = frames("conditions", "answer", "caller", "other")
SITUATIONS = frames("conditions", "situation")
KINDS = frames("conditions", "kind")
CONTACTS = frames("conditions", "contact")
TOLD = frames("duties", "told")
HEADINGS = frames("tasks", "headings")
TOOLS = frozenset({"freeze_card", "check_rooms"})


def _named(value: Any) -> str:
    return str(value["name"]) if isinstance(value, dict) and "name" in value else str(value)[:30]


def _condition(words: Language, text: str, table: str) -> tuple[str, str]:
    read = Conditions(words, TOOLS).read(text)
    gives = {"answer": read.condition.about, "caller": read.condition.move}.get(table, "")
    return read.rule, gives


@pytest.mark.parametrize(("code", "entry"), STATEMENTS, ids=_named)
def test_a_rule_reads_its_witnesses_and_nothing_else_reads_them_the_same(
    code: str, entry: dict[str, Any]
) -> None:
    for prompt, gives in entry["shows"]:
        statement = last(code, prompt)
        assert shown(statement) == gives
        assert shown(last(code, prompt)) != "" and (
            shown(last(code, prompt, entry["name"])) != gives
            or last(code, prompt, entry["name"]).because != statement.because
        )


@pytest.mark.parametrize(("code", "entry"), STATEMENTS, ids=_named)
def test_a_rule_spares_its_counter_examples(code: str, entry: dict[str, Any]) -> None:
    for prompt in entry["spares"]:
        statement = last(code, prompt)
        assert not (statement.sure and statement.because.split(":")[0] == entry["name"]), shown(statement)


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_witnesses_in_a_language_that_has_it(code: str) -> None:
    names = {entry["name"] for entry in load(code, "statements")["rule"]}
    known = Rules(language(code), TOOLS).names
    assert names <= set(known)
    assert code != "en" or names == set(known)


@pytest.mark.parametrize(("code", "table", "entry"), CONDITIONS, ids=_named)
def test_a_condition_is_read_by_its_rule_alone(code: str, table: str, entry: dict[str, Any]) -> None:
    for text, gives in entry["shows"]:
        if not gives and table == "caller":
            continue
        assert _condition(language(code), text, table) == (entry["name"], gives)
        assert _condition(language(code, entry["name"]), text, table) != (entry["name"], gives)
    for text in entry.get("spares", ()):
        assert _condition(language(code), text, table)[0] != entry["name"], text


def _situation(words: Language, label: str) -> str:
    read = Situations(words, Conditions(words, TOOLS)).read(label)
    return read.condition.move if read else ""


@pytest.mark.parametrize(("code", "table", "entry"), KINDS, ids=_named)
def test_what_a_list_of_kinds_names_is_said_by_its_name(code: str, table: str, entry: dict[str, Any]) -> None:
    def said(kind: str) -> str:
        words = language(code)
        return Kinds(words, Conditions(words, TOOLS), Clauses(words, Duties(words, TOOLS))).move(kind)

    for kind, gives in entry["shows"]:
        assert said(kind) == gives
    for kind in entry["spares"]:
        assert not said(kind)


@pytest.mark.parametrize(("code", "table", "entry"), SITUATIONS, ids=_named)
def test_a_label_of_what_people_call_about_is_read_by_its_rule_alone(
    code: str, table: str, entry: dict[str, Any]
) -> None:
    for label, gives in entry["shows"]:
        assert _situation(language(code), label) == gives
        assert _situation(language(code, entry["name"]), label) != gives
    for label in entry["spares"]:
        alone = _situation(language(code, entry["name"]), label)
        assert _situation(language(code), label) == alone, label


@pytest.mark.parametrize(("code", "table", "entry"), CONTACTS, ids=_named)
def test_whom_people_are_sent_to_is_an_order(code: str, table: str, entry: dict[str, Any]) -> None:
    words = language(code)
    for text, gives in entry["shows"]:
        assert Situations(words, Conditions(words, TOOLS)).sent(text) == gives


def test_the_same_address_is_that_of_the_item_before() -> None:
    words = language("en")
    found = Situations(words, Conditions(words, TOOLS))
    assert found.sent("same email address.", "Suppliers: email a@hall.example.").endswith(
        "email a@hall.example"
    )
    assert found.sent("same email address.", "Suppliers: ring us.") == "same email address."


@pytest.mark.parametrize(("code", "table", "entry"), TOLD, ids=_named)
def test_a_duty_is_heard_as_its_rule_says(code: str, table: str, entry: dict[str, Any]) -> None:
    for text, gives in entry["shows"]:
        assert Duties(language(code), TOOLS).told(text) == gives
        assert Duties(language(code, entry["name"]), TOOLS).told(text) != gives
    for text in entry.get("spares", ()):
        told = Duties(language(code), TOOLS).told(text)
        assert told == Duties(language(code, entry["name"]), TOOLS).told(text), told


@pytest.mark.parametrize(("code", "table", "entry"), HEADINGS, ids=_named)
def test_a_heading_that_names_a_task_is_one(code: str, table: str, entry: dict[str, Any]) -> None:
    tasks = Tasks(language(code), TOOLS)
    for title, gives in entry["shows"]:
        assert list(tasks.of_title(title)) == [(gives, entry["asks_to"])]
    for title in entry.get("spares", ()):
        assert list(tasks.of_title(title)) == []
