"""What an invented answer lacks, so that nothing certain comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evalgen.generation.read.invented.parts import Layout


def lacking(answer: Mapping[str, Any], layout: Layout, prompt: str) -> str:
    """Why an answer is none; empty where it is one.

    It has to have a value for each field that the prompt names just as the description of the tool does.
    """
    if not answer:
        return "nothing says what it answers"
    if layout.within:
        return "its description has lists within a list"
    parts = [(layout.fields, answer)]
    parts += [(one.fields, item) for key, one in layout.lists.items() for item in answer.get(key, ())[:1]]
    named = (key for fields, part in parts for key in fields if "_" in key and key not in part)
    lacks = next((key for key in named if re.search(rf"\b{re.escape(key)}\b", prompt)), "")
    return f"nothing says what {lacks} looks like" if lacks else ""
