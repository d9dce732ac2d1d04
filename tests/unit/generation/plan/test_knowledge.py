"""Tests about documents: played as people ask, asserted as the document says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from evalgen.extraction import text_of
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.languages import load
from evalgen.generation.plan.asking import Asking
from evalgen.generation.plan.in_context import with_files
from evalgen.generation.plan.knowledge import knowledge_of, knowledge_tests
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_tests
from evalgen.generation.read.model import read_agent
from tests.agents_on_disk import definition_of
from tests.unit.extraction.drawing import page, rule, text_at
from tests.unit.generation.plan.agents import tool

FOLDER = Path(__file__).parents[3] / "documents"
SETS = [("guide", "en"), ("tables", "en"), ("gimnasio", "es")]


def agent(folder: str, language: str, prompt: str = "") -> AgentDefinition:
    documents = tuple(
        Document(number, path.name, path.read_text())
        for number, path in enumerate(sorted((FOLDER / folder).iterdir()), 1)
    )
    return AgentDefinition("Desk", language, prompt, documents=documents)


def about(text: str, prompt: str = "", name: str = "a.md") -> AgentDefinition:
    return AgentDefinition("Desk", "en", prompt, documents=(Document(1, name, text),))


def brief(*languages: str, seed: str = "s", documents: tuple[int, ...] = ()) -> Brief:
    personalities = tuple(Personality(n, "plain", language) for n, language in enumerate(languages, 1))
    return Brief(20, seed, personalities, "knowledge_base", knowledge_base=documents)


def planned(definition: AgentDefinition, asked: Brief | None = None) -> list[Test]:
    return list(knowledge_tests(read_agent(definition), asked or brief(definition.language)))


def of_kind(tests: list[Test], kind: str) -> list[Test]:
    return [test for test in of_their_own(tests) if kind in test.tags]


def of_their_own(tests: list[Test]) -> list[Test]:
    """Those that ask for something that none before them has asked for."""
    return [test for test in tests if "again" not in test.tags]


@pytest.mark.parametrize(("folder", "language"), SETS)
def test_a_document_of_two_pages_gives_twenty_tests_that_differ(folder: str, language: str) -> None:
    own = of_their_own(planned(agent(folder, language)))
    assert len(own) >= 20
    assert len({test.key for test in own}) == len(own)
    assert len({tuple(step.action for step in test.steps) for test in own}) == len(own)


@pytest.mark.parametrize(("folder", "language"), SETS)
def test_every_test_asks_at_the_opening_then_at_the_answer_and_ends(folder: str, language: str) -> None:
    for test in planned(agent(folder, language)):
        moments = [step.moment for step in test.steps]
        assert 3 <= len(test.steps) <= 6, test.key
        assert moments[0].kind == "opening" and all(m.kind == "told" and m.what for m in moments[1:])
        assert [step.last for step in test.steps] == [False] * (len(moments) - 1) + [True]
        assert [a.caused_by_step for a in test.assertions] == list(range(1, len(moments)))


@pytest.mark.parametrize(("folder", "language"), SETS)
def test_every_assertion_rests_on_a_line_of_a_document(folder: str, language: str) -> None:
    definition = agent(folder, language)
    lines = {document.file_name: document.text.splitlines() for document in definition.documents}
    opening = {"en": "The main agent should ", "es": "El agente principal debe "}[language]
    for test in planned(definition):
        for assertion in test.assertions:
            assert assertion.text.startswith(opening) and assertion.text.endswith(".")
            for ground in assertion.rests_on:
                assert ground.lines is not None
                first = ground.lines[0] - 1
                line = " ".join(lines[ground.document][first : first + 2])
                if len(assertion.rests_on) > 1:
                    continue
                for value in re.findall(r"`([^`]*)`", assertion.text):
                    assert all(number in line for number in re.findall(r"\d+", value)), (value, line)
        assert {(s.file, s.line) for s in test.sources} == {
            (g.document, g.lines[0]) for a in test.assertions for g in a.rests_on if g.lines
        }


def test_the_same_of_another_row_is_a_variation_and_says_so() -> None:
    table = "| Treatment | Price |\n| --- | --- |\n| Whitening | 250 dollars |\n| Crown | 900 dollars |\n"
    premises = of_kind(planned(about(table, name="fees.md")), "premise")
    assert [bool(test.variation_of) for test in premises] == [False, True]
    assert premises[1].variation_of == premises[0].key
    assert premises[1].aim.endswith("(variation 1)")


@pytest.mark.parametrize(("folder", "language"), SETS)
def test_every_fact_is_asked_for_before_any_is_asked_for_in_other_company(folder: str, language: str) -> None:
    definition = agent(folder, language)
    own = of_their_own(planned(definition))
    asked = knowledge_of(definition, brief(language), language).asked
    assert {fact.id for fact in asked} <= {covered for test in own for covered in test.covers}


def test_steps_never_hold_a_value_that_is_asked_for() -> None:
    for test in planned(agent("tables", "en")):
        said = " ".join(step.action for step in test.steps)
        for value in re.findall(r"`(\$[^`]*)`", " ".join(a.text for a in test.assertions)):
            assert value not in said.split(), test.key


def test_a_wrong_belief_holds_a_value_that_no_document_has_and_is_corrected() -> None:
    definition = about("A crown costs 90 dollars. A filling costs 70 dollars. Payment is due on arrival.")
    beliefs = of_kind(planned(definition), "premise")
    assert len(beliefs) == 2
    for test in beliefs:
        heard = re.findall(r"\d+", test.steps[0].action)
        assert test.steps[0].action.startswith("Say that you heard a ")
        assert not {"90", "70"} & set(heard)
        assert test.assertions[0].text.endswith(f"dollars`, not {heard[0]} dollars.")


def test_a_limit_is_asked_about_from_both_sides() -> None:
    (test,) = of_kind(planned(about("Each member may borrow up to six books at a time.")), "limit")
    assert [step.action for step in test.steps] == [
        "Ask whether each member may borrow five books at a time",
        "Ask whether each member may borrow seven books at a time",
        "End the call",
    ]
    assert [assertion.text for assertion in test.assertions] == [
        "The main agent should confirm that each member may borrow five books at a time.",
        "The main agent should state that each member may borrow no more than `six books` at a time.",
    ]


def test_a_limit_of_one_has_no_other_side_to_ask_about() -> None:
    assert of_kind(planned(about("Each member may bring up to one guest.")), "limit") == []


def test_two_cells_of_a_column_are_compared_by_how_much_one_is_more() -> None:
    table = "| Plan | Price |\n|---|---|\n| Basic | 90 dollars |\n| Premium | 140 dollars |"
    (test,) = of_kind(planned(about(table)), "compare")
    assert test.steps[0].action == "Ask how much more the Premium plan costs than the Basic plan"
    assert test.assertions[0].text == (
        "The main agent should state that the Premium plan costs `50 dollars` more than the Basic plan."
    )
    assert [ground.lines for ground in test.assertions[0].rests_on] == [(3, 3), (4, 4)]


@pytest.mark.parametrize(
    "table",
    [
        "| Service | Price |\n|---|---|\n| Crown | 90 dollars |\n| Filling | 140 dollars |",
        "| Plan | Waiting time |\n|---|---|\n| Basic | two weeks |\n| Premium | three days |",
        "| Plan | Price |\n|---|---|\n| Basic | 90 dollars |\n| Premium | 90 dollars |",
    ],
)
def test_what_nobody_chooses_between_or_is_no_difference_is_not_compared(table: str) -> None:
    assert of_kind(planned(about(table)), "compare") == []


def test_the_first_tests_of_a_table_ask_for_other_columns_and_the_rest_for_the_same_of_other_rows() -> None:
    rows = "".join(
        f"| {name} | {10 * n} dollars | {5 * n} dollars | {n} weeks |\n" for n, name in enumerate("ABCDE", 2)
    )
    table = f"| Size | Price | Deposit | Minimum stay |\n|---|---|---|---|\n{rows}"
    found = of_kind(planned(about(table)), "table")
    words = [
        frozenset(re.findall("costs|deposit|minimum stay", " ".join(step.action for step in test.steps)))
        for test in found
    ]
    assert len(set(words[:2])) == 2 and frozenset[str]().union(*words[:2]) == frozenset.union(*words)
    assert [bool(test.variation_of) for test in found] == [False, False, *[True] * (len(found) - 2)]


IDENTIFIED = "You answer for a landlord. \nToday is {{today}}.\n\n- Call verify_resident."


def test_who_is_calling_is_answered_where_the_agent_identifies_first() -> None:
    find = tool("verify_resident", ({"phone": "2025550101"}, {"found": True, "resident_id": "r-1"}))
    documents = (Document(1, "a.md", "A key costs 18 dollars."),)
    one, *_ = planned(AgentDefinition("Desk", "en", IDENTIFIED, (find,), documents=documents))
    assert [step.moment.standing for step in one.steps] == [False, True, False]
    assert one.profile["phone"] == "2025550101"
    assert [call.tool for call in one.calls] == ["verify_resident"]
    assert "today" in one.variables


PROMPT = "You answer calls for the clinic. If the answer is not in the documents, say that you do not know."


def test_a_question_without_an_answer_is_asked_only_where_the_prompt_says_what_to_do() -> None:
    text = "Payment is due on arrival. A crown costs 90 dollars."
    assert of_kind(planned(about(text)), "unanswered") == []
    test = of_kind(planned(about(text, PROMPT)), "unanswered")[0]
    assert test.assertions[
        -1
    ].text == "The main agent should state that it does not have that information." or (
        test.assertions[-1].text == "The main agent should say that it does not have that information."
    )
    assert test.assertions[-1].rests_on[0].lines == (1, 1)


def test_what_a_document_has_a_word_of_counts_as_answered() -> None:
    text = "Payment is due on arrival. Students pay half; gift cards, bikes, points, charging: for members."
    assert of_kind(planned(about(text, PROMPT)), "unanswered") == []


def test_a_smaller_job_has_the_first_tests_of_a_larger_one() -> None:
    definition = agent("guide", "en")
    few = list(islice(knowledge_tests(read_agent(definition), brief("en")), 5))
    assert few == planned(definition)[:5]


def test_another_seed_gives_another_order() -> None:
    definition = agent("guide", "en")
    one, other = (planned(definition, brief("en", seed=seed)) for seed in ("one", "two"))
    assert [t.key for t in one] != [t.key for t in other]
    assert {t.key for t in of_kind(one, "fact")} == {t.key for t in of_kind(other, "fact")}


def test_only_the_documents_that_are_named_are_drawn_on() -> None:
    definition = agent("tables", "en")
    chosen = planned(definition, brief("en", documents=(2,)))
    assert {source.file for test in chosen for source in test.sources} == {definition.documents[1].file_name}


def test_each_slot_is_in_its_language_and_a_language_without_documents_ends_the_job() -> None:
    both = AgentDefinition(
        "Desk", "en", "", documents=(*agent("guide", "en").documents, *agent("gimnasio", "es").documents)
    )
    tests = list(islice(knowledge_tests(read_agent(both), brief("en", "es")), 6))
    assert [test.language for test in tests] == ["en", "es"] * 3
    assert all(test.told_in == test.language for test in tests)
    assert planned(agent("guide", "en"), brief("fr")) == []
    assert len(planned(agent("guide", "en"), brief("en", "es"))) == 1


def test_a_table_in_a_pdf_gives_the_tests_that_it_gives_as_markdown() -> None:
    rows = [
        ("Service", "Price", "Waiting time"),
        ("Cleaning", "90 dollars", ""),
        ("Whitening", "250 dollars", "two weeks"),
        ("Crown", "", "five weeks"),
        ("Filling", "140 dollars", "three days"),
    ]
    xs, top = (80, 200, 300), 700
    drawn = [
        text_at(x, top - 20 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip(xs, row, strict=True)
        if cell
    ]
    drawn += [rule(75, top + 12 - 20 * n, 400, top + 12 - 20 * n) for n in range(6)]
    drawn += [rule(x, top - 88, x, top + 12) for x in (75, 195, 295, 400)]
    markdown = "\n".join(["| " + " | ".join(row) + " |" for row in (rows[0], ("---",) * 3, *rows[1:])])
    from_pdf = planned(about(text_of("pdf", page(*drawn)), name="fees.md"))
    from_markdown = planned(about(markdown, name="fees.md"))
    outcomes = [
        sorted(a.text for t in of_their_own(tests) for a in t.assertions)
        for tests in (from_pdf, from_markdown)
    ]
    assert len(of_kind(from_pdf, "table")) == len(of_kind(from_markdown, "table")) == 3
    assert set(outcomes[0]) == set(outcomes[1])


def test_a_name_leaves_out_the_second_question_where_there_is_no_room_for_it() -> None:
    long = "- A photo permit for the whole of the northern gallery costs $5.\n- A plain day ticket costs $9."
    names = [test.aim for test in planned(about(long)) if "fact" in test.tags]
    assert names and all(len(name) <= 80 for name in names)


def test_the_facts_beside_a_question_are_asked_by_turns() -> None:
    text = "\n\n".join(
        f"A {noun} costs {price} dollars." for noun, price in (("map", 20), ("pin", 30), ("mug", 44))
    )
    first, *others = facts = knowledge_of(about(text), brief("en"), "en").sure
    asking = Asking("en", facts, "s")
    beside = [asking.beside(first) for _ in range(4)]
    assert {one.id for one in beside[:2] if one} == {one.id for one in others}
    assert beside[2:] == beside[:2]
    asking.note(others[:1])
    assert asking.beside(first) == others[1]


@pytest.mark.parametrize(
    ("tail", "within", "beyond"), [("after the order", 13, 15), ("before the visit", 21, 7)]
)
def test_a_deadline_is_kept_by_what_is_early_and_missed_by_what_is_late(
    tail: str, within: int, beyond: int
) -> None:
    (test,) = of_kind(planned(about(f"You can cancel your contract up to 14 days {tail}.")), "limit")
    kept, missed = (one.text for one in test.assertions)
    assert kept.endswith(f"confirm that the testing agent can cancel their contract {within} days {tail}.")
    assert f"{beyond} days {tail}" in test.steps[1].action
    assert "`14 days`" in missed


def in_context(definition: AgentDefinition, asked: Brief, taken: Collection[str] = ()) -> Iterator[Test]:
    model = read_agent(definition)
    return with_files(workflow_tests(model, asked, taken), model, asked, taken)


def test_files_of_a_workflow_request_are_asked_about_by_turns_with_the_agents_own_tests() -> None:
    hotel, workflow = definition_of("prose_hotel"), replace(brief("en"), scenario_type="workflow")
    own = [test.key for test in in_context(hotel, workflow)]
    files = tuple(replace(one, id=-one.id) for one in agent("tables", "en").documents)
    drawing = replace(workflow, context=files)
    found = [test.key for test in in_context(hotel, drawing)]
    assert found[0::2][:5] == own[:5]
    assert [key for key in found if not key.startswith("knowledge:")] == own
    assert all(key.startswith("knowledge:") for key in found[1::2][:5])
    less = in_context(hotel, drawing, taken=found[:2])
    assert [test.key for test in islice(less, 2)] == found[2:4]


def test_what_an_agents_own_document_has_a_word_of_is_no_open_question_of_a_file() -> None:
    file = Document(-1, "b.md", "Payment is due on arrival. A crown costs 90 dollars.")
    asked = replace(brief("en"), scenario_type="workflow", context=(file,))

    def open_questions(text: str) -> list[str]:
        return [test.key for test in in_context(about(text, PROMPT), asked) if "unanswered" in test.key]

    assert open_questions("Closed.")
    topics = load("en", "knowledge")["unanswered"]["topic"]
    assert not open_questions(" ".join(topic["words"][0] for topic in topics))


@pytest.mark.parametrize(("folder", "language"), SETS)
def test_renamed_documents_give_the_same_tests(folder: str, language: str) -> None:
    before = agent(folder, language)
    renamed = tuple(
        replace(one, id=one.id + 9, file_name=f"new-{number}-{one.file_name}")
        for number, one in enumerate(before.documents)
    )
    keys = [test.key for test in planned(before)]
    assert [test.key for test in planned(replace(before, documents=renamed))] == keys


def test_a_fact_stays_the_same_when_something_else_in_its_document_changes() -> None:
    text = "A crown costs 90 dollars."
    keys = {test.covers for test in planned(about(text))}
    assert keys <= {test.covers for test in planned(about(f"We are open late.\n\n{text}"))}


def test_a_document_with_one_fact_is_asked_about() -> None:
    brief = Brief(5, "seed", (Personality(1, "p", "en"),))
    model = read_agent(about("Delivery costs 4 dollars."))
    first = next(knowledge_tests(model, brief))
    assert [step.action for step in first.steps] == [
        "Ask what delivery costs",
        "Give {{test_profile.full_name}}",
        "End the call",
    ]


def test_a_wrong_belief_may_be_what_the_table_says_of_another_row() -> None:
    table = "| Office | Address |\n|---|---|\n| North | 3 Mill Street |\n| South | 22 River Road |\n"
    beliefs = [test.steps[0].action for test in of_kind(planned(about(table)), "premise")]
    assert (
        "Say that you heard the address of the North office is 22 River Road, and ask whether that is right"
        in beliefs
    )


VERIFYING = """# Verifying tenants
1. {first}
2. Call find_tenant with the unit number.
"""


@pytest.mark.parametrize(
    ("first", "told"),
    [("Greet the caller.", True), ("Before you talk about any account, ask for the unit number.", False)],
)
def test_who_is_calling_is_told_only_where_every_caller_is_looked_up(first: str, told: bool) -> None:
    found = {"tenant_id": "tn_1", "last_name": "Okonkwo"}
    definition = replace(
        about("Parking costs $5. The gate is open from 6 AM to 10 PM.", VERIFYING.format(first=first)),
        tools=(tool("find_tenant", ({"unit_number": "B214"}, found)),),
    )
    (test, *_) = planned(definition)
    assert any("unit_number" in step.action for step in test.steps) == told


def test_prices_by_size_are_asked_for_with_it_unless_all_sizes_cost_the_same_or_nothing() -> None:
    table = (
        "Service,Unit,Under 25 lb ($),50 lb and up ($),Notes\n"
        "Full groom,each,75,110,\nNail trim,each,18,18,ask us\n"
        "Late fee - SUNDAY,per stay,5,6,\nFirst visit,once,0,0,\n"
    )
    definition = about(table, name="prices.csv")
    sure = knowledge_of(definition, brief("en"), "en").sure
    assert {(fact.ask, fact.value) for fact in sure} == {
        ("what a full groom costs for under 25 lb", "75 dollars"),
        ("what a full groom costs for 50 lb and up", "110 dollars"),
        ("what a nail trim costs", "18 dollars"),
    }


def test_a_word_below_types_is_the_kind_of_a_thing_that_is_not_named() -> None:
    table = "| Type | Deposit |\n| --- | --- |\n| City | 100 dollars |\n| Cargo bike | 300 dollars |\n"
    sure = knowledge_of(about(table, name="rental.md"), brief("en"), "en").sure
    assert ["cargo bike" in fact.ask for fact in sure] == [True]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", True),
        ("General questions and opening hours need no identification.", False),
        ("General questions are answered from the documents. No identification is needed for them.", False),
    ],
)
def test_nobody_says_who_they_are_where_the_prompt_answers_anybody(said: str, told: bool) -> None:
    found = {"tenant_id": "tn_1", "last_name": "Okonkwo"}
    first = "Greet the caller. Ask for the unit number first."
    definition = replace(
        about(
            "Parking costs $5. The gate is open from 6 AM to 10 PM.",
            VERIFYING.format(first=f"{first} {said}"),
        ),
        tools=(tool("find_tenant", ({"unit_number": "B214"}, found)),),
    )
    (test, *_) = planned(definition)
    assert any("unit_number" in step.action for step in test.steps) == told
