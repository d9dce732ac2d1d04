"""What the caller chooses of the things that an answer lists."""

from __future__ import annotations

import re

from evalgen.generation.patterns import search
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.test import MOST_STEPS
from evalgen.generation.plan.things import Listed, listed_in, names_superlative
from evalgen.generation.plan.told_apart import (
    Telling,
    days_asked,
    is_by_name,
    is_of_a_week,
    say_one,
    telling,
    telling_on_offer,
)
from evalgen.generation.plan.way import Choice, Walk, changes, records_of
from evalgen.generation.read.chain import Input, is_internal, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import kind_of, plain, snake, words_of


def choose(way: Walk, one: Input, grammar: Grammar, prompt: str) -> bool:
    """A step for what the caller chooses of a list; none where the list has nothing else."""
    thing = listed_in(way.chain, one, grammar)
    if thing is None or any(c.thing.place == thing.place and c.thing.call == thing.call for c in way.choices):
        return True
    played = way.chain.calls[thing.call]
    known = days_asked(played, grammar)
    tell = telling_on_offer if thing.offered else telling
    told = tell(thing.one, thing.others, grammar, known, thing.item)
    unsaid = thing.offered and words_of(one.key)[-1] in grammar.words.tables["nouns"]["unoffered"]
    if told is None and thing.others and not (is_internal(one.value) or unsaid):
        told = Telling("plain", (("value", one.key, one.value),))
    if told is None:
        return not thing.others
    if thing.offered and told.frame == "plain" and names_superlative(prompt, grammar):
        if thing.place[-1] == 0 and thing.others:
            words, _ = say_one(way.script, thing, told)
            way.script.say("choose_standing", the_one=words, items=thing.items)
        return thing.place[-1] == 0
    if isinstance(thing.one, str) and not (thing.offered or thing.others or _is_of_a_record(way, thing)):
        return False
    words, refs = say_one(way.script, thing, told)
    day = _day(way, thing.call) if "time" in refs else ""
    own = thing.item.split()[-1] == way.slots["noun"].split()[-1]
    kept = thing.offered or (own and thing.others and not changes(way))
    if kept and ("time" in refs or "date" in refs):
        told_when = (("date", refs.get("date", day)), ("time", refs.get("time")), ("end", refs.get("end")))
        way.when = {key: value for key, value in told_when if value}
    step = way.last_step
    if thing.offered:
        frame = "choose_offered_on" if day else "choose_offered"
        step = way.script.say(frame, the_one=words, items=thing.items, date=day)
    elif thing.others:
        done_to_it = own and way.served.tool.role == "write"
        side = grammar.words.tables["sides"].get(words_of(one.key)[0])
        frame = "choose_which" if done_to_it or side else "choose_which_it_is"
        verb = str(side).format(verb=way.slots["verb"]) if side else way.slots["verb"]
        step = way.script.say(frame, the_one=words, item=thing.item, verb=verb)
    elif is_by_name(told, grammar) and played.tool.role in ("read", "identify"):
        step = way.script.say("choose_which_it_is_standing", the_one=words, item=thing.item)
    if own and not thing.offered and step < MOST_STEPS - 4 and _is_read_back(prompt, grammar):
        way.script.say("is_the_one_standing", the_one=words)
    way.choices.append(Choice(thing, told, step, words))
    _name_the_inner_one(way, one, prompt)
    return True


def _name_the_inner_one(way: Walk, one: Input, prompt: str) -> None:
    """A standing answer to which of the things inside a chosen one is meant, where it lists one alone and the
    prompt has that asked for: `Ask which pet and which medication`.
    """
    output, inner = way.chain.calls[one.call].call.output, one.inner_places
    item = value_at(output, one.path[: inner[-1] + 1]) if inner else None
    words = way.script.spoken.grammar.words
    which = words.tables["choices"]["which"]
    for key, value in item.items() if isinstance(item, dict) else ():
        noun = words.noun_of(key)
        if kind_of(key, value) == "text" and search(rf"{which}{re.escape(noun)}\b", plain(prompt)):
            said = str(value).partition(", ")[0]
            way.script.add(way.script.spoken.answer(way.script.keep(snake(key), said), noun))
            return


def _is_read_back(prompt: str, grammar: Grammar) -> bool:
    """Whether the prompt has a thing on record read back, so that callers say whether it is the right one."""
    return search(grammar.words.tables["choices"]["right_one"], plain(prompt)) is not None


def _is_of_a_record(way: Walk, thing: Listed) -> bool:
    """Whether a thing is the caller's own, and not the one other that is named where nothing is free: who
    takes that has to say so.
    """
    return thing.call in records_of(way.chain)


def _day(way: Walk, call: int) -> str:
    """The reference to the day that a list was asked for; not to the first one of a week."""
    for one in way.chain.calls[call].inputs:
        dated = one.by == "caller" and kind_of(one.key, one.value) == "date"
        if dated and not is_of_a_week(one.key, way.script.spoken.grammar):
            return next((reference(k) for k, v in way.script.profile.items() if v == one.value), "")
    return ""
