"""A validated generate request and the catalog become the job's request: nothing is left to look up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evalgen.catalog.generation_files import Files, files_of, read_generate_body
from evalgen.catalog.lookups import Lookups, Problems
from evalgen.contract.bodies import Body
from evalgen.contract.generate import GenerateRequest, References
from evalgen.contract.requests import form_values, validate
from evalgen.contract.unknown import unknown_fields
from evalgen.errors import InvalidRequest
from evalgen.generation.aims import aims_in
from evalgen.generation.brief import Brief, GivenProfile, Personality
from evalgen.jobs.request import JobRequest
from evalgen.storage.entities import body_of
from evalgen.storage.ports import Item, Stores


@dataclass(frozen=True, slots=True)
class Referred:
    """What the ids of a request refer to."""

    agent: Item
    personalities: tuple[Personality, ...]
    test_profile: GivenProfile | None
    inbound_phone_number: dict[str, Any] | None
    files: Files


@dataclass(frozen=True, slots=True)
class Resolved:
    """A request and the job that it asks for; `contents` are the bytes of the job's first files.

    `warnings` tell of what is not followed.
    """

    request: GenerateRequest
    job: JobRequest
    contents: tuple[bytes, ...]
    warnings: list[str]


def read_generate(event: Mapping[str, Any], stores: Stores, project_id: int) -> Resolved:
    """Read the body of generate-bg and look up what it names.

    Raises InvalidRequest with every wrong field, be it of the wrong shape or the name of nothing; and what
    `read_body` raises.
    """
    body = read_generate_body(event)
    lookups = Lookups(stores.table)
    problems: Problems = {}
    try:
        request = validate(GenerateRequest, body)
    except InvalidRequest as error:
        problems.update(error.fields)
        _refer(stores, lookups, project_id, _references_beside(body, problems), problems)
        raise InvalidRequest(problems) from None
    referred = _refer(stores, lookups, project_id, request, problems)
    if referred is None:
        raise InvalidRequest(problems)
    job = _job_request(request, referred, lookups.all_metrics(project_id))
    return Resolved(request, job, referred.files.contents, unknown_fields(GenerateRequest, body))


def request_sha256(request: GenerateRequest) -> str:
    """The same for the same request, however its body was written."""
    return _sha256(request.model_dump())


def _references_beside(body: Body, problems: Problems) -> References:
    values = form_values(References, body.pairs) if body.pairs is not None else dict(body.values or {})
    return References.model_validate(
        {name: value for name, value in values.items() if name not in problems}, strict=body.pairs is None
    )


def _refer(
    stores: Stores, lookups: Lookups, project_id: int, request: References, problems: Problems
) -> Referred | None:
    """None if there are problems, new or old."""
    agent = None
    if not problems.keys() & {"agent_id", "assistant_id"}:
        agent = lookups.agent(project_id, request.agent_id, request.assistant_id, problems)
    if agent is not None:
        _check_documents(agent, request, problems)
    personalities = lookups.personalities(project_id, request.personalities, problems)
    if agent is not None and not request.personalities:
        personalities = lookups.default_personality(project_id, str(agent["language"]), problems)
    profile = number = None
    if request.test_profile is not None:
        profile = lookups.profile(project_id, request.test_profile, problems)
    if request.inbound_phone_number is not None:
        number = lookups.phone_number(project_id, request.inbound_phone_number, problems)
    if request.folder_path:
        lookups.folder(project_id, request.folder_path, problems)
    files = files_of(stores, project_id, int(agent["id"]) if agent else None, request, problems)
    if agent is None or problems:
        return None
    return Referred(agent, tuple(personalities), profile, number, files)


def _check_documents(agent: Item, request: References, problems: Problems) -> None:
    known = {file["id"] for file in body_of(agent)["settings"].get("files", [])}
    missing = [one for one in dict.fromkeys(request.knowledge_base) if one not in known]
    if missing:
        problems["knowledge_base"] = [f"This agent has no document {one}." for one in missing]
    elif request.scenario_type == "knowledge_base" and not known:
        problems["knowledge_base"] = [
            "This agent has no documents; upload one before asking for such scenarios."
        ]


def _job_request(
    request: GenerateRequest, referred: Referred, metrics: tuple[tuple[int, str], ...]
) -> JobRequest:
    agent = referred.agent
    aims, steering = aims_in(request.extra_instructions)
    brief = Brief(
        num_scenarios=request.num_scenarios,
        seed=_seed(str(agent["content_sha256"]), request),
        personalities=referred.personalities,
        scenario_type=request.scenario_type,
        attack_type=request.attack_type,
        simulation_type=request.simulation_type,
        aims=aims,
        extra_instructions=steering,
        expected_outcome=request.expected_outcome or "",
        generate_expected_outcomes=request.generate_expected_outcomes,
        first_message=request.first_message,
        tool_ids=tuple(request.tool_ids),
        test_profile=referred.test_profile,
        knowledge_base=tuple(request.knowledge_base),
    )
    return JobRequest(
        brief=brief,
        agent_id=int(agent["id"]),
        agent_body=str(agent["body_name"]),
        agent_name=str(agent["name"]),
        assistant_id=str(agent["assistant_id"]),
        metrics=metrics,
        tags=tuple(request.tags),
        folder_path=request.folder_path or None,
        inbound_phone_number=referred.inbound_phone_number,
        files=referred.files.files,
    )


def _seed(content_sha256: str, request: GenerateRequest) -> str:
    """From what steers the choices alone: ids, and how many scenarios are wanted, change nothing."""
    return _sha256([content_sha256, request.scenario_type, request.attack_type, request.extra_instructions])


def _sha256(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
