"""Calls that fail for a moment are made again, whatever AWS's library does about them itself."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from evalgen.errors import Retryable
from evalgen.storage.aws.clients import is_transient

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Backoff:
    """`attempts` tries within `within_s`; the wait before the second is up to `base_s`, then twice as much.

    Half of each wait is random, so that rivals spread out, and half is certain: it lasts two seconds or more.
    Functions started from one snapshot share the state of an ordinary generator, and so would their waits.
    """

    attempts: int = 8
    base_s: float = 0.05
    most_s: float = 2.0
    within_s: float = 15.0
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.SystemRandom().random
    clock: Callable[[], float] = time.monotonic

    def tries(self) -> Iterator[int]:
        until = self.clock() + self.within_s
        for attempt in range(self.attempts):
            if attempt:
                if self.clock() > until:
                    return
                longest = min(self.most_s, self.base_s * 2 ** (attempt - 1))
                self.sleep(longest * (1 + self.random()) / 2)
            yield attempt

    def persist(self, call: Callable[[], T], what: str) -> T:
        """What the call answers. Raises Retryable after the last try, and what does not pass at once."""
        problem: Exception | None = None
        for _ in self.tries():
            try:
                return call()
            except Exception as error:
                if not is_transient(error):
                    raise
                problem = error
        raise Retryable(f"{what}: {problem}") from problem
