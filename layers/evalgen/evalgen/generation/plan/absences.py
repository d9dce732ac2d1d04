"""Tests of what is not there: nothing free on a day, another day instead, nothing on file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.plan.about_answers import says_unread
from evalgen.generation.plan.agreeing import confirm
from evalgen.generation.plan.before import walk_to_end
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.gaps import lacks_fields, lacks_identity
from evalgen.generation.plan.handled_first import is_handled_first
from evalgen.generation.plan.other_days import has_to_know_other_days, is_next_day
from evalgen.generation.plan.reacting import finished, react
from evalgen.generation.plan.reactions import expect_reaction, reaction_to
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.shutting import shutting
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.telling import tell_done
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.things import listed_in
from evalgen.generation.plan.told_apart import is_of_a_week
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Played, value_at
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of, in_all
from evalgen.generation.values import (
    Path,
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    lists_in,
    plain,
    same,
    words_of,
)


def nothing_tests(tool: ToolModel, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of callers who have nothing of what the deed is about: there is nothing to cancel or to move."""
    grammar = grammar_of(model.spoken)
    chains = [c for call in tool.calls.get("success", []) if (c := model.flow.chain(tool, call))]
    for chain in chains[:1]:
        for one in chain.last.inputs:
            thing = listed_in(chain, one, grammar)
            if (
                thing is None
                or thing.offered
                or any(n for n in range(thing.call) if chain.calls[n].inputs == ())
            ):
                continue
            played = chain.calls[thing.call]
            if played.tool.role == "identify" and _are_people(thing.items, grammar):
                continue
            if _is_compared_with(played, thing.place[:-1], model):
                continue
            for other in played.tool.tool.mock_data:
                if value_at(other.output, thing.place[:-1]) != []:
                    continue
                alone = model.flow.chain(played.tool, other)
                if alone is None or _is_told_otherwise(alone, thing.item, served, model):
                    continue
                if test := _nothing(alone, thing.items, served, model):
                    yield test


def _is_told_otherwise(alone: Chain, item: str, served: Served, model: AgentModel) -> bool:
    """Whether whoever has no such thing may hear something else of their record first, or instead."""
    return (
        lacks_identity(alone, model)
        or is_handled_first(alone, model, served)
        or next(shutting(served, model, record_of(alone, model)), None) is not None
        or _is_not_found(alone, model)
        or _tells_of_one(alone.last.call.output, item)
    )


def _tells_of_one(answer: Any, item: str) -> bool:
    """Whether an answer without any such thing tells of one elsewhere: `closed_account`, with its number."""
    word = head_of(item)
    told = (path for path, value in leaves(answer) if value is not None and not is_listed(path))
    inner = (path for path in told if len(path) > 1)
    return any(word in key_words(key_of(path)) for path in inner)


def _is_not_found(chain: Chain, model: AgentModel) -> bool:
    """Whether an empty list is all that the first look-up answers where it finds nobody, besides what it was
    asked, and the prompt has words for that.
    """
    answer, first = chain.last.call.output, chain.last is chain.calls[0]
    asked = {same(value) for _, value in leaves(chain.last.call.input)}
    parts = answer.items() if isinstance(answer, dict) else [("", answer)]
    messages = in_all("answers", "messages")
    told = [
        part
        for key, part in parts
        if not isinstance(part, bool | int | None) and plain(key) not in messages and same(part) not in asked
    ]
    cases = (c for s in model.prompt.statements for c in (s.condition, *s.outer) if c)
    has_words = says_unread("not_there", model) or any(c.answer == "no_match" for c in cases)
    return first and told == [[]] and has_words


def _is_compared_with(played: Played, place: Path, model: AgentModel) -> bool:
    """Whether callers are asked behind the look-up whose the things of its list are, and told nothing before:
    `Run find_job, then ask for the surname and postcode`.
    """
    name, things = played.tool.tool.name, value_at(played.call.output, place)
    keys = {key_of(path) for path, value in leaves(things) if kind_of(key_of(path), value) == "name"}
    words = grammar_of(model.judged).words
    nouns = [plain(noun) for key in keys for noun in (words.noun_of(key), " ".join(key_words(key)))]
    behind = (plain(s.text).partition(name)[2] for s in model.prompt.statements if name in s.names)
    return any(re.search(rf"\b{re.escape(noun)}\b", text) for text in behind for noun in nouns)


def _are_people(items: str, grammar: Grammar) -> bool:
    """Whether people are listed: the callers themselves, by the tool that finds them."""
    return grammar.words.singular(items.rsplit(maxsplit=1)[-1]) in grammar.words.tables["nouns"]["people"]


def _nothing(chain: Chain, items: str, served: Served, model: AgentModel) -> Test | None:
    number = len(chain.calls) - 1
    way = walk(chain, served, model, number)
    if way is None:
        return None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("nothing_on_file", "says", ground, step, items=items)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("end_nothing", items=items)
    name = script.spoken.name("nothing_on_file", Wish=served.wish)
    return finished(way, number, "nothing_on_file", name, model)


def nothing_free(
    chain: Chain | None, later: Sequence[Played], served: Served, model: AgentModel
) -> Test | None:
    """The chain ends in an empty list; `later` are the calls that would come behind it."""
    way = walk_to_end(chain, later, served, model) if chain else None
    number = len(way.chain.calls) - 1 if way else 0
    if way is None or not (slots := _empty_slots(way, number)):
        return None
    if has_to_know_other_days(reaction_to(way.chain.calls[number], served, model), model):
        return None
    name = way.script.spoken.name("nothing_free", Wish=served.wish)
    if (written := react(way, number, served, model)) is not False:
        return finished(way, number, "nothing_free", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("nothing_free", "says", ground, step, **slots)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("end_none", **slots)
    return finished(way, number, "nothing_free", name, model)


def alternative(
    chain: Chain, empty: Chain | None, number: int, served: Served, model: AgentModel
) -> Test | None:
    """First a day without anything free, then the chain's own day."""
    if empty is None or lacks_fields(chain, served, model):
        return None
    if any(p.call not in [known.call for known in chain.calls] for p in empty.calls[:number]):
        return None
    first, second = walk(empty, served, model, number), walk(chain, served, model)
    before = walk(empty, served, model, number - 1) if number else None
    if first is None or second is None or before is None or not (slots := _empty_slots(first, number)):
        return None
    days = [i for i in chain.calls[number].inputs if i.by == "caller" and kind_of(i.key, i.value) == "date"]
    others = {i.key: i.value for i in chain.calls[number].inputs if i not in days}
    wrongs = {i.key: i.value for i in empty.calls[number].inputs}
    if len(days) != 1 or any(wrongs.get(key) != value for key, value in others.items()):
        return None
    reaction = reaction_to(empty.calls[number], served, model)
    offers = has_to_know_other_days(reaction, model)
    if offers and not is_next_day(wrongs[days[0].key], days[0].value):
        return None
    script = second.script
    where = "/".join(map(str, days[0].where))
    position = second.given.get((number, where), 0)
    if not position:
        return None
    wrong = script.keep("first_date", wrongs[days[0].key])
    day = next(f"{{{{test_profile.{k}}}}}" for k, v in script.profile.items() if v == days[0].value)
    instead = script.spoken.step("ask_instead", value=day, wrong=wrong, items=slots["items"])
    asked = script.steps[position - 1]
    script.steps[position - 1] = replace(asked, action=asked.action.replace(day, wrong))
    script.steps.insert(position, instead)
    second.choices = [replace(c, step=c.step + (c.step > position)) for c in second.choices]
    ground = [Ground(call=f"e{number + 1}")]
    tell_done(second, model, confirm(second, model))
    script.expect("nothing_free", "says", ground, position, items=slots["items"], date=wrong)
    if offers and not expect_reaction(script, reaction, position):
        return None
    name = script.spoken.name("alternative", Wish=served.wish)
    calls = list(second.calls)
    failed = replace(first.calls[number], id=f"e{number + 1}")
    calls.insert(number, failed)
    key = (served.tool.tool.name, entry_key(second))
    covers = [f"{chain.calls[number].tool.tool.name}:empty"]
    return finish(script, model, "alternative", key, name, chain=chain, calls=calls, covers=covers)


def varies(test: Test, instead: Test | None) -> Test:
    """A call that ends with nothing free, as a variation of the one in which another day is free: where the
    prompt has no rule of its own for it, the one is the beginning of the other.
    """
    return test if test.is_ruled or instead is None else replace(test, variation_of=instead.key)


def _empty_slots(way: Walk, number: int) -> dict[str, str]:
    """What an empty list lacks, and the day that it was asked for; nothing where either is not certain, it is
    of a week, or a flag beside the list says why it is empty (`closed`).
    """
    played = way.chain.calls[number]
    grammar = way.script.spoken.grammar
    days = [i for i in played.inputs if i.by == "caller" and kind_of(i.key, i.value) == "date"]
    items = items_of(played, grammar)
    if len(days) != 1 or not items or _says_why(played, grammar) or is_of_a_week(days[0].key, grammar):
        return {}
    key = next(k for k, v in way.script.profile.items() if v == days[0].value)
    return {"items": items, "date": f"{{{{test_profile.{key}}}}}"}


def _says_why(played: Played, grammar: Grammar) -> bool:
    told = set(grammar.words.tables["facts"]["of_calls"])
    flags = (key_of(path) for path, value in leaves(played.call.output) if value is True)
    return any(told.isdisjoint(key_words(key)) for key in flags)


def items_of(played: Played, grammar: Grammar) -> str:
    """What a look-up lists, by the name of its first list of anything but people."""
    listed = lists_in(played.call.output)
    named = next((key for key in listed if not _are_people(key.replace("_", " "), grammar)), "")
    noun = " ".join(words_of(named)) or (played.tool.name.noun if played.tool.name else "")
    lists = grammar.words.tables["nouns"]["list_words"]
    parts = [word for word in key_words(noun) if word not in lists]
    text = " ".join(parts)
    return text if text and grammar.words.is_plural(text) else ""
