"""A test suite's file becomes scenarios: what it names is looked up, and each problem has its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.catalog.adding import New
from evalgen.catalog.by_hand import scenario_by_hand
from evalgen.catalog.lookups import Lookups, Problems
from evalgen.contract.bodies import Body as Sent
from evalgen.contract.requests import validate
from evalgen.contract.scenarios import ScenarioCreate
from evalgen.contract.test_suite import SuiteImport, SuiteProfile, SuiteScenario, TestSuite, read_suite
from evalgen.errors import InvalidRequest
from evalgen.storage.ports import Item, Table
from evalgen.storage.profile_record import profile_body, sections

Body = dict[str, Any]

IN_SUITE = {
    "expected_outcome_prompt": "expected_outcome",
    "scenario_language": "language",
    "scenario_type": "type",
    "tool_ids": "tools",
}
"""What a suite calls the fields of a scenario."""

FOR_RUNS = ("frequency", "concurrency_limit")


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario of a suite: what is to be made of it."""

    place: str
    request: ScenarioCreate
    profile: SuiteProfile | None
    personality: str

    @property
    def planned(self) -> Body:
        request = self.request
        mode = "inline" if self.profile else "existing" if request.test_profile else "none"
        return {
            "key": request.key or request.name,
            "name": request.name,
            "type": request.scenario_type,
            "metric_ids": request.metrics or [],
            "tags": request.tags or [],
            "personality": {"id": request.personality, "name": self.personality},
            "test_profile": {"mode": mode, "id": request.test_profile},
        }


class Importing:
    """One import: `entries` is what can be made, `problems` what cannot, by place in the file."""

    def __init__(self, table: Table, project_id: int, sent: SuiteImport, slugs: Mapping[str, int]) -> None:
        self._lookups = Lookups(table)
        self._project_id = project_id
        self._slugs = slugs
        self.sent = sent
        self.agent = self._owner(sent)
        self.suite, self.problems = read_suite(sent.spec)
        self.entries = [] if self.suite is None else self._entries(self.suite)

    @property
    def plan(self) -> Body:
        info = self.suite.suite if self.suite else None
        return {
            "agent_id": self.agent["id"],
            "project_id": self._project_id,
            "suite_name": info.name if info else None,
            "folder_path": self.sent.folder_path or None,
            "scenario_count": len(self.entries),
            "scenarios": [entry.planned for entry in self.entries],
        }

    @property
    def ids(self) -> int:
        """So many are needed for scenarios and profiles."""
        return sum(2 if entry.profile else 1 for entry in self.entries)

    @property
    def warnings(self) -> list[str]:
        said = self.suite.model_dump(exclude_none=True) if self.suite else {}
        places = [("defaults", said.get("defaults", {}))]
        places += [(f"scenarios[{at}]", one) for at, one in enumerate(said.get("scenarios", []))]
        return [
            f"{place}.{name}: Is for running, which is not done here; it was ignored."
            for place, one in places
            for name in FOR_RUNS
            if name in one
        ]

    def make(self, ids: Sequence[int], now: str) -> list[New]:
        fresh = iter(ids)
        return [
            self._new(entry, next(fresh), next(fresh) if entry.profile else 0, now) for entry in self.entries
        ]

    def _new(self, entry: Entry, scenario_id: int, profile_id: int, now: str) -> New:
        scenario = scenario_by_hand(self._lookups, self._project_id, scenario_id, entry.request, now)
        if entry.profile is None:
            return New(scenario)
        said, owner = entry.profile, (scenario["agent"], scenario["agent_name"])
        information = sections(said.agent_variables or {}, said.caller_variables or {})
        name = said.name or entry.request.name
        profile = profile_body(profile_id, self._project_id, owner, name, information, now)
        return New({**scenario, "test_profile": profile_id}, profile)

    def _owner(self, sent: SuiteImport) -> Item:
        problems: Problems = {}
        agent = self._lookups.agent(self._project_id, sent.agent_id, sent.assistant_id, problems)
        if sent.folder_path:
            self._lookups.folder(self._project_id, sent.folder_path, problems)
        if agent is None or problems:
            raise InvalidRequest(problems)
        return agent

    def _entries(self, suite: TestSuite) -> list[Entry]:
        defaults: Body = {}
        if suite.defaults is not None:
            defaults = suite.defaults.model_dump(exclude_none=True, exclude=set(FOR_RUNS))
        places = [f"scenarios[{at}]" for at in range(len(suite.scenarios))]
        seen: dict[str, str] = {}
        for place, one in zip(places, suite.scenarios, strict=True):
            if one.key and seen.setdefault(one.key, place) != place:
                self.problems[f"{place}.key"] = [f"{one.key} is the key of {seen[one.key]} as well."]
        placed = zip(places, suite.scenarios, strict=True)
        found = [self._entry(place, one, defaults) for place, one in placed]
        return [entry for entry in found if entry is not None]

    def _entry(self, place: str, one: SuiteScenario, defaults: Body) -> Entry | None:
        said = {**defaults, **one.model_dump(exclude_none=True, exclude=set(FOR_RUNS))}
        problems: Problems = {}
        values = {
            "agent": self.agent["id"],
            "name": one.name,
            "key": one.key or "",
            "scenario_type": one.type,
            "scenario_language": said.get("language", str(self.agent["language"])),
            "expected_outcome_prompt": said.get("expected_outcome", ""),
            "metrics": self._metrics(said.get("metrics", []), problems),
            "tags": said.get("tags", []),
            "tool_ids": [f"TOOL_{name.upper()}" for name in said.get("tools", [])],
            "folder_path": self.sent.folder_path,
        }
        for name in ("instructions", "first_message", "conditional_actions", "max_duration"):
            if name in said:
                values[name] = said[name]
        voices = self._lookups.default_personality(self._project_id, values["scenario_language"], problems)
        if "personality" in said:
            problems.pop("personalities", None)
            values["personality"] = said["personality"]
            voices = self._lookups.personalities(self._project_id, [said["personality"]], {})
        elif voices:
            values["personality"] = voices[0].id
        profile = said.get("test_profile")
        if isinstance(profile, int):
            values["test_profile"] = profile
        request = self._checked(values, problems)
        for field, texts in problems.items():
            self.problems.setdefault(f"{place}.{IN_SUITE.get(field, field)}", []).extend(texts)
        if problems or request is None:
            return None
        inline = SuiteProfile.model_validate(profile) if isinstance(profile, dict) else None
        return Entry(place, request, inline, voices[0].name if voices else "")

    def _checked(self, values: Body, problems: Problems) -> ScenarioCreate | None:
        """What is of the wrong shape is left out, so that the rest is looked up in any case."""
        try:
            request = validate(ScenarioCreate, Sent(0, values=values))
            scenario_by_hand(self._lookups, self._project_id, 0, request, "")
        except InvalidRequest as error:
            for name, texts in error.fields.items():
                problems.setdefault(name, texts)
            rest = {name: value for name, value in values.items() if name not in error.fields}
            return self._checked(rest, problems) if len(rest) < len(values) else None
        return request

    def _metrics(self, said: Sequence[int | str], problems: Problems) -> list[int]:
        unknown = [one for one in said if isinstance(one, str) and one not in self._slugs]
        if unknown:
            problems["metrics"] = [f"There is no metric {one}." for one in unknown]
        return [
            self._slugs.get(one, 0) if isinstance(one, str) else one for one in said if one not in unknown
        ]
