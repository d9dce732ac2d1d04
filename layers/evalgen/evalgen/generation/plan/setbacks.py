"""Tests of answers that are no success: nobody found, nothing free, a refusal, an outage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.deeds import confirm, tell_done
from evalgen.generation.plan.finish import entry_key, finish, never
from evalgen.generation.plan.rules import end_of, expect_reaction, forbidding, reaction_to
from evalgen.generation.plan.standing import stand_by
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.things import listed_in
from evalgen.generation.plan.walk import Walk, done_slots, entry, input_noun, walk
from evalgen.generation.read.flow import Chain, Played, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_of, kind_of, leaves, plain, same


DEFAULT_OF_CODES = "en"
"""The language whose words a reason's code has without marks that are missing."""


def setback_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of a chain that would succeed: what comes of it where one of its reads answers otherwise."""
    for number, played in enumerate(chain.calls):
        if played.optional or played is chain.last:
            continue
        for call in played.tool.calls.get("no_match", []):
            if test := _no_record(_replaced(chain, number, call, model), number, served, model):
                yield test
        for call in played.tool.calls.get("refusal", []) if played.tool.role == "identify" else ():
            if any(value and key_of(path).lower().startswith("error") for path, value in leaves(call.output)):
                continue
            if test := _not_verified(_replaced(chain, number, call, model), number, served, model):
                yield test
        for call in played.tool.calls.get("empty", []):
            other = _replaced(chain, number, call, model)
            if test := _alternative(chain, other, number, served, model):
                yield test
            if test := _nothing_free(other, number, served, model):
                yield test
        for call in played.tool.calls.get("outage", []):
            if test := _outage(_replaced(chain, number, call, model), number, served, model):
                yield test


def nothing_tests(tool: ToolModel, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of callers who have nothing of what the deed is about: there is nothing to cancel or to move."""
    chains = [c for call in tool.calls.get("success", []) if (c := model.flow.chain(tool, call))]
    for chain in chains[:1]:
        for one in chain.last.inputs:
            thing = listed_in(chain, one, grammar_of(model.spoken))
            if (
                thing is None
                or thing.offered
                or any(n for n in range(thing.call) if chain.calls[n].inputs == ())
            ):
                continue
            played = chain.calls[thing.call]
            for other in played.tool.tool.mock_data:
                if value_at(other.output, thing.place[:-1]) == []:
                    alone = model.flow.chain(played.tool, other)
                    if alone and (test := _nothing(alone, thing.items, served, model)):
                        yield test


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
    return _finished(way, number, "nothing_on_file", name, model)


def failed_tests(tool: ToolModel, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of the deed's own answers that are no success."""
    for kind in ("refusal", "outage"):
        for call in tool.calls.get(kind, []):  # type: ignore[call-overload]  # the literals above
            chain = model.flow.chain(tool, call)
            if chain is None or _offers_nothing(chain) or _decided(chain):
                continue
            whole = model.flow.with_lookups(chain)
            if whole and (test := _failed(whole, kind, served, model)):
                yield test


def _replaced(chain: Chain, number: int, call: MockCall, model: AgentModel) -> Chain | None:
    """The chain up to a call, which is another one of the same tool; None where it is another caller's."""
    played = chain.calls[number]
    other = model.flow.chain(played.tool, call, chain.calls[:number])
    if other is None:
        return None
    kept = [p for p in chain.calls[:number] if not p.optional]
    new = [p for p in other.calls if not p.optional]
    if len(new) != len(kept) + 1:
        return None
    return Chain(tuple(other.calls))


def _react(way: Walk, number: int, served: Served, model: AgentModel) -> bool | None:
    """By the prompt's own rule for this answer: True where it was written, None where nothing is certain.

    False: the prompt has no rule, and the fixed frames hold.
    """
    reaction = reaction_to(way.chain.calls[number], served, model)
    if not reaction.known:
        return False
    step = way.last_step
    ending = end_of(way.script.spoken, reaction)
    identifies = way.chain.calls[number].tool.role == "identify"
    if ending is None or model.spoken != model.judged or (identifies and ending.moment.kind == "asked"):
        return None
    if not expect_reaction(way.script, reaction, step):
        return None
    ground = [Ground(call=way.calls[number].id)]
    way.script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    stand_by(way.script, reaction.all, model, entry(way.chain), way.last_step)
    way.script.add(ending)
    return True


def _react_last(way: Walk, served: Served, model: AgentModel) -> bool | None:
    """The same for the deed itself."""
    reaction = reaction_to(way.chain.last, served, model)
    if not reaction.known:
        return False
    ending = end_of(way.script.spoken, reaction)
    if ending is None or model.spoken != model.judged:
        return None
    if not expect_reaction(way.script, reaction, way.last_step):
        return None
    stand_by(way.script, reaction.all, model, entry(way.chain), way.last_step)
    way.script.add(ending)
    return True


def _no_record(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model, number) if chain else None
    if way is None or chain is None:
        return None
    played = chain.calls[number]
    asked = [i for i in played.inputs if i.by == "caller"]
    if not asked or kind_of(asked[0].key, asked[0].value) in ("date", "time", "datetime"):
        return None
    noun = input_noun(asked[0].key, asked[0].value, way.script.spoken.grammar)
    name = way.script.spoken.name("no_record", Wish=served.wish, an_input=way.script.spoken.grammar.a(noun))
    if (written := _react(way, number, served, model)) is not False:
        return _finished(way, number, "no_record", name, model) if written else None
    script, step = way.script, way.last_step
    if len(asked) > 1 and _says_of_mismatches(model):
        return None
    key = next((k for k, v in script.profile.items() if same(v) == same(asked[0].value)), "")
    ground = [Ground(call=way.calls[number].id)]
    script.expect("no_record", "says", ground, step, value=f"{{{{test_profile.{key}}}}}")
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_record", wish=served.wish)
    script.say("end_no_record")
    return _finished(way, number, "no_record", name, model)


def _says_of_mismatches(model: AgentModel) -> bool:
    """Whether the prompt has words of its own for facts that do not agree: several are asked for, one is wrong."""
    pattern = load(model.judged, "identity")["mismatch"]
    return any(re.search(pattern, s.text, re.IGNORECASE) for s in model.prompt.statements)


def _not_verified(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model, number) if chain else None
    if way is None:
        return None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("not_verified", "says", ground, step)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_verified")
    script.say("end_not_verified")
    name = script.spoken.name("not_verified", Wish=served.wish)
    return _finished(way, number, "not_verified", name, model)


def _nothing_free(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model, number) if chain else None
    if way is None or not (slots := _empty_slots(way, number)):
        return None
    name = way.script.spoken.name("nothing_free", Wish=served.wish)
    if (written := _react(way, number, served, model)) is not False:
        return _finished(way, number, "nothing_free", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("nothing_free", "says", ground, step, **slots)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("end_none", **slots)
    return _finished(way, number, "nothing_free", name, model)


def _alternative(
    chain: Chain, empty: Chain | None, number: int, served: Served, model: AgentModel
) -> Test | None:
    """First a day without anything free, then the chain's own day."""
    if empty is None:
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
    script = second.script
    where = "/".join(map(str, days[0].where))
    position = second.given[number, where]
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
    if len(script.steps) > 10:
        return None
    name = script.spoken.name("alternative", Wish=served.wish)
    calls = list(second.calls)
    failed = replace(first.calls[number], id=f"e{number + 1}")
    calls.insert(number, failed)
    key = (served.tool.tool.name, entry_key(second))
    covers = [f"{chain.calls[number].tool.tool.name}:empty"]
    return finish(script, model, "alternative", key, name, chain=chain, calls=calls, covers=covers)


def _empty_slots(way: Walk, number: int) -> dict[str, str]:
    """What an empty list lacks, and the day that it was asked for; nothing where either is not certain."""
    played = way.chain.calls[number]
    grammar = way.script.spoken.grammar
    days = [i for i in played.inputs if i.by == "caller" and kind_of(i.key, i.value) == "date"]
    items = _items(played, model_words=grammar)
    if len(days) != 1 or not items:
        return {}
    key = next(k for k, v in way.script.profile.items() if v == days[0].value)
    return {"items": items, "date": f"{{{{test_profile.{key}}}}}"}


def _items(played: Played, model_words: object) -> str:
    from evalgen.generation.read.grammar import Grammar
    from evalgen.generation.values import plain, words_of

    assert isinstance(model_words, Grammar)
    output = played.call.output
    named = (
        next((k for k, v in output.items() if isinstance(v, list)), "") if isinstance(output, dict) else ""
    )
    noun = " ".join(words_of(named)) or (played.tool.name.noun if played.tool.name else "")
    lists = model_words.words.tables["nouns"]["list_words"]
    parts = [w for w in (plain(x) for x in words_of(noun)) if w not in lists]
    text = " ".join(parts)
    return text if text and model_words.words.is_plural(text) else ""


def _outage(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    """A read that fails: what it would have told is not stated."""
    way = walk(chain, served, model, number) if chain else None
    if way is None or chain is None:
        return None
    played = chain.calls[number]
    grammar = way.script.spoken.grammar
    if played.tool.role == "identify":
        return _no_lookup(way, number, served, model)
    items = _items(next((p for p in _others(played)), played), grammar)
    noun = items or (played.tool.name.noun if played.tool.name else "")
    if not noun:
        return None
    name = way.script.spoken.name("outage_read", Wish=served.wish, the_items=grammar.the(noun))
    if (written := _react(way, number, served, model)) is not False:
        return _finished(way, number, "outage", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    slots = {"the_items": grammar.the(noun), "items": noun}
    script.expect("cannot_look_up", "says", ground, step, **slots)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_unavailable", **slots, wish=served.wish)
    script.say("end_unavailable", **slots)
    return _finished(way, number, "outage", name, model)


def _no_lookup(way: Walk, number: int, served: Served, model: AgentModel) -> Test | None:
    name = way.script.spoken.name("outage_record", Wish=served.wish)
    if (written := _react(way, number, served, model)) is not False:
        return _finished(way, number, "outage", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("cannot_find", "says", ground, step)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_no_lookup", wish=served.wish)
    script.say("end_no_lookup")
    return _finished(way, number, "outage", name, model)


def _others(played: Played) -> Iterator[Played]:
    for call in played.tool.calls.get("success", []):
        yield Played(played.tool, call, ())


def _failed(chain: Chain, kind: str, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model)
    if way is None:
        return None
    script = way.script
    step = way.last_step
    confirm(way, model, standing=kind == "refusal")
    ground = [Ground(call=way.last_call)]
    slots = done_slots(way, way.judged_slots, script.judged)
    spoken = done_slots(way, way.slots, script.spoken)
    if forbidding(chain, served, model):
        slots, spoken = (s | {"the_thing": s["the_noun"]} for s in (slots, spoken))
    if kind == "refusal":
        script.expect("cannot", "says", ground, step, **slots)
        script.expect("not_done_thing", "does_not", ground, step, **slots)
        script.say("insist", **spoken)
        script.say("end_cannot", **spoken)
    elif (written := _react_last(way, served, model)) is not False:
        if not written:
            return None
        script.expect("not_done_thing", "does_not", ground, step, **slots)
    else:
        script.expect("could_not", "says", ground, step, **slots)
        script.expect("not_done_thing", "does_not", ground, step, **slots)
        script.say("again_failed", **way.slots)
        script.say("end_could_not", **way.slots)
    why = _why(chain)
    if kind == "refusal" and not _says_nothing_else(why, served, model):
        return None
    known = why and grammar_of(model.spoken).language == DEFAULT_OF_CODES
    frame = "outage_write" if kind == "outage" else "refused" if known else "refused_plain"
    name = script.spoken.name(frame, Wish=served.wish, why=why)
    key = (served.tool.tool.name, entry_key(way))
    calls = [
        replace(c, optional=c.optional or (kind == "refusal" and c.id == way.last_call)) for c in way.calls
    ]
    return finish(script, model, kind, key, name, chain=chain, calls=calls)


def _why(chain: Chain) -> str:
    """The refusal's own word for its reason; empty where the answer has none."""
    flat = {plain(key_of(path)): value for path, value in leaves(chain.last.call.output)}
    keys = [key for words in all_words() for key in words.tables["agent_decides"]["reasons"]]
    code = next((str(flat[key]) for key in keys if flat.get(key) and isinstance(flat[key], str)), "")
    words = code.replace("_", " ").replace("-", " ").lower().split()
    return " ".join(words[len(words[0]) == 1 :] if words else ())


def _says_nothing_else(why: str, served: Served, model: AgentModel) -> bool:
    """Whether the prompt leaves a refusal at that: it neither is done already nor has a rule of its own."""
    table = load(model.judged, "rules")
    words = [w for w in plain(why).split() if w not in table["plain_reasons"]]
    if set(words) & set(table["done_before"]):
        return False
    own = set(plain(f"{served.wish} {served.tool.tool.name.replace('_', ' ')}").split())
    words = [w for w in words if len(w) > 3 and not _stands(w, own)]
    texts = [set(re.findall(r"\w+", plain(s.text))) for s in model.prompt.statements]
    return bool(why) and not any(_stands(w, text) for w in words for text in texts)


def _stands(word: str, text: set[str]) -> bool:
    return any(w[: max(4, len(word) - 2)] == word[: max(4, len(word) - 2)] for w in text)


def _offers_nothing(chain: Chain) -> bool:
    """Whether the deed takes a moment that no list has offered: a good agent never gets there."""
    return any(one.by == "caller" and kind_of(one.key, one.value) == "datetime" for one in chain.last.inputs)


def _decided(chain: Chain) -> bool:
    """Whether the deed holds a number or flag that the agent works out: a good agent may send another one."""
    return any(one.by == "agent" and isinstance(one.value, bool | int | float) for one in chain.last.inputs)


def _finished(way: Walk, number: int, family: str, name: str, model: AgentModel) -> Test | None:
    if len(way.script.steps) > 10:
        return None
    tool = way.served.tool.tool.name
    key = (tool, way.chain.calls[number].tool.tool.name, entry_key(way))
    calls = [c for n, c in enumerate(way.calls) if n <= number]
    return finish(way.script, model, family, key, name, chain=way.chain, calls=calls, forbidden=[never(tool)])
