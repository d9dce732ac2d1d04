"""GET report, from the request to the page, through the real handlers."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

import pytest

from evalgen.catalog import suite_catalog
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.messages import PlanMessage
from evalgen.jobs.plan import plan
from evalgen.report.page import policy
from tests.integration.api import test_scenarios
from tests.integration.api.client import FIRST, SECOND, V1, Answer, Api
from tests.integration.api.test_scenarios import draft, generated

REPORT = f"{V1}/scenarios/report"
DESCRIPTION = (
    "You are Ada, who takes orders.\n\nNever give tax advice.\n\nNever promise a delivery time.\n\n"
    "Say <b>hello</b> first."
)


def report(api: Api, *, of: int = FIRST, **query: str) -> Answer:
    return api.call("GET", f"{REPORT}/", query=query, project=of)


def agent_with_two(api: Api) -> int:
    """An agent of two scenarios, of which one tests the prompt's second statement."""
    agent = int(api.agent(description=DESCRIPTION)["id"])
    advice = replace(draft("Ask for advice"), covers=("s2",))
    generated(api, advice, draft("Order"), agent_id=agent)
    return agent


@pytest.fixture(scope="module")
def job(api: Api) -> str:
    return api.job(api.agent(description=DESCRIPTION)["id"], 5)


def test_a_job_is_reported_once_its_plan_stands(api: Api, job: str) -> None:
    early = report(api, progress_id=job)
    assert (early.status, list(early.json)) == (404, ["detail"])
    plan(api.stores, time.time, Embedded(), PlanMessage(FIRST, job))
    page = report(api, progress_id=job)
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"] == policy()
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.text.startswith("<!doctype html>")
    assert "Never give tax advice." in page.text
    assert "Say &lt;b&gt;hello&lt;/b&gt; first." in page.text


def test_an_agent_is_reported_with_all_of_its_scenarios(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_scenarios, "NOW", "2999-01-01T00:00:00.000Z")
    page = report(api, agent_id=str(agent_with_two(api)))
    assert page.status == 200
    for said in ("Ask for advice", "Order", "2 scenarios", 'id="L3" class="tested"', "Not tested yet"):
        assert said in page.text
    assert "older than" not in page.text


def test_scenarios_that_are_older_than_the_agents_last_change_test_no_line(api: Api) -> None:
    page = report(api, agent_id=str(agent_with_two(api)))
    assert "2 are older than the agent&#39;s last change" in page.text
    assert "Ask for advice" in page.text
    assert 'class="tested"' not in page.text


def test_a_report_tells_what_deleted_profiles_said(api: Api) -> None:
    agent = int(api.agent(description=DESCRIPTION)["id"])
    sent = {"name": "Gone", "agent": agent, "information": {"testing_agent_variables": {"name": "Zenobia"}}}
    profile = api.call("POST", f"{V1}/test-profiles", sent).json["id"]
    generated(api, draft("Order"), agent_id=agent, test_profile=profile)
    before = report(api, agent_id=str(agent)).text
    assert api.call("DELETE", f"{V1}/test-profiles/{profile}").status == 204
    assert "Zenobia" in before
    assert "Zenobia" in report(api, agent_id=str(agent)).text


def test_a_page_that_no_answer_holds_is_fetched_from_where_the_answer_says(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite_catalog, "MAX_ANSWER_BYTES", 100)
    agent = api.agent(description=DESCRIPTION)["id"]
    answer = report(api, agent_id=str(agent))
    assert (answer.status, answer.headers["Location"]) == (303, answer.json["url"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "non_field_errors"),
        ({"progress_id": str(uuid.uuid4()), "agent_id": "1"}, "non_field_errors"),
        ({"progress_id": "12"}, "progress_id"),
        ({"agent_id": "x"}, "agent_id"),
    ],
)
def test_what_is_to_be_reported_has_to_be_said(api: Api, query: dict[str, str], field: str) -> None:
    refused = api.call("GET", REPORT, query=query)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_what_is_not_in_the_project_is_a_404(api: Api, job: str) -> None:
    agent = api.agent()["id"]
    assert report(api, progress_id=str(uuid.uuid4())).status == 404
    assert report(api, of=SECOND, progress_id=job).status == 404
    assert report(api, agent_id="999999").status == 404
    assert report(api, of=SECOND, agent_id=str(agent)).status == 404
