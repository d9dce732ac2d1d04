"""How fast all workers together call a model: so many calls a minute, none while it wants a rest."""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.clock import Clock
from evalgen.errors import Throttled
from evalgen.models.port import Answer, Model, Question
from evalgen.storage import keys
from evalgen.storage.ports import Expect, Table, Update

MINUTE = 60
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Paced:
    """`calls_a_minute` 0: as many as the model takes."""

    asked: Model
    table: Table
    clock: Clock
    calls_a_minute: int

    @property
    def name(self) -> str:
        return self.asked.name

    def ask(self, question: Question) -> Answer:
        """Raises Throttled, too, while the model's last refusal to take calls lasts, and over the pace."""
        now = self.clock()
        resting = self.table.get(keys.model_rest(self.name))
        if resting is not None and int(resting["until"]) > now:
            raise Throttled(f"The model {self.name} takes no calls for now.", int(resting["until"]) - now)
        if self.calls_a_minute:
            self._take(now)
        try:
            return self.asked.ask(question)
        except Throttled as throttled:
            until = int(self.clock() + throttled.delay_s)
            self.table.write(
                Update(
                    keys.model_rest(self.name),
                    set={"until": until, "expires_at": until + KEPT_SECONDS},
                    expect=Expect.ANYTHING,
                )
            )
            raise

    def _take(self, now: float) -> None:
        minute = int(now // MINUTE)
        counted = self.table.write(
            Update(
                keys.model_minute(self.name, minute),
                add={"calls": 1},
                set={"expires_at": int(now) + KEPT_SECONDS},
                expect=Expect.ANYTHING,
            )
        )
        if counted is not None and int(counted["calls"]) > self.calls_a_minute:
            delay = (minute + 1) * MINUTE - now
            raise Throttled(f"{self.calls_a_minute} calls a minute are made of the model {self.name}.", delay)
