"""What makes an agent act, and what it then does: one sentence split into trigger and consequence."""

from __future__ import annotations

import re

from evalgen.reading.instructions import starts_instruction
from evalgen.reading.joints import joined
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import placed_limits
from evalgen.reading.openers import opened
from evalgen.reading.splits import Split
from evalgen.reading.subjects import narrowed, tokens_of, verb_at

_LABEL = re.compile(r"^(?P<label>[^:\"“«(]{3,90}?(?:\([^)]*\))?[^:\"“«(]{0,30}):\s+(?P<rest>\S.*)$")
_DASHED = re.compile(r"^(?P<label>[^:,.\"“«()–—]{3,90}?)\s+[-–—]\s+(?P<rest>\S.*)$")
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_BRACKETS = re.compile(r"\([^()]*\)")
_TO_COMMA = re.compile(r"(?:\s[\w'’-]+){0,4},")
MOST_LABEL_WORDS = 9


def split_condition(sentence: str, lexicon: Lexicon) -> Split | None:
    """Trigger and consequence of a conditional sentence, or None if it is not one."""
    text = lexicon.patterns.connector.sub("", sentence.strip().rstrip("."))
    if match := lexicon.cues.condition_openers.match(text):
        return opened(match[0].lower(), text[match.end() :].strip(), lexicon)
    if (match := _ARROW.search(text)) and _points(text[: match.start()], text[match.end() :], lexicon):
        return Split(text[: match.start()].strip(" ,:"), text[match.end() :].strip())
    return (
        _labelled(text, lexicon)
        or _in_turn(text, lexicon)
        or _done_first(text, lexicon)
        or _fronted(text, lexicon)
        or joined(text, lexicon)
        or _narrowed(text, lexicon)
        or joined(text, lexicon, stating=True)
    )


def _points(case: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether an arrow leads from a case to what is done then."""
    return starts_instruction(rest, lexicon) or (
        (len(rest.split()) > 1 or "_" in rest) and not starts_instruction(case, lexicon)
    )


def _labelled(text: str, lexicon: Lexicon) -> Split | None:
    """`Not found: …`, `No receipt? …`, or with a dash."""
    asked = lexicon.patterns.asked_case.match(text)
    match = asked or _LABEL.match(text) or _DASHED.match(text)
    if not match:
        return None
    label, rest = match["label"].strip(), match["rest"].strip()
    told = starts_instruction(rest, lexicon) or _rules(rest, lexicon)
    named = len(
        _BRACKETS.sub("", label).split()
    ) <= MOST_LABEL_WORDS and not lexicon.patterns.part_label.match(label)
    names = asked or not starts_instruction(label, lexicon)
    return Split(label, rest) if told and named and names else None


def case_over(text: str, items: str, lexicon: Lexicon) -> Split | None:
    """The label of an item under which other items say what is then done: `Toothache:`."""
    label = text.removesuffix(":").strip()
    named = len(label.split()) <= MOST_LABEL_WORDS and not lexicon.patterns.part_label.match(label)
    if not text.endswith(":") or not named or starts_instruction(label, lexicon):
        return None
    told = starts_instruction(items, lexicon) or split_condition(items, lexicon) is not None
    return Split(label, "") if told else None


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


def _done_first(text: str, lexicon: Lexicon) -> Split | None:
    """`Payment received, do …`: the act before it by its participle alone."""
    match = lexicon.patterns.done_first.match(text)
    told = match and starts_instruction(match["y"], lexicon)
    return Split(match["x"], match["y"], lexicon.templates.after_word) if match and told else None


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
    if more := _TO_COMMA.match(text, end):
        return Split(text[: more.end()].strip(" ,"), text[more.end() :].strip())
    rest = text[end:]
    told = lexicon.patterns.new_clause.match(rest.lstrip()) or starts_instruction(rest, lexicon)
    bounded = text.split(maxsplit=1)[
        0
    ].lower() in lexicon.words.determiners or lexicon.patterns.limiting.match(text)
    told = told or (not bounded and verb_at(tokens_of(rest), 0, lexicon) == 0)
    return Split(text[:end], rest.strip()) if told else None


def _narrowed(text: str, lexicon: Lexicon) -> Split | None:
    """`Groups of 10 or more are …`."""
    if starts_instruction(text, lexicon) or lexicon.agent.match(text) or lexicon.patterns.no_case.match(text):
        return None
    parts = narrowed(text, lexicon)
    return Split(*parts) if parts else None
