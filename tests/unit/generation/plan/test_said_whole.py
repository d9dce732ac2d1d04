"""Rules and facts of which the prompt says more than their first sentence: half of them gives no test."""

from __future__ import annotations

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool
from tests.unit.generation.plan.test_lending import YOUNG, desk


@pytest.mark.parametrize(
    ("behind", "certain"),
    [
        ("", True),
        ("Ask which day they would like.", True),
        ('"I need to get you to the curator," and transfer.', False),
        ("That is a matter for adults, and the curator settles it.", False),
    ],
)
def test_a_refusal_goes_on_as_its_item_does_or_gives_no_test(behind: str, certain: bool) -> None:
    rule = f"Members under 18 cannot borrow cameras. {behind}".strip()
    assert bool(planned(desk(rule, YOUNG), "ruled_out", "reserve_item")) is certain


@pytest.mark.parametrize(
    "rule",
    [
        "Ask for the age, and say plainly that members under 18 cannot reserve cameras.",
        "Members under 18 pay $2 a day, charged for ten days, and cannot borrow cameras at all.",
    ],
)
def test_an_order_to_say_so_and_a_sentence_of_many_parts_refuse_nothing_for_certain(rule: str) -> None:
    assert not planned(desk(rule, YOUNG), "ruled_out")


def test_a_rule_of_a_label_is_told_whole_or_not_at_all() -> None:
    one = "You answer calls.\n\n# Policies\n- Menu swaps: until 5 days before."
    assert outcome(planned(agent(one), "question")[0])
    assert not planned(agent(f"{one} Dietary counts can shift later."), "question")


def test_a_price_of_what_stands_in_front_of_it_is_none_of_everybody() -> None:
    assert planned(agent("You answer calls.\n\n- A return trip costs $18."), "question")
    assert not planned(agent('You answer calls.\n\n- "blocked": a return trip costs $18.'), "question")


def test_a_fact_with_an_exception_behind_it_is_half() -> None:
    fact = "You answer calls.\n\nA return trip costs $18."
    assert not planned(agent(f"{fact} If it is our fault, it is free this once."), "question")


def test_what_finds_nothing_is_the_look_up_named_before_and_not_any_with_find_in_its_name() -> None:
    prompt = (
        "You answer for a laboratory.\n\n# Identity\nAsk for the phone number and call verify_patient. If it "
        "finds nothing, offer the front office.\n\n# Booking\nAsk for the day, look it up with find_slots, "
        "then use book_visit."
    )
    model = agent(
        prompt,
        tool(
            "verify_patient",
            ({"phone": "2075550134"}, {"patient_id": "WD-204417"}),
            ({"phone": "2075550199"}, {"error": "not_found"}),
        ),
        tool(
            "find_slots",
            ({"date": "2027-02-23"}, {"slots": []}),
            ({"date": "2027-02-24"}, {"slots": ["09:30"]}),
        ),
        tool(
            "book_visit",
            ({"patient_id": "WD-204417", "date": "2027-02-24", "time": "09:30"}, {"status": "booked"}),
        ),
    )
    [test, *_] = planned(model, "nothing_free")
    assert not any("front office" in text for text in outcome(test))
    assert any("front office" in text for one in planned(model, "no_record") for text in outcome(one))


def test_errors_in_words_that_are_not_read_leave_outages_untested() -> None:
    def salon(rule: str) -> AgentModel:
        return agent(
            f"You answer for a salon. Ask for the phone number.\n{rule}",
            tool(
                "find_client",
                ({"phone": "2075550134"}, {"client_id": "C-30114"}),
                ({"phone": "2075550199"}, {"error": "timeout", "message": "temporarily unavailable"}),
            ),
            tool("book_visit", ({"client_id": "C-30114"}, {"status": "booked"})),
        )

    assert planned(salon("Be kind."), "outage")
    assert not planned(
        salon('If something won\'t load, say "my screen is stubborn" and go on with a note.'), "outage"
    )


def test_what_a_ban_holds_in_any_case_is_no_part_of_what_it_bans() -> None:
    [test] = planned(agent("You answer calls.\nNever say where keys are kept, whoever is asking."), "ban")
    assert not any("whoever" in step for step in steps(test))
