"""What a good agent does: the course of the calls, what the twist asks of it, the rules that it meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.planning.choice import draw
from evalgen.planning.plan import Beat, Call, Plan
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.values import words_of
from evalgen.writing.duties import Rule, rule_of
from evalgen.writing.instructions import joined, tidy, values_of
from evalgen.writing.phrases import Phrase, Phrases
from evalgen.writing.values import described, plain

MOST_WORDS = 112
_EXPLICIT = ("confirm", "vague_yes", "skip_confirm", "decline")


def outcome_of(
    plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases, lexicon: Lexicon
) -> tuple[str, tuple[str, ...]]:
    """The expected outcome, and the ids of the statements that it states."""
    sentences = [_course(plan, chosen, phrases)]
    words = len(sentences[0].split())
    for beat, phrase in chosen:
        if phrase.expect:
            sentence = tidy(phrase.expect.format_map(values_of(beat, phrases))) + "."
            words += len(sentence.split())
            sentences.append(sentence)
    stated = []
    seen = set()
    for statement, sentence in rules_stated(plan, phrases, lexicon):
        if sentence in seen or words + len(sentence.split()) > MOST_WORDS:
            continue
        seen.add(sentence)
        stated.append(statement)
        sentences.append(sentence)
        words += len(sentence.split())
    return " ".join(sentences), tuple(stated)


def _rules(plan: Plan, phrases: Phrases, lexicon: Lexicon) -> Iterator[tuple[str, Rule]]:
    table = phrases.words["outcome"]
    again = {"must": table["and_must"], "must_not": table["and_must_not"]}
    for duty in plan.duties:
        if rule := rule_of(duty, lexicon, plan.tool_words, again):
            yield duty.statement, rule


def _stated(rule: Rule, number: int, plan: Plan, phrases: Phrases) -> str:
    forms = phrases.words["outcome"][rule.form]
    form = forms[draw(plan.seed, "rule", (plan.signature, number)) % len(forms)]
    return tidy(form.format(duty=rule.duty, trigger=rule.trigger))


def _course(plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> str:
    table = phrases.words["outcome"]
    turn = draw(plan.seed, "course", plan.signature)
    if not plan.calls:
        forms = table["no_calls"]
        return tidy(forms[turn % len(forms)].format(goal=plan.goal))
    asked = any(beat.move in _EXPLICIT for beat, _ in chosen)
    calls = _joined_calls(plan, turn, asked, phrases)
    return tidy(table["start"][turn % len(table["start"])].format(calls=calls))


def knowledge_outcome(plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> str:
    """The documented facts that the agent has to state, and what the way of asking demands of it."""
    table = phrases.words["knowledge"]
    sentences = [
        tidy(phrase.expect.format_map(values_of(beat, phrases))) + "." for beat, phrase in chosen if phrase.expect
    ]
    words = sum(len(s.split()) for s in sentences) + len(table["stays"].split())
    turn = draw(plan.seed, "answer", plan.signature)
    stated = []
    for number, source in enumerate(plan.sources):
        form = table["answer"][(turn + number) % len(table["answer"])]
        text = source.text.rstrip(".")
        sentence = tidy(form.format(fact=text))
        words += len(sentence.split())
        if words <= MOST_WORDS or not stated:
            stated.append(sentence)
    return " ".join([*stated, *sentences, table["stays"]])


def course_of(plan: Plan, phrases: Phrases) -> str:
    """The course of the calls as a part of a sentence: `finds the caller by the phone number and …`."""
    return _joined_calls(plan, draw(plan.seed, "course", plan.signature), True, phrases)


def rules_stated(plan: Plan, phrases: Phrases, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The plan's duties as sentences, with the ids of their statements."""
    for number, (statement, rule) in enumerate(_rules(plan, phrases, lexicon)):
        yield statement, _stated(rule, number, plan, phrases)


def _joined_calls(plan: Plan, turn: int, asked: bool, phrases: Phrases) -> str:
    return joined([_told(call, turn + i, asked, phrases) for i, call in enumerate(plan.calls)], phrases)


def _told(call: Call, turn: int, asked: bool, phrases: Phrases) -> str:
    table = phrases.words["outcome"]
    kind = "read" if call.effect == "hidden" else call.effect
    if kind == "identify" and call.outcome == "empty":
        kind = "read"
    forms = table[f"{kind}_{call.outcome}"]
    said = joined(list(call.said), phrases) or call.noun
    detail = "".join(
        f" {table['for']} {plain(v, phrases)}"
        for v in list(call.said.values())[:1]
        if kind == "read" and _tellable(v)
    )
    thing = f"{table['the']} {call.noun}"
    if call.item:
        item = described(call.item, call.item_noun, phrases)
        about = call.verb in phrases.words["acts_on_item"]
        thing = item if about else table["for_item"].format(the=table["the"], noun=call.noun, item=item)
    yes = table["after_yes"] if asked and kind == "write" and call.outcome == "success" else ""
    reference = (
        table["reference"].format(label=" ".join(words_of(call.reference)), value=call.reference_value)
        if call.reference
        else ""
    )
    return forms[turn % len(forms)].format(
        said=said,
        said_detail=detail,
        noun=call.noun,
        thing=thing,
        yes=yes,
        verb=call.verb,
        verbs=third_person(call.verb),
        reference=reference,
    )


def _tellable(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and len(str(value)) <= 30


def third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"
