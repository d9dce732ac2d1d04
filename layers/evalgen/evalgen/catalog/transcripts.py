"""Scenarios that replay a real call: made of its transcript, or changed by it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from evalgen.catalog.adding import Adding, New
from evalgen.catalog.agent_versions import read_definition
from evalgen.catalog.by_hand import scenario_by_hand
from evalgen.catalog.lookups import Lookups, Problems
from evalgen.clock import Clock, iso
from evalgen.contract.scenarios import ScenarioCreate
from evalgen.contract.transcripts import CALL, RESULT, CallData, Message, TranscriptCreate, TranscriptUpdate
from evalgen.errors import InvalidRequest, NotFound
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.replay import Call, Turn, replayed
from evalgen.jobs.assertion_record import as_data
from evalgen.jobs.create import DAY_SECONDS
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.kinds import AGENT, SCENARIO
from evalgen.storage.ports import Item, Put, Stores
from evalgen.storage.profile_record import profile_body, sections

KEPT_SECONDS = 90 * DAY_SECONDS
LONGEST_DESCRIPTION = 20_000

Body = dict[str, Any]


class Transcripts:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._scenarios = Entities(stores.table, SCENARIO)
        self._adding = Adding(stores.table, clock)

    def create(self, project_id: int, request: TranscriptCreate, idempotency_key: str | None) -> str:
        """The id under which the scenario can be asked for.

        Raises InvalidRequest, Conflict, PayloadTooLarge.
        """

        def make(ids: Sequence[int], now: str) -> list[New]:
            return [self._new(project_id, request, ids, now)]

        made = self._adding.add(project_id, request, 2, make, idempotency_key)
        if not made:
            raise NotFound("The scenario that was made with this Idempotency-Key has been deleted.")
        name = f"{project_id} {made[0]['id']}"
        progress_id = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
        item: Item = {
            **keys.transcript(project_id, progress_id)._asdict(),
            "agent_id": made[0]["agent"],
            "scenario_id": made[0]["id"],
            "expires_at": int(self._clock()) + KEPT_SECONDS,
        }
        self._stores.table.write(Put(item))
        return progress_id

    def made(self, project_id: int, progress_id: str) -> tuple[int, int]:
        """The agent and the scenario. Raises NotFound."""
        item = self._stores.table.get(keys.transcript(project_id, progress_id))
        if item is None:
            raise NotFound("Nothing has been made of a transcript with this progress_id.")
        return int(item["agent_id"]), int(item["scenario_id"])

    def update(self, project_id: int, scenario_id: int, request: TranscriptUpdate) -> Body:
        """The scenario replays this call from now on. Raises NotFound, InvalidRequest, Conflict."""
        before = body_of(self._scenarios.get(project_id, scenario_id))
        agent = Entities(self._stores.table, AGENT).find(project_id, before["agent"] or 0)
        definition = self._definition(agent) if agent else None
        draft = self._draft(request.transcript_json, before["scenario_language"], definition)
        replay = {
            **_replay(draft, request.transcript_json),
            "instructions": _spelled_out(draft),
            "scenario_type": "instruction",
            "conditional_actions": None,
            "expected_outcome_prompt": draft.expected_outcome,
        }
        return self._scenarios.change(
            project_id, scenario_id, lambda body: {**body, **replay}, iso(self._clock())
        )

    def _new(self, project_id: int, request: TranscriptCreate, ids: Sequence[int], now: str) -> New:
        lookups = Lookups(self._stores.table)
        problems: Problems = {}
        agent = lookups.agent(project_id, request.agent, request.assistant_id, problems, "agent")
        if agent is None:
            raise InvalidRequest(problems)
        language = str(agent["language"])
        if request.personality is None:
            voices = lookups.default_personality(project_id, language, problems)
        else:
            voices = lookups.personalities(project_id, [request.personality], problems, field="personality")
        draft = self._draft(
            request.transcript_json, voices[0].language if voices else language, self._definition(agent)
        )
        if problems:
            raise InvalidRequest(problems)
        by_hand = ScenarioCreate(
            name=request.name or draft.name,
            personality=voices[0].id,
            agent=int(agent["id"]),
            scenario_language=draft.language,
            instructions=draft.instructions,
            expected_outcome_prompt=request.expected_outcome_prompt or draft.expected_outcome,
            first_message="",
            folder_path=request.folder_path,
            tags=list(draft.tags),
            tool_ids=list(draft.tool_ids),
            key=draft.key,
        )
        scenario = scenario_by_hand(lookups, project_id, ids[0], by_hand, now)
        scenario |= {**_replay(draft, request.transcript_json), "test_profile": ids[1]}
        owner = (scenario["agent"], scenario["agent_name"])
        information = sections({}, draft.testing_agent_variables)
        profile = profile_body(ids[1], project_id, owner, draft.profile_name, information, now)
        return New(scenario, profile)

    def _definition(self, agent: Item) -> AgentDefinition:
        return read_definition(self._stores.blobs, str(agent["body_name"]))

    def _draft(self, messages: Sequence[Message], language: str, definition: AgentDefinition | None) -> Draft:
        tools = {tool.name: tool.id for tool in definition.tools} if definition else {}
        unknown = [
            f"[{at}].data.name: The agent has no tool {one.data.name}."
            for at, one in enumerate(messages)
            if one.role == CALL and one.data and tools and one.data.name not in tools
        ]
        if unknown:
            raise InvalidRequest({"transcript_json": unknown})
        return replayed(list(turns_of(messages)), language, tools)


def turns_of(messages: Sequence[Message]) -> Iterator[Turn]:
    results = [one.data for one in messages if one.role == RESULT and one.data]
    for message in messages:
        if message.role == CALL and message.data is not None:
            arguments, result = _value(message.data.arguments), _result_of(message.data, results)
            given = arguments if isinstance(arguments, dict) else {}
            yield Turn(None, call=Call(message.data.name, given, _value(result.result) if result else None))
        elif message.role != RESULT and message.content.strip():
            yield Turn("agent" if message.role == "Main Agent" else "caller", message.content)


def _result_of(call: CallData, results: list[CallData]) -> CallData | None:
    """The one with the call's id; or else the next of its name, or without one. It is taken out."""
    found = [one for one in results if one.id and one.id == call.id]
    found += [one for one in results if not one.id and one.name in (call.name, "")]
    if not found:
        return None
    results.remove(found[0])
    return found[0]


def _value(sent: Any) -> Any:
    """A JSON value, or what its text says."""
    if isinstance(sent, str):
        try:
            return json.loads(sent)
        except ValueError:
            return sent
    return sent


def _replay(draft: Draft, messages: Sequence[Message]) -> Body:
    told = "\n".join(f"{one.role}: {one.content}" for one in messages if one.content.strip())
    return {
        "generation_type": "transcript",
        "writer": draft.writer,
        "key": draft.key,
        "simulation_description": told[:LONGEST_DESCRIPTION],
        **as_data(draft),
    }


def _spelled_out(draft: Draft) -> str:
    """The instructions with the values in them, for a scenario that keeps its profile."""
    text = draft.instructions
    for name, value in draft.testing_agent_variables.items():
        text = text.replace("{{test_profile." + name + "}}", str(value))
    return text
