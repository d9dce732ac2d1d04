"""What prompts say of facts that do not agree, of another try, and of the second failure."""

from __future__ import annotations

import pytest

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import read_agent
from evalgen.generation.read.statement import Statement


def _of(*sentences: str, language: str = "en", mark: str = "- ") -> list[Statement]:
    rules = {"en": "# Identify the caller", "es": "# Identificar al cliente"}[language]
    who = {"en": "You take calls of customers. The caller", "es": "Atiendes a clientes. El cliente"}[language]
    prompt = f"{who} X.\n\n{rules}\n" + "\n".join(f"{mark}{sentence}" for sentence in sentences)
    read = read_agent(AgentDefinition("d", language, prompt, ())).prompt.statements
    return [s for s in read if s.section]


def _told(statement: Statement) -> tuple[str, list[str]]:
    """The kind of answer, and the duties, a ban with `not` in front."""
    answer = statement.condition.answer if statement.condition else None
    return str(answer), [("not " if d.ban else "") + d.text for d in statement.duties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "If it does not match, ask once more; if it is wrong again, do not open it and offer a call.",
            [
                ("mismatch", ["ask once more"]),
                ("mismatch", ["offer a call"]),
            ],
        ),
        (
            "If it does not match, say you can't open the account and send them to the front desk.",
            [
                (
                    "mismatch",
                    ["say it can't open the account", "refer the testing agent to the front desk"],
                ),
            ],
        ),
        (
            "If it does not match, transfer to billing team.",
            [("mismatch", ["transfer the call to the billing team"])],
        ),
        (
            "If no account is found, ask for the number once more. If there is still none, offer a call.",
            [("no_match", ["ask for the number once more"]), ("no_match", ["offer a call"])],
        ),
        (
            "If they don't match, let the caller try a second time, then pass the call to the desk.",
            [("mismatch", ["let the caller try a second time", "pass the call to the desk"])],
        ),
        (
            "No match: let the caller try once more. After a second failure say you cannot open the record.",
            [("no_match", ["let the caller try once more"]), ("no_match", ["say it cannot open the record"])],
        ),
        (
            "No match: one more attempt, then suggest stopping by the front desk.",
            [("no_match", ["one more attempt", "suggest stopping by the front desk"])],
        ),
        (
            "If a system isn't responding, try once more, then make clear that nothing has been changed.",
            [("error", ["try once more", "say that nothing has been changed"])],
        ),
        (
            "Wrong: ask once more. Wrong a second time: offer a call.",
            [("mismatch", ["ask once more"]), ("mismatch", ["offer a call"])],
        ),
        (
            "Not found: ask the caller to check it, try once more. Still not found: offer a call.",
            [
                ("no_match", ["ask the caller to check it, try once more"]),
                ("no_match", ["offer a call"]),
            ],
        ),
        (
            "If a tool is down, try it a second time; if it is still down, offer a call back.",
            [("error", ["try it a second time"]), ("error", ["offer a call back"])],
        ),
    ],
)
def test_a_second_failure_is_the_answer_that_the_sentence_before_speaks_of(
    text: str, expected: list[tuple[str, list[str]]]
) -> None:
    read = _of(text)
    assert all(statement.kind == "case" for statement in read)
    assert [_told(statement) for statement in read] == expected


def test_a_second_failure_of_which_nothing_is_said_before_is_an_error() -> None:
    [statement] = _of("If it fails again, say that the desk will call back.")
    assert _told(statement)[0] == "error"


def test_a_second_failure_does_not_reach_back_into_another_section() -> None:
    read = _of("If it does not match, ask once more.", "\n# Tools\n- If it fails again, offer a call back.")
    assert _told(read[-1])[0] == "error"


def test_which_fact_was_wrong_must_not_be_said_where_facts_do_not_agree() -> None:
    read = _of("If it does not match, let the caller try once more. Do not say which of the two was wrong.")
    assert _told(read[-1]) == ("mismatch", ["not say which of the two was wrong"])


def test_another_ban_behind_a_case_may_hold_in_that_case_only() -> None:
    read = _of("If it does not match, let the caller try once more. Do not open the account.")
    assert read[-1].kind in ("unread", "case", "ban")
    assert not any(d.heard for d in read[-1].duties)


def test_what_is_done_instead_goes_on_with_a_case_that_only_forbids() -> None:
    read = _of("If the record shows an unpaid balance, do not book. Say the amount and transfer the call.")
    assert [s.kind for s in read] == ["case", "case"]
    assert read[1].condition is read[0].condition


def test_an_order_behind_a_case_that_orders_something_stays_unread() -> None:
    read = _of("If the caller asks for a refund, say that the desk decides. Offer the brochure.", mark="")
    assert read[1].kind == "unread"


def test_what_is_full_is_said_so_in_the_words_of_the_condition() -> None:
    [statement] = _of("If the window is full, say so and offer the other window of the same day.")
    assert _told(statement) == (
        "taken",
        ["say that the window is full", "offer the other window of the same day"],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Si los datos no coinciden, permita un segundo intento.",
            ("mismatch", ["permitir un segundo intento"]),
        ),
        (
            "Si no coincide, deja que lo intente una vez más.",
            ("mismatch", ["deja que lo intente una vez más"]),
        ),
    ],
)
def test_in_spanish_too(text: str, expected: tuple[str, list[str]]) -> None:
    [statement] = _of(text, language="es")
    assert _told(statement) == expected


def test_behind_facts_that_have_to_agree_two_failed_tries_are_those_of_the_caller() -> None:
    tries = "After two failed tries, offer a call."
    assert [_told(s) for s in _of(f"Both must match. {tries}") if s.duties] == [
        ("mismatch", ["offer a call"])
    ]
    assert next(_told(s) for s in _of(f"Both are read out. {tries}") if s.duties)[0] == "error"
