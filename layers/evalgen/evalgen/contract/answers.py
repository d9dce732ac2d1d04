"""The answers of the catalog but agents and scenarios, key by key; served descriptions come from these."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, RootModel

T = TypeVar("T")

Time = str
"""ISO 8601 in UTC with milliseconds."""


class Answer(BaseModel):
    """Base of all answers: they are described by it, and not checked when they are served."""

    model_config = ConfigDict(defer_build=True)


class Problems(RootModel[dict[str, list[str]]]):
    """By field: what is wrong, and what is allowed. `non_field_errors` where no single field is to blame."""


class Detail(Answer):
    detail: str


class Page(Answer, Generic[T]):
    """`next` and `previous` are addresses."""

    count: int
    next: str | None
    previous: str | None
    results: list[T]


class Started(Answer):
    progress_id: str
    session_id: None


class Begun(Answer):
    progress_id: str


class ProfileInformation(Answer):
    """What reaches the agent under test, and what only the simulated caller knows."""

    main_agent_variables: dict[str, Any]
    testing_agent_variables: dict[str, Any]


class Profile(Answer):
    id: int
    project: int
    agent: int | None
    agent_name: str
    name: str
    information: ProfileInformation
    created_by: int | None
    last_updated_by: int | None
    created_at: Time
    updated_at: Time


class ListedProfile(Profile):
    """`scenarios`: the ids of those that use the profile."""

    scenarios: list[int]


class Personality(Answer):
    """`traits` is ours: what generation knows about the caller's manner."""

    id: int
    project: int
    name: str
    prompt: str
    language: str
    accent: str
    background_noise: str
    voice_model: str
    voice_id: str
    interruption_level: str
    speed: float | str
    generation_config: dict[str, Any] | None
    network_simulation: dict[str, Any] | None
    message_plan: dict[str, Any] | None
    start_speaking_plan: float | None
    stop_speaking_plan: dict[str, Any] | None
    background_sound_volume: dict[str, Any] | None
    patronus_settings: None
    provider_agent_id: str
    end_call_enabled: bool
    provider: str
    traits: list[str]


class EnabledPersonality(Personality):
    """`enabled`: whether generation may choose it where a request names none."""

    enabled: bool


class Message(Answer):
    message: str


class Metric(Answer):
    id: int
    name: str
    description: str
    code: str
    slug: str
    type: str
    eval_type: str
    audio_enabled: bool
    prompt: str
    function_name: str | None
    enum_values: list[str]
    custom_code: str
    simulation_enabled: bool
    observability_enabled: bool
    configuration: dict[str, Any]
    cost: str
    evaluation_trigger: str
    evaluation_trigger_prompt: str
    category: str | None
    sub_category: str | None
    organization: int | None


class Folder(Answer):
    """`path` is the names from the root, with dots between them."""

    name: str
    path: str
    created_at: Time
    updated_at: Time


class PhoneNumber(Answer):
    """`phone_number_id` is the telephony provider's id."""

    id: int
    number: str
    phone_number_id: str


class KnowledgeFile(Answer):
    """`file_size` in bytes. `file_url` works for an hour; inside an agent's answer it is empty."""

    id: int
    agent: int
    file_url: str
    file_name: str
    file_type: str
    file_size: int
    created_at: Time
    updated_at: Time


class Deleted(Answer):
    deleted_count: int


class UploadAddress(Answer):
    """Where the file is to be sent, as it is, without an API key."""

    method: Literal["PUT"]
    url: str
    expires_in: int


class Upload(Answer):
    """`status`: waiting (for the file, then for complete), extracting, ready or failed (`error` says why).

    Once it is ready, `id` is that of the file in the agent's knowledge base.
    """

    id: int
    agent: int
    file_name: str
    file_size: int
    status: Literal["waiting", "extracting", "ready", "failed"]
    error: str
    created_at: Time
    updated_at: Time


class NewUpload(Upload):
    upload: UploadAddress


class Link(Answer):
    """Where the file is; the answer's Location header says the same."""

    url: str


class PlannedVoice(Answer):
    id: int
    name: str


class PlannedProfile(Answer):
    """`inline`: one is made of what the file says."""

    mode: Literal["existing", "inline", "none"]
    id: int | None


class PlannedScenario(Answer):
    key: str
    name: str
    type: str
    metric_ids: list[int]
    tags: list[str]
    personality: PlannedVoice
    test_profile: PlannedProfile


class SuitePlan(Answer):
    agent_id: int
    project_id: int
    suite_name: str | None
    folder_path: str | None
    scenario_count: int
    scenarios: list[PlannedScenario]


class Imported(Answer):
    """`errors` by place in the file, such as `scenarios[3].personality`; the plan has the others."""

    dry_run: bool
    valid: bool
    plan: SuitePlan
    errors: dict[str, list[str]]
    scenario_ids: list[int]
