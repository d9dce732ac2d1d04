"""Answers are kept with their job: what is delivered again, or waits, does not pay for them again."""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.clock import Clock
from evalgen.errors import Throttled
from evalgen.jobs.job import Job
from evalgen.models.port import Answer, Model, Question, Usage
from evalgen.storage import keys
from evalgen.storage.ports import ConditionFailed, Delete, Expect, Item, Key, Put, Stores
from evalgen.storage.typed_json import from_json, to_json

OTHERS_DELAY_S = 15
"""After so long it is looked again whether another worker has its answer."""


@dataclass(frozen=True)
class Kept:
    """One worker at a time asks a question; `patience_s` is for how long it may."""

    asked: Model
    stores: Stores
    clock: Clock
    job: Job
    patience_s: float

    @property
    def name(self) -> str:
        return self.asked.name

    def ask(self, question: Question) -> Answer:
        """Raises Throttled also while another worker waits for the same answer."""
        name = keys.job_answer(self.job.project_id, self.job.id, question.digest)
        if data := self.stores.blobs.get(name):
            kept = from_json(Answer, data)
            return Answer(kept.text, kept.stop, Usage())
        claim = keys.job_question(self.job.project_id, self.job.id, question.digest)
        self._claim(claim)
        try:
            answer = self.asked.ask(question)
        except BaseException:
            self.stores.table.write(Delete(claim))
            raise
        self.stores.blobs.put(name, to_json(answer))
        return answer

    def _claim(self, claim: Key) -> None:
        now = int(self.clock())
        item: Item = {
            **claim._asdict(),
            "until": now + int(self.patience_s),
            "expires_at": self.job.expires_at,
        }
        try:
            self.stores.table.write(Put(item, Expect.ABSENT))
        except ConditionFailed:
            held = self.stores.table.get(claim)
            if held is not None and int(held["until"]) > now:
                raise Throttled("Another worker waits for the same answer.", OTHERS_DELAY_S) from None
            self.stores.table.write(Put(item))
