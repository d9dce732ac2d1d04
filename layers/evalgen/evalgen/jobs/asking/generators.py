"""Generation with the model of the settings, bound to a job."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from evalgen.clock import Clock
from evalgen.generation.with_model.generator import WithModel
from evalgen.jobs.asking.kept import Kept
from evalgen.jobs.asking.pace import Paced
from evalgen.jobs.asking.readings import KeptReadings
from evalgen.jobs.asking.spending import Counted
from evalgen.jobs.job import Job
from evalgen.models.opening import open_model
from evalgen.models.port import Answer, Model, Question
from evalgen.models.settings import ModelSettings
from evalgen.storage.ports import Stores


@dataclass
class ModelGenerators:
    """One client for all jobs, made when it is first asked, by whichever thread comes first."""

    stores: Stores
    clock: Clock
    settings: ModelSettings
    _client: Model | None = field(default=None, init=False)
    _making: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def name(self) -> str:
        return self.settings.model_id

    def for_job(self, job: Job) -> WithModel:
        paced = Paced(self, self.stores.table, self.clock, self.settings.calls_a_minute)
        counted = Counted(paced, self.stores.table, self.clock, job, self.settings)
        kept = Kept(counted, self.stores, self.clock, job, self.settings.timeout_s)
        return WithModel(kept, KeptReadings(self.stores.blobs, job.project_id))

    def ask(self, question: Question) -> Answer:
        return self._opened().ask(question)

    def _opened(self) -> Model:
        with self._making:
            if self._client is None:
                self._client = open_model(self.settings)
            return self._client
