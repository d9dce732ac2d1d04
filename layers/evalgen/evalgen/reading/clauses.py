"""What makes an agent act, and what it then does: one sentence split into trigger and consequence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import placed_limits
from evalgen.reading.subjects import narrowed, tokens_of, verb_at

_LABEL = re.compile(r"^(?P<label>[^:\"“«(]{3,90}?(?:\([^)]*\))?[^:\"“«(]{0,30}):\s+(?P<rest>\S.*)$")
_DASHED = re.compile(r"^(?P<label>[^:,.\"“«()–—]{3,90}?)\s+[-–—]\s+(?P<rest>\S.*)$")
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_BRACKETS = re.compile(r"\([^()]*\)")
_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"))
_MARKS = '"()“”«»'
_OWNING = ("'s", "’s", "s'", "s’")
_FAR = 200
"""Characters in which it shows whether a clause is an instruction."""
MOST_LABEL_WORDS = 9


@dataclass(frozen=True, slots=True)
class Split:
    """`opener` is the word that made it a condition (`if`, `unless` …); empty for a label or an arrow."""

    trigger: str
    consequence: str
    opener: str = ""


def split_condition(sentence: str, lexicon: Lexicon) -> Split | None:
    """Trigger and consequence of a conditional sentence, or None if it is not one."""
    text = lexicon.patterns.connector.sub("", sentence.strip().rstrip("."))
    if match := lexicon.cues.condition_openers.match(text):
        return _opened(match[0].lower(), text[match.end() :].strip(), lexicon)
    if (match := _ARROW.search(text)) and _points(text[: match.start()], text[match.end() :], lexicon):
        return Split(text[: match.start()].strip(" ,:"), text[match.end() :].strip())
    return (
        _labelled(text, lexicon)
        or _in_turn(text, lexicon)
        or _fronted(text, lexicon)
        or _joined(text, lexicon)
        or _narrowed(text, lexicon)
    )


def _points(case: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether an arrow leads from a case to what is done then."""
    return starts_instruction(rest, lexicon) or (
        len(rest.split()) > 1 and not starts_instruction(case, lexicon)
    )


def _labelled(text: str, lexicon: Lexicon) -> Split | None:
    """`Not found: …`, or with a dash."""
    match = _LABEL.match(text) or _DASHED.match(text)
    if not match:
        return None
    label, rest = match["label"].strip(), match["rest"].strip()
    told = starts_instruction(rest, lexicon) or _rules(rest, lexicon)
    named = len(
        _BRACKETS.sub("", label).split()
    ) <= MOST_LABEL_WORDS and not lexicon.patterns.part_label.match(label)
    return Split(label, rest) if told and named and not starts_instruction(label, lexicon) else None


def _rules(text: str, lexicon: Lexicon) -> bool:
    """Whether the text behind a label forbids or limits something."""
    tokens = tokens_of(text)
    verb = verb_at(tokens, 0, lexicon)
    forbidden = verb is not None and lexicon.cues.prohibitions.match(text, tokens[verb].start)
    limited = lexicon.patterns.limiting.match(text) or lexicon.patterns.forbidding.match(text)
    return bool(forbidden or limited)


def _in_turn(text: str, lexicon: Lexicon) -> Split | None:
    """`First …, then …`."""
    match = lexicon.patterns.in_turn.match(text)
    return (
        Split(match["x"].strip(" ,"), match["y"].strip(" ,"), lexicon.templates.first_word) if match else None
    )


def _opened(opener: str, rest: str, lexicon: Lexicon) -> Split | None:
    """`If …, do …`, or `If …:` over a list."""
    phrase = opener in lexicon.words.phrase_openers
    if cut := _boundary(rest, lexicon, opener if phrase else ""):
        consequence = lexicon.patterns.then.sub("", rest[cut[1] :].strip()).strip(" ,:")
        return Split(rest[: cut[0]].strip(" ,:"), consequence, opener)
    return Split(rest.rstrip(": "), "", opener) if rest.endswith(":") else None


def _joined(text: str, lexicon: Lexicon) -> Split | None:
    """`Do … if …`."""
    words = lexicon.words
    for match in _outside(text, lexicon.cues.condition_joints.finditer(text)):
        head, tail = text[: match.start()].strip(" ,"), text[match.end() :].strip()
        joint = match["joint"].lower()
        tying = joint in words.tying
        if not head or len(tail.split(maxsplit=3)) < (1 if tying else 3):
            continue
        if head.split()[-1].lower() in words.conjunctions:
            return _opened(joint, tail, lexicon)
        asked = lexicon.patterns.asking_head.search(head)
        if not tying and (asked or lexicon.patterns.empty_condition.match(tail)):
            continue
        if joint in words.clause_joints and not lexicon.patterns.clause_subject.match(tail):
            continue
        if tying and not _ties(joint, head, tail, lexicon):
            continue
        if tying or starts_instruction(head, lexicon) or lexicon.agent.match(head):
            return _with_second_duty(head, tail, joint, lexicon)
    return None


def _ties(joint: str, head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether `before …` and the like name another act, and not a time."""
    words, patterns = lexicon.words, lexicon.patterns
    if patterns.moment.match(tail):
        return False
    if joint in words.until:
        return patterns.negative.search(head) is not None
    told = starts_instruction(head, lexicon)
    if joint in words.only_joints:
        return told or len(head.split()) > 1
    demanded = lexicon.cues.requirements.search(head)
    return told or bool(demanded and patterns.act.match(tail))


def _with_second_duty(head: str, tail: str, joint: str, lexicon: Lexicon) -> Split:
    """`Do … if …, and do …`: both are to be done."""
    ends = joint not in lexicon.words.bounds | lexicon.words.tying
    for match in lexicon.patterns.second_duty.finditer(tail) if ends else ():
        rest = tail[match.end() : match.end() + _FAR]
        if starts_instruction(head[:_FAR], lexicon) and starts_instruction(rest, lexicon):
            return Split(
                tail[: match.start()].strip(" ,"), f"{head} {tail[match.start() :].strip(' ,')}", joint
            )
    return Split(tail, head, joint)


def _fronted(text: str, lexicon: Lexicon) -> Split | None:
    """`Above 500 dollars …`, `Otherwise …`, `Later than that …`: the case without an opener."""
    end = 0
    if match := lexicon.patterns.fronted.match(text):
        end = match.end()
    else:
        limits = placed_limits(text, lexicon)
        if limits and limits[0][1][0] == 0:
            end = limits[0][1][1]
    if not end:
        return None
    rest = text[end:]
    if rest.startswith(","):
        return Split(text[:end], rest.strip(" ,"))
    start = lexicon.patterns.new_clause.match(rest.lstrip())
    told = start or starts_instruction(rest, lexicon)
    return Split(text[:end], rest.strip()) if told else None


def _narrowed(text: str, lexicon: Lexicon) -> Split | None:
    """`Groups of 10 or more are …`."""
    if starts_instruction(text, lexicon) or lexicon.agent.match(text) or lexicon.patterns.no_case.match(text):
        return None
    parts = narrowed(text, lexicon)
    return Split(*parts) if parts else None


def _boundary(rest: str, lexicon: Lexicon, phrase: str) -> tuple[int, int] | None:
    """Where the trigger ends and the consequence starts: the break before an instruction, else the first.

    With a `phrase` opener (before, for …), which also opens plain phrases, an instruction has to follow, or
    the phrase has to name a case; no comma need stand between.
    """
    first: tuple[int, int] | None = None
    for match in _outside(rest, lexicon.patterns.clause_break.finditer(rest)):
        if match.start() == 0:
            continue
        cut = (match.start(), match.end())
        tail = rest[cut[1] : cut[1] + _FAR]
        if starts_instruction(tail, lexicon):
            second = phrase and tail.split(maxsplit=1)[0].lower() in lexicon.words.conjunctions
            return (_unmarked(phrase, rest[: cut[0]], lexicon) if second else None) or cut
        opening, *others = tail.lower().split()
        if first is None and len(others) >= 2 and opening not in lexicon.words.conjunctions:
            first = cut if not phrase or verb_at(tokens_of(tail), 0, lexicon) is not None else None
    if not phrase:
        return first
    if first:
        trigger = rest[: first[0]]
        clause = (
            phrase not in lexicon.words.loose_openers or verb_at(tokens_of(trigger), 1, lexicon) is not None
        )
        return first if clause or _names_case(phrase, trigger, lexicon) else None
    return _unmarked(phrase, rest, lexicon)


def _names_case(opener: str, trigger: str, lexicon: Lexicon) -> bool:
    """Whether a phrase picks a case, so that what holds then need not be an instruction."""
    happened = opener in lexicon.words.afterwards and lexicon.patterns.case.search(trigger)
    limited = bool(placed_limits(f"{opener} {trigger}", lexicon))
    certain = opener in lexicon.words.case_openers | lexicon.words.only_joints
    return certain or bool(happened) or limited


def _unmarked(opener: str, rest: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where a phrase without a comma ends: before an imperative, `may you`, or the subject of a clause."""
    tokens = tokens_of(rest)
    for index in range(1, len(tokens) - 1):
        token, before, behind = tokens[index], tokens[index - 1].word, tokens[index + 1].word
        if before in lexicon.words.no_verb_after | lexicon.words.pronouns or before.endswith(_OWNING):
            continue
        if lexicon.patterns.modifier.search(before):
            continue
        cut = (token.start, token.start)
        if lexicon.patterns.inverted.match(rest, token.start):
            return cut
        if lexicon.verbs.base_of(token.word) and (behind in lexicon.words.object_words or "_" in behind):
            return cut
        if (
            lexicon.patterns.new_clause.match(rest, token.start)
            and (token.word in lexicon.words.finite or verb_at(tokens[index:], 1, lexicon) is not None)
            and _names_case(opener, rest[: token.start], lexicon)
        ):
            return cut
    return None


def _outside(text: str, matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The matches that stand in no bracket or quotation, in order."""
    seen: Counter[str] = Counter()
    done = 0
    for match in matches:
        part, done = text[done : match.start()], match.start()
        seen.update({mark: part.count(mark) for mark in _MARKS})
        if seen['"'] % 2 == 0 and all(seen[opening] <= seen[closing] for opening, closing in _PAIRS):
            yield match
