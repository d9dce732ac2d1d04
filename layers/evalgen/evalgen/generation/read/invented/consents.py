"""Whether a caller says yes where a deed asks it: `True only if the fee applies and the caller agreed`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.texts import Texts


def agreed(meaning: Meaning, texts: Texts) -> bool | None:
    """What callers agree to, without what applies in some cases alone: no for what is due at short notice, as
    what is on record lies further ahead; None where nothing says whether it applies.
    """
    table = load(texts.language, "invented_texts")
    said = re.search(table["true_only"], meaning.said)
    clauses = re.split(table["clauses"], said["when"]) if said else []
    if not any(re.search(table["applies"], clause) for clause in clauses):
        return texts.agrees(meaning)
    said_late = re.search(table["late"], f"{' '.join(meaning.words)} {meaning.said}")
    return False if said_late or _is_late(meaning.said, texts, table) else None


def _is_late(said: str, texts: Texts, table: Mapping[str, Any]) -> bool:
    """Whether the prompt says of the very sum, wherever it has it, that it is due at short notice."""
    sums = re.findall(table["a_sum"], said)
    lines = [line for line in texts.flat_prompt.split("\n") if any(_has(one, line) for one in sums)]
    return bool(lines) and all(re.search(table["late"], line) for line in lines)


def _has(amount: str, line: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(amount)}(?![\d]|[.,]\d)", line) is not None
