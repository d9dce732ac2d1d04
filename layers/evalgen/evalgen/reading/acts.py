"""How a caller brings a statement into play: by fulfilling, tempting, asking, or naming a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement

LEAST_SAID = 3
"""Words that a sentence needs from its verb on to state something that can be asked for."""

MOST_WORDS = 11
_PAREN = re.compile(r"\s*\([^()]*\)")
_QUOTED_EXAMPLE = re.compile(r'.*\([“"«]')
_NEXT_PART = re.compile(r"\s+(?:—|–|-)\s+|;|:")
_MARKUP = re.compile(r"[{}<>|\[\]_#]|https?:")
_LOWERED = ("situation", "say_that", "yours")


@dataclass(frozen=True, slots=True)
class Act:
    """`kind` names a list of phrases; `x` completes them, from the caller's point of view."""

    kind: str
    x: str


def act_of_trigger(trigger: str, lexicon: Lexicon) -> Act | None:
    """The caller's act that fulfils a trigger, or None where it is not the caller's to bring about."""
    text = trigger if _QUOTED_EXAMPLE.match(trigger) else _PAREN.sub("", trigger)
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    for form in lexicon.acts:
        quotes = form.kind == "quote"
        if match := form.match.search(text) if quotes else form.match.match(text):
            x = _first_part(lexicon.cut_tail(match["x"]).strip(" ,."), lexicon)
            return _checked(Act(f"act_{form.kind}", x if quotes else _completing(form.kind, x, lexicon)))
    return None


def _completing(kind: str, x: str, lexicon: Lexicon) -> str:
    """What the trigger says of the caller, in the form that phrases of this kind need."""
    x = from_caller(lexicon.verbs.from_third(x) if kind == "do" else x, lexicon)
    if kind == "raise":
        x = lexicon.nouns.singular(lexicon.patterns.quantifier.sub("", x))
    return lowered(x) if kind in _LOWERED and x else x


def _first_part(text: str, lexicon: Lexicon) -> str:
    """The first of several alternatives, where all of them are too long to say."""
    if len(text.split()) <= MOST_WORDS:
        return text
    return lexicon.patterns.alternative.split(text)[0].strip()


def act_of_prohibition(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """How a caller tempts the agent to do what it must not; `choice` picks one of several things named."""
    text = _PAREN.sub("", statement.text if statement.kind == "prohibition" else statement.duty).rstrip(".")
    text = lexicon.patterns.agent_subject.sub("", _NEXT_PART.split(text)[0])
    match = lexicon.cues.prohibitions.match(text)
    if not match:
        return None
    verb, _, rest = text[match.end() :].strip(" ,").partition(" ")
    verb, rest = lexicon.verbs.base_of(verb) or verb.lower(), lexicon.cut_tail(rest)
    tempting = lexicon.temptations
    if verb in tempting.ask | tempting.offer:
        return _asking(verb, lexicon.patterns.more_verbs.sub("", rest), lexicon, choice)
    if verb in tempting.push and rest:
        return _pushing(f"{verb} {rest}", lexicon, choice)
    return None


def _asking(verb: str, rest: str, lexicon: Lexicon, choice: int) -> Act | None:
    """For words or things that the agent must not give, or must not take."""
    if claim := lexicon.patterns.claim.match(rest):
        return _checked(Act("promise", from_caller(claim["x"], lexicon)))
    parts = _parts(lexicon.patterns.preposition.sub("", rest), lexicon)
    options = [part for part in parts if _speakable(part) and _is_thing(part, lexicon)]
    if not options:
        return None
    x = from_caller(options[choice % len(options)], lexicon)
    if lexicon.cues.question_words.match(x):
        return Act("act_ask_about", x) if len(x.split()) > 1 else None
    if verb in lexicon.temptations.offer:
        return Act("sensitive", x if lexicon.patterns.determined.match(x) else lexicon.nouns.your(x))
    return Act("ask_forbidden", x)


def _is_thing(part: str, lexicon: Lexicon) -> bool:
    """Whether the words name something to ask for: no bare word such as `policy`, nobody who calls."""
    several = len(part.split()) > 1 or part.endswith("s")
    return several and not lexicon.caller.search(lexicon.patterns.determined.sub("", part))


def _pushing(text: str, lexicon: Lexicon, choice: int) -> Act | None:
    """For something that the agent must not do."""
    parts = [part for part in _parts(text, lexicon) if len(part.split()) > 1]
    options = [o for p in parts if (o := _with_base(p, lexicon))]
    if options and _speakable(option := options[choice % len(options)]):
        return Act("do_forbidden", from_caller(option, lexicon))
    return None


def _with_base(text: str, lexicon: Lexicon) -> str:
    """The text with its first word in the base form; nothing where that is no verb."""
    verb, _, rest = text.partition(" ")
    base = verb if verb in lexicon.verbs.bases else lexicon.verbs.base_of(verb)
    return f"{base} {rest}" if base else ""


def act_of_fact(statement: Statement, lexicon: Lexicon) -> Act | None:
    """How a caller asks for what a sentence states: by its subject and its verb."""
    words = _PAREN.sub("", statement.text).rstrip(".").split()
    position = next((i for i, w in enumerate(words[:8]) if i and w.lower() in lexicon.facts), None)
    if position is None:
        return None
    subject = lowered(" ".join(words[:position]))
    if len(words) - position < LEAST_SAID:
        return None
    if (
        lexicon.agent.match(subject)
        or lexicon.caller.search(subject)
        or lexicon.patterns.no_subject.match(subject)
        or "," in subject
    ):
        return None
    question = lexicon.facts[words[position].lower()].format(s=subject)
    return _checked(Act("ask_fact", from_caller(question, lexicon)))


def act_of_limit(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """A value just past a limit (first choice) or right on it."""
    limit = statement.limits[0] if statement.limits else None
    if limit is None or not (limit.money or (len(limit.unit) >= 3 and lexicon.nouns.is_plural(limit.unit))):
        return None
    step = -1 if any(floor in limit.text.lower() for floor in lexicon.limits.floor) else 1
    value = limit.value + (step if choice == 1 else 0)
    if value <= 0:
        return None
    kind = "money" if limit.money else "time" if limit.unit in lexicon.limits.time else "count"
    return Act(f"limit_{kind}", f"{value:g} {limit.unit or lexicon.limits.currency[0]}")


def lowered(text: str) -> str:
    """Lower-case the first letter, unless it begins a name."""
    words = text.split()
    is_name = words[0][1:2].isupper() or (len(words) > 1 and words[1][:1].isupper())
    return text if is_name else text[:1].lower() + text[1:]


def _checked(act: Act) -> Act | None:
    return act if _speakable(act.x) else None


def _parts(text: str, lexicon: Lexicon) -> list[str]:
    """`medical advice, diagnoses, or guidance` as its three things, with the examples named behind them."""
    named = [
        part
        for half in lexicon.patterns.examples.split(text)
        for part in lexicon.patterns.list_break.split(half)
    ]
    return [part.strip() for part in named if len(part.split()) <= MOST_WORDS and len(part.strip()) > 3]


def from_caller(text: str, lexicon: Lexicon) -> str:
    """The same words to the caller: the agent's `you` becomes the agent, `they` becomes you."""

    def agreeing(match: re.Match[str]) -> str:
        base = lexicon.verbs.from_third(match["verb"])
        return f"{match['subject']}{base if base in lexicon.verbs.bases else match['verb']}"

    return lexicon.patterns.agreement.sub(agreeing, lexicon.views.caller.everywhere(text)).strip()


def _speakable(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= MOST_WORDS
        and not _MARKUP.search(text)
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
    )
