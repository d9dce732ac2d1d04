"""Makes as many goldens by DeepEval's synthesizer as it is told to, of a model that answers at once."""

from __future__ import annotations

import sys
from typing import Any

from deepeval.models import DeepEvalBaseLLM
from deepeval.synthesizer import Synthesizer
from deepeval.synthesizer.config import StylingConfig


class AtOnce(DeepEvalBaseLLM):
    """Whatever schema it is asked for, it fills."""

    asked = 0

    def load_model(self) -> AtOnce:
        return self

    def get_model_name(self) -> str:
        return "at once"

    def generate(self, prompt: str, schema: Any = None) -> Any:
        AtOnce.asked += 1
        if schema is None:
            return f"An answer, number {AtOnce.asked}."
        return schema.model_validate(filled(schema.model_json_schema()))

    async def a_generate(self, prompt: str, schema: Any = None) -> Any:
        return self.generate(prompt, schema)


def filled(schema: dict[str, Any]) -> dict[str, Any]:
    known = schema.get("$defs", {})
    return {name: value_of(field, known) for name, field in schema["properties"].items()}


def value_of(field: dict[str, Any], known: dict[str, Any]) -> Any:
    if "$ref" in field:
        return filled({**known[field["$ref"].rsplit("/", 1)[1]], "$defs": known})
    for one in field.get("anyOf", []):
        return value_of(one, known)
    match field.get("type"):
        case "array":
            return [value_of(field["items"], known) for _ in range(COUNT)]
        case "number" | "integer":
            return 1
        case "boolean":
            return True
    return f"I need a tow truck, number {AtOnce.asked}."


COUNT = int(sys.argv[1])
styling = StylingConfig(
    scenario="Callers of a motor club ask for help on the road.",
    task="Open, change and cancel requests for help.",
    input_format="What a caller says.",
)
goldens = Synthesizer(model=AtOnce(AtOnce.__name__), styling_config=styling).generate_goldens_from_scratch(
    num_goldens=COUNT
)
assert len(goldens) == COUNT, len(goldens)
