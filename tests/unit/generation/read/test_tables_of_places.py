"""Tables whose columns are places, days or lengths of a hire, and rows of whatever kind."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import Document
from evalgen.generation.plan.asking import Asking
from evalgen.generation.read.documents import Fact, read_documents

HALLS = "Lessons are held at Northside and at Eastgate. Coaches wait at Northside, buses at Eastgate.\n\n"
HALLS_TABLE = HALLS + "| Item | Northside | Eastgate | Unit | Notes |\n|---|---|---|---|---|\n"
SHOPS = "| Shop | Mon-Fri | Saturday | Sunday |\n|---|---|---|---|\n"


def sure(text: str, name: str = "a.md") -> list[Fact]:
    return list(read_documents([Document(1, name, text)], "en").sure)


def cells(text: str, name: str = "a.md") -> list[tuple[str, str]]:
    return [(fact.ask, fact.state) for fact in sure(text, name) if fact.kind == "cell"]


def test_a_column_headed_by_a_place_is_what_something_costs_there() -> None:
    found = cells(HALLS_TABLE + "| Locker | 3.50 | 2.50 | GBP per visit | |\n")
    state = "state that the locker is `{} pounds` per visit at {}"
    assert found == [
        ("how much the locker is at Northside", state.format("3.50", "Northside")),
        ("how much the locker is at Eastgate", state.format("2.50", "Eastgate")),
    ]


def test_what_costs_the_same_at_all_places_is_asked_for_once_and_without_a_place() -> None:
    table = "| Item | Northside | Eastgate |\n|---|---|---|\n| Locker | £3 | £3 |\n"
    assert cells(HALLS + table) == [("how much the locker is", "state that the locker is `£3`")]


@pytest.mark.parametrize(
    "row",
    ["| Locker | n/a | 2.50 | GBP per visit | |", "| Locker | 3 | 2 | GBP per visit | free for members |"],
)
def test_a_place_without_it_or_with_a_note_that_may_change_it_is_not_asked_about(row: str) -> None:
    table = f"| Item | Northside | Eastgate | Unit | Notes |\n|---|---|---|---|---|\n{row}\n"
    assert "Northside" not in str(cells(HALLS + table))


def test_names_to_which_people_travel_are_no_places_where_things_cost() -> None:
    text = "Boats sail to Helsa and to Orrin. The boat to Helsa is small, the one to Orrin has a bar.\n\n"
    assert cells(text + "| | Helsa | Orrin |\n|---|---|---|\n| Bicycle | £4 | £6 |\n") == []


def test_a_day_in_a_table_of_places_is_when_each_is_open() -> None:
    table = "| Item | Northside | Eastgate | Notes |\n|---|---|---|---|\n"
    row = "| Monday | 10:00-22:00 | closed | Last entry 1 hour before closing |\n"
    assert cells(HALLS + table + row) == [
        ("when Northside is open on Mondays", "state that Northside is open `10:00-22:00` on Mondays"),
        ("when Eastgate is open on Mondays", "state that Eastgate is `closed` on Mondays"),
    ]


def test_columns_of_days_are_when_a_place_is_open_and_its_address_is_no_part_of_its_name() -> None:
    assert cells(f"{SHOPS}| Quayside, 14 Harbour Row | 8:30–18:00 | 10:00–16:00 | closed |\n") == [
        (
            "when the Quayside shop is open from Monday to Friday",
            "state that the Quayside shop is open `8:30–18:00` from Monday to Friday",
        ),
        (
            "when the Quayside shop is open on Saturdays",
            "state that the Quayside shop is open `10:00–16:00` on Saturdays",
        ),
        ("when the Quayside shop is open on Sundays", "state that the Quayside shop is `closed` on Sundays"),
    ]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("| Groups desk | Monday to Friday | 10:00 to 17:00 | |", "`Monday to Friday, 10:00 to 17:00`"),
        ("| Groups desk | Monday to Friday | 10:00 to 17:00 | Closed in August |", ""),
        ("| Groups desk | Monday to Friday | from 10:00 | |", ""),
    ],
)
def test_days_and_hours_of_two_columns_are_one_answer_unless_a_note_may_change_it(
    row: str, state: str
) -> None:
    found = cells(f"| Place | Days | Hours | Remarks |\n|---|---|---|---|\n{row}\n")
    assert [said for _, said in found] == (
        [f"state that the opening hours of the groups desk are {state}"] if state else []
    )


def test_a_hire_is_priced_by_its_length_below_any_heading_that_names_things() -> None:
    heads = "| Tool | Half day | 3 days | Min. hire |\n|---|---|---|---|\n"
    assert [ask for ask, _ in cells(f"{heads}| Trench rammer | $45 | $150 | 4 hours |\n")] == [
        "what a trench rammer costs for half a day",
        "what a trench rammer costs for 3 days",
        "what the minimum hire for a trench rammer is",
    ]


@pytest.mark.parametrize("head", ["Postcode", "Situation", "Age group", "Grade"])
def test_rows_of_what_nobody_calls_about_by_itself_are_left(head: str) -> None:
    assert cells(f"| {head} | Price |\n|---|---|\n| Inner ring | $45 |\n") == []


def test_a_wrong_belief_about_a_cell_is_never_what_a_cell_of_another_kind_says() -> None:
    rows = "| Locker | £3 | £4 | | |\n| Monday | 9:00-17:00 | 8:00-16:00 | | |\n"
    facts = sure(HALLS_TABLE + rows)
    asking = Asking("en", facts, "s")
    hours = (fact for fact in facts if fact.because == "open_at")
    beliefs = [planned[0] for fact in hours if (planned := asking.premise((fact,)))]
    assert beliefs and not any("£" in belief for belief in beliefs)


def test_codes_in_front_of_names_are_not_what_things_are_called() -> None:
    rows = ("AUG-1P,One-person auger,$48,$296", "SDS-1,SDS hammer,not offered,$9")
    table = "\n".join(("Code,Machine,4 hours,Week (5-7 days)", *rows))
    assert [ask for ask, _ in cells(table, "prices.csv")] == [
        "what a one-person auger costs for 4 hours",
        "what a one-person auger costs for a week",
        "what an SDS hammer costs for a week",
    ]


def test_a_row_for_each_place_and_days_is_one_place_with_its_hours() -> None:
    rows = (
        "Depot,Address,Days,Counter opens,Counter closes,Remarks",
        "Mill Lane,4 Mill Lane,Monday to Friday,06:30,16:30,",
        "Mill Lane,4 Mill Lane,Saturday,07:00,12:00,Closed in August",
        "Mill Lane,4 Mill Lane,Sunday,closed,closed,",
    )
    assert cells("\n".join(rows), "hours.csv") == [
        (
            "when the Mill Lane depot is open from Monday to Friday",
            "state that the Mill Lane depot is open `06:30-16:30` from Monday to Friday",
        ),
        (
            "when the Mill Lane depot is open on Sundays",
            "state that the Mill Lane depot is `closed` on Sundays",
        ),
    ]


def test_a_town_has_what_its_columns_are_headed_and_the_file_says_of_what() -> None:
    rows = (
        "routing_key,area,delivery_days,charge_eur,remarks",
        "W12,Newbridge,Tue-Sat,15,",
        "D14,Dundrum Churchtown,Tue,45,",
    )
    facts = sure("\n".join(rows), "delivery-areas.csv")
    assert [(fact.about, fact.ask, fact.state) for fact in facts] == [
        (
            "delivery areas",
            "what the delivery days for Newbridge are",
            "state that the delivery days for Newbridge are `Tue-Sat`",
        ),
        (
            "delivery areas",
            "what the charge for Newbridge is",
            "state that the charge for Newbridge is `15 euros`",
        ),
    ]
    assert sure("\n".join(rows), "2026.csv") == []


def test_a_desk_is_called_by_its_name_and_a_team_is_not_open() -> None:
    rows = (
        "| Delivery desk | 8.30–16.30 |\n| Potting Shed café | 9.30–17.00 |\n| Planting team | 8.00–16.30 |\n"
    )
    assert [ask for ask, _ in cells(f"| Department | Mon–Fri |\n|---|---|\n{rows}")] == [
        "when the delivery desk is open from Monday to Friday",
        "when the Potting Shed café is open from Monday to Friday",
    ]


@pytest.mark.parametrize(
    "row",
    ["| Windlass lost | £18 | |", "| Boat left dirty | £35 | |", "| Windlass | £18 | handed in later |"],
)
def test_what_is_more_than_a_noun_or_has_an_exception_is_not_asked_about(row: str) -> None:
    assert cells(f"| What | Amount | Unless |\n|---|---|---|\n{row}\n") == []


def test_things_in_a_list_are_said_as_one() -> None:
    table = "| Plant | Minimum term |\n|---|---|\n| Perennials, grasses, ferns | 6 months |\n"
    assert cells(table) == [
        (
            "what the minimum term for perennials, grasses and ferns is",
            "state that the minimum term for perennials, grasses and ferns is `6 months`",
        )
    ]


def test_groups_units_seasons_and_the_only_currency_are_said_with_a_price() -> None:
    rows = (
        "Group,Item,Low (20 Mar-21 May),High (17 Jul-31 Aug),Per",
        "Pitches,Grass pitch,21.00,32.00,night",
        "Dogs,Dog bed,4.00,4.00,dog/night",
        "Extras,Cabin,not sold,98.00,night",
    )
    text = "\n".join(rows)
    assert [ask for ask, _ in cells(text, "prices.csv")] == []
    documents = [Document(1, "prices.csv", text), Document(2, "faq.md", "Keys cost £5 each.")]
    found = [(f.ask, f.state) for f in read_documents(documents, "en").sure if f.kind == "cell"]
    asks = "what a {} costs {}"
    costs = "state that a {} costs `{} pounds` {}"
    assert found == [
        (asks.format(item, of), costs.format(item, price, of))
        for item, price, of in (
            ("grass pitch", "21.00", "per night in low season"),
            ("grass pitch", "32.00", "per night in high season"),
            ("dog bed", "4.00", "per dog per night"),
            ("cabin", "98.00", "per night in high season"),
        )
    ]


def test_what_is_open_is_one_that_everybody_knows() -> None:
    heads = "| | Mon-Fri | Saturday | Good to know |\n|---|---|---|---|\n"
    shop = "| Shop | 09:00–12:00 | 08:00–19:00 | bread by 17:00 |\n"
    assert [ask for ask, _ in cells(f"{heads}{shop}| Pool | closed | 09:00–19:00 | adults only |\n")] == [
        "when the shop is open from Monday to Friday",
        "when the shop is open on Saturdays",
    ]


def test_the_hours_of_a_season_are_left_since_it_may_be_over() -> None:
    assert cells("| | 20 Mar – 21 May |\n|---|---|\n| Shop | 09:00–12:00 |\n") == []


def test_times_of_arrival_and_departure_are_asked_for_what_is_let() -> None:
    table = "| | Arrive from | Leave by |\n|---|---|---|\n| Pod | 16:00 | 10:00 |\n"
    arrival = "state that arrival for a pod is possible from `16:00`"
    assert cells(table) == [
        ("from what time arrival is possible for a pod", arrival),
        ("by what time a pod has to be left", "state that a pod has to be left by `10:00`"),
    ]


def test_a_table_whose_rows_are_told_by_several_columns_is_left() -> None:
    rows = "| Garage | flex | $24 |\n| Garage | saver | $20 |\n| Oversize | office | $22 |\n"
    assert cells(f"| Lot | Rate | Price |\n|---|---|---|\n{rows}") == []


def test_the_first_and_the_last_of_a_day_are_asked_for_by_their_stop() -> None:
    table = "| Stop | First bus | Last bus |\n|---|---|---|\n| E1 (gate) | 4:00 a.m. | as D1 |\n"
    assert cells(table) == [
        (
            "when the first bus for the E1 stop is",
            "state that the first bus for the E1 stop is at `4:00 a.m.`",
        )
    ]
