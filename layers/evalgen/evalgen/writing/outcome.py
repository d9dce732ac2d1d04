"""What a good agent does: the course of the calls, what the twist asks of it, the rules that it meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.planning.choice import draw
from evalgen.planning.plan import Beat, Call, Plan
from evalgen.reading.tool_names import tool_names
from evalgen.writing.duties import Rule, rule_of
from evalgen.writing.instructions import values_of
from evalgen.writing.phrases import Knowledge, Phrase, Phrases
from evalgen.writing.values import described, plain

MOST_WORDS = 112
MOST_FOREIGN = 2
"""So many rules are told in the words of a prompt in another language."""

_LONGEST_DETAIL = 30
_EXPLICIT = ("confirm", "vague_yes", "skip_confirm", "decline")


def outcome_of(
    plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases, rules: Phrases
) -> tuple[str, tuple[str, ...]]:
    """The expected outcome, and the ids of the statements that it states.

    `rules` are the phrases of the language that the prompt's own rules are worded in.
    """
    demanded = _demanded(chosen, phrases)
    alone = not plan.calls and not demanded
    rules_told = list(rules_stated(plan, rules, names_agent=alone))
    if plan.calls or (alone and not rules_told):
        demanded.insert(0, _course(plan, chosen, phrases))
    words = sum(len(sentence.split()) for sentence in demanded)
    told: dict[str, str] = {}
    most = len(plan.duties) if rules.language == phrases.language else MOST_FOREIGN
    for statement, sentence in rules_told:
        if len(told) < most and sentence not in told and words + len(sentence.split()) <= MOST_WORDS:
            told[sentence] = statement
            words += len(sentence.split())
    return " ".join([*demanded, *told]), tuple(told.values())


def _demanded(chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> list[str]:
    """What the caller's moves demand of the agent, a sentence each."""
    return [
        phrases.tidy(phrase.expect.format_map(values_of(beat, phrases))) + "."
        for beat, phrase in chosen
        if phrase.expect
    ]


def _rules(plan: Plan, phrases: Phrases) -> Iterator[tuple[str, Rule]]:
    for duty in plan.duties:
        if rule := rule_of(duty, phrases.lexicon, plan.tool_words, phrases.again):
            yield duty.statement, rule


def _stated(rule: Rule, number: int, plan: Plan, phrases: Phrases, names_agent: bool) -> str:
    forms = phrases.outcome[rule.form]
    if names_agent:
        forms = tuple(form for form in forms if phrases.checks.agent.search(form)) or forms
    form = forms[draw(plan.seed, "rule", (plan.signature, number)) % len(forms)]
    return phrases.tidy(form.format(duty=rule.duty, trigger=rule.trigger))


def _course(plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> str:
    turn = draw(plan.seed, "course", plan.signature)
    if not plan.calls:
        forms = phrases.outcome["no_calls"]
        return phrases.tidy(forms[turn % len(forms)].format(goal=plan.goal))
    asked = any(beat.move in _EXPLICIT for beat, _ in chosen)
    starts = phrases.outcome["start"]
    return phrases.tidy(starts[turn % len(starts)].format(calls=_calls(plan, turn, asked, phrases)))


def knowledge_outcome(plan: Plan, chosen: list[tuple[Beat, Phrase]], phrases: Phrases) -> str:
    """The documented facts that the agent has to state, and what the way of asking demands of it."""
    words = phrases.knowledge
    demanded = _demanded(chosen, phrases)
    if plan.twist == "kb_conflict":
        return " ".join([phrases.tidy(_disagreement(plan, words)), *demanded])
    room = MOST_WORDS - sum(len(sentence.split()) for sentence in [*demanded, words.stays])
    turn = draw(plan.seed, "answer", plan.signature)
    stated: list[str] = []
    for number, source in enumerate(plan.sources):
        form = words.answer[(turn + number) % len(words.answer)]
        sentence = phrases.tidy(form.format(fact=source.text.rstrip(".")))
        room -= len(sentence.split())
        if room >= 0 or not stated:
            stated.append(sentence)
    return " ".join([*stated, *demanded, words.stays])


def _disagreement(plan: Plan, words: Knowledge) -> str:
    """What the two sources of the plan say, and where."""
    first, second = plan.sources
    return words.conflict.format(
        first=first.text.rstrip("."),
        first_place=words.place.format(file=first.file, line=first.line),
        second=second.text.rstrip("."),
        second_place=words.place.format(file=second.file, line=second.line),
    )


def course_of(plan: Plan, phrases: Phrases) -> str:
    """The course of the calls as a part of a sentence: `finds the caller by the phone number and …`."""
    return _calls(plan, draw(plan.seed, "course", plan.signature), True, phrases)


def rules_stated(plan: Plan, phrases: Phrases, names_agent: bool = False) -> Iterator[tuple[str, str]]:
    """The plan's duties as sentences, with the ids of their statements; the first can name the agent."""
    for number, (statement, rule) in enumerate(_rules(plan, phrases)):
        yield statement, _stated(rule, number, plan, phrases, names_agent and number == 0)


def _calls(plan: Plan, turn: int, asked: bool, phrases: Phrases) -> str:
    return phrases.joined([_told(call, turn + i, asked, phrases) for i, call in enumerate(plan.calls)])


def _told(call: Call, turn: int, asked: bool, phrases: Phrases) -> str:
    """One call as a part of a sentence about the agent."""
    told, lexicon = phrases.told, phrases.lexicon
    kind = "read" if call.effect == "hidden" else call.effect
    if kind == "identify" and call.outcome == "empty":
        kind = "read"
    forms = phrases.outcome[f"{kind}_{call.outcome}"]
    done = kind == "write" and call.outcome == "success"
    values = {
        "said": phrases.joined(list(call.said)) or call.noun,
        "the_said": phrases.joined([lexicon.nouns.the(noun) for noun in call.said or [call.noun]]),
        "detail": _detail(call, phrases) if kind == "read" else "",
        "noun": call.noun,
        "the_noun": lexicon.nouns.the(call.noun),
        "one_noun": lexicon.nouns.one(call.noun),
        "thing": _thing(call, phrases),
        "yes": told["after_yes"] if asked and done else "",
        "verb": call.verb,
        "verbs": lexicon.verbs.third(call.verb),
        "reference": told["reference"].format(
            label=call.reference, the_label=lexicon.nouns.the(call.reference), value=call.reference_value
        )
        if call.reference
        else "",
    }
    return forms[turn % len(forms)].format_map(values)


def _detail(call: Call, phrases: Phrases) -> str:
    """What is looked up, by the first thing that was said."""
    value = next(iter(call.said.values()), None)
    return phrases.told["detail"].format(value=plain(value, phrases)) if _tellable(value) else ""


def _thing(call: Call, phrases: Phrases) -> str:
    """What a writing call acts on."""
    the_noun = phrases.lexicon.nouns.the(call.noun)
    if not call.item:
        return the_noun
    item = described(call.item, call.item_noun, phrases)
    if call.action in tool_names().acts_on_entry:
        return item
    return phrases.told["for_item"].format(the_noun=the_noun, item=item)


def _tellable(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and len(str(value)) <= _LONGEST_DETAIL
