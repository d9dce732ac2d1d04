"""What makes an agent act, and what it then does: one sentence split into trigger and consequence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon

_LABEL = re.compile(r"^(?P<label>[^:\"“«(]{3,90}?(?:\([^)]*\))?[^:\"“«(]{0,30}):\s+(?P<rest>\S.*)$")
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"))
_MARKS = '"()“”«»'
MOST_LABEL_WORDS = 9


@dataclass(frozen=True, slots=True)
class Split:
    """`opener` is the word that made it a condition (`if`, `unless` …); empty for a label or an arrow."""

    trigger: str
    consequence: str
    opener: str = ""


def split_condition(sentence: str, lexicon: Lexicon) -> Split | None:
    """Trigger and consequence of a conditional sentence, or None if it is not one."""
    text = sentence.strip().rstrip(".")
    if match := lexicon.cues.condition_openers.match(text):
        return _opened(match[0].lower(), text[match.end() :].strip(), lexicon)
    if (match := _ARROW.search(text)) and starts_instruction(text[match.end() :], lexicon):
        return Split(text[: match.start()].strip(" ,:"), text[match.end() :].strip())
    if match := _LABEL.match(text):
        label, rest = match["label"].strip(), match["rest"].strip()
        if (
            len(label.split()) <= MOST_LABEL_WORDS
            and starts_instruction(rest, lexicon)
            and not starts_instruction(label, lexicon)
        ):
            return Split(label, rest)
    return _joined(text, lexicon)


def _opened(opener: str, rest: str, lexicon: Lexicon) -> Split | None:
    """`If …, do …`, or `If …:` over a list."""
    if cut := _boundary(rest, lexicon, alone=opener in lexicon.words.phrase_openers):
        consequence = lexicon.patterns.then.sub("", rest[cut[1] :].strip()).strip(" ,:")
        return Split(rest[: cut[0]].strip(" ,:"), consequence, opener)
    return Split(rest.rstrip(": "), "", opener) if rest.endswith(":") else None


def _joined(text: str, lexicon: Lexicon) -> Split | None:
    """`Do … if …`."""
    for match in _outside(text, lexicon.cues.condition_joints.finditer(text)):
        head, tail = text[: match.start()].strip(" ,"), text[match.end() :].strip()
        joint = match["joint"].lower()
        if len(tail.split(maxsplit=3)) < 3 or len(head.split(maxsplit=2)) < 2:
            continue
        if head.split()[-1].lower() in lexicon.words.conjunctions:
            return _opened(joint, tail, lexicon)
        if lexicon.patterns.empty_condition.match(tail):
            continue
        if joint in lexicon.words.clause_joints and not lexicon.patterns.clause_subject.match(tail):
            continue
        if starts_instruction(head, lexicon) or lexicon.agent.match(head):
            return Split(tail, head, joint)
    return None


def starts_instruction(text: str, lexicon: Lexicon) -> bool:
    """Whether the text tells the agent what to do: an imperative, a prohibition, or `you …`."""
    words = [w.strip(',:"“«(').lower() for w in text.split(maxsplit=6)[:6]]
    while words and (words[0] in lexicon.words.adverbs or lexicon.patterns.adverb.search(words[0])):
        words.pop(0)
    if not words:
        return False
    subject = words[1:] if words[0] in lexicon.words.articles else words
    return (
        lexicon.verbs.base_of(words[0]) != ""
        or lexicon.cues.prohibitions.match(" ".join(words)) is not None
        or (subject[:1] != [] and subject[0] in lexicon.words.agent and len(subject) > 1)
    )


def _boundary(rest: str, lexicon: Lexicon, alone: bool) -> tuple[int, int] | None:
    """Where the trigger ends and the consequence starts: the break before an instruction, else the first.

    With `alone` openers (before, for …), which also open plain phrases, an instruction has to follow.
    """
    first: tuple[int, int] | None = None
    for match in _outside(rest, lexicon.patterns.clause_break.finditer(rest)):
        if match.start() == 0:
            continue
        cut = (match.start(), match.end())
        tail = rest[cut[1] :]
        if starts_instruction(tail, lexicon):
            return cut
        opening, *others = tail[:200].lower().split()
        if first is None and len(others) >= 2 and opening not in lexicon.words.conjunctions:
            first = cut
    return None if alone else first


def _outside(text: str, matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The matches that stand in no bracket or quotation, in order."""
    seen: Counter[str] = Counter()
    done = 0
    for match in matches:
        part, done = text[done : match.start()], match.start()
        seen.update({mark: part.count(mark) for mark in _MARKS})
        if seen['"'] % 2 == 0 and all(seen[opening] <= seen[closing] for opening, closing in _PAIRS):
            yield match
