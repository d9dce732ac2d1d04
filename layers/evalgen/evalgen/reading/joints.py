"""Cases behind what is done or inside of it: `Do … if …`, `Tell them, if …, to …`."""

from __future__ import annotations

from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.openers import opened
from evalgen.reading.splits import FAR, Split, outside
from evalgen.reading.subjects import tokens_of, verb_at

_LONGEST_HEAD = 6
"""Words of an instruction that goes on behind a case."""


def joined(text: str, lexicon: Lexicon, *, stating: bool = False) -> Split | None:
    """The case behind an instruction; with `stating`, behind what holds (`the fee is waived if …`)."""
    words, patterns = lexicon.words, lexicon.patterns
    for match in outside(text, lexicon.cues.condition_joints.finditer(text)):
        head, tail = text[: match.start()].strip(" ,"), text[match.end() :].strip()
        joint = match["joint"].lower()
        if not head or not tail:
            continue
        if head.split()[-1].lower() in words.conjunctions:
            return opened(joint, tail, lexicon)
        if joint in words.tying:
            if not _ties(joint, head, tail, lexicon):
                continue
        elif _is_asked(head, joint, match[0].startswith(","), lexicon) or patterns.empty_condition.match(tail):
            continue
        elif not (_states(head, lexicon) if stating else _tells(head, lexicon)):
            continue
        if joint not in words.clause_joints or patterns.clause_subject.match(tail):
            inserted = _inserted(head, tail, joint, lexicon) if match[0].startswith(",") else None
            return inserted or _with_second_duty(head, tail, joint, lexicon)
    return None


def _tells(head: str, lexicon: Lexicon) -> bool:
    return starts_instruction(head, lexicon) or lexicon.agent.match(head) is not None


def _states(head: str, lexicon: Lexicon) -> bool:
    return verb_at(tokens_of(head), 0, lexicon) is not None


def _is_asked(head: str, joint: str, listed: bool, lexicon: Lexicon) -> bool:
    """Whether the joint opens an indirect question, or one of a list: `ask where it is, when it began …`."""
    patterns = lexicon.patterns
    asks = joint in lexicon.words.question_joints
    return asks and bool(patterns.asking_head.search(head) or (listed and patterns.asked_list.match(head)))


def _ties(joint: str, head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether `before …` and the like name another act, and not a time."""
    words, patterns = lexicon.words, lexicon.patterns
    if patterns.moment.match(tail):
        return False
    denied = patterns.negative.search(head) is not None
    if joint in words.until:
        return denied
    told = starts_instruction(head, lexicon)
    if joint in words.only_joints:
        return told or len(head.split()) > 1
    if joint in words.undone:
        return denied and told
    demanded = denied or lexicon.cues.requirements.search(head)
    return told or bool(demanded and patterns.act.match(tail))


def _inserted(head: str, tail: str, joint: str, lexicon: Lexicon) -> Split | None:
    """`Tell them, if …, to …`: what is done goes on behind the case."""
    match = lexicon.patterns.inserted.match(tail)
    if not match or joint in lexicon.words.tying or len(head.split()) > _LONGEST_HEAD:
        return None
    return Split(match["x"], f"{head} {match['y']}", joint)


def _with_second_duty(head: str, tail: str, joint: str, lexicon: Lexicon) -> Split:
    """`Do … if …, and do …`: both are to be done."""
    ends = joint not in lexicon.words.bounds | lexicon.words.tying
    for match in lexicon.patterns.second_duty.finditer(tail) if ends else ():
        rest = tail[match.end() : match.end() + FAR]
        if starts_instruction(head[:FAR], lexicon) and starts_instruction(rest, lexicon):
            return Split(
                tail[: match.start()].strip(" ,"), f"{head} {tail[match.start() :].strip(' ,')}", joint
            )
    return Split(tail, head, joint)
