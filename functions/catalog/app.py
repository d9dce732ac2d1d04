"""Every route but the two of generation: what a project owns."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response

from evalgen.catalog.catalog import Catalog
from evalgen.contract.gateway import make_app, project_of, reply, serve
from evalgen.storage.opening import open_stores

V1 = "/test_framework/v1"
V2 = "/test_framework/v2"

app = make_app()


@cache
def _catalog() -> Catalog:
    return Catalog(open_stores(os.environ), time.time)


def _call() -> tuple[int, dict[str, Any]]:
    return project_of(app), app.current_event.raw_event


@app.get(f"{V2}/aiagents")
def list_agents() -> Response[str]:
    return reply(200, _catalog().list_agents(*_call()))


@app.post(f"{V2}/aiagents")
def create_agent() -> Response[str]:
    return reply(201, _catalog().create_agent(*_call()))


@app.get(f"{V2}/aiagents/<agent_id>")
def read_agent(agent_id: str) -> Response[str]:
    return reply(200, _catalog().read_agent(project_of(app), agent_id))


@app.patch(f"{V2}/aiagents/<agent_id>")
def patch_agent(agent_id: str) -> Response[str]:
    return reply(200, _catalog().patch_agent(*_call(), agent_id))


@app.delete(f"{V2}/aiagents/<agent_id>")
def delete_agent(agent_id: str) -> Response[str]:
    _catalog().delete_agent(*_call(), agent_id)
    return reply(204, None)


@app.get(f"{V1}/personalities")
def list_personalities() -> Response[str]:
    return reply(200, _catalog().list_personalities(*_call()))


@app.post(f"{V1}/personalities")
def create_personality() -> Response[str]:
    return reply(201, _catalog().create_personality(*_call()))


@app.get(f"{V1}/personalities/<personality_id>")
def read_personality(personality_id: str) -> Response[str]:
    return reply(200, _catalog().read_personality(project_of(app), personality_id))


@app.get(f"{V1}/predefined-metrics")
def list_metrics() -> Response[str]:
    return reply(200, _catalog().list_metrics(*_call()))


@app.get(f"{V1}/test-profiles")
def list_profiles() -> Response[str]:
    return reply(200, _catalog().list_profiles(*_call()))


@app.post(f"{V1}/test-profiles")
def create_profile() -> Response[str]:
    return reply(200, _catalog().create_profile(*_call()))


@app.get(f"{V1}/test-profiles/<profile_id>")
def read_profile(profile_id: str) -> Response[str]:
    return reply(200, _catalog().read_profile(project_of(app), profile_id))


@app.get(f"{V1}/scenarios")
def list_scenarios() -> Response[str]:
    return reply(200, _catalog().list_scenarios(*_call()))


@app.get(f"{V1}/scenarios/<scenario_id>")
def read_scenario(scenario_id: str) -> Response[str]:
    return reply(200, _catalog().read_scenario(project_of(app), scenario_id))


@app.patch(f"{V1}/scenarios/<scenario_id>")
def patch_scenario(scenario_id: str) -> Response[str]:
    return reply(200, _catalog().patch_scenario(*_call(), scenario_id))


@app.delete(f"{V1}/scenarios/<scenario_id>")
def delete_scenario(scenario_id: str) -> Response[str]:
    _catalog().delete_scenario(project_of(app), scenario_id)
    return reply(204, None)


_serve = serve(app, Logger(service="catalog"))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
