"""Whether a text repeats the agent's prompt instead of saying it in words of its own."""

from __future__ import annotations

import re

from evalgen.generation.draft import Draft

RUN = 12
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class CopyGuard:
    """Every run of RUN words of the prompt."""

    def __init__(self, prompt: str) -> None:
        self._runs = _runs(prompt)

    def problems_of(self, draft: Draft) -> list[str]:
        written = "\n".join(
            (draft.name, draft.instructions, draft.expected_outcome if draft.generated_outcome else "")
        )
        return [f"the prompt is copied: {' '.join(run)}" for run in list(_runs(written) & self._runs)[:1]]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [w.lower() for w in _WORD.findall(text)]
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
