"""Cases behind what is done or inside of it: `Do … if …`, `Tell them, if …, to …`."""

from __future__ import annotations

import re

from evalgen.reading.instructions import FAR, starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.openers import opened
from evalgen.reading.splits import Split, outside
from evalgen.reading.subjects import tokens_of, verb_at

_FARTHEST = 1000
"""Characters of a sentence among which a case is looked for."""
_LONGEST_HEAD = 6
"""Words of an instruction that goes on behind a case."""


def joined(text: str, lexicon: Lexicon, *, stating: bool = False) -> Split | None:
    """The case behind an instruction; with `stating`, behind what holds (`the fee is waived if …`)."""
    words, patterns = lexicon.words, lexicon.patterns
    for match in outside(text, lexicon.cues.condition_joints.finditer(text, 0, _FARTHEST)):
        head, tail = text[: match.start()].strip(" ,"), text[match.end() :].strip()
        joint = match["joint"].lower()
        if joint in words.undone and tail.split(" ", 1)[0] in words.adverbs:
            tail = tail.partition(" ")[2]
        if not head or not tail:
            continue
        if head.split()[-1].lower() in words.conjunctions or patterns.new_thought.search(
            f"{head} ", len(head) - 4
        ):
            return opened(joint, tail, lexicon)
        if joint in words.tying:
            done = (
                stating and joint in words.clause_joints and _states(head, lexicon) and _states(tail, lexicon)
            )
            if not done and not _ties(joint, head, tail, lexicon):
                continue
        elif not _picks(head, tail, match, lexicon) or not (_states if stating else _tells)(head, lexicon):
            continue
        if stating or joint not in words.clause_joints or patterns.clause_subject.match(tail):
            inserted = _inserted(head, tail, joint, lexicon) if match[0].startswith(",") else None
            return inserted or _with_second_duty(head, tail, joint, lexicon)
    return None


def _tells(head: str, lexicon: Lexicon) -> bool:
    return starts_instruction(head, lexicon) or lexicon.agent.match(head) is not None


def _states(head: str, lexicon: Lexicon) -> bool:
    return verb_at(tokens_of(head), 0, lexicon) is not None


def _picks(head: str, tail: str, joint: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether what follows the joint is a case of what stands before it.

    It may be an indirect question (`ask where it is, when it began …`), empty (`if needed`), tell more
    (`on Friday, when we close`), or belong to a thought that begins behind the head.
    """
    words, patterns = lexicon.words, lexicon.patterns
    word, listed = joint["joint"].lower(), joint[0].startswith(",")
    if word in words.question_joints and (
        patterns.asking_head.search(head) or (listed and patterns.asked_list.match(head))
    ):
        return False
    if patterns.empty_condition.match(tail) or patterns.new_thought.search(head):
        return False
    more = listed and word in words.loose_joints and not starts_instruction(head, lexicon)
    conceded = word in words.conceding and not starts_instruction(head, lexicon)
    return not more and not conceded and (" " in tail or word in words.short_joints)


def _ties(joint: str, head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether `before …` and the like name another act, and not a time."""
    words, patterns = lexicon.words, lexicon.patterns
    if patterns.moment.match(tail):
        return False
    denied = joint not in words.afterwards and patterns.negative.search(head) is not None
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
    if joint in lexicon.words.tying or len(head.split()) > _LONGEST_HEAD:
        return None
    if match:
        return Split(match["x"], f"{head} {match['y']}", joint)
    case, _, rest = tail.partition(", ")
    goes_on = rest.split(maxsplit=1)[:1]
    acts_on = goes_on != [] and goes_on[0] in lexicon.words.object_words
    if len(head.split()) == 1 and (acts_on or starts_instruction(rest, lexicon)):
        return Split(case, f"{head} {rest}", joint)
    return None


def _acts_on(rest: str, lexicon: Lexicon) -> bool:
    """Whether an object stands behind the first word, or is part of it (`repítalo`)."""
    first, _, others = rest.partition(" ")
    return others.split(" ", 1)[0] in lexicon.words.object_words or first.endswith(
        tuple(lexicon.words.clitics)
    )


def _with_second_duty(head: str, tail: str, joint: str, lexicon: Lexicon) -> Split:
    """`Do … if …, and do …`: both are to be done."""
    words, patterns = lexicon.words, lexicon.patterns
    bare = joint in words.tying - words.undone and patterns.bare_act.match(tail) is not None
    if not bare and joint in words.bounds | words.tying:
        return Split(tail, head, joint)
    for match in patterns.second_duty.finditer(tail):
        rest = tail[match.end() : match.end() + FAR]
        marked = match[0].startswith(",") or (bare and _acts_on(rest, lexicon))
        if marked and starts_instruction(head[:FAR], lexicon) and starts_instruction(rest, lexicon):
            return Split(
                tail[: match.start()].strip(" ,"), f"{head} {tail[match.start() :].strip(' ,')}", joint
            )
    return Split(tail, head, joint)
