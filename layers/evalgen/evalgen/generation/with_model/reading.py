"""The prompt as a model reads it, part by part: what it says is looked up in the part, and kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tasks import LONGEST_WISH
from evalgen.generation.with_model.asking import NoAnswer, ask, schema_of
from evalgen.generation.with_model.forms import Reading, Said, Wanted
from evalgen.generation.with_model.instructions import instruction, version
from evalgen.generation.with_model.material import MOST_PROMPT, fence_of
from evalgen.generation.with_model.parts import Part, parts_of
from evalgen.generation.with_model.quotes import Passages, words_of
from evalgen.models.port import Model

AT_ONCE = 10
"""Parts that one message reads."""
FEWEST_WORDS, MOST_WORDS = 2, 120
"""Of a sentence that is quoted."""
LONGEST_ABOUT = 500
"""Of what a tool is for."""
SHOWN = 80
_CODE = re.compile(r"[a-z]{2}")


class Readings(Protocol):
    """What has been read, by the names that `Reader` gives; a dict is one."""

    def get(self, name: str, /) -> Reading | None: ...

    def __setitem__(self, name: str, reading: Reading, /) -> None: ...


@dataclass(frozen=True)
class Reader:
    """Of one agent, as the rules read it."""

    asked: Model
    model: AgentModel
    kept: Readings

    @cached_property
    def parts(self) -> list[Part]:
        return parts_to_read(self.model)

    def known(self) -> list[tuple[Part, Reading]]:
        """The parts that have been read, now or for an earlier job."""
        found = ((part, self.kept.get(self._name(part))) for part in self.parts)
        return [(part, reading) for part, reading in found if reading is not None]

    def is_done(self) -> bool:
        return len(self.known()) == len(self.parts)

    def read(self, begin: int) -> int:
        """Read some parts from that number on; the number to go on with, 0 behind the last one.

        A part of whose answers nothing can be used stays unread. The first of all is read before the others:
        it may be that no call succeeds, and what it has sent is then in the provider's cache. Raises as the
        model does.
        """
        end = begin + AT_ONCE
        waiting = [one for one in self.parts[begin:end] if self.kept.get(self._name(one)) is None]
        if not begin and waiting:
            self._read(waiting.pop(0))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._read, waiting))
        return end if end < len(self.parts) else 0

    def _read(self, part: Part) -> None:
        """What fails is asked for once more. An answer of which nothing holds is not kept as one."""
        with suppress(NoAnswer):
            reading, problems = self._asked(part)
            if problems:
                with suppress(NoAnswer):
                    reading = _joined(reading, self._asked(part, problems)[0])
            if reading.statements:
                self.kept[self._name(part)] = reading

    def _asked(self, part: Part, dropped: Sequence[str] = ()) -> tuple[Reading, list[str]]:
        task = task_of(part, self.model, dropped)
        tokens = 1_000 + 3 * len(part.text) // 2
        told = ask(self.asked, "read", material_text(self.model), task, Reading, tokens)
        return checked(told, part, self.model.tools)

    def _name(self, part: Part) -> str:
        read = [self.asked.name, version("read"), schema_of(Reading), part.section, part.text]
        return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:32]


def parts_to_read(model: AgentModel) -> list[Part]:
    """Those of which the rules leave something unread."""
    statements = model.prompt.statements
    unread = {line for s in statements if not s.sure for line in range(s.lines[0], s.lines[1] + 1)}
    parts = parts_of(model.definition.description[:MOST_PROMPT], statements)
    return [part for part in parts if not unread.isdisjoint(range(part.first, part.last + 1))]


def material_text(model: AgentModel) -> str:
    """What is sent before each part."""
    about = (
        f"{one.tool.name}: {' '.join(one.tool.description.split())[:LONGEST_ABOUT]}"
        for one in model.tools.values()
    )
    return instruction("read", fence=_fence(model), tools="\n".join(about))


def task_of(part: Part, model: AgentModel, dropped: Sequence[str] = ()) -> str:
    """`dropped` is what could not be used of the last answer, and why."""
    again = (
        "Of your last answer these could not be used. Answer with these alone, corrected, or leave them out:"
    )
    return instruction(
        "read_part",
        fence=_fence(model),
        section=" > ".join(name for name in part.section if not part.has_heading(name)),
        part=part.text,
        dropped="\n".join([again, *(f"- {one}" for one in dropped)]) if dropped else "",
    )


def _fence(model: AgentModel) -> str:
    about = (one.tool.description for one in model.tools.values())
    return fence_of("\n".join([model.definition.description, *about]))


def checked(told: Reading, part: Part, tools: Container[str]) -> tuple[Reading, list[str]]:
    """What of it stands in the part and is about tools that there are; what is wrong with the rest."""
    passages, problems = Passages(part.text), list[str]()
    statements: dict[tuple[str, ...], Said] = {}
    tasks: list[Wanted] = []

    def fault_of(one: Said | Wanted, fewest: int) -> str:
        if len(words_of(one.quote)) > MOST_WORDS:
            return "it is longer than a sentence"
        if not passages.span_of(one.quote, fewest):
            short = passages.span_of(one.quote)
            return "it is a part of a sentence" if short else "it does not stand in the part word for word"
        return "".join(f"there is no tool {name!r}" for name in one.tools if name not in tools)

    for said in told.statements:
        if fault := fault_of(said, FEWEST_WORDS) or _fault_of_condition(said, passages):
            problems.append(f"{said.quote[:SHOWN]!r}: {fault}")
        else:
            statements.setdefault(tuple(words_of(said.quote)), said)
    for task in told.tasks:
        named = "_" in task.wish or "{{" in task.wish or not 0 < len(task.wish.strip()) <= LONGEST_WISH
        if fault := fault_of(task, 1) or ("nobody would say it so" if named else ""):
            problems.append(f"{task.wish[:SHOWN]!r}: {fault}")
        else:
            tasks.append(task)
    opening = told.opening if passages.span_of(told.opening, FEWEST_WORDS) else ""
    language = told.language if _CODE.fullmatch(told.language) else ""
    return Reading(
        language=language, opening=opening, statements=list(statements.values()), tasks=tasks
    ), problems


def _fault_of_condition(said: Said, passages: Passages) -> str:
    if (said.by == "always") == bool(said.when):
        return "`when` and `by` have to agree: both say that it always holds, or neither"
    if said.when and not passages.span_of(said.when):
        return "its condition does not stand in the part word for word"
    return "its condition names no tool" if said.by in ("answer", "call") and not said.tools else ""


def _joined(one: Reading, more: Reading) -> Reading:
    quotes, wishes = {said.quote for said in one.statements}, {task.wish for task in one.tasks}
    return Reading(
        language=one.language or more.language,
        opening=one.opening or more.opening,
        statements=[*one.statements, *(s for s in more.statements if s.quote not in quotes)],
        tasks=[*one.tasks, *(t for t in more.tasks if t.wish not in wishes)],
    )
