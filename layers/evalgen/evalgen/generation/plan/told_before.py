"""What a deed costs or brings back, where the prompt has it told, or agreed to, before the deed is done."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.patterns import search
from evalgen.generation.plan.about import in_section, names_verb, stands_elsewhere
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground
from evalgen.generation.plan.things import facts_in, is_open_to_all
from evalgen.generation.plan.told import Fact, nothing_in, pointer, sums_in
from evalgen.generation.plan.way import Walk, done_slots
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import key_of, key_words, leaves, plain


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """A sum of the deed's answer (without a value where it is nothing), and the rule by which callers hear it
    first; `agreed`: they have to say yes to it.
    """

    rule: Statement
    fact: Fact
    agreed: bool


def told_before(way: Walk, model: AgentModel) -> list[ToldBefore]:
    """One for each sum of the deed's answer that a sentence about the deed has told first."""
    if model.spoken != model.judged:
        return []
    rules = told_first(way.served, model)
    sums = [*sums_in(way, model), *_nothing_back(way)] if rules else []
    found: dict[str, ToldBefore] = {}
    for rule, about, agreed in rules:
        for fact in sums:
            if _names(about, fact, sums, model):
                found.setdefault(fact.label, ToldBefore(rule, fact, agreed))
    return _in_all(list(found.values()), sums, way)


def _in_all(told: list[ToldBefore], sums: Sequence[Fact], way: Walk) -> list[ToldBefore]:
    """With the total in place of several parts that callers get back, where the answer has it: agents may
    tell no more than that.
    """
    totals = way.script.judged.grammar.words.tables["facts"]["totals"]
    parts = [one for one in told if is_given_back(one.fact, way)]
    whole = [fact for fact in sums if fact.path and key_words(key_of(fact.path))[-1] in totals]
    if len(parts) > 1 and len(whole) == 1:
        return [*(one for one in told if one not in parts), replace(parts[0], fact=whole[0])]
    return told


def told_first(served: Served, model: AgentModel) -> list[tuple[Statement, Sequence[str], bool]]:
    """The rules by which a sum is told before this deed, where it is said what it is, and whether it has to
    be agreed to.
    """
    return model.once("told_before", served.key, lambda: list(_rules(served, model)))


def is_told(duty: Duty, statement: Statement, told: Sequence[ToldBefore], model: AgentModel) -> bool:
    """Whether a duty of the sentence by which a sum is told is to tell it: `the exact amount`."""
    the_sum = load(model.judged, "rules")["told_before"]["the_sum"]
    return any(one.rule is statement for one in told) and re.search(the_sum, plain(duty.text)) is not None


def expect_told(told: ToldBefore, way: Walk, step: int, *, done: bool = True) -> None:
    """Add the line of the outcome; `done`: the deed comes behind it."""
    script, fact = way.script, told.fact
    grounds = [Ground(lines=told.rule.lines, statement=told.rule.id)]
    if done and fact.path:
        grounds.append(Ground(call=way.last_call, path=pointer(fact.path)))
    frame = "bare_label_is" if fact.value else "there_is_no"
    if done:
        frame = ("told" if fact.value else "none") + ("_agreed" if told.agreed else "_before")
    slots = done_slots(way, way.judged_slots, script.judged) | {"label": fact.label, "value": fact.value}
    slots["the_label"] = script.judged.grammar.the(fact.label)
    script.expect(frame, "says", grounds, step, **slots)


def _rules(served: Served, model: AgentModel) -> Iterator[tuple[Statement, Sequence[str], bool]]:
    """The sentences that have something told before this deed, with where they say what that is: in
    themselves, else in the one before.
    """
    table, statements = load(model.judged, "rules")["told_before"], model.prompt.statements
    for number, statement in enumerate(statements):
        text = plain(statement.text)
        match = next((found for one in table["rules"] if (found := search(one, text))), None)
        if match is None or stands_elsewhere(statement, served, model):
            continue
        deed = match["deed"]
        named = served.tool.tool.name in deed or names_verb(deed, served.tool, model)
        here = in_section(statement, served) or _is_of_its_paragraph(statement, served, model)
        if not named and not (here and re.search(table["any_deed"], deed)):
            continue
        before = statements[number - 1] if number else statement
        near = before.section == statement.section and statement.lines[0] - before.lines[1] <= 1
        said = [match["what"], *([plain(before.text)] if near else [])]
        yield statement, said, re.search(table["agreed"], text) is not None


def _is_of_its_paragraph(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether the paragraph or its heading names the deed."""
    beside = (s.text for s in model.prompt.statements if s.lines == statement.lines)
    return any(names_verb(text, served.tool, model) for text in (*statement.section[-1:], *beside))


def _names(about: Sequence[str], fact: Fact, sums: Sequence[Fact], model: AgentModel) -> bool:
    """Whether the first text that speaks of sums speaks of this one, and of no other amount; of nothing to
    pay back only where the amount that it names is one of this call, too.
    """
    table = load(model.judged, "rules")["told_before"]
    for text in about:
        amounts = {_number(one) for one in re.findall(table["amounts"], text)}
        named = {name for name, pattern in table["sums"].items() if re.search(pattern, text)}
        if not named and not amounts and len(sums) == 1 and re.search(table["the_sum"], text):
            return True
        if not named and fact.value and _number(fact.value) in amounts:
            return True
        if named:
            known = [fact] if fact.value else [one for one in sums if one.value]
            own = not amounts or any(_number(one.value) in amounts for one in known)
            return own and _last_of(plain(fact.label).split(), table["sums"]) in named
    return False


def _last_of(words: Sequence[str], sums: Collection[str]) -> str:
    """The last word that is called a sum itself: the refund of a `refund amount`."""
    return next((word for word in reversed(words) if word in sums), words[-1])


def _number(amount: str) -> float:
    return float("".join(re.findall(r"\d+|\.(?=\d\d\b)", amount)))


def is_welcome(fact: Fact, way: Walk) -> bool:
    """Whether nobody is heard to refuse a deed for a sum: they get it, or their record has one of that name
    already, which they may hear first.
    """
    words = key_words(key_of(fact.path))
    records = (p for p in way.chain.calls[:-1] if not is_open_to_all(p))
    before = (path for p in records for path, _ in leaves(p.call.output))
    held = bool(words) and any(key_words(key_of(path)) == words for path in before)
    return bool(fact.value) and (held or is_given_back(fact, way))


def is_given_back(fact: Fact, way: Walk) -> bool:
    """Whether a sum is money that callers get, or all that they get."""
    back = way.script.judged.grammar.words.tables["facts"]["given_back"]
    return bool(fact.path) and not set(back).isdisjoint(key_words(key_of(fact.path)))


def _nothing_back(way: Walk) -> Iterator[Fact]:
    """A refund of nothing, unless something is given in its place, or nothing had been taken for it."""
    words = way.script.judged.grammar.words
    instead = words.tables["facts"]["given_instead"]
    given = (key_words(key_of(path))[-1:] for path, value in facts_in(way.chain.last.call.output) if value)
    if any(set(last) & set(instead) for last in given):
        return
    back = words.tables["facts"]["given_back"]
    never_taken = {
        key_words(key_of(path))
        for played in way.chain.calls[:-1]
        for path, value in facts_in(played.call.output)
        if value == 0 and not isinstance(value, bool)
    }
    for path in nothing_in(way, back):
        if tuple(word for word in key_words(key_of(path)) if word not in back) not in never_taken:
            yield Fact(path, words.noun_of(key_of(path)), "")
