"""The ledger of a job: what there is to test, which slots test it, and why the rest is not tested."""

from __future__ import annotations

from evalgen.generation.ledger import Ledger, summary_of, without
from evalgen.generation.plan.report import MOST_TEXT, ledger_of
from evalgen.generation.plan.test import Source
from evalgen.generation.read.statement import Prompt, Statement, StatementKind


def statement(name: str, kind: StatementKind, *, sure: bool = True) -> Statement:
    return Statement(name, (int(name[1:]), int(name[1:])), f"Text of {name}." * 20, (), kind, "rule", sure)


PROMPT = Prompt(
    "en",
    (
        statement("s1", "identity"),
        statement("s2", "ban"),
        statement("s3", "order"),
        statement("s4", "unread", sure=False),
        statement("s5", "case"),
    ),
    (),
)


def rows(ledger: Ledger) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(entry.id, entry.status, entry.slots) for entry in ledger.entries]


def test_every_statement_and_answer_stands_once_with_its_slots_or_why_it_has_none() -> None:
    ledger = ledger_of(PROMPT, ["find:empty"], [["s2", "find:error", "s2"], ["s2"]], [["s3"], ["s2"]])
    assert rows(ledger) == [
        ("s1", "not_testable", ()),
        ("s2", "covered", (0, 1)),
        ("s3", "not_yet", ()),
        ("s4", "out_of_reach", ()),
        ("s5", "out_of_reach", ()),
        ("find:empty", "out_of_reach", ()),
        ("find:error", "covered", (0,)),
    ]
    assert [bool(entry.why) for entry in ledger.entries] == [True, False, False, True, True, True, False]
    assert max(len(entry.text) for entry in ledger.entries) == MOST_TEXT


def test_what_a_failed_slot_covered_is_open_again() -> None:
    ledger = without(ledger_of(PROMPT, [], [["s2"]], []), {0})
    assert rows(ledger)[1] == ("s2", "not_yet", ())
    assert summary_of(ledger)["statements_covered"] == 0
    assert summary_of(ledger)["uncovered_lines"] == [2, 3, 4, 5]


def test_the_estimate_counts_the_further_tests_that_add_something() -> None:
    assert ledger_of(PROMPT, [], [["s2"]], [["s2"], ["s3"], ["s3"], ["s5", "s3"]]).more == 2
    assert ledger_of(PROMPT, [], [["s2", "s3", "s5"]], [["s3"], ["s5"]]).more == 0


def test_facts_stand_with_their_file_and_line() -> None:
    class Fact(Source):
        id = "f1"
        sure = True

    ledger = ledger_of(Prompt("en", (), ()), [], [["f1"]], [], [Fact("fees.md", 8, "Filling | 140")])
    (entry,) = ledger.entries
    assert (entry.about, entry.kind, entry.line, entry.slots) == ("fact", "fees.md", 8, (0,))
