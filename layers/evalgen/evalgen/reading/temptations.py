"""How a caller tempts an agent to do what it must not, or asks for what it may do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.acts import MOST_WORDS, NEXT_PART, PAREN, Act, checked, from_caller, lowered, speakable
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement


def act_of_prohibition(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """How a caller tempts the agent to do what it must not; `choice` picks one of several things named.

    Of another kind of statement what counts is the ban at its end: `collect the name, and never give advice`.
    """
    text = PAREN.sub("", statement.duty if statement.kind == "order" else statement.text).rstrip(".")
    if statement.kind != "prohibition" and not lexicon.cues.prohibitions.match(text):
        if (inside := lexicon.patterns.ban_inside.search(text)) is None:
            return None
        text = text[inside.end() :]
    text = lexicon.patterns.agent_subject.sub("", NEXT_PART.split(text)[0])
    match = lexicon.cues.prohibitions.match(text)
    if not match:
        return _of_passive(text, lexicon, choice) or _of_no_thing(text, lexicon, choice)
    verb, _, rest = text[match.end() :].strip(" ,").partition(" ")
    verb, rest = lexicon.verbs.base_of(verb) or verb.lower(), lexicon.cut_tail(rest)
    tempting = lexicon.temptations
    if verb in tempting.ask | tempting.offer:
        return _asking(verb, lexicon.patterns.more_verbs.sub("", rest), lexicon, choice)
    if verb in tempting.push and rest:
        return _pushing(f"{verb} {rest}", lexicon, choice)
    return None


def act_of_permission(statement: Statement, lexicon: Lexicon) -> Act | None:
    """Asking for what the agent may do: `a parcel can be redirected once`."""
    text = NEXT_PART.split(PAREN.sub("", statement.text).rstrip("."))[0]
    if (match := lexicon.patterns.passive_leave.match(text)) and (passive := _passive(match, lexicon, 0)):
        x = lexicon.templates.have_done.format_map(vars(passive))
        return checked(Act("act_ask_to", from_caller(x.strip(), lexicon)), lexicon)
    return None


@dataclass(frozen=True)
class _Passive:
    """A passive sentence with `base`, the verb that its participle `done` comes from."""

    thing: str
    base: str
    done: str
    rest: str


def _passive(match: re.Match[str], lexicon: Lexicon, choice: int) -> _Passive | None:
    """`Personalized items cannot be cancelled` by its parts; None where nothing is named."""
    parts = match.groupdict()
    participle, _, particle = match["done"].lower().partition(" ")
    subject, base = parts["subject"], lexicon.verbs.from_participle(participle)
    if nothing := parts.get("none"):
        subject = lexicon.nouns.one(nothing)
    if not base or not subject or lexicon.patterns.no_subject.match(subject):
        return None
    alternatives = lexicon.patterns.or_break.search(subject)
    things = [lowered(subject)] if alternatives else _parts(lowered(subject), lexicon) or [lowered(subject)]
    rest = lexicon.patterns.alternative.split(lexicon.cut_tail(parts["rest"]))[0].strip()
    return _Passive(things[choice % len(things)], f"{base} {particle}".strip(), match["done"].lower(), rest)


def _of_passive(text: str, lexicon: Lexicon, choice: int) -> Act | None:
    """`Personalized items cannot be cancelled` as something to do: cancel personalized items."""
    match = lexicon.patterns.passive_ban.match(text)
    if match is None or (passive := _passive(match, lexicon, choice)) is None:
        return None
    x = f"{passive.base} {passive.thing} {passive.rest}".strip()
    return checked(Act("do_forbidden", from_caller(x, lexicon)), lexicon)


def _of_no_thing(text: str, lexicon: Lexicon, choice: int) -> Act | None:
    """`No advice on jump leads or jacks`: asking for that advice."""
    match = lexicon.patterns.no_thing.match(text)
    if match is None:
        return None
    head, *others = lexicon.patterns.list_break.split(lexicon.cut_tail(match["x"]))
    about, preposition, _ = head.rpartition(" ")
    options = [head, *(f"{about}{preposition}{part}" for part in others if len(part.split()) <= MOST_WORDS)]
    act = Act("ask_forbidden", from_caller(options[choice % len(options) if about else 0], lexicon))
    return checked(act, lexicon) if len(act.x.split()) > 1 else None


def _asking(verb: str, rest: str, lexicon: Lexicon, choice: int) -> Act | None:
    """For words or things that the agent must not give, or must not take."""
    if claim := lexicon.patterns.claim.match(rest):
        return checked(Act("promise", from_caller(claim["x"], lexicon)), lexicon)
    parts = _parts(lexicon.patterns.preposition.sub("", rest), lexicon)
    options = [part for part in parts if speakable(part) and _is_thing(part, lexicon)]
    if not options:
        return None
    x = from_caller(options[choice % len(options)], lexicon)
    if lexicon.cues.question_words.match(x):
        return Act("act_ask_about", x) if len(x.split()) > 1 else None
    if verb in lexicon.temptations.offer:
        if not lexicon.themes["payment"].search(x):
            return None
        x = x if lexicon.patterns.determined.match(x) else lexicon.nouns.your(x)
        return Act("sensitive", _or_next(x, options, choice, lexicon))
    return Act("ask_forbidden", _or_next(x, options, choice, lexicon))


def _or_next(x: str, options: list[str], choice: int, lexicon: Lexicon) -> str:
    """One thing of a list with the next one, where both can be said at once."""
    other = from_caller(options[(choice + 1) % len(options)], lexicon)
    both = f"{x} {lexicon.templates.or_word} {other}"
    return both if len(options) > 1 and len(both.split()) <= MOST_WORDS else x


def _is_thing(part: str, lexicon: Lexicon) -> bool:
    """Whether the words name something to ask for: no bare word such as `policy`, nobody who calls."""
    words = part.lower().split()
    several = len(words) > 1 or part.endswith("s")
    return (
        several
        and words[0] not in lexicon.verbs.bans
        and not lexicon.caller.search(lexicon.patterns.determined.sub("", part))
    )


def _pushing(text: str, lexicon: Lexicon, choice: int) -> Act | None:
    """For something that the agent must not do."""
    parts = [part for part in _parts(text, lexicon) if len(part.split()) > 1]
    options = [o for p in parts if (o := _with_base(p, lexicon))]
    if options and speakable(option := options[choice % len(options)]):
        return Act("do_forbidden", from_caller(option, lexicon))
    return None


def _with_base(text: str, lexicon: Lexicon) -> str:
    """The text with its first word in the base form; nothing where that is no verb."""
    verb, _, rest = text.partition(" ")
    base = verb if verb in lexicon.verbs.bases else lexicon.verbs.base_of(verb)
    return f"{base} {rest}" if base else ""


def _parts(text: str, lexicon: Lexicon) -> list[str]:
    """`medical advice, diagnoses, or guidance` as its three things, with the examples named behind them."""
    named = [
        part
        for half in lexicon.patterns.examples.split(text)
        for part in lexicon.patterns.list_break.split(half)
    ]
    return [part.strip() for part in named if len(part.split()) <= MOST_WORDS and len(part.strip()) > 3]
