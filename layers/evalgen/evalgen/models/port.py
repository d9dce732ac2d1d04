"""What a model is asked and what it answers, whoever serves it. Imports nothing but the standard library."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Stop = Literal["end", "limit", "refused"]
"""Why an answer ends: it is whole, it was cut at the limit of its tokens, or the model would not give it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls; `input_tokens` are all that went in, `cached_tokens` those of them that
    were read from the provider's cache."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One call. `material` is the same in many calls, comes first and is cached; `task` follows it.

    `schema` is the JSON schema of the answer, `form` its name (letters and underscores).
    """

    step: str
    material: str
    task: str
    form: str
    schema: dict[str, Any] = field(hash=False)
    most_tokens: int

    @property
    def digest(self) -> str:
        parts = [self.material, self.task, self.form, self.schema, self.most_tokens]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    stop: Stop
    usage: Usage


class Model(Protocol):
    """Raises Throttled where a call may succeed later, Permanent where no call will: no key, no such model,
    no access. What it did answer, however bad, is an answer."""

    @property
    def name(self) -> str: ...

    def ask(self, question: Question) -> Answer: ...
