"""What a job's calls use, counted on the job and on its project's month, and ended at a ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from evalgen.clock import Clock
from evalgen.errors import Permanent
from evalgen.jobs.job import TO_READ, Job
from evalgen.models.port import Answer, Model, Question, Usage
from evalgen.models.prices import price_of
from evalgen.models.settings import ModelSettings
from evalgen.storage import keys
from evalgen.storage.ports import ConditionFailed, Expect, Item, Key, Table, Update

MICRO = 1_000_000


@dataclass(frozen=True)
class Counted:
    asked: Model
    table: Table
    clock: Clock
    job: Job
    settings: ModelSettings

    @property
    def name(self) -> str:
        return self.asked.name

    def ask(self, question: Question) -> Answer:
        """Raises Permanent once the job or its project has used what it may."""
        self._admit()
        answer = self.asked.ask(question)
        self._count(answer.usage, question.step)
        return answer

    def _admit(self) -> None:
        most = self.settings
        if most.job_tokens or most.job_dollars:
            used = self.table.get(keys.job(self.job.project_id, self.job.id)) or {}
            tokens = _number(used, "input_tokens") + _number(used, "output_tokens")
            if most.job_tokens and tokens >= most.job_tokens:
                raise Permanent(f"The job has used {tokens} tokens; {most.job_tokens} are allowed.")
            _within(_number(used, "micro_dollars"), most.job_dollars, "The job")
        if most.project_dollars:
            month = self.table.get(self._month()) or {}
            _within(_number(month, "micro_dollars"), most.project_dollars, "The project's month")

    def _count(self, usage: Usage, step: str) -> None:
        add = {
            "model_calls": usage.calls,
            "input_tokens": usage.input_tokens,
            "cached_tokens": usage.cached_tokens,
            "output_tokens": usage.output_tokens,
        }
        if price := price_of(self.name):
            add["micro_dollars"] = price.micro_dollars(usage)
        apart = {f"{TO_READ}{name}": number for name, number in add.items()} if step == "read" else {}
        try:
            self.table.write(Update(keys.job(self.job.project_id, self.job.id), add=add | apart))
        except ConditionFailed:
            return  # the job is gone, and nobody reads what it has used
        finally:
            self.table.write(Update(self._month(), add=add, expect=Expect.ANYTHING))

    def _month(self) -> Key:
        now = datetime.fromtimestamp(self.clock(), UTC)
        return keys.model_month(self.job.project_id, f"{now:%Y-%m}")


def _number(item: Item, name: str) -> int:
    return int(item.get(name, 0))


def _within(micro_dollars: int, ceiling: float, whose: str) -> None:
    if ceiling and micro_dollars >= ceiling * MICRO:
        raise Permanent(f"{whose} has used {micro_dollars / MICRO:.2f} dollars; {ceiling:.2f} are allowed.")
