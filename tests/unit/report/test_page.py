"""The page as a document: whole, closed to everything that is not its own, and small."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from evalgen.report.page import policy, report_page
from evalgen.report.reported import Reported
from tests.unit.exports.sample import scenario
from tests.unit.report.test_view import AGENT, ITEMS, reported

ATTACK = "</script><img src=x onerror=alert(1)><!-- {{ 7*7 }} \" ' &amp;"


class Document(HTMLParser):
    """The elements of a page, and the texts of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.inside: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.inside.append(data)
            self._open = ""


def test_the_page_shows_scenarios_with_their_data_and_assertions() -> None:
    page = report_page(reported(warnings=["tools: something."], failures=[{"slot": 1, "reason": "why"}]))
    for said in (
        "<h1>Clinic</h1>",
        "Cancel a visit",
        '<var title="full_name">Ana Lee</var>',
        "done:cancel/1a2b",
        "2026-11-28",
        "tools: something.",
        "1 not made: why",
        "get_hours",
        "1 of 1 facts are asked about",
    ):
        assert said in page


def test_structured_scenarios_show_their_conditions() -> None:
    structure = {
        "role": "You are {{test_profile.full_name}}",
        "conditions": [
            {
                "id": 0,
                "condition": "FIRST_MESSAGE",
                "action": "Hello",
                "type": "standard",
                "fixed_message": True,
            },
            {"id": 1, "condition": 0, "action": "Wait", "type": "action_followup", "fixed_message": False},
        ],
    }
    page = report_page(replace(reported(), scenarios=[scenario(conditional_actions=structure)]))
    assert "after 0" in page
    assert 'You are <var title="full_name">Ana Lee</var>' in page


def test_nothing_that_an_agent_or_a_scenario_says_becomes_a_part_of_the_page() -> None:
    plain = Document(report_page(reported())).tags
    agent = replace(AGENT, name=ATTACK, description=AGENT.description.replace("Be kind.", ATTACK))
    told = scenario(
        name=ATTACK,
        key=ATTACK,
        instructions=f"1. {ATTACK}\n2. {{{{test_profile.phone}}}}\n3. c",
        tags=[ATTACK],
    )
    told["test_profile_data"]["information"]["testing_agent_variables"] = {"phone": ATTACK, "full_name": "A"}
    told["assertions"][0]["rests_on"] = reported().scenarios[0]["assertions"][0]["rests_on"]
    items = [{**one, "text": ATTACK, "reason": one["reason"] and ATTACK} for one in ITEMS]
    hostile = Document(report_page(Reported(agent, [told], items)))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain]
    assert not any(name.startswith("on") or name == "style" for _, given in hostile.tags for name in given)


def test_only_the_pages_own_style_and_script_are_allowed_and_it_names_no_host() -> None:
    page = report_page(reported())
    document = Document(page)
    (allowed,) = [g["content"] for t, g in document.tags if g.get("http-equiv") == "Content-Security-Policy"]
    assert allowed == policy()
    assert allowed.startswith("default-src 'none'; ")
    assert "unsafe" not in allowed
    style, data, script = document.inside
    for text in (style, script):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed
    assert not [g for _, g in document.tags for name in g if name in ("src", "action", "ping", "srcset")]
    assert all(g["href"].startswith("#") for _, g in document.tags if "href" in g)
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|innerHTML", page)
    assert data.startswith('{"kinds"')


def test_every_place_that_is_linked_to_is_on_the_page() -> None:
    document = Document(report_page(reported()))
    ids = [given["id"] for _, given in document.tags if "id" in given]
    assert len(ids) == len(set(ids))
    assert {given["href"][1:] for _, given in document.tags if "href" in given} <= set(ids)
