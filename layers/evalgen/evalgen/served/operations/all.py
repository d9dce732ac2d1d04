"""The table of all operations. The template has them, and they are described."""

from __future__ import annotations

from evalgen.served.operations import agents, catalog, scenarios, suites
from evalgen.served.operations.generation import GENERATE, PROGRESS

OPERATIONS = (
    GENERATE,
    PROGRESS,
    *scenarios.OPERATIONS,
    *suites.OPERATIONS,
    *agents.OPERATIONS,
    *catalog.OPERATIONS,
)
