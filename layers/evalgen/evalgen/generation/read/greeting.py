"""With which question an agent opens a call: the moment at which callers say what they want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.statement import Prompt

_QUOTED = re.compile(r"[\"“«]([^\"”»]{8,})[\"”»]")


def asks_otherwise(first_message: str, prompt: Prompt) -> bool:
    """Whether the greeting does not ask how the agent can help: `Your registration, please?`, `Is it about an
    order?`.

    By the first message; where it is not known, by the words that the prompt gives for it, or, where it gives
    none, by its saying that help is offered.
    """
    if not prompt.language:
        return False
    table = load(prompt.language, "greeting")
    greetings = [first_message] if first_message else list(_greetings(prompt, table))
    if not greetings:
        texts = [one.text for one in prompt.statements]
        return not any(re.search(table["offers_help"], text, re.IGNORECASE) for text in texts) or any(
            re.search(table["has_asked"], text, re.IGNORECASE) for text in texts
        )
    return not any(re.search(table["offers_help"], said, re.IGNORECASE) for said in greetings)


def calls_out(prompt: Prompt) -> bool:
    """Whether the agent places the calls, by a sentence of its prompt that no case stands before."""
    if not prompt.language:
        return False
    pattern = load(prompt.language, "greeting")["calls_out"]
    plainly = (one.text for one in prompt.statements if one.condition is None)
    return any(re.search(pattern, text, re.IGNORECASE) for text in plainly)


def _greetings(prompt: Prompt, table: Mapping[str, Any]) -> Iterator[str]:
    """What the prompt has the agent open with, word for word."""
    for statement in prompt.statements:
        words = _QUOTED.search(statement.text)
        if words and re.search(table["opens_with"], statement.text[: words.start()], re.IGNORECASE):
            yield words[1]
