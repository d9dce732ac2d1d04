"""How long ago something was that a prompt allows once in a while: `one order every 28 days`."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.invented.calendar import spans_in
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import plain


def longer_ago(meaning: Meaning, prompt: str, language: str) -> list[str]:
    """Days of the past for three things, put back by the longest time that the prompt wants between two of
    what a field is about: the next one is allowed.
    """
    things, invented = load(language, "invented_things"), load(language, "invented")
    about = set(meaning.words) - {*things["past"], *invented["plain_words"]}
    longest = 0
    for sentence in re.split(r"[.;\n]", plain(prompt)):
        if about & set(re.findall(r"\w+", sentence)):
            longest = max([longest, *spans_in(sentence, things["every"], language, figures=3)])
    return [re.sub(r"\d+$", lambda m: str(int(m[0]) + longest), day) for day in things["past_days"]]
