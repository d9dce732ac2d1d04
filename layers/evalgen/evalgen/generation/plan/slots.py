"""Texts with `{slots}`; `{{test_profile.key}}` is none and stays."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SLOT = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def slots_in(*texts: str) -> set[str]:
    """The names of the slots of some texts."""
    return {name for text in texts for name in _SLOT.findall(text)}


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values. Raises KeyError for one that is missing."""
    return _SLOT.sub(lambda match: values[match[1]], text)
