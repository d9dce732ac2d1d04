"""The ways in which a call about a goal can run, on records that fit together."""

from __future__ import annotations

import pytest

from evalgen.generation.values import same
from evalgen.planning.ideas import ideas_of
from evalgen.planning.routes import routes_of
from evalgen.reading.model import read_agent
from evalgen.reading.records import retarget
from tests.agents_on_disk import FOLDERS, definition_of
from tests.unit.reading.chains import broken_links


@pytest.mark.parametrize("name", FOLDERS)
def test_every_goal_has_a_route_and_every_route_can_be_executed(name: str) -> None:
    model = read_agent(definition_of(name))
    assert model.goals
    for goal in model.goals:
        routes = routes_of(model, goal)
        assert routes
        for route in routes:
            assert route.chain is None or not list(broken_links(route.chain)), (goal.phrase, route.ending)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_route_ends_as_it_says(name: str) -> None:
    model = read_agent(definition_of(name))
    for goal in model.goals:
        for route in routes_of(model, goal):
            outcomes = [step.outcome for step in route.steps]
            assert (route.ending == "none") == (not outcomes)
            if outcomes:
                assert outcomes[-1] == route.ending
            if route.failing and not route.detour:
                assert next(s for s in route.steps if s.outcome == route.ending).tool.name == route.failing


@pytest.mark.parametrize("name", FOLDERS)
def test_a_route_retargeted_to_anyone_can_still_be_executed(name: str) -> None:
    model = read_agent(definition_of(name))
    people = [
        step
        for tool in model.tools
        if tool.effect == "identify"
        for chain in model.records.chains(tool, "success")
        if len(chain.steps) == 1
        for step in chain.steps
    ]
    for goal in model.goals:
        for route in routes_of(model, goal):
            for person in people:
                other = retarget(route.chain, person, model.tools) if route.chain else None
                if other is not None:
                    assert not list(broken_links(other))


@pytest.mark.parametrize("name", FOLDERS)
def test_every_outcome_that_a_tool_has_is_on_some_route(name: str) -> None:
    model = read_agent(definition_of(name))
    on_routes = {(s.tool.name, s.outcome) for g in model.goals for r in routes_of(model, g) for s in r.steps}
    answering = {(t.name, o) for t in model.tools for o in t.outcomes if t.effect != "hidden"}
    assert not answering - on_routes


@pytest.mark.parametrize("name", FOLDERS)
def test_ideas_have_names_of_their_own_and_cover_every_goal(name: str) -> None:
    model = read_agent(definition_of(name))
    ideas = ideas_of(model, "seed")
    assert len({idea.name for idea in ideas}) == len(ideas)
    assert {idea.route.goal.phrase for idea in ideas} == {goal.phrase for goal in model.goals}
    assert [idea.name for idea in ideas_of(model, "seed")] == [idea.name for idea in ideas]


@pytest.mark.parametrize("name", FOLDERS)
def test_an_idea_with_two_goals_is_about_one_caller(name: str) -> None:
    model = read_agent(definition_of(name))
    for idea in ideas_of(model, "seed"):
        if idea.second is not None:
            assert idea.second.goal != idea.route.goal
            assert same(idea.second.person) == same(idea.route.person)


def test_nobody_who_is_not_identified_has_two_names_or_two_numbers_in_one_call() -> None:
    model = read_agent(definition_of("prose_hotel"))
    seconds = [(idea.route, idea.second) for idea in ideas_of(model, "seed") if idea.second]
    for pair in seconds:
        told = [call.input for route in pair for call in (step.call for step in route.steps)]
        for key in ("guest_name", "phone", "surname"):
            assert len({values[key] for values in told if key in values}) <= 1
    assert seconds
