"""What the caller does, in phases that twists can change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from evalgen.planning.plan import Beat

Phase = str
MOST_BEATS = 9


@dataclass
class Script:
    """Beats in order, each in a phase: open, identify, inputs, pick, confirm, outcome, more, close."""

    used: Counter[str]
    seed: str
    beats: list[tuple[Phase, Beat]] = field(default_factory=list)
    latest: int = 0

    def beat(self, move: str, **values: Any) -> Beat:
        ordinal = self.used[move]
        self.used[move] += 1
        return Beat(move, ordinal, values)

    def add(self, phase: Phase, move: str, **values: Any) -> None:
        self.beats.append((phase, self.beat(move, **values)))

    def put(self, phase: Phase, new_phase: Phase, move: str, **values: Any) -> None:
        """Insert before the first beat of a phase, or at the end."""
        position = next((i for i, (p, _) in enumerate(self.beats) if p == phase), len(self.beats))
        self.beats.insert(position, (new_phase, self.beat(move, **values)))

    def after(self, phase: Phase, new_phase: Phase, move: str, **values: Any) -> None:
        """Insert behind the last beat of a phase, or behind the first beat."""
        self.latest = max((i for i, (p, _) in enumerate(self.beats) if p == phase), default=0) + 1
        self.beats.insert(self.latest, (new_phase, self.beat(move, **values)))

    def then(self, move: str, **values: Any) -> None:
        """Insert right behind the beat that was inserted last by `after` or `then`."""
        self.latest += 1
        self.beats.insert(self.latest, ("more", self.beat(move, **values)))

    def swap(self, phase: Phase, move: str, **values: Any) -> bool:
        """Replace the first beat of a phase; False where there is none."""
        for i, (p, _) in enumerate(self.beats):
            if p == phase:
                self.beats[i] = (phase, self.beat(move, **values))
                return True
        return False

    def swap_value(self, key: str, move: str, **values: Any) -> bool:
        """Replace the beat that says the profile's `key`; False where there is none."""
        for i, (phase, beat) in enumerate(self.beats):
            if beat.values.get("value") == {"ref": key}:
                self.beats[i] = (phase, self.beat(move, **values))
                return True
        return False

    def position_of_item(self, item: dict[str, Any]) -> int | None:
        """Where the caller picks this entry of an answer."""
        for i, (phase, beat) in enumerate(self.beats):
            if phase == "pick" and beat.values.get("item", {}).get("item") == item:
                return i
        return None

    def reword(self, position: int, move: str, **values: Any) -> None:
        """Give a beat other values, as the same use of the move."""
        phase, beat = self.beats[position]
        self.beats[position] = (phase, Beat(move, beat.ordinal, values))

    def drop(self, *phases: Phase) -> None:
        self.beats = [(p, b) for p, b in self.beats if p not in phases]

    def shorten(self) -> None:
        """Leave out what matters least until at most MOST_BEATS are left."""
        while len(self.beats) > MOST_BEATS:
            spare = (
                i
                for i, (phase, beat) in enumerate(self.beats)
                if phase in ("inputs", "outcome") and beat.move in ("state", "answer", "result")
            )
            self.beats.pop(next(spare, len(self.beats) - 2))

    def references(self) -> list[str]:
        """The profile keys that the beats refer to."""
        values = [v for _, b in self.beats for v in b.values.values() if isinstance(v, dict)]
        return [key for v in values for key in [*([v["ref"]] if "ref" in v else []), *v.get("refs", [])]]

    def has(self, phase: Phase) -> bool:
        return any(p == phase for p, _ in self.beats)
