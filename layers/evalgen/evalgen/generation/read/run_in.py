"""Bare titles that begin a paragraph (`Leaving. We ask …`, `Identity: Before …`) or a step (`3. Permit
renewals. A permit …`).
"""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.read.verbs import verbs_of

FEWEST = 3
"""So many of them in a prompt make each a title."""
FEWEST_LABELS = 5
"""So many labels that begin paragraphs, most of all, make each a title."""
_LABEL = re.compile(r"^(?P<title>[A-ZÁÉÍÓÚÑ][^\W\d_]+(?:[ '’/&-]+[^\W\d_]+){0,4}): (?=[\"“¿¡A-ZÁÉÍÓÚÑ].{40})")
_STEP = re.compile(r"^ {0,3}\d{1,2}[.)] +(?P<title>[^\W\d_][\w'’-]*(?: [\w'’-]+){0,3})\. (?=\S)")


def titles_in(lines: list[str], code: str) -> dict[int, str]:
    """By their lines, counted from 1, the titles; none where they are too few."""
    if labels := _labels_in(lines):
        return labels
    pattern = load(code, "prompt")["parts"]["run_in"]
    found = dict[int, str]()
    for number, line in enumerate(lines, 1):
        if step := _STEP.match(line):
            if not verbs_of(code).base_of(step["title"].split()[0]):
                found[number] = step["title"]
        elif (number == 1 or not lines[number - 2].strip()) and (match := re.match(pattern, line)):
            found[number] = match["title"]
    return found if len(found) >= FEWEST else {}


def _labels_in(lines: list[str]) -> dict[int, str]:
    """The labels of paragraphs, where hardly any paragraph has none and there are no other titles."""
    begins = [n for n, line in enumerate(lines) if line.strip() and (n == 0 or not lines[n - 1].strip())]
    found = {n + 1: match["title"] for n in begins if (match := _LABEL.match(lines[n]))}
    marked = any(lines[n].startswith(("#", "- ", "* ", "<", "=")) for n in begins)
    most = len(found) >= FEWEST_LABELS and len(found) * 4 >= len(begins) * 3
    return found if most and not marked else {}
