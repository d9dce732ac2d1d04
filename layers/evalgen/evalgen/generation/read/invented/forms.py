"""Forms of ids and numbers as people write them down: `SL followed by nine digits`, `HL-00000`, `ten digits`.

A form is a text in which `#` is a digit and `?` a capital letter; the rest stands as it is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.picks import digits, picker

LONGEST = 24
_DIGITS = "######"
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


def form_told(noun: str, texts: Sequence[str]) -> str:
    """The form that one of the texts states of something, behind its noun or before: `6 digit job number`."""
    return next(
        (form for text in texts for form in (form_near(noun, text), _form_before(noun, text)) if form),
        next((_DIGITS for text in texts if _is_told_in_digits(noun, text)), ""),
    )


def _form_before(noun: str, text: str) -> str:
    for code in written("invented"):
        words = load(code, "invented")
        pattern = words["form_before"].replace("NUMBER", _any_number(code)).replace("NOUN", re.escape(noun))
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if form := form_in(match["form"]):
                return form
    return ""


def _is_told_in_digits(noun: str, text: str) -> bool:
    """Whether it is read out digit by digit."""
    return any(
        re.search(load(code, "invented")["digits_alone"], sentence, re.IGNORECASE)
        for code in written("invented")
        for sentence in _sentences(text)
        if re.search(rf"\b{re.escape(noun)}\b", sentence, re.IGNORECASE)
    )


@lru_cache(maxsize=64)
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


def _any_number(code: str) -> str:
    numbers = load(code, "records")["numbers"]
    return "(?i:" + "|".join([r"\d{1,2}", *sorted(numbers, key=len, reverse=True)]) + ")"


def _stated(text: str, words: dict[str, Any], code: str) -> str:
    numbers, any_number = load(code, "records")["numbers"], _any_number(code)

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
