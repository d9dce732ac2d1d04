"""What a caller does to bring a rule into play: the trigger of a condition, the temptation of a prohibition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement
from evalgen.reading.values import singular

MOST_WORDS = 11
_SUBJECT = re.compile(
    r"^(?:you|the agent|the assistant|agents?)\s+(?=must|should|can|may|do|never|will|are not)", re.IGNORECASE
)
_MORE_VERBS = re.compile(r"^(?:out |for )?(?:(?:,\s*)?\w+(?: for)?,?\s+)?(?:or|and|nor)\s+\w+\s+(?=\w)")
_PREPOSITION = re.compile(r"^(?:for|out|about|on|with)\s+")
_CLAIM = re.compile(
    r"^(?:anyone|the \w+|them|callers|customers|people|someone)?\s*that\s+(?P<x>.+)$", re.IGNORECASE
)
_AFTER_YOU = re.compile(r"\b(you (?:also |then |still |only |already )?)(\w+s)\b")
_NO_SUBJECT = re.compile(
    r"(?:there|it|this|that|these|those|they|here|today|each|none|all|both|either|neither|if|when|for|in|on|at|with|by"
    r"|from|later|only|otherwise|and|but|or|so|what|who|which|one)\b",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\s*\([^()]*\)")
_SPLIT_OBJECTS = re.compile(r",\s*(?:and |or |y |o )?|\s+(?:or|nor|o|ni)\s+")


@dataclass(frozen=True, slots=True)
class Act:
    """`kind` names a list of phrases; `x` completes them, from the caller's point of view."""

    kind: str
    x: str


@cache
def _patterns(
    lexicon_language: str, acts: tuple[tuple[str, str], ...], caller: str, verbs: str
) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (
            kind,
            re.compile(
                match.replace("CALLER", f"(?:{caller})").replace("VERB", f"(?:{verbs})"), re.IGNORECASE
            ),
        )
        for kind, match in acts
    ]


def act_of_trigger(trigger: str, lexicon: Lexicon) -> Act | None:
    """The caller's act that fulfils a trigger, or None where it is not the caller's to bring about."""
    text = _PAREN.sub("", trigger) if not re.match(r'.*\([“"]', trigger) else trigger
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    patterns = _patterns(
        lexicon.language,
        tuple((entry["kind"], entry["match"]) for entry in lexicon.acts),
        "|".join(sorted(lexicon.words["caller"], key=len, reverse=True)),
        "|".join(sorted((re.escape(v) for v in lexicon.words["verbs"]), key=len, reverse=True)),
    )
    for kind, pattern in patterns:
        if match := pattern.search(text) if kind == "quote" else pattern.match(text):
            x = _first_part(lexicon.cut_tail(match["x"]).strip(" ,."))
            if kind == "do":
                x = lexicon.base_form(x)
            x = x if kind == "quote" else from_caller(x, lexicon)
            if kind == "raise":
                x = singular(re.sub(r"^(?:any|all|most)\s+", "", x))
            if kind in ("situation", "say_that", "yours"):
                x = lowered(x)
            return _checked(Act(f"act_{kind}", x))
    return None


def _first_part(text: str) -> str:
    """The first of several alternatives, where all of them are too long to say."""
    if len(text.split()) <= MOST_WORDS:
        return text
    return re.split(r",| or ", text)[0].strip()


def act_of_prohibition(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """How a caller tempts the agent to do what it must not; `choice` picks one of several things named."""
    text = _PAREN.sub("", statement.text if statement.kind == "prohibition" else statement.duty).rstrip(".")
    text = _SUBJECT.sub("", re.split(r"\s+(?:—|–|-)\s+|;|:", text)[0])
    match = lexicon.prohibition.match(text)
    if not match:
        return None
    verb, _, rest = text[match.end() :].strip(" ,").partition(" ")
    rest = lexicon.cut_tail(rest)
    verb = verb.lower()
    if verb in lexicon.temptations["ask"] | lexicon.temptations["offer"]:
        rest = _MORE_VERBS.sub("", rest)
        if claim := _CLAIM.match(rest):
            return _checked(Act("promise", from_caller(claim["x"], lexicon)))
        options = [o for o in _parts(_PREPOSITION.sub("", rest)) if _speakable(o)]
        if not options:
            return None
        x = options[choice % len(options)]
        if lexicon.question.match(x):
            return Act("act_ask_about", from_caller(x, lexicon))
        if verb in lexicon.temptations["offer"] and not re.match(
            r"(?:the|a|an|any|your|their|full)\b", x, re.IGNORECASE
        ):
            x = f"their {x}"
        return Act(
            "sensitive" if verb in lexicon.temptations["offer"] else "ask_forbidden", from_caller(x, lexicon)
        )
    if verb in lexicon.temptations["push"] and rest:
        options = [
            p
            for p in _parts(f"{verb} {rest}")
            if p.split()[0] in lexicon.words["verbs"] and len(p.split()) > 1
        ]
        if options and _speakable(options[choice % len(options)]):
            return Act("do_forbidden", from_caller(options[choice % len(options)], lexicon))
    return None


def act_of_fact(statement: Statement, lexicon: Lexicon) -> Act | None:
    """How a caller asks for what a sentence states: by its subject and its verb."""
    words = _PAREN.sub("", statement.text).rstrip(".").split()
    verbs = lexicon.tables["facts"]
    position = next((i for i, w in enumerate(words[:8]) if i and w.lower() in verbs), None)
    if position is None:
        return None
    subject = lowered(" ".join(words[:position]))
    if (
        lexicon.agent.match(subject)
        or lexicon.caller.search(subject)
        or _NO_SUBJECT.match(subject)
        or "," in subject
    ):
        return None
    form = verbs[words[position].lower()]
    return _checked(Act("ask_fact", from_caller(form.format(s=subject), lexicon)))


def act_of_limit(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """A value just past a limit (first choice) or right on it."""
    limit = statement.limits[0] if statement.limits else None
    if limit is None or (not limit.money and (len(limit.unit) < 3 or not limit.unit.endswith("s"))):
        return None
    least = limit.text.lower().startswith(lexicon.limits["floor"])
    value = limit.value + (-1 if least else 1) if choice == 1 else limit.value
    if value <= 0:
        return None
    kind = "money" if limit.money else "time" if limit.unit in lexicon.limits["time"] else "count"
    return Act(f"limit_{kind}", f"{value:g} {limit.unit or lexicon.limits['currency'][0]}")


def lowered(text: str) -> str:
    """Lower-case the first letter, unless it begins a name."""
    words = text.split()
    is_name = words[0][1:2].isupper() or (len(words) > 1 and words[1][:1].isupper())
    return text if is_name else text[:1].lower() + text[1:]


def _checked(act: Act) -> Act | None:
    return act if _speakable(act.x) else None


def _parts(text: str) -> list[str]:
    """`medical advice, diagnoses, or guidance` as its three things, with the examples named behind them."""
    named = [
        part
        for half in re.split(r"\s+(?:such as|like|including)\s+", text)
        for part in _SPLIT_OBJECTS.split(half)
    ]
    return [part.strip() for part in named if len(part.split()) <= 11 and len(part.strip()) > 3]


def from_caller(text: str, lexicon: Lexicon) -> str:
    """The same words as the caller would hear them: the agent's `you` becomes the agent, `they` becomes you."""
    for pattern, replacement in lexicon.views["caller"]:
        text = pattern.sub(replacement, text)
    return _AFTER_YOU.sub(lambda m: f"{m[1]}{_agreeing(m[2], lexicon)}", text).strip()


def _agreeing(verb: str, lexicon: Lexicon) -> str:
    base = lexicon.base_form(verb)
    return base if base in lexicon.words["verbs"] else verb


def _speakable(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= MOST_WORDS
        and not re.search(r"[{}<>|\[\]_#]|https?:", text)
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
    )
