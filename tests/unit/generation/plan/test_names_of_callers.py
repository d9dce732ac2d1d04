"""One person has one name in the profile, whatever the fields of tools call it."""

from __future__ import annotations

from evalgen.generation.plan.finish import finish
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Moment, Step
from tests.unit.generation.plan.agents import clinic


def _script(**profile: str) -> Script:
    script = Script(Speech("en"), Speech("en"), profile=dict(profile))
    for action in ("Ask for help", "Give {{test_profile.full_name}}", "End the call"):
        script.add(Step(action, Moment("told", action)))
    return script


def _kept(**profile: str) -> set[str]:
    test = finish(_script(**profile), clinic(), "case", ("s1",), "A call")
    assert test is not None
    return set(test.profile)


def test_a_full_name_keeps_the_key_under_which_it_is_first_said() -> None:
    script = _script(nombre="Carmen Aguilar")
    assert script.keep("full_name", "Carmen Aguilar") == "{{test_profile.nombre}}"
    assert script.keep("full_name", "Nuria Ferrer") == "{{test_profile.full_name}}"


def test_names_and_numbers_that_nobody_says_are_told_once() -> None:
    assert _kept(
        full_name="Carmen Aguilar",
        nombre="Carmen Aguilar",
        first_name="Carmen",
        last_name="Aguilar",
        phone="4155550123",
        phone_2="+14155550123",
    ) == {"full_name", "phone"}


def test_another_name_stays() -> None:
    assert _kept(full_name="Carmen Aguilar", student_first_name="Leo", emergency_name="Ana Gil") == {
        "full_name",
        "student_first_name",
        "emergency_name",
    }


def test_a_part_of_a_name_stays_where_it_is_said() -> None:
    script = _script(full_name="Carmen Aguilar", last_name="Aguilar")
    script.steps.insert(2, Step("Give {{test_profile.last_name}}", Moment("asked", "for the last name")))
    test = finish(script, clinic(), "case", ("s1",), "A call")
    assert test is not None
    assert set(test.profile) == {"full_name", "last_name"}
