"""What an owner's description of a parameter or a variable says of its value, in all languages at once."""

from __future__ import annotations

import re
from functools import cache

from evalgen.generation.read.words import all_words


def example_in(text: str) -> str | None:
    """The example that a variable is described by: `for example "Ada"`, `format: 09:30`."""
    leads, joins, forms = (_listed(name) for name in ("examples_behind", "or", "forms_behind"))
    found = re.search(
        rf"(?:{leads})[:,]?\s+[\"'«]?([^;)\"'»\n]{{1,60}}?)[\"'»]?(?= (?:{joins}) |[;)\n]|\.?$)"
        rf"|(?:{forms})[:,]?\s+\"?([\w:./-]*\d[\w:./-]*(?: [ap]\.?m\.?)?)",
        text,
        re.IGNORECASE,
    )
    given = (found[1] or found[2]).strip() if found else None
    return given.rstrip(".") if given and given[-2:] != "m." else given


def is_always(about: str, choice: object) -> bool:
    """Whether a description names the choice that is always taken in some case, which nobody tells the agent:
    `the pest, always general for routine visits`.
    """
    named = rf"\W{{1,3}}{re.escape(str(choice).lower())}(?!\w)"
    return any(
        re.search(rf"\b{words.tables['agent_decides']['always']}{named}", about) for words in all_words()
    )


def first_example_in(text: str) -> str | None:
    """The first of the examples that a parameter is described by: `e.g. rear, front`."""
    leads = _listed("examples_behind")
    found = re.search(rf"\b(?:{leads}),? \"?'?([^,;)\"'\n]{{2,40}})", text)
    return found[1].strip(" .") if found else None


def options_in(text: str) -> list[str]:
    """The values that a description ends with: `the branch: Kirkstall, Shipley or York`."""
    joins = _listed("or")
    found = re.search(
        rf":\s+((?:[^\W\d_][\w' -]{{0,29}},\s+)*[\w' -]{{1,30}}?,?\s+(?:{joins})\s+[\w' -]{{1,30}})\.?$", text
    )
    return re.split(rf",?\s+(?:{joins})\s+|,\s+", found[1]) if found else []


def is_phone(text: str) -> bool:
    return re.search(_listed("phone"), text, re.IGNORECASE) is not None


def word_for_none(text: str) -> str:
    """The word that stands where there is no value: `or "withheld"`; empty where none is said."""
    found = re.search(_listed("none_is"), text, re.IGNORECASE)
    return next(filter(None, found.groups())) if found else ""


def may_be_empty(text: str) -> bool:
    return re.search(_listed("may_be_empty"), text, re.IGNORECASE) is not None


def follows_from_rules(text: str) -> bool:
    """Whether a value is worked out: `worked out from the notice rule and the minimum term`."""
    return re.search(_listed("follows_from_rules"), text, re.IGNORECASE) is not None


def names_a_day_by_rule(text: str) -> bool:
    """Whether a day is fixed by a period: `always the last day of the following month`."""
    return re.search(_listed("day_by_rule"), text, re.IGNORECASE) is not None


@cache
def _listed(name: str) -> str:
    return "|".join(p for words in all_words() for p in words.tables["described"][name])
