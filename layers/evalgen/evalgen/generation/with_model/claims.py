"""Whether a claim says what it rests on, as far as code can be sure; where it cannot, a reviewer looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.check.words import is_foreign, reads_as
from evalgen.generation.languages import load
from evalgen.generation.values import leaves
from evalgen.generation.with_model.forms import Claim
from evalgen.generation.with_model.named import has_names
from evalgen.generation.with_model.quotes import Passages, words_of

STEM = 5
"""Letters by which words are compared: `booked` and `booking`."""
FEWEST, FEWEST_STEMS = 3, 3
"""Letters of words that say something, and such words of a statement that is compared with what it quotes."""
MOST_READ = 4_000
"""Characters at the beginning of a text by which its language is known."""
_BEFORE = 40
_TURNS = ("forbids", "denies")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])[\w-]{3,}")


@dataclass(frozen=True)
class Quoted:
    """A quote of a text: what stands before it, and the lines around it; none if they are in another language
    than the claim.
    """

    before: str
    around: str


def quoted(text: str, passages: Passages, quote: str, told_in: str) -> Quoted:
    """Of a quote that stands in the text; the line before and the one behind may say what it is about."""
    start, end = passages.span_of(quote) or (0, len(text))
    lines, first = text.split("\n"), text.count("\n", 0, start)
    last = first + text.count("\n", start, end)
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    begins = text[:MOST_READ]
    own = reads_as(begins, told_in) and not is_foreign(begins, told_in)
    return Quoted(before, "\n".join(lines[max(0, first - 1) : last + 2]) if own else "")


def fault_of(
    claim: Claim, quotes: Sequence[Quoted], stated: Collection[Any], others: Any, told_in: str
) -> str:
    """Why it cannot be meant; empty if nothing speaks against it. `stated` are the values that it names,
    `others` the answers of the call. Says nothing of languages without tables of their words.
    """
    if not has_names(told_in):
        return ""
    table = load(told_in, "claims")
    for one in quotes:
        if match := re.search(table["turned"], one.before):
            return f"its quote leaves out {match[0].strip()!r}, which stands before it"
    denies = re.search(table["denies"], claim.text) is not None
    if quotes and not (denies or stated) and all(_only_forbids(one, table) for one in claim.quotes):
        return "it says what has to happen, and what it quotes forbids something"
    if claim.kind == "does_not" and not denies:
        return "it is of the kind does_not, and says what has to happen"
    if claim.kind in ("says", "asks") and re.search(table["forbids"], claim.text):
        return f"it is of the kind {claim.kind}, and says what must not happen"
    if code := _other_code(claim.text, stated, others):
        return f"it states {code!r}, which is not the value of the answer that it names"
    told = _stems(claim.text, told_in)
    around = {stem for one in quotes for stem in _stems(one.around, told_in)}
    if claim.kind == "does_not" or stated or denies or not around or len(told) < FEWEST_STEMS:
        return ""
    shared = 1 if len(told) == FEWEST_STEMS else 2
    return "what it quotes says nothing of it" if len(told & around) < shared else ""


def _only_forbids(quote: str, table: dict[str, Any]) -> bool:
    """Whether it begins with its negation, and says nothing of what may be done."""
    return bool(re.match(table["bans"], quote)) and not re.search(table["allows"], quote)


def turns_round(planned: str, written: str, told_in: str) -> bool:
    """Whether other words for a statement turn it into its contrary."""
    if not has_names(told_in):
        return False
    table = load(told_in, "claims")
    forbids, denies = ([bool(re.search(table[key], text)) for text in (planned, written)] for key in _TURNS)
    return forbids[0] != forbids[1] or (denies[0] and not denies[1])


def _other_code(text: str, stated: Collection[Any], others: Any) -> str:
    """A code of the call that stands in the place of the one that is named."""
    named = {str(value) for value in stated if _CODE.fullmatch(str(value))}
    told = set(_CODE.findall(text))
    if not named or named & told:
        return ""
    known = {str(value) for _, value in leaves(others)}
    return next((code for code in sorted(told) if code in known), "")


def _stems(text: str, language: str) -> set[str]:
    common, empty = load(language, "check")["common"], load(language, "claims")["empty"]
    return {
        word[:STEM]
        for word in words_of(text)
        if len(word) >= FEWEST and word not in common and word not in empty
    }
