"""What makes an agent act, and what it then does: one sentence split into trigger and consequence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon

_LABEL = re.compile(r"^(?P<label>[^:\"“(]{3,90}?(?:\([^)]*\))?[^:\"“(]{0,30}):\s+(?P<rest>\S.*)$")
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_EMPTY_CONDITION = re.compile(
    r"(?:applicable|any|necessary|needed|possible|there is one|available)\b", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:the|you|they|it|we|all|he|she|your|their|a|an)\b", re.IGNORECASE)
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
    if match := lexicon.opener.match(text):
        opener, rest = match[0].lower(), text[match.end() :].strip()
        cut = _boundary(
            rest,
            lexicon,
            alone=opener
            in (
                "for",
                "on",
                "during",
                "after",
                "before",
                "once",
                "should",
                "where",
                "upon",
                "while",
                "until",
            ),
        )
        if cut:
            return Split(rest[: cut[0]].strip(" ,:"), _without_then(rest[cut[1] :]), opener)
        if text.endswith(":"):
            return Split(rest.rstrip(": "), "", opener)
        return None
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
    for match in lexicon.joint.finditer(text):
        head, tail = text[: match.start()].strip(" ,"), text[match.end() :].strip()
        if _in_brackets(text, match.start()) or len(tail.split()) < 3 or len(head.split()) < 2:
            continue
        if _EMPTY_CONDITION.match(tail) or (match["joint"].lower() == "once" and not _SUBJECT.match(tail)):
            continue
        if starts_instruction(head, lexicon) or lexicon.agent.match(head):
            return Split(tail, head, match["joint"].lower())
    return None


def starts_instruction(text: str, lexicon: Lexicon) -> bool:
    """Whether the text tells the agent what to do: an imperative, a prohibition, or `you …`."""
    words = [w.strip(',:"“(').lower() for w in text.split()[:6]]
    while words and (words[0] in lexicon.words["adverbs"] or words[0].endswith("ly")):
        words.pop(0)
    if not words:
        return False
    pair = " ".join(words[:2])
    return (
        words[0] in lexicon.words["verbs"]
        or words[0] in lexicon.words["prohibitions"]
        or pair in lexicon.words["prohibitions"]
        or (words[0] in lexicon.words["agent"] and len(words) > 1)
        or (words[0] == "the" and len(words) > 2 and words[1] in lexicon.words["agent"])
    )


def _boundary(rest: str, lexicon: Lexicon, alone: bool) -> tuple[int, int] | None:
    """Where the trigger ends and the consequence starts: the first break before an instruction, else the first.

    `alone` openers (before, for …) also open plain phrases, so they need an instruction behind the break.
    """
    first: tuple[int, int] | None = None
    for match in re.finditer(r"\s*(?::|,|—|–| - |\bthen\b)\s+", rest):
        if match.start() == 0 or _in_brackets(rest, match.start()):
            continue
        cut = (match.start(), match.end())
        tail = rest[cut[1] :]
        if starts_instruction(tail, lexicon):
            return cut
        if (
            first is None
            and len(tail.split()) >= 3
            and not tail.lower().startswith(("or ", "and ", "o ", "y "))
        ):
            first = cut
    return None if alone else first


def _without_then(text: str) -> str:
    return re.sub(r"^(?:then|entonces)\b,?\s*", "", text.strip(), flags=re.IGNORECASE).strip(" ,:")


def _in_brackets(text: str, position: int) -> bool:
    head = text[:position]
    return head.count("(") > head.count(")") or head.count('"') % 2 == 1 or head.count("“") > head.count("”")
