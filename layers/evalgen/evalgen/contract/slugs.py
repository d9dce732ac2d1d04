"""The name by which a suite's file knows a metric in every project."""

from __future__ import annotations

import re


def slug_of(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower())
