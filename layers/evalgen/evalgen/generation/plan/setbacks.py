"""Tests of look-ups that answer otherwise: nobody found, not verified, nothing free, an outage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.absences import alternative, items_of, nothing_free, varies
from evalgen.generation.plan.before import walk_to_end
from evalgen.generation.plan.failed import DEFAULT_OF_CODES
from evalgen.generation.plan.gaps import is_what_is_left
from evalgen.generation.plan.held_already import is_held_already
from evalgen.generation.plan.held_back import held_back
from evalgen.generation.plan.identifying import has_to_know, is_identified_late
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.other_days import is_too_far, on_another_day
from evalgen.generation.plan.other_ways import asks_otherwise, has_other_ways, other_way
from evalgen.generation.plan.reacting import finished, give_again, react
from evalgen.generation.plan.reactions import reaction_to
from evalgen.generation.plan.rest import with_answers_before
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import Walk, records_of
from evalgen.generation.read.chain import Chain, Input, Played, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.open_to_all import needs_nobody
from evalgen.generation.values import MOMENTS, Path, key_words, kind_of, leaves, plain, same


def setback_tests(chain: Chain, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of a chain that would succeed: what comes of it where one of its reads answers otherwise."""
    if is_what_is_left(served, model):
        return
    whole = walk(chain, served, model)
    for number, test in _setbacks(chain, served, model):
        if not _gives_two(test):
            full = with_answers_before(test, whole, number)
            yield held_back(full, chain.calls[number]) if test.key.startswith("no_record:") else full


def _gives_two(test: Test) -> bool:
    """Whether a caller who is not found has two of one thing: `registration`, `registration_2`."""
    lost = test.key.startswith(("no_record:", "outage:"))
    return lost and any(f"{key}_2" in test.profile for key in test.profile)


def _setbacks(chain: Chain, served: Served, model: AgentModel) -> Iterator[tuple[int, Test]]:
    """Each with the number of the call that answers otherwise."""
    reached = max(records_of(chain), default=0) if is_held_already(chain, served, model) else len(chain.calls)
    nobody = model.once("needs nobody", served.tool.key, lambda: needs_nobody(served.tool, model.prompt))
    unasked = nobody or not has_to_know(chain, model) or is_identified_late(served, model)
    for number, played in enumerate(chain.calls[: reached + 1]):
        if played.optional or played is chain.last or (unasked and played.tool.role == "identify"):
            continue
        later = chain.calls[number + 1 :]
        for call in played.tool.calls.get("no_match", []):
            if test := _no_record(_replaced(chain, number, call, served, model), number, served, model):
                yield number, test
        for call in played.tool.calls.get("refusal", []) if played.tool.role == "identify" else ():
            if not _says_only_that_nothing_agrees(call.output):
                continue
            if test := _not_verified(_replaced(chain, number, call, served, model), number, served, model):
                yield number, test
        for call in played.tool.calls.get("empty", []):
            other = _replaced(chain, number, call, served, model)
            instead = alternative(chain, other, number, served, model)
            if instead:
                yield number, instead
            if test := nothing_free(other, later, served, model):
                yield number, varies(test, instead)
        for call in played.tool.calls.get("outage", []):
            if test := _outage(_replaced(chain, number, call, served, model), later, served, model):
                yield number, test


def _replaced(chain: Chain, number: int, call: MockCall, served: Served, model: AgentModel) -> Chain | None:
    """The chain up to a call, which is another one of the same tool; None where it is another caller's, or
    about something else than the record says, or a day that is too far away.
    """
    played = chain.calls[number]
    own = [one for one in played.inputs if one.by != "caller" and number not in records_of(chain)]
    if any(same(value_at(call.input, one.where)) != same(one.value) for one in own):
        return None
    if (
        played.has_another_id(call)
        or _tells_otherwise(chain, number, call)
        or any(_is_of_another(chain, number, one, call) for one in played.inputs)
    ):
        return None
    before = on_another_day(chain, number, call, grammar_of(model.spoken))
    other = None if before is None else model.flow.chain(played.tool, call, before)
    if other is None:
        return None
    kept = [p for p in chain.calls[:number] if not p.optional]
    new = [p for p in other.calls if not p.optional]
    if len(new) != len(kept) + 1 or is_too_far(other, number, served, model):
        return None
    return Chain(tuple(other.calls))


def _tells_otherwise(chain: Chain, number: int, call: MockCall) -> bool:
    """Whether a caller would have to tell something otherwise than before: a second registration."""
    told = {i.key: same(i.value) for p in chain.calls[:number] for i in p.inputs if i.by == "caller"}
    inputs = chain.calls[number].inputs
    return any(
        told.get(i.key, same(value)) != same(value)
        for i in inputs
        if (value := value_at(call.input, i.where)) is not None
    )


def _is_of_another(chain: Chain, number: int, one: Input, call: MockCall) -> bool:
    """Whether a choice is another one than all that a record says by that name, or than that of the later
    calls: what callers tell for those need not fit it.
    """
    played, value = chain.calls[number], same(value_at(call.input, one.where))
    if "enum" not in played.tool.properties.get(str(one.where[0]), {}):
        return False
    words, others = key_words(one.key), (p for p in chain.calls if p is not played)
    known = {same(v) for p in others for path, v in leaves(p.call.output) if words in _names_of(path)}
    said = {key_words(i.key) for i in played.inputs}
    told = (i for p in chain.calls[number + 1 :] for i in p.inputs if i.by == "caller")
    more = any(kind_of(i.key, i.value) in ("text", "number") and key_words(i.key) not in said for i in told)
    return bool(known and value not in known) or (more and value != same(one.value))


def _names_of(path: Path) -> set[tuple[str, ...]]:
    """What a field is called by its own key, and with that of what it is in: `code`, `trip_code`."""
    said = [part for part in path if isinstance(part, str)]
    return {key_words("_".join(said[-n:])) for n in (1, 2)}


def _no_record(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model, number) if chain else None
    if way is None or chain is None:
        return None
    played = chain.calls[number]
    asked = [i for i in played.inputs if i.by == "caller"]
    if not asked or kind_of(asked[0].key, asked[0].value) in MOMENTS:
        return None
    noun = input_noun(asked[0].key, asked[0].value, way.script.spoken.grammar)
    frame = "no_record_several" if len(asked) > 1 else "no_record"
    name = way.script.spoken.name(frame, Wish=served.wish, an_input=way.script.spoken.grammar.a(noun))
    reaction = reaction_to(played, served, model)
    if asked_otherwise := asks_otherwise(reaction, model):
        return other_way(chain, number, reaction, asked_otherwise, name, served, model)
    if has_other_ways(played):
        return None
    if (written := react(way, number, served, model)) is not False:
        return finished(way, number, "no_record", name, model) if written else None
    script, step = way.script, way.last_step
    if len(asked) > 1 and _says_of_mismatches(model):
        return None
    key = next((k for k, v in script.profile.items() if same(v) == same(asked[0].value)), "")
    ground = [Ground(call=way.calls[number].id)]
    value = (
        str(script.judged.frames["the_one"]["details"]) if len(asked) > 1 else f"{{{{test_profile.{key}}}}}"
    )
    script.expect("no_record", "says", ground, step, value=value)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    give_again(script, [n for (call, _), n in way.given.items() if call == number])
    script.say("insist_record", wish=served.wish)
    script.say("end_no_record")
    return finished(way, number, "no_record", name, model)


def _says_only_that_nothing_agrees(output: Any) -> bool:
    """Whether a refusal to identify speaks of facts that do not agree and of nothing else: no lock."""
    pattern = load(DEFAULT_OF_CODES, "identity")["disagrees"]
    texts = [value for _, value in leaves(output) if isinstance(value, str)]
    return all(re.search(pattern, plain(text)) for text in texts)


def _says_of_mismatches(model: AgentModel) -> bool:
    """Whether the prompt has words of its own for facts that do not agree: several are asked for, one is
    wrong.
    """
    pattern = load(model.judged, "identity")["mismatch"]
    return any(re.search(pattern, s.text, re.IGNORECASE) for s in model.prompt.statements)


def _not_verified(chain: Chain | None, number: int, served: Served, model: AgentModel) -> Test | None:
    way = walk(chain, served, model, number) if chain else None
    if way is None:
        return None
    name = way.script.spoken.name("not_verified", Wish=served.wish)
    if (written := react(way, number, served, model)) is not False:
        return finished(way, number, "not_verified", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("not_verified", "says", ground, step)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    give_again(script, [n for (call, _), n in way.given.items() if call == number])
    script.say("insist_verified")
    script.say("end_not_verified")
    return finished(way, number, "not_verified", name, model)


def _outage(chain: Chain | None, later: Sequence[Played], served: Served, model: AgentModel) -> Test | None:
    """A read that fails: what it would have told is not stated."""
    if chain is None:
        return None
    behind = () if chain.calls[-1].tool.role == "identify" else later
    if (way := walk_to_end(chain, behind, served, model)) is None:
        return None
    number = len(way.chain.calls) - 1
    played = way.chain.calls[number]
    grammar = way.script.spoken.grammar
    if played.tool.role == "identify":
        return _no_lookup(way, number, served, model)
    items = items_of(next((p for p in _others(played)), played), grammar)
    noun = items or (played.tool.name.noun if played.tool.name else "")
    if not noun:
        return None
    name = way.script.spoken.name("outage_read", Wish=served.wish, the_items=grammar.the(noun))
    if (written := react(way, number, served, model)) is not False:
        return finished(way, number, "outage", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    slots = {"the_items": grammar.the(noun), "items": noun}
    script.expect("cannot_look_up", "says", ground, step, **slots)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_unavailable", **slots, wish=served.wish)
    script.say("end_unavailable", **slots)
    return finished(way, number, "outage", name, model)


def _no_lookup(way: Walk, number: int, served: Served, model: AgentModel) -> Test | None:
    name = way.script.spoken.name("outage_record", Wish=served.wish)
    if (written := react(way, number, served, model)) is not False:
        return finished(way, number, "outage", name, model) if written else None
    script, step = way.script, way.last_step
    ground = [Ground(call=way.calls[number].id)]
    script.expect("cannot_find", "says", ground, step)
    script.expect("not_done", "does_not", ground, step, **way.judged_slots)
    script.say("insist_no_lookup", wish=served.wish)
    script.say("end_no_lookup")
    return finished(way, number, "outage", name, model)


def _others(played: Played) -> Iterator[Played]:
    for call in played.tool.calls.get("success", []):
        yield Played(played.tool, call, ())
