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
                re.match(f"{words['states_form']}|{words['states_length']}", after, re.IGNORECASE)
                for words in (load(code, "invented") for code in written("invented"))
            )
            if states and (form := form_in(after)):
                return form
    return ""


@lru_cache(maxsize=4)
def _sentences(prompt: str) -> list[str]:
    """One that begins with `It`, or that is nothing but a length, belongs to the one before."""
    lengths = "|".join(load(code, "invented")["states_length"] for code in written("invented"))
    return re.split(rf"(?<=[.;])\s(?!It |They |(?i:{lengths}))|\n", prompt)


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
            return first * number_of(match["a"] or "") + last * number_of(match["b"])
    if match := re.search(words["form_parts"].replace("NUMBER", any_number), text):
        char = "?" if words["letters_word"] in match["what"].lower() else "#"
        length = number_of(match["n"])
        if 0 < length <= LONGEST:
            return _started((match["prefix"] or "") + char * length, text, words)
    if (match := re.search(words["form_shown"], text)) and not _DATE.search(match["shown"]):
        return re.sub(r"\d", "#", match["shown"])
    return ""


def _started(form: str, text: str, words: dict[str, Any]) -> str:
    """The form with the characters in front that all of its values begin with."""
    match = re.search(words["begins_with"], text)
    start = match["start"] if match else ""
    return start + form[len(start) :] if start and len(start) < len(form) else form


def has_form(text: str, form: str) -> bool:
    """Whether a text is of a form; any text is of none."""
    kinds = {"#": r"\d", "?": "[A-Z]"}
    return not form or re.fullmatch("".join(kinds.get(c) or re.escape(c) for c in form), text) is not None


def of_example(example: str) -> str:
    """The form of an example: its digits are free."""
    return re.sub(r"\d", "#", example) if any(c.isdigit() for c in example) else ""
