"""A real call as a scenario that replays it."""

from __future__ import annotations

from evalgen.generation.replay import Call, Turn, replayed

FOUND = {"status": "found", "loan": {"title": "Emma", "fee": 4.5, "new": True}, "copies": 3}
CALL = (
    Turn("agent", "Good morning, town library. How can I help?"),
    Turn("caller", "Hello."),
    Turn("caller", "My loan is L-204, and I am Ana Ruiz."),
    Turn("agent", "One moment, please."),
    Turn(None, call=Call("find_loan", {"loan_number": "l-204", "reader": {"full name": "Ana Ruiz"}}, FOUND)),
    Turn("agent", 'It is "Emma". The fee is 4.5 euros. Shall I renew it?'),
    Turn("caller", "Yes, renew L-204."),
    Turn(None, call=Call("renew", {"loan_number": "L-204"})),
    Turn("agent", "That is done."),
)
TOOLS = {"find_loan": 7}


def test_turns_are_steps_with_what_was_heard_and_values_of_the_profile() -> None:
    draft = replayed(CALL, "en", TOOLS)
    assert draft.instructions.split("\n") == [
        (
            '1. Say "Hello. My loan is {{test_profile.loan_number}}, and I am {{test_profile.full_name}}." '
            'when told or asked "How can I help?"'
        ),
        '2. Say "Yes, renew {{test_profile.loan_number}}." when told or asked "Shall I renew it?"',
        '3. End the call when told or asked "That is done."',
    ]
    assert draft.testing_agent_variables == {"loan_number": "l-204", "full_name": "Ana Ruiz"}
    assert (draft.name, draft.first_message) == ("Replay: Hello.", "")


def test_calls_come_in_their_order_and_tools_answer_what_they_answered() -> None:
    draft = replayed(CALL, "en", TOOLS)
    assert [(one.id, one.tool, one.after) for one in draft.expected_calls] == [
        ("c1", "find_loan", ()),
        ("c2", "renew", ("c1",)),
    ]
    (entry,) = draft.mock_entries
    assert (entry.tool_id, entry.tool_name, entry.output) == (7, "find_loan", FOUND)


def test_what_the_agent_said_of_an_answer_is_stated_and_rests_on_it() -> None:
    draft = replayed(CALL, "en", TOOLS)
    assert draft.expected_outcome.split("\n") == [
        "The main agent should state Emma.",
        "The main agent should state 4.5.",
    ]
    assert [(one.rests_on[0].call, one.rests_on[0].path) for one in draft.assertions] == [
        ("c1", "/loan/title"),
        ("c1", "/loan/fee"),
    ]
    assert {one.caused_by_step for one in draft.assertions} == {1}


def test_a_value_inside_a_word_is_no_value() -> None:
    turns = (
        Turn("caller", "I am Ana, from Anaheim."),
        Turn(None, call=Call("find", {"city": "Ana", "n": 3}, {"city": "heim"})),
        Turn("agent", "Anaheim, 3 of 30."),
    )
    draft = replayed(turns, "en", {})
    assert "{{test_profile.city}}, from Anaheim" in draft.instructions
    assert draft.assertions == ()


def test_the_caller_may_speak_first_and_the_agent_never() -> None:
    draft = replayed((Turn("caller", 'Say "hi" \n to me'),), "es", {})
    assert draft.instructions.split("\n") == [
        "1. Di «Say 'hi' to me» cuando el agente principal haya saludado",
        "2. Termina la llamada",
    ]


def test_the_same_call_has_the_same_key_and_another_one_another() -> None:
    same = {replayed(CALL, "en", tools).key for tools in (TOOLS, {})}
    assert len(same | {replayed(CALL[:-1], "en", TOOLS).key}) == 2
