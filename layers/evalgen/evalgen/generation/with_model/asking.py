"""One question to a model, its answer validated into a type; asked once more where it cannot be used."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from evalgen.errors import EvalgenError
from evalgen.generation.with_model.instructions import instruction
from evalgen.models.port import Answer, Model, Question

TRIES = 2
FaultKind = Literal["refused", "cut off", "empty", "torn", "of another form"]


class Form(BaseModel):
    """A part of an answer: nothing optional and nothing else beside it, as structured output wants it."""

    model_config = ConfigDict(extra="forbid", strict=True)


AnyForm = TypeVar("AnyForm", bound=Form)


class NoAnswer(EvalgenError):
    """The model answered, and nothing of it can be used; the text says why."""

    def __init__(self, kind: FaultKind, detail: str = "") -> None:
        super().__init__(f"the model's answer was {kind}{f': {detail}' if detail else ''}")
        self.kind = kind


def ask(model: Model, step: str, material: str, task: str, form: type[AnyForm], most_tokens: int) -> AnyForm:
    """Raises NoAnswer after the last try or a refusal; Throttled and Permanent as the model does."""
    told = task
    for left in reversed(range(TRIES)):
        question = Question(step, material, told, form.__name__.lower(), schema_of(form), most_tokens)
        try:
            return _read(model.ask(question), form)
        except NoAnswer as fault:
            if not left or fault.kind == "refused":
                raise
            told = task + "\n\n" + instruction("repair", reason=fault)
    raise AssertionError


def schema_of(form: type[Form]) -> dict[str, Any]:
    """Without the titles and descriptions that pydantic adds."""
    schema: dict[str, Any] = _bare(form.model_json_schema())
    return schema


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        named = "type" in node or "$ref" in node or "$defs" in node
        return {k: _bare(v) for k, v in node.items() if not (named and k in ("title", "description"))}
    return [_bare(one) for one in node] if isinstance(node, list) else node


def _read(answer: Answer, form: type[AnyForm]) -> AnyForm:
    if answer.stop == "refused":
        raise NoAnswer("refused", answer.text[:120])
    if answer.stop == "limit":
        raise NoAnswer("cut off", "it was longer than allowed")
    text = _unfenced(answer.text)
    if not text:
        raise NoAnswer("empty")
    try:
        return form.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] == "json_invalid":
            raise NoAnswer("torn", first["msg"]) from None
        raise NoAnswer("of another form", f"{'/'.join(map(str, first['loc']))}: {first['msg']}") from None


def _unfenced(text: str) -> str:
    """Without the fence that models without structured output put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.strip("`").removeprefix("json")
    return text.strip()
