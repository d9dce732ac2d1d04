"""What an organisation is called by those who ring it, where its definition leaves no doubt."""

from __future__ import annotations

import re
from functools import cache

from evalgen.generation.languages import load, written

_FIRST_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|\n\s*\n|$)", re.DOTALL)
_HEADING = re.compile(r"^\s*#.*$", re.MULTILINE)


def organisation_of(name: str, prompt: str, language: str) -> str:
    """`the clinic`; empty where the agent's name and its first sentence name none, or two.

    >>> organisation_of("Scheduling", "You are Ava, who books visits for Cedarwood Family Clinic.", "en")
    'the clinic'
    >>> organisation_of("Travel", "You take calls about hotel bookings.", "en")
    ''
    """
    if language not in written("organisations"):
        return ""
    works_for, named, forms = _patterns(language)
    first = _FIRST_SENTENCE.search(_HEADING.sub("", prompt).strip())
    sentence = " ".join(first[0].split()) if first else ""
    found = {
        forms[match["noun"].casefold()]
        for match in (
            *works_for.finditer(sentence),
            *named.finditer(sentence),
            *named.finditer(name),
        )
    }
    return found.pop() if len(found) == 1 else ""


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """How it is told for whom one works, how a name shows it, and each noun as it is said."""
    table = load(language, "organisations")
    said: dict[str, str] = table["nouns"]
    small = "|".join(map(re.escape, said))
    capital = "|".join(re.escape(noun.title()) for noun in said)
    works_for = table["works_for"].replace("{nouns}", small)
    return re.compile(works_for), re.compile(table["named"].replace("{Nouns}", capital)), said
