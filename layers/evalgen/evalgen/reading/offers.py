"""Goals that a prompt tells of in its sentences and sections, where no tool tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalgen.reading.goal_words import bare_heading, base_of_goal, duty_goals, wanted_of_task
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement

Offer = tuple[str, tuple[str, ...]]
"""What a caller wants, and the section that tells of it."""

FEW_STATEMENTS = 6
MOST_TOPIC_WORDS, LEAST_TOPIC_RULES = 3, 2
_TOPIC_RULES = ("condition", "prohibition", "requirement", "permission", "fact")


def _of_tasks(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[Offer]:
    """`You freeze and cancel memberships and book trial sessions`: each verb with the next thing named.

    Of a description that is only a line or two, every sentence may name tasks.
    """
    short = len(statements) <= FEW_STATEMENTS
    for statement in statements:
        if statement.kind != "identity" and (not short or statement.kind in ("prohibition", "condition")):
            continue
        for match in lexicon.patterns.tasks.finditer(statement.text.rstrip(".")):
            thing = ""
            for part in reversed(lexicon.patterns.task_break.split(match["rest"])):
                verb, _, rest = part.strip().partition(" ")
                thing = rest or thing
                if phrase := wanted_of_task(f"{verb} {thing}", lexicon):
                    yield phrase, ()


def _of_offers(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[Offer]:
    """`You help guests with bookings and answer questions about their stay`."""
    for statement in statements:
        for match in lexicon.patterns.offer.finditer(statement.text):
            if statement.kind != "identity" and match.start() > 0:
                continue
            verb, rest = match["verb"].lower(), match["rest"].strip()
            if verb in lexicon.words.help_verbs:
                rest = lexicon.patterns.helped.sub("", " " + rest, count=1).strip()
            for part in lexicon.patterns.offer_break.split(rest):
                if phrase := _offered(verb, part.strip(" ."), lexicon):
                    yield phrase, statement.section


def _of_wishes(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[Offer]:
    """`People ring you to book a room or to ask about their stay`."""
    for statement in statements:
        if starts_instruction(statement.text, lexicon):
            continue
        for match in lexicon.patterns.wish.finditer(statement.text):
            for part in lexicon.patterns.wish_break.split(match["rest"]):
                phrase = lexicon.views.caller.everywhere(_wished(part.strip(), lexicon))
                if 2 <= len(phrase.split()) <= 10:
                    yield phrase, statement.section


def _of_topics(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[Offer]:
    """`## Freezing` with rules below it: something that callers ask about."""
    for section in dict.fromkeys(s.section for s in statements if s.section):
        name = bare_heading(section[-1], lexicon)
        words = name.strip(" .:-").lower().split()
        rules = sum(s.section == section and s.kind in _TOPIC_RULES for s in statements)
        if lexicon.cues.condition_openers.match(name):
            continue
        speaks = 0 < len(words) <= MOST_TOPIC_WORDS and not set(words) & lexicon.words.not_goals
        if speaks and rules >= LEAST_TOPIC_RULES and lexicon.agent.search(name) is None:
            yield lexicon.templates.about_goal.format(x=" ".join(words)), section


def _wished(part: str, lexicon: Lexicon) -> str:
    matches = ((form, form.match.match(part)) for form in lexicon.wishes)
    return next((form.goal.format(rest=match["rest"]) for form, match in matches if match), "")


def _offered(verb: str, part: str, lexicon: Lexicon) -> str:
    words = part.split()
    if not words or len(words) > 7:
        return ""
    base = base_of_goal(words[0].lower(), lexicon)
    if base in lexicon.words.goal_verbs and len(words) > 1:
        return " ".join([base, *words[1:]])
    for start in (f"{verb} {part.lower()}", verb):
        if goal := next(filter(None, duty_goals(start, f"{verb} {part}", lexicon)), ""):
            return goal
    return ""


OFFERS = (_of_tasks, _of_offers, _of_wishes, _of_topics)
"""Where to look for goals, the clearest first."""
