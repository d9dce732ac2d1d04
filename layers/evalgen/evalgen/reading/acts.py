"""How a caller brings a statement into play: by fulfilling its trigger, asking, or naming a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement

LEAST_SAID = 3
"""Words that a sentence needs from its verb on to state something that can be asked for."""

MOST_WORDS = 11
PAREN = re.compile(r"\s*\([^()]*\)")
_QUOTED_EXAMPLE = re.compile(r'.*\([“"«]')
NEXT_PART = re.compile(r"\s+(?:—|–|-)\s+|;|:")
_MARKUP = re.compile(r"[{}<>|\[\]_#]|https?:")
_ASKED_ANYWAY = {"second_request", "out_of_order", "confirmation"}
"""Themes of questions that a twist of their own plays."""
_LOWERED = ("situation", "say_that", "yours")


@dataclass(frozen=True, slots=True)
class Act:
    """`kind` names a list of phrases; `x` completes them, from the caller's point of view."""

    kind: str
    x: str


def act_of_trigger(trigger: str, lexicon: Lexicon) -> Act | None:
    """The caller's act that fulfils a trigger, or None where it is not the caller's to bring about."""
    text = trigger if _QUOTED_EXAMPLE.match(trigger) else PAREN.sub("", trigger)
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    text = lexicon.patterns.or_subject.sub(r"\g<one>", text)
    for form in lexicon.acts:
        quotes = form.kind == "quote"
        if match := form.match.search(text) if quotes else form.match.match(text):
            x = match["x"] if quotes else lexicon.patterns.or_clause.split(match["x"])[0]
            x = _first_part(lexicon.cut_tail(x).strip(" ,."), lexicon)
            return checked(
                Act(f"act_{form.kind}", x if quotes else _completing(form.kind, x, lexicon)), lexicon
            )
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


def act_of_fact(statement: Statement, lexicon: Lexicon) -> Act | None:
    """How a caller asks for what a sentence states: by its subject and its verb."""
    words = PAREN.sub("", statement.text).rstrip(".").split()
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
        or subject.split()[-1] in lexicon.words.dangling
        or any(mark in subject for mark in ',"“«')
    ):
        return None
    question = lexicon.facts[words[position].lower()].format(s=subject)
    return checked(Act("ask_fact", from_caller(question, lexicon)), lexicon)


def act_of_question(statement: Statement, lexicon: Lexicon) -> Act | None:
    """How a caller takes a question that the agent is to ask: `ask for the postal code`."""
    text = NEXT_PART.split(PAREN.sub("", statement.text).rstrip("."))[0]
    match = lexicon.patterns.asks.match(text)
    if match is None or set(statement.themes) & _ASKED_ANYWAY:
        return None
    asked = lexicon.cut_tail(match["x"])
    breaks = (
        m.start() for m in lexicon.patterns.verb_break.finditer(asked) if m["verb"] in lexicon.verbs.bases
    )
    x = from_caller(_first_part(asked[: next(breaks, None)].strip(" ,"), lexicon), lexicon)
    if match["about"]:
        x = f"{match['about'].lower()}{x}"
    elif not lexicon.cues.question_words.match(x):
        x = lexicon.templates.asked_for.format(x=x)
    return checked(Act("asked", x), lexicon) if len(x.split()) >= LEAST_SAID else None


def act_of_limit(statement: Statement, lexicon: Lexicon, choice: int) -> Act | None:
    """A value just past a limit (first choice) or right on it."""
    limit = statement.limits[0] if statement.limits else None
    if (
        limit is None
        or limit.unit in lexicon.limits.often
        or not (limit.money or (len(limit.unit) >= 3 and lexicon.nouns.is_plural(limit.unit)))
    ):
        return None
    step = -1 if any(floor in limit.text.lower() for floor in lexicon.limits.floor) else 1
    value = limit.value + (step if choice == 1 else 0)
    if value <= 0:
        return None
    kind = "money" if limit.money else "time" if limit.unit in lexicon.limits.time else "count"
    behind = statement.text.partition(limit.text)[2]
    tail = match[0] if (match := lexicon.patterns.limit_tail.match(behind)) else ""
    said = f"{value:g} {limit.unit or lexicon.limits.currency[0]}{tail}"
    return checked(Act(f"limit_{kind}", from_caller(said, lexicon)), lexicon)


def lowered(text: str) -> str:
    """Lower-case the first letter, unless it begins a name."""
    words = text.split()
    is_name = words[0][1:2].isupper() or (len(words) > 1 and words[1][:1].isupper())
    return text if is_name else text[:1].lower() + text[1:]


def checked(act: Act, lexicon: Lexicon) -> Act | None:
    """The act, if its words can be said in one phrase and name what they are about."""
    return act if speakable(act.x) and not lexicon.patterns.unsound.search(act.x) else None


def from_caller(text: str, lexicon: Lexicon) -> str:
    """The same words to the caller: the agent's `you` becomes the agent, `they` becomes you."""

    def agreeing(match: re.Match[str]) -> str:
        base = lexicon.verbs.from_third(match["verb"])
        return f"{match['subject']}{base if base in lexicon.verbs.bases else match['verb']}"

    return lexicon.patterns.agreement.sub(agreeing, lexicon.views.caller.everywhere(text)).strip()


def for_reader(text: str, lexicon: Lexicon) -> str:
    """The same words to whoever reads the outcome: `you speak` becomes `it speaks`."""

    def agreeing(match: re.Match[str]) -> str:
        return f"{match['subject']}{lexicon.verbs.third(match['verb'])}"

    return lexicon.views.reader.everywhere(lexicon.patterns.reader_agreement.sub(agreeing, text))


def speakable(text: str) -> bool:
    """Whether a caller's step can take these words: few, and without markup or half a quotation."""
    words = text.split()
    return (
        0 < len(words) <= MOST_WORDS
        and not _MARKUP.search(text)
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
    )
