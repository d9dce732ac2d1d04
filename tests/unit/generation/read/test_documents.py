"""Documents become facts with their lines; what is not certain, or not settled, asks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalgen.generation.definition import Document
from evalgen.generation.read.documents import Fact, Knowledge, facts_of, read_documents, reading
from evalgen.generation.read.documents.rules import language_of

FOLDER = Path(__file__).parents[3] / "documents"


def read(text: str, name: str = "a.md", language: str = "en") -> Knowledge:
    return read_documents([Document(1, name, text)], language)


def only(text: str, name: str = "a.md", language: str = "en") -> Fact:
    (fact,) = read(text, name, language).sure
    return fact


def stored(folder: str) -> list[Document]:
    return [
        Document(number, path.name, path.read_text())
        for number, path in enumerate(sorted((FOLDER / folder).iterdir()), 1)
    ]


def asked(knowledge: Knowledge) -> list[str]:
    return [fact.ask for fact in knowledge.asked]


@pytest.mark.parametrize(
    ("row", "ask", "state"),
    [
        ("| Filling | 140 dollars |", "what a filling costs", "state that a filling costs `140 dollars`"),
        ("| Crowns | $90 |", "what crowns cost", "state that crowns cost `$90`"),
        ("| Whitening | free |", "what whitening costs", "state that whitening is `free`"),
        ("| After-hours visit | $1,250.00 |", "what an after-hours visit costs", "`$1,250.00`"),
    ],
)
def test_a_cell_is_asked_for_in_words_that_people_use(row: str, ask: str, state: str) -> None:
    fact = only(f"| Service | Price |\n|---|---|\n{row}")
    assert (fact.ask, fact.line) == (ask, 3)
    assert state in fact.state


@pytest.mark.parametrize(
    "row",
    [
        "| Crown | on request |",
        "| Crown | from 90 dollars |",
        "| Crown | 90 dollars* |",
        "| Crown |  |",
        "| Crown (molar) | 90 dollars |",
        "| Standard | 90 dollars |",
        "| Adults | 90 dollars |",
        "| Crown | 90 dollars |\n| Crown | 95 dollars |",
    ],
)
def test_a_cell_that_is_not_certain_asks_nothing(row: str) -> None:
    assert read(f"| Service | Price |\n|---|---|\n{row}").sure == ()


def test_a_column_that_no_rule_knows_asks_nothing_and_is_kept_with_its_reason() -> None:
    knowledge = read("| Service | Code |\n|---|---|\n| Crown | C-4 |")
    assert [(fact.sure, fact.because, fact.line) for fact in knowledge.facts] == [(False, "column", 3)]


def test_two_columns_of_one_name_ask_nothing() -> None:
    assert read("| Service | Price | Price |\n|---|---|---|\n| Crown | $9 | $8 |").sure == ()


def test_a_qualified_price_keeps_its_qualifier() -> None:
    fact = only("| Service | Weekend price |\n|---|---|\n| Towing | $130 |")
    assert (fact.ask, fact.state) == (
        "what towing costs at the weekend",
        "state that towing costs `$130` at the weekend",
    )


def test_a_unit_in_the_heading_goes_with_the_number() -> None:
    assert only("Service,Duration (minutes)\nExam,40", "a.csv").value == "40 minutes"


def test_plans_side_by_side_are_read_as_rows() -> None:
    knowledge = read(
        "| Plan | Basic | Premium |\n|---|---|---|\n| Price | $10 | $20 |\n| Minimum age | 16 | 18 |"
    )
    assert asked(knowledge) == [
        "what the Basic plan costs",
        "what the minimum age for the Basic plan is",
        "what the Premium plan costs",
        "what the minimum age for the Premium plan is",
    ]


def test_a_csv_without_a_heading_asks_nothing_and_says_so() -> None:
    knowledge = read("Crown,90 dollars\nFilling,140 dollars", "fees.csv")
    assert knowledge.sure == ()
    assert knowledge.warnings == ("fees.csv: no fact in it is read with certainty",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"service": "Crown", "price": "$90"}, {"service": "Filling", "price": "$140"}]'),
        (
            "a.xml",
            "<a><f><service>Crown</service><price>$90</price></f><f><service>Filling</service><price>$140</price></f></a>",
        ),
        ("a.csv", "Service;Price\nCrown;$90\nFilling;$140"),
    ],
)
def test_records_are_rows_in_whatever_form_they_come(name: str, text: str) -> None:
    assert asked(read(text, name)) == ["what a crown costs", "what a filling costs"]


@pytest.mark.parametrize("name", ["a.json", "a.xml"])
def test_broken_data_is_said(name: str) -> None:
    (warning,) = read("{ <", name).warnings
    assert warning.startswith(f"{name}: not read, ")


def test_documents_that_are_too_long_together_are_read_from_their_beginnings_and_data_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [f"| Service {name} | 90 dollars |" for name in ("Alpha", "Bravo", "Charlie", "Delta")]
    table = "\n".join(["| Service | Price |", "|---|---|", *rows])
    data = '[{"service": "Crown", "price": "$90"}, {"service": "Filling", "price": "$140"}]'
    documents = [Document(1, "a.md", table), Document(2, "b.json", data)]
    monkeypatch.setattr(reading, "MOST_CHARACTERS", (len(table) + len(data)) * 3 // 4)
    knowledge = read_documents(documents, "en")
    assert {fact.file for fact in knowledge.sure} == {"a.md"}
    assert 0 < len(knowledge.sure) < len(rows)
    assert [warning.split(",")[0] for warning in knowledge.warnings] == [
        "a.md: only its first 74 % are read",
        "b.json: not read",
    ]
    monkeypatch.setattr(reading, "MOST_CHARACTERS", len(table) + len(data))
    assert read_documents(documents, "en").warnings == ()


def test_facts_beyond_those_that_are_read_of_a_document_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "\n".join(f"| Service {name} | 90 dollars |" for name in ("Alpha", "Bravo", "Charlie"))
    table = f"| Service | Price |\n|---|---|\n{rows}"
    monkeypatch.setattr(reading, "MOST_FACTS", 2)
    knowledge = read(table)
    assert (len(knowledge.facts), knowledge.warnings) == (2, ("a.md: only its first 2 facts are read",))
    monkeypatch.setattr(reading, "MOST_FACTS", 3)
    assert read(table).warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Fees and times\nPayment is due on the day of the visit.",
        "FEES\n\nPayment is due on the day of the visit.",
        "# Fees\nPayment is due on the day of the visit.",
        "**Fees**\nPayment is due on the day of the visit.",
        "Payment is due on the\nday of the visit. Thank you for\nreading all of this to its end.",
    ],
)
def test_a_heading_never_runs_into_a_sentence_and_a_wrapped_line_goes_on(text: str) -> None:
    assert "explain that payment is due on the day of the visit" in [f.state for f in read(text).sure]


@pytest.mark.parametrize(
    "text",
    [
        "Ask us if you need a written estimate.",
        "It costs 19 dollars.",
        "They are not accepted.",
        "Prices vary by weight.",
        "A crown usually costs 90 dollars.",
        "A crown costs 90 dollars and a filling more.",
    ],
)
def test_a_sentence_that_no_rule_accounts_for_wholly_is_left_out(text: str) -> None:
    knowledge = read(text)
    assert knowledge.sure == () and [fact.text for fact in knowledge.facts] == [text]


def test_our_wording_is_turned_into_what_is_so_of_things() -> None:
    fact = only("We do not accept checks.")
    assert (fact.ask, fact.state) == ("whether checks are accepted", "explain that checks are not accepted")


def test_an_addition_to_a_yes_is_not_asserted_and_a_restriction_is() -> None:
    knowledge = read("There is free parking behind the building. Walk-ins are accepted only before 11 AM.")
    assert [fact.state for fact in knowledge.sure] == [
        "explain that there is free parking",
        "explain that walk-ins are accepted only before `11 AM`",
    ]


def test_an_answer_holds_what_was_asked_for_only() -> None:
    text = "Q: How much does a cleaning cost?\nA: A cleaning costs 55 dollars and takes 40 minutes."
    assert only(text).state == "state that a cleaning costs `55 dollars`"


def test_a_pronoun_of_an_answer_is_the_noun_of_its_question() -> None:
    text = "**How long does the tour take?**\nIt takes 90 minutes."
    assert only(text).state == "state that the tour takes `90 minutes`"


def test_a_thing_whose_name_tells_the_answer_is_not_asked_about() -> None:
    assert read("A 30-minute massage takes 30 minutes.").sure == ()


def test_no_question_tells_its_answer() -> None:
    facts = [
        f
        for folder, lang in (("guide", "en"), ("tables", "en"), ("gimnasio", "es"))
        for f in read_documents(stored(folder), lang).sure
    ]
    for fact in facts:
        assert not {n for n in fact.value.split() if any(c.isdigit() for c in n)} & set(fact.ask.split()), (
            fact
        )


def test_documents_that_contradict_each_other_are_told_and_not_asked_about() -> None:
    one = Document(1, "a.md", "| Service | Price |\n|---|---|\n| Crown | $90 |")
    other = Document(2, "b.md", "A crown costs 95 dollars. Payment is due on the day of the visit.")
    knowledge = read_documents([one, other], "en")
    assert asked(knowledge) == ["when payment is due"]
    (warning,) = knowledge.warnings
    assert "a.md line 3" in warning and "b.md line 1" in warning


def test_the_same_price_in_two_spellings_is_no_contradiction() -> None:
    one = Document(1, "a.md", "| Service | Price |\n|---|---|\n| Crown | $90 |")
    other = Document(2, "b.md", "A crown costs 90 dollars.")
    assert read_documents([one, other], "en").contradictions == ()


def test_what_the_prompt_says_otherwise_is_not_asked_about() -> None:
    prompt = Document(
        0, "", "You are the desk of the clinic. A crown costs 95 dollars. You answer the phone."
    )
    document = Document(1, "a.md", "A crown costs 90 dollars. Payment is due on the day of the visit.")
    knowledge = read_documents([document], "en", said_by_prompt=prompt)
    assert asked(knowledge) == ["when payment is due"]
    assert "the prompt line 1" in knowledge.warnings[0]


def test_a_question_with_two_answers_is_left_out() -> None:
    text = "The office is open Monday to Friday from 9 to 5. The office is open on Saturdays from 10 to 2."
    assert read(text).sure == ()


def test_a_label_in_two_sections_speaks_of_neither() -> None:
    assert read("# Harbor\nPhone: 555-0121\n\n# Hillside\nPhone: 555-0122").sure == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Praxis ist montags geschlossen und der Preis für eine Reinigung ist 90 Euro.", ""),
        ("Le cabinet est fermé le lundi et les prix sont affichés dans la salle d'attente.", ""),
        ("A clínica não abre aos domingos, e as consultas são marcadas com uma semana de antecedência.", ""),
        ("La clínica está cerrada los domingos y no hay aparcamiento para los pacientes.", "es"),
        ("The clinic is closed on Sundays, and there is no parking for patients.", "en"),
    ],
)
def test_the_language_of_a_document_is_one_that_is_read_or_none(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Die Praxis ist montags geschlossen und der Preis für eine Reinigung ist 90 Euro.",
            "not written in",
        ),
        ("La clínica está cerrada los domingos y no hay aparcamiento para los pacientes.", "written in `es`"),
    ],
)
def test_a_document_in_another_language_gives_no_facts_and_a_warning(text: str, says: str) -> None:
    knowledge = read(text)
    assert knowledge.facts == ()
    assert says in knowledge.warnings[0]


def test_facts_for_the_ledger_hold_those_left_out_with_their_line() -> None:
    facts = facts_of([Document(1, "a.md", "Payment is due on arrival.\nPrices vary by weight.")], "en")
    assert [(fact.sure, fact.line) for fact in facts] == [(True, 1), (False, 2)]


@pytest.mark.parametrize(
    ("folder", "language", "least"), [("guide", "en", 28), ("tables", "en", 45), ("gimnasio", "es", 37)]
)
def test_the_sets_of_documents_give_as_many_sure_facts(folder: str, language: str, least: int) -> None:
    assert len(read_documents(stored(folder), language).sure) >= least


def test_amounts_that_share_a_verb_are_facts_of_their_own() -> None:
    found = read(
        "Urgent repairs are done within 5 working days, routine repairs within 20 working days."
    ).sure
    assert [fact.ask for fact in found] == [
        "how soon urgent repairs are done",
        "how soon routine repairs are done",
    ]
    assert "`20 working days`" in found[1].state and "`5" not in found[1].state


def test_an_answer_that_says_what_to_do_is_told_to_the_caller() -> None:
    fact = only("**How do I complain?**\nWrite to care@example.org within 28 days. You get an answer.")
    assert fact.ask == "how to complain"
    assert fact.state == "tell the testing agent to write to `care@example.org` within `28 days`"


def test_what_the_prompt_answers_otherwise_is_not_asked() -> None:
    document = [Document(1, "a.md", "The museum is closed on December 25.")]
    prompt = Document(0, "", "You answer for the museum. The museum is closed on Mondays.")
    assert [fact.ask for fact in read_documents(document, "en").sure] == ["when the museum is closed"]
    assert read_documents(document, "en", said_by_prompt=prompt).sure == ()


def test_the_heading_of_a_column_that_people_say_is_asked_for_by_itself() -> None:
    fact = only("| Storage unit | Minimum stay |\n|---|---|\n| Locker | 2 weeks |")
    assert fact.ask == "what the minimum stay for the Locker storage unit is"


def test_a_list_of_prices_has_few_words_to_be_known_by_and_is_read_however_long() -> None:
    services = [
        "tire rotation",
        "wheel balance",
        "oil change",
        "brake check",
        "battery test",
        "bulb change",
    ] * 2
    text = "\n".join(f"A {name} {number} costs ${20 + number}." for number, name in enumerate(services))
    assert len(read(text, "fees.txt").sure) == len(services)


HOURS = """| Day | Office hours | Phone line |
|---|---|---|
| Monday–Friday | 9:00 – 18:00 | 8:00 – 20:00 |
"""


def test_a_table_of_days_says_for_each_column_whose_hours_they_are() -> None:
    found = read(HOURS + "| Sunday | closed | closed |\n").sure
    assert [fact.state for fact in found] == [
        "state that the office hours from Monday to Friday are `9:00 – 18:00`",
        "state that the phone line is open `8:00 – 20:00` from Monday to Friday",
        "state that there are no office hours on Sunday",
        "state that the phone line is `closed` on Sunday",
    ]


@pytest.mark.parametrize(
    ("table", "ask"),
    [
        ("Unit size,Monthly rent\n5x5,$49\n", "what the monthly rent for the 5x5 unit is"),
        ("Item,Price\nMoving box/small,$2\n", ""),
        ('Item,Price\n"Moving box, small",$2\n', "what a small moving box costs"),
        ('Item,Price\n"Box, tape and string",$2\n', ""),
        ("Vehicle,Price\nBoat up to 24 ft,$60\n", "what a boat up to 24 ft costs"),
    ],
)
def test_a_row_is_called_as_people_call_the_thing(table: str, ask: str) -> None:
    assert asked(read(table, "prices.csv")) == ([ask] if ask else [])


def test_what_follows_a_semicolon_may_hold_only_in_the_case_before() -> None:
    text = "Si nadie paga, se envía una carta; si no se paga en quince días, se corta el agua.\n"
    about = "Los recibos se emiten cada tres meses.\n"
    assert asked(read(about + "\n" + text, language="es")) == [
        "cada cuánto se emiten los recibos",
        "qué pasa si nadie paga",
    ]


def test_an_answer_is_asserted_without_what_was_not_asked() -> None:
    text = "**¿Cada cuánto se cambia el contador?**\nCada doce años, sin coste para el cliente.\n"
    assert only(text, language="es").state == "decir que el contador se cambia `cada doce años`"


def test_sentences_behind_a_label_go_on_about_it_until_one_has_its_own_subject() -> None:
    text = (
        "Breakfast: Served from 6:30 to 10:30. It is not included in any rate. The bar is closed on Mondays."
    )
    found = asked(read(f"{text} It is accepted."))
    assert found == [
        "when breakfast is served",
        "whether breakfast is included",
        "when the bar is closed",
    ]
    prices = "Bono de 5 sesiones: 175 euros. Caduca a los 3 meses.\n\nSesión larga: 38 euros, 45 minutos.\n"
    text = f"## Tarifas\n\n{prices}"
    assert [fact.state for fact in read(text, language="es").sure] == [
        "decir que un bono de 5 sesiones cuesta `175 euros`",
        "explicar que un bono de 5 sesiones caduca a los `3 meses`",
        "decir que una sesión larga cuesta `38 euros`",
        "decir que una sesión larga dura `45 minutos`",
    ]


def test_an_order_before_a_colon_is_no_thing() -> None:
    text = "Say the deposit: $100 for local moves. It is refundable until 7 days before the move."
    assert not any("say the deposit" in question for question in asked(read(text)))


def test_rows_below_a_heading_that_some_of_them_repeat_are_such_things() -> None:
    table = "Kennel,Nightly rate\nGarden kennel,$48\nSuite,$70\n"
    assert asked(read(table, "rates.csv")) == [
        "what a garden kennel costs per night",
        "what a suite costs per night",
    ]
    assert asked(read("Grade,Nightly rate\nGarden kennel,$48\n", "rates.csv")) == []


def test_the_hours_of_a_place_stand_behind_its_name_and_a_date_is_none() -> None:
    assert asked(read("Reception: Monday to Friday, 9:00 to 17:00.\n")) == [
        "what the opening hours of the reception are"
    ]
    assert asked(read("Today: Friday, March 13, 2026, 2:00 PM.\n")) == []


def test_half_a_sentence_is_read_where_the_other_half_narrows_nothing_of_it() -> None:
    assert asked(read("Parking costs 5 dollars and is signposted.")) == ["what parking costs"]
    assert asked(read("Parking costs 5 dollars and is for guests only.")) == []


def test_where_something_is_included_belongs_to_the_answer() -> None:
    assert only("Nail trimming is included in every bath.").state == (
        "explain that nail trimming is included in every bath"
    )
    assert only("Breakfast is included in all rates.").state == "explain that breakfast is included"


RENTALS = "RENTALS\n\n{0}\nHybrid bike: 28 pounds a day. 21 gears, rear rack.\n"


@pytest.mark.parametrize(
    ("first", "asks"),
    [
        ("City bike: 22 pounds a day. Seven gears.", ["what a city bike costs", "what a hybrid bike costs"]),
        ("City bike: seven gears.", []),
        ("Minimum order: 22 pounds.", []),
    ],
)
def test_things_with_a_price_behind_them_are_a_price_list_where_there_are_several(
    first: str, asks: list[str]
) -> None:
    knowledge = read(RENTALS.format(first))
    assert asked(knowledge) == asks
    assert [fact.value for fact in knowledge.sure] == ["22 pounds a day", "28 pounds a day"][: len(asks)]


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Pick-up is from 8:30 to 10:00.", []),
        ("Boarding is from 8:30 to 10:00.", ["when boarding is"]),
        ("Lock, lights and pump are included.", []),
        ("The terrace in Mill Lane is heated.", []),
        ("The terrace is heated.", ["whether the terrace is heated"]),
        ("Lock, lights and pump are not included.", ["whether lock, lights and pump are included"]),
    ],
)
def test_what_leans_on_its_heading_or_recites_its_answer_is_not_asked(said: str, asks: list[str]) -> None:
    assert asked(read(f"# Rentals\n\n{said}\n")) == asks


def test_a_name_that_another_document_writes_with_a_capital_begins_no_sentence_in_small_letters() -> None:
    said = "## Can I come by train?\n\nWexmoor station is a short walk away.\n"
    where = Document(2, "b.md", "The house stands at 3 Corn Square, Wexmoor.")
    alone = read_documents([Document(1, "a.md", said)], "en").sure
    beside = read_documents([Document(1, "a.md", said), where], "en").sure
    assert [fact.state for fact in alone] == ["explain that wexmoor station is a short walk away"]
    assert beside[0].state == "explain that Wexmoor station is a short walk away"


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        ("The Mary has a café with hot food. The Anna has a kiosk.", []),
        ("The Mary has a café with hot food. It has no kiosk.", ["whether there is food on board"]),
        ("The Mary has a café with hot food. Cards only.", ["whether there is food on board"]),
    ],
)
def test_an_answer_that_says_the_same_of_something_else_too_has_cases(answer: str, asks: list[str]) -> None:
    assert asked(read(f"### Is there food on board?\n{answer}\n")) == asks


def test_what_something_is_included_in_is_asked_with_it() -> None:
    fact = only("The driver is not included in the vehicle fare.")
    assert fact.ask == "whether the driver is included in the vehicle fare"
