"""Full jitter: wait a random part of a limit that doubles, so that rivals spread out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """`attempts` tries; the wait before the second is up to `base_s`, and up to twice as much each time.

    Functions started from one snapshot share the state of an ordinary generator, and so would their waits.
    """

    attempts: int = 8
    base_s: float = 0.05
    most_s: float = 2.0
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.SystemRandom().random

    def tries(self) -> Iterator[int]:
        for attempt in range(self.attempts):
            if attempt:
                self.sleep(self.random() * min(self.most_s, self.base_s * 2 ** (attempt - 1)))
            yield attempt
