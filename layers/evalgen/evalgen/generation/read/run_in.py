"""Bare titles that begin a paragraph (`Leaving. We ask …`) or a step (`3. Permit renewals. A permit …`)."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.verbs import verbs_of

FEWEST = 3
"""So many of them in a prompt make each a title."""
_STEP = re.compile(r"^ {0,3}\d{1,2}[.)] +(?P<title>[^\W\d_][\w'’-]*(?: [\w'’-]+){0,3})\. (?=\S)")


def titles_in(lines: list[str], code: str) -> dict[int, str]:
    """By their lines, counted from 1, the titles; none where they are too few."""
    pattern = load(code, "prompt")["parts"]["run_in"]
    found = dict[int, str]()
    for number, line in enumerate(lines, 1):
        if step := _STEP.match(line):
            if not verbs_of(code).base_of(step["title"].split()[0]):
                found[number] = step["title"]
        elif (number == 1 or not lines[number - 2].strip()) and (match := re.match(pattern, line)):
            found[number] = match["title"]
    return found if len(found) >= FEWEST else {}
