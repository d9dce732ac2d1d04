"""What a model has read of a project's prompts is kept beside its jobs, for any of them."""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.generation.with_model.forms import Reading
from evalgen.storage import keys
from evalgen.storage.ports import Blobs


@dataclass(frozen=True)
class KeptReadings:
    blobs: Blobs
    project_id: int

    def get(self, name: str, /) -> Reading | None:
        data = self.blobs.get(keys.reading(self.project_id, name))
        return Reading.model_validate_json(data) if data else None

    def __setitem__(self, name: str, reading: Reading, /) -> None:
        self.blobs.put(keys.reading(self.project_id, name), reading.model_dump_json().encode())
