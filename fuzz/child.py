"""One kind, tried one input after the other: `python -m fuzz.child KIND SEED`; a line of JSON for each.

A line with the number of an input comes before it is tried: whoever waits knows which one did not end.
"""

from __future__ import annotations

import json
import resource
import sys
from random import Random
from typing import Any

from fuzz.kinds import KINDS, ON_DEMAND, REFUSALS


def main(kind: str, seed: int, first: int, last: int) -> None:
    for number in range(first, last):
        say({"number": number})
        started = cpu_seconds()
        found: dict[str, Any] = {"size": 0, "refused": False, "raised": ""}
        try:
            found["size"] = {**KINDS, **ON_DEMAND}[kind].attempt(Random(f"{kind}-{seed}-{number}"))
        except REFUSALS:
            found["refused"] = True
        except Exception as error:  # noqa: BLE001 - what is looked for
            found["raised"] = f"{type(error).__name__}: {error}"[:200]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peak_bytes = peak if sys.platform == "darwin" else peak * 1024
        say({**found, "seconds": cpu_seconds() - started, "megabytes": peak_bytes / 1e6})


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
