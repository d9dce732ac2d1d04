"""What a caller says whose case a statement is about: the case itself, with definite values."""

from __future__ import annotations

import re

from evalgen.reading.acts import PAREN, Act, act_of_trigger, checked, from_caller, lowered
from evalgen.reading.definite import definite
from evalgen.reading.goal_words import base_of_goal
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement

_TOOL_THEMES = {"error", "no_match", "empty", "silence"}
_LABEL_MARKS = (":", "→", "->", "=>", "⇒", "—", "–", "-")
_FIGURE = re.compile(r"(?P<before>\w+) (?=[$€£]?\d)")


def act_of_case(statement: Statement, lexicon: Lexicon) -> Act | None:
    """How a caller is in the case of a condition, or None where it is not the caller's to bring about."""
    trigger = definite(case_of(statement, lexicon), lexicon)
    text = PAREN.sub("", trigger).strip(" ,.:")
    if not text:
        return None
    if match := lexicon.patterns.head_who.match(text):
        return _of_person(match["x"], lexicon)
    if _is_thing(text, statement, lexicon):
        return _of_thing(text, lexicon, label=not (statement.opener or names_its_case(statement)))
    if act := act_of_trigger(trigger, lexicon):
        return act
    match = lexicon.patterns.head_does.match(text)
    return _of_person(match["x"], lexicon) if match else None


def case_of(statement: Statement, lexicon: Lexicon) -> str:
    """The trigger as a clause of its own: `should a caller turn abusive` is the case of `a caller turns`."""

    def finite(match: re.Match[str]) -> str:
        return f"{match['subject']} {lexicon.verbs.third(match['verb'])}"

    if statement.opener not in lexicon.words.inverting_openers:
        return statement.trigger
    return lexicon.patterns.inverted_case.sub(finite, statement.trigger)


def names_its_case(statement: Statement) -> bool:
    """Whether the subject of the sentence picks the case out: `refunds above 300 dollars need …`."""
    if statement.opener or not statement.trigger:
        return False
    behind = statement.text[len(statement.trigger) :].lstrip(" ")
    return statement.text.startswith(statement.trigger) and not behind.startswith(_LABEL_MARKS)


def _of_person(said: str, lexicon: Lexicon) -> Act | None:
    """`who wants to donate books` as what the caller does, else as what holds of them."""
    act = act_of_trigger(lexicon.templates.the_caller.format(x=said), lexicon)
    if act and act.kind != "act_do":
        return act
    based = lexicon.verbs.from_third(lexicon.patterns.or_clause.split(said)[0])
    kind = "act_do" if based.split(" ", 1)[0] in lexicon.words.behaviours else "act_state"
    return checked(Act(kind, from_caller(based, lexicon)), lexicon)


def _is_thing(text: str, statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the trigger names a thing and not a happening: nothing that the agent's tools would say."""
    patterns = lexicon.patterns
    told_by_tools = patterns.tool_case.search(text) or _TOOL_THEMES & set(statement.themes)
    opens_with_thing = not statement.opener or statement.opener in lexicon.words.thing_openers
    if not opens_with_thing or told_by_tools or _is_task(text, lexicon):
        return False
    return names_its_case(statement) or not patterns.clause.search(text)


def _is_task(text: str, lexicon: Lexicon) -> bool:
    """Whether one word only names a task (`Reschedule:`) or the kind of a case (`Emergencies:`)."""
    word, *others = text.lower().split()
    named = base_of_goal(word, lexicon) in lexicon.words.goal_verbs
    return not others and (named or any(cues.search(word) for cues in lexicon.themes.values()))


def _of_thing(text: str, lexicon: Lexicon, label: bool) -> Act | None:
    """`refunds of 360 dollars` as something to bring up, `no insurance` as something to lack."""
    if match := lexicon.patterns.no_thing.match(text):
        return checked(Act("act_lack_of", from_caller(match["x"], lexicon)), lexicon)
    thing = lexicon.patterns.quantifier.sub("", lowered(lexicon.patterns.or_break.split(text)[0]))
    if lexicon.patterns.gerund.match(thing):
        return checked(Act("act_be", from_caller(thing, lexicon)), lexicon)
    if label and thing.split(" ", 1)[0] in lexicon.words.negations:
        return checked(Act("act_quote", thing), lexicon)
    told_by_clause = lexicon.patterns.relative.search(thing)
    if label or (told_by_clause and not lexicon.patterns.determined.match(thing)):
        return checked(Act("act_label", from_caller(thing, lexicon)), lexicon)
    if not told_by_clause:
        thing = _one(_of_value(thing, lexicon), lexicon)
    return checked(Act("act_raise", from_caller(thing, lexicon)), lexicon)


def _of_value(thing: str, lexicon: Lexicon) -> str:
    """`refunds 360 dollars` as `refunds of 360 dollars`."""

    def joined(match: re.Match[str]) -> str:
        word = match["before"]
        if word in lexicon.words.no_units:
            return match[0]
        noun = lexicon.nouns.singular(word) != word or lexicon.patterns.determined.match(thing)
        return f"{word} {lexicon.templates.of_value} " if noun else match[0]

    return _FIGURE.sub(joined, thing, count=1)


def _one(thing: str, lexicon: Lexicon) -> str:
    """Its first noun in the singular, with an article."""
    match = lexicon.patterns.noun_end.search(thing)
    head, rest = (thing[: match.start()], thing[match.start() :]) if match else (thing, "")
    return f"{lexicon.nouns.one(lexicon.nouns.singular(head))}{rest}" if head else thing
