"""A scenario, and the progress of a job, as they are answered, key by key."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from evalgen.contract.answers import Answer, PhoneNumber, Profile, Time


class MockEntry(Answer):
    input: dict[str, Any]
    output: Any


class MockToolEntry(Answer):
    """A call that the scenario expects of the agent, and what the tool answers."""

    tool_id: int
    tool_name: str
    new_entry: MockEntry


class PromptGround(Answer):
    """First and last line, counted from 1, of the agent's description; or of the document that is named.
    `statement` is the id of what stands there."""

    document: str | None = None
    lines: Annotated[list[int], Field(min_length=2, max_length=2)] | None
    statement: str | None


class AnswerGround(Answer):
    """A value in the answer of an expected call; `path` is a JSON pointer."""

    call: str
    path: str


class Assertion(Answer):
    """One line of the expected outcome, what it rests on, and the step that causes it."""

    id: str
    kind: Literal["says", "asks", "refuses", "does_not"]
    text: str
    rests_on: list[PromptGround | AnswerGround]
    caused_by_step: int


class ExpectedCall(Answer):
    """A call that a good agent makes, after those with the ids in `after`."""

    id: str
    tool: str
    input: dict[str, Any]
    optional: bool
    after: list[str]


class ForbiddenCall(Answer):
    """A call that must not be made: `input` null, whatever goes in; `until` null, at any time."""

    tool: str
    input: dict[str, Any] | None
    until: str | None


class Condition(Answer):
    """`condition` is what the main agent does, or the id of the condition that this one follows."""

    id: int
    condition: str | int
    action: str
    type: Literal["standard", "action_followup"]
    fixed_message: bool


class ConditionalActions(Answer):
    role: str
    conditions: list[Condition]


class GeneratedScenario(Answer):
    """Ours are `generation_type`, `assertions` (what the outcome's text is made of), `expected_calls`,
    `forbidden_calls`, `covers` (what it tests), `sources`, `writer` and `reviewed` (who found its words and
    who passed them: `embedded`, `model`, or nobody), `key` (the same for the same test in
    later jobs) and `variation_of` (the key of the test that it varies).

    The instructions and the first message of conditional actions are derived from them."""

    id: int
    name: str
    agent: int | None
    agent_name: str
    assistant_id: str
    project: int
    personality: int
    personality_name: str
    scenario_type: str
    generation_type: str
    scenario_language: str
    tags: list[str]
    tool_ids: list[str]
    folder_path: str | None
    runs: list[int]
    metrics: list[int]
    metric_names: list[str]
    phone_number: str | None
    phone_number_queue_length: int
    inbound_phone_number: int | None
    inbound_phone_number_data: PhoneNumber | None
    first_message: str
    instructions: str
    expected_outcome_prompt: str
    simulation_description: str
    information_fields: dict[str, Any]
    is_simulating: bool
    test_profile: int | None
    test_profile_data: Profile | None
    generated_mock_tool_entries: list[MockToolEntry] | None
    conditional_actions: ConditionalActions | None
    key: str
    variation_of: str | None
    assertions: list[Assertion]
    expected_calls: list[ExpectedCall]
    forbidden_calls: list[ForbiddenCall]
    covers: list[str]
    sources: list[dict[str, Any]]
    writer: str
    reviewed: str
    created_at: Time
    updated_at: Time


class Scenario(GeneratedScenario):
    outbound_phone_number_data: PhoneNumber | None
    suite_type: str
    is_predefined: bool
    dynamic_variable_values: dict[str, Any] | None
    max_duration: int | None
    created_by: int | None
    last_updated_by: int | None


class FromTranscript(Answer):
    """`scenario` is null once it has been deleted."""

    agent_id: int
    status: Literal["in_progress", "completed", "failed"]
    scenario_id: int
    error: str
    scenario: Scenario | None


class Failure(Answer):
    slot: int
    reason: str


class Used(Answer):
    """Of a model. `input_tokens` are all, `cached_tokens` those of them read from the provider's cache;
    `dollars` null for a model without a known price."""

    model_calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    dollars: float | None


class Usage(Used):
    """By all of a job's calls; `reading` is what of it went into reading the agent, which is done once."""

    reading: Used


class CoverageSummary(Answer):
    """What can be tested and what is, by kind of thing. `uncovered_lines`: of statements that nothing tests,
    also of those out of its reach (the first 200); `more_scenarios`: an estimate of how many more would cover
    the rest."""

    statements: int
    statements_covered: int
    statements_out_of_reach: int
    limits: int
    limits_covered: int
    limits_out_of_reach: int
    tool_outcomes: int
    tool_outcomes_covered: int
    tool_outcomes_out_of_reach: int
    facts: int
    facts_covered: int
    facts_out_of_reach: int
    uncovered_lines: list[int]
    more_scenarios: int


class CoverageItem(Answer):
    """`line` is in the agent's description, or in the document that `kind` names for a fact; `scenarios`
    are ids. Out of reach is what a call could test but nothing that is generated does; `reason` says why."""

    id: str
    about: Literal["statement", "limit", "tool_outcome", "fact"]
    kind: str
    line: int | None
    text: str
    status: Literal["covered", "not_yet", "out_of_reach", "not_testable"]
    reason: str
    scenarios: list[int]


class Coverage(Answer):
    """Ours. Without items and summary until the plan stands."""

    progress_id: str
    status: Literal["queued", "running", "completed", "failed"]
    summary: CoverageSummary | None
    items: list[CoverageItem]


class Progress(Answer):
    """`scenarios_list`, `failures`, `warnings` and `coverage` come when the job has ended, the lists also
    with `?scenarios=partial`. `warnings`: what of the request or the agent was not followed or not read, with
    its place."""

    progress_id: str
    status: Literal["queued", "running", "completed", "failed"]
    total_scenarios: int
    completed_scenarios: int
    failed_scenarios: int
    scenarios_list: list[GeneratedScenario]
    failures: list[Failure]
    warnings: list[str]
    usage: Usage
    coverage: CoverageSummary | None
