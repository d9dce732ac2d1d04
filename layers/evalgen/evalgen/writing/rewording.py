"""Other words for a text of the prompt, so that no scenario repeats the prompt at length."""

from __future__ import annotations

import re

from evalgen.reading.lexicon import Lexicon

LONGEST_RUN = 11
MOST_WORDS = 32
MOST_PART_WORDS = 5
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
Runs = set[tuple[str, ...]]


def runs_of(text: str) -> Runs:
    """Every run of LONGEST_RUN words of the text."""
    words = [w.lower() for w in _WORD.findall(text)]
    return {tuple(words[i : i + LONGEST_RUN]) for i in range(len(words) - LONGEST_RUN + 1)}


def copied(text: str, source: Runs) -> int | None:
    """The number of the word where a run of the source begins, or None."""
    words = [" ".join(_WORD.findall(w)).lower() for w in text.split()]
    flat = [(w, i) for i, group in enumerate(words) for w in group.split()]
    for start in range(len(flat) - LONGEST_RUN + 1):
        if tuple(w for w, _ in flat[start : start + LONGEST_RUN]) in source:
            return flat[start][1]
    return None


def shortened(text: str, lexicon: Lexicon) -> str:
    """At most MOST_WORDS words, cut where a clause ends."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    head = " ".join(words[:MOST_WORDS])
    cut = max((m.start() for m in lexicon.patterns.clause_end.finditer(head)), default=0)
    return ended(head[:cut] if cut > len(head) // 3 else head, lexicon)


def ended(text: str, lexicon: Lexicon) -> str:
    """Without words at the end that cannot end a clause."""
    words = text.strip(" ,;:").split()
    while words and words[-1].lower().strip(",") in lexicon.words.dangling:
        words.pop()
    return " ".join(words).strip(" ,;:")


def own_words(text: str, source: Runs, lexicon: Lexicon, again: str, joint: str) -> str:
    """Reworded until no run of LONGEST_RUN words stands in the prompt.

    First words are changed, then verbs are told apart (`must say … and must offer …`), then it is cut;
    `joint` stands before the last part of a list that was cut.
    """
    if copied(text, source) is None:
        return text
    for pattern, replacement in lexicon.views.reword.pairs:
        text, changed = pattern.subn(replacement, text, count=1)
        if changed and copied(text, source) is None:
            return text
    if again and copied(text, source) is not None:
        text = lexicon.patterns.verb_break.sub(
            lambda m: again if m["verb"].lower() in lexicon.verbs.bases else m[0], text
        )
        text = lexicon.views.joined.everywhere(text)
    while (position := copied(text, source)) is not None:
        if ":" in text:
            return ""  # a list that is told in part says something else
        words = text.split()
        stop = min(position + LONGEST_RUN - 1, len(words))
        cut = next((i for i in range(stop, 3, -1) if words[i - 1].endswith(",")), None)
        if cut is None:
            return ""
        text = _joined(ended(" ".join(words[:cut]), lexicon), joint, lexicon)
    return text


def _joined(text: str, joint: str, lexicon: Lexicon) -> str:
    """`A, B` as `A and B`, where nothing joins the last part of a list."""
    head, comma, last = text.rpartition(", ")
    first = last.split(" ", 1)[0].lower()
    short = comma and len(last.split()) <= MOST_PART_WORDS and first not in lexicon.words.conjunctions
    return f"{head} {joint} {last}" if short else text
