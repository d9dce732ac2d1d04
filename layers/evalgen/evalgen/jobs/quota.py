"""How many scenarios a project may ask for in a day (UTC), counted when a job is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evalgen.clock import Clock
from evalgen.errors import QuotaUsedUp
from evalgen.storage import keys
from evalgen.storage.ports import Expect, Table, Update

KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Quota:
    """`a_day` 0: as many as they like."""

    table: Table
    clock: Clock
    a_day: int

    def take(self, project_id: int, scenarios: int) -> None:
        """Count them. Raises QuotaUsedUp, and counts nothing, where they would be more than a day's."""
        if not self.a_day:
            return
        now = datetime.fromtimestamp(self.clock(), UTC)
        used = self._add(project_id, now, scenarios)
        if used > self.a_day:
            left = max(0, self.a_day - self._add(project_id, now, -scenarios))
            midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            raise QuotaUsedUp(
                f"This project may ask for {self.a_day} scenarios a day (UTC); {left} are left today.",
                int((midnight - now).total_seconds()) + 1,
            )

    def _add(self, project_id: int, now: datetime, scenarios: int) -> int:
        expires_at = int((now + timedelta(days=KEPT_DAYS)).timestamp())
        counted = self.table.write(
            Update(
                keys.quota(project_id, now.date().isoformat()),
                add={"scenarios": scenarios},
                set={"expires_at": expires_at},
                expect=Expect.ANYTHING,
            )
        )
        assert counted is not None
        return int(counted["scenarios"])


def quota_of(environ: Mapping[str, str], table: Table, clock: Clock) -> Quota:
    """As EVALGEN_SCENARIOS_A_DAY says. Raises RuntimeError if that is no number."""
    value = environ.get("EVALGEN_SCENARIOS_A_DAY", "0")
    if not value.isdecimal():
        raise RuntimeError(
            f"the environment variable EVALGEN_SCENARIOS_A_DAY must be a number; got {value!r}"
        )
    return Quota(table, clock, int(value))
