"""Numbered paragraphs of `extra_instructions`: one scenario each."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"^ {0,3}(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)$")


def aims_in(text: str) -> tuple[tuple[str, ...], str]:
    """The paragraphs numbered 1, 2, 3 … (`1.` or `1)`), each on one line, and the text outside of them.

    A paragraph ends at a blank line or at the next number; a number out of order is part of the text.

    >>> aims_in("Be brief.\\n1. Ask to cancel,\\nthen keep it.\\n2) Ask about prices.")
    (('Ask to cancel, then keep it.', 'Ask about prices.'), 'Be brief.')
    """
    aims: list[list[str]] = []
    rest: list[str] = []
    inside = False
    for line in text.splitlines():
        numbered = _NUMBERED.match(line)
        if numbered and int(numbered["number"]) == len(aims) + 1:
            aims.append([numbered["text"]])
            inside = True
        elif inside and line.strip():
            aims[-1].append(line)
        else:
            inside = False
            rest.append(line)
    return tuple(" ".join(" ".join(lines).split()) for lines in aims), "\n".join(rest).strip()
