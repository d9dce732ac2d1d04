"""What of a prompt is not read, in words for its owner, with its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evalgen.generation.read.statement import Prompt

MOST_RANGES = 20
FAULTY = "code: JSON"


NO_LANGUAGE = "description: it is in no language that is read, so none of its rules is tested."


def told_unread(prompt: Prompt, declared: str) -> Iterator[str]:
    """A sentence each: another language than the declared one, data that is broken, statements unread."""
    if not prompt.language:
        yield NO_LANGUAGE
        return
    if prompt.language != declared[:2].lower():
        yield (
            f"description: it is written in `{prompt.language}`, and the agent speaks `{declared}`: steps "
            f"are in `{declared}` and outcomes in `{prompt.language}`."
        )
    for one in prompt.statements:
        if one.because.startswith(FAULTY):
            fault = one.because.removeprefix("code: ")
            yield f"description: lines {_range(*one.lines)} are not read: {fault}."
    unread = [one for one in prompt.statements if not one.sure]
    if unread:
        lines = {line for one in unread for line in range(one.lines[0], one.lines[1] + 1)}
        total = len(prompt.statements)
        yield (
            f"description: {len(unread)} of {total} statements ({round(100 * len(unread) / total)} %) are "
            f"not read with certainty, and nothing rests on them: lines {ranges(sorted(lines))}."
        )


def ranges(lines: Sequence[int]) -> str:
    """Numbers in order, those in a row as one: `4–6, 9`."""
    starts = [line for before, line in pairwise([-1, *lines]) if line != before + 1]
    ends = [line for line, after in pairwise([*lines, -1]) if after != line + 1]
    found = [_range(start, end) for start, end in zip(starts, ends, strict=True)]
    return ", ".join(found[:MOST_RANGES]) + (" …" if len(found) > MOST_RANGES else "")


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
