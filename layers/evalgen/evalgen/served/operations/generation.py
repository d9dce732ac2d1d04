"""Generating scenarios: one function takes the request, another tells how far it is."""

from __future__ import annotations

from evalgen.contract import answers, scenario_answers
from evalgen.contract.generate import GenerateRequest
from evalgen.contract.queries import ProgressQuery
from evalgen.served.operation import SCENARIOS, Operation

GENERATE = Operation(
    "generate_scenarios", "POST", f"{SCENARIOS}generate-bg/", "api", "Start generating scenarios",
    answers.Started, body=GenerateRequest, errors=(409,), idempotent=True, files="generation_files",
)  # fmt: skip
PROGRESS = Operation(
    "read_progress", "GET", f"{SCENARIOS}generate-progress/", "progress", "How far a generation is",
    scenario_answers.Progress, query=ProgressQuery, errors=(404,),
)  # fmt: skip
