"""Forms of ids and numbers as people write them down: `SL followed by nine digits`, `HL-00000`, `ten digits`.

A form is a text in which `#` is a digit and `?` a capital letter; the rest stands as it is.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.picks import digits, picker

LONGEST = 24
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def form_in(text: str) -> str:
    """The form that a description states; empty where it states none."""
    return next(
        (form for code in written("invented") if (form := _stated(text, load(code, "invented"), code))), ""
    )


def form_near(noun: str, prompt: str) -> str:
    """The form that a sentence of the prompt states of something."""
    for sentence in _sentences(prompt):
        if noun.casefold() not in sentence.casefold():
            continue
        for at in re.finditer(rf"\b{re.escape(noun)}s?\b", sentence, re.IGNORECASE):
            after = sentence[at.end() : at.end() + 90]
            states = any(
                re.match(load(code, "invented")["states_form"], after) for code in written("invented")
            )
            if states and (form := form_in(after)):
                return form
    return ""


@lru_cache(maxsize=4)
def _sentences(prompt: str) -> list[str]:
    """One that begins with `It` belongs to the one before."""
    return re.split(r"(?<=[.;])\s(?!It |They )|\n", prompt)


def filled(form: str, *seed: object) -> str:
    """A text of that form."""
    pick = picker(*seed)
    number = iter(digits(form.count("#"), *seed))
    return "".join(
        next(number) if c == "#" else string.ascii_uppercase[pick(26)] if c == "?" else c for c in form
    )


def _stated(text: str, words: dict[str, Any], code: str) -> str:
    numbers = load(code, "records")["numbers"]
    any_number = "(?i:" + "|".join([r"\d{1,2}", *sorted(numbers, key=len, reverse=True)]) + ")"

    def number_of(word: str) -> int:
        """Of a numeral; an article stands for one."""
        return int(word) if word.isdigit() else int(numbers.get(word.lower(), 1))

    for key, first, last in (("form_letters", "?", "#"), ("form_digits", "#", "?")):
        if match := re.search(words[key].replace("NUMBER", any_number), text):
            return first * number_of(match["a"]) + last * number_of(match["b"])
    if match := re.search(words["form_parts"].replace("NUMBER", any_number), text):
        char = "?" if words["letters_word"] in match["what"].lower() else "#"
        length = number_of(match["n"])
        if 0 < length <= LONGEST:
            return (match["prefix"] or "") + char * length
    if (match := re.search(words["form_shown"], text)) and not _DATE.search(match["shown"]):
        return re.sub(r"\d", "#", match["shown"])
    return ""


def of_example(example: str) -> str:
    """The form of an example: its digits are free."""
    return re.sub(r"\d", "#", example) if any(c.isdigit() for c in example) else ""
