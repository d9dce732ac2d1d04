"""The generator of the settings; what is needed for a model is imported only where one is used."""

from __future__ import annotations

from evalgen.clock import Clock
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.generator import Generator
from evalgen.models.settings import ModelSettings
from evalgen.storage.ports import Stores


def open_generator(stores: Stores, clock: Clock, settings: ModelSettings) -> Generator:
    if settings.provider == "embedded":
        return Embedded()
    from evalgen.jobs.asking.generators import ModelGenerators  # noqa: PLC0415 - only where one is used

    return ModelGenerators(stores, clock, settings)
