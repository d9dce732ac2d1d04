"""Loads exported goldens by DeepEval's own loader; prints what it has of them as JSON."""

from __future__ import annotations

import json
import sys

from deepeval.dataset import EvaluationDataset

dataset = EvaluationDataset()
dataset.add_goldens_from_json_file(sys.argv[1])
loaded = [
    {
        "type": type(golden).__name__,
        "name": golden.name,
        "scenario": golden.scenario,
        "expected_outcome": golden.expected_outcome,
        "must": golden.expectations.must if golden.expectations else [],
        "persona": golden.persona.prompt_block(),
        "key": golden.additional_metadata["key"],
        "column": golden.custom_column_key_values["key"],
        "calls": golden.additional_metadata["expected_calls"],
    }
    for golden in dataset.goldens
]
sys.stdout.write(f"LOADED {json.dumps(loaded)}\n")
