"""How long ago something was that a prompt allows once in a while: `one order every 28 days`."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import plain


def longer_ago(meaning: Meaning, prompt: str, language: str) -> list[str]:
    """Days of the past for three things, put back by the longest time that the prompt wants between two of
    what a field is about: the next one is allowed.
    """
    things, invented = load(language, "invented_things"), load(language, "invented")
    numbers = load(language, "records")["numbers"]
    any_number = "|".join([r"\d{1,3}", *sorted(map(str, numbers), key=len, reverse=True)])
    every = re.compile(str(things["every"]).replace("NUMBER", f"(?:{any_number})"))
    about = set(meaning.words) - {*things["past"], *invented["plain_words"]}
    longest = 0
    for sentence in re.split(r"[.;\n]", plain(prompt)):
        if about & set(re.findall(r"\w+", sentence)):
            for match in every.finditer(sentence):
                count = int(match["n"]) if match["n"].isdigit() else int(numbers[match["n"]])
                longest = max(longest, count * (7 if invented["week_unit"] in match["unit"] else 1))
    return [re.sub(r"\d+$", lambda m: str(int(m[0]) + longest), day) for day in things["past_days"]]
