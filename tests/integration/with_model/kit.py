"""A model on 127.0.0.1 and the real worker that asks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.definition import AgentDefinition
from evalgen.jobs.asking.generators import ModelGenerators
from evalgen.jobs.request import JobFile
from evalgen.models.settings import ModelSettings
from tests.agents_on_disk import definition_of
from tests.integration.jobs.kit import NOW, Functions, a_request, progress_of, start_job
from tests.scripted_model.server import Asked, ScriptedModel

AGENT = "dental_export"


@dataclass
class World:
    """A server, and the worker that asks it."""

    functions: Functions
    served: ScriptedModel
    now: float = NOW
    settings: ModelSettings = field(init=False)
    generators: ModelGenerators = field(init=False)

    def __post_init__(self) -> None:
        self.settings = ModelSettings("openai", "gpt-5-mini", f"{self.served.url}/v1", "key", timeout_s=20)

    def job(
        self,
        count: int,
        agent: AgentDefinition | None = None,
        *,
        files: Mapping[str, bytes] | None = None,
        **settings: Any,
    ) -> str:
        settings_now = replace(self.settings, **settings)
        self.generators = ModelGenerators(self.functions.stores, lambda: self.now, settings_now)
        self.functions.worker.generator = self.generators  # type: ignore[attr-defined]
        sent = files or {}
        request = a_request(count, files=tuple(JobFile(name) for name in sent))
        brief = replace(
            request.brief,
            personalities=request.brief.personalities[:1],
            generate_expected_outcomes=True,
        )
        return start_job(
            self.functions.stores,
            replace(request, brief=brief),
            agent or definition_of(AGENT),
            contents=tuple(sent.values()),
        )

    def hand_over(self, *kinds: str) -> list[str]:
        """The message that waits, to the worker, and then the next one; each is of the kind that is named."""
        handed = []
        for kind in kinds:
            (message,) = self.functions.take()
            assert json.loads(message)["kind"] == kind
            assert self.functions.deliver([message]) == []
            handed.append(message)
        return handed

    def calls(self, *forms: str) -> list[Asked]:
        """Those asked of these forms so far, all but the reading without any."""
        return [one for one in self.served.asked if one.form in forms or not (forms or one.form == "reading")]

    def done(self, job: str) -> dict[str, Any]:
        assert self.functions.run() == []
        return progress_of(self.functions.stores, job)
