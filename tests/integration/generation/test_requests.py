"""What a request asks for is what its scenarios have."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evalgen.generation.brief import GivenProfile, Personality
from tests.agents_on_disk import FOLDERS, definition_of
from tests.integration.generation.kit import Job, job_of, plain, references_in, run

GIVEN = GivenProfile(
    9,
    "Zoe",
    {"caller_number": "6135550199"},
    {"full_name": "Zoe Quillfeather", "member_number": "48219999", "dog": {"name": "Bo", "ages": [3, 4]}},
)


@pytest.fixture(scope="module")
def with_profile() -> Job:
    return run(definition_of("roadside"), test_profile=GIVEN)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_given_expected_outcome_is_that_of_every_scenario(name: str) -> None:
    job = run(
        definition_of(name), 8, expected_outcome="The agent hands over.", generate_expected_outcomes=True
    )
    assert len(job.drafts) == 8
    assert {draft.expected_outcome for draft in job.drafts} == {"The agent hands over."}
    assert not any(draft.generated_outcome for draft in job.drafts)


@pytest.mark.parametrize("name", FOLDERS)
def test_without_the_wish_for_outcomes_there_are_none(name: str) -> None:
    job = run(definition_of(name), 8, generate_expected_outcomes=False)
    assert len(job.drafts) == 8
    assert {draft.expected_outcome for draft in job.drafts} == {""}
    assert not any(draft.generated_outcome for draft in job.drafts)


def test_a_given_first_message_is_that_of_every_scenario_and_hello_else() -> None:
    agent = definition_of("roadside")
    assert {d.first_message for d in run(agent, 8, first_message="Evening.").drafts} == {"Evening."}
    assert {d.first_message for d in job_of("roadside").drafts} == {"Hello"}


def test_personalities_are_dealt_in_order_with_their_language_and_traits() -> None:
    people = (
        plain(),
        Personality(2, "Cutter", "en", ("interrupts",)),
        Personality(3, "Slow", "en", ("slow",)),
    )
    job = run(definition_of("roadside"), 10, personalities=people)
    dealt = [next((p.id for p in people if p.traits and p.traits[0] in d.tags), 1) for d in job.drafts]
    assert dealt == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1]


def test_the_language_of_a_scenario_is_that_of_its_personality() -> None:
    job = run(definition_of("roadside"), 6, personalities=(plain("en"), plain("de")))
    assert [draft.language for draft in job.drafts] == ["en", "de"] * 3


def test_a_given_profiles_values_win_over_generated_ones(with_profile: Job) -> None:
    assert len(with_profile.drafts) == 20
    for draft in with_profile.drafts:
        assert draft.main_agent_variables["caller_number"] == "6135550199"
        for key, value in GIVEN.testing_agent_variables.items():
            assert draft.testing_agent_variables.get(key, value) == value
            assert not re.search(rf"\b{re.escape(str(value))}\b", draft.instructions)


@pytest.mark.parametrize(
    "key",
    [
        "full_name",
        "member_number",
    ],
)  # fmt: skip
def test_a_given_profile_and_the_mocked_record_agree(with_profile: Job, key: str) -> None:
    answers = [entry.output for draft in with_profile.drafts for entry in draft.mock_entries]
    records = [answer[key] for answer in answers if "plan" in answer]
    assert records
    assert set(records) == {GIVEN.testing_agent_variables[key]}


def test_with_a_given_profile_every_reference_is_in_it(with_profile: Job) -> None:
    known = {*GIVEN.testing_agent_variables, *with_profile.drafts[0].main_agent_variables}
    for draft in with_profile.drafts:
        assert references_in(draft.instructions) <= known


@pytest.mark.parametrize(
    "values",
    [{}, {"x": None}, {"nested": {"a": {"b": [1, {"c": ""}]}}}, {"full_name": 5}, {"full_name": ["A"]}],
)
def test_a_profile_of_any_shape_fills_the_job(values: dict[str, Any]) -> None:
    job = run(definition_of("roadside"), 8, test_profile=GivenProfile(9, "Odd", {}, values))
    assert len(job.drafts) == 8
    assert all(
        draft.testing_agent_variables.get(k, v) == v for draft in job.drafts for k, v in values.items()
    )


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("roadside", "focus on cancellations"),
        ("prose_hotel", "focus on cancellations"),
        ("retail_policy", "focus on cancellations"),
        ("roadside", "Only callers who want to cancel, please."),
    ],
)
def test_extra_instructions_dominate_the_job(name: str, wish: str) -> None:
    def about(job: Job) -> int:
        return sum(plan.goal.startswith("cancel") for plan in job.planned.plans)

    asked = run(definition_of(name), extra_instructions=wish)
    assert len(asked.drafts) == 20
    assert about(asked) > 10 > about(job_of(name))


def test_extra_instructions_that_match_nothing_change_no_number() -> None:
    assert len(run(definition_of("roadside"), extra_instructions="Ζεύς ☂ {x} %s").drafts) == 20
