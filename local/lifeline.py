"""Ends this process in good order when its parent is gone."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

_LOOK_EVERY_S = 0.25


def watch_parent(on_death: Callable[[], None]) -> None:
    """Call `on_death` once, from a thread of its own, when the parent has ended; never if it is init."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY_S)
        on_death()

    threading.Thread(target=watch, name="parent", daemon=True).start()
