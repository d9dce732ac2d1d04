"""Tests of the deed's own answers that are no success: a refusal, an outage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns
from evalgen.generation.plan.about_answers import is_gone
from evalgen.generation.plan.agreeing import confirm
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.gaps import is_urgent, lacks_identity
from evalgen.generation.plan.held_already import is_held_already
from evalgen.generation.plan.reacting import react_last, react_to_record, tried_again
from evalgen.generation.plan.reactions import reaction_to
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.script import Script
from evalgen.generation.plan.shutting import is_barred, shutting
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.walk import walk
from evalgen.generation.plan.way import done_slots
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_of, key_words, kind_of, leaves, plain

DEFAULT_OF_CODES = "en"
"""The language whose words a reason's code has without marks that are missing."""


def failed_tests(tool: ToolModel, served: Served, model: AgentModel) -> Iterator[Test]:
    """Of the deed's own answers that are no success."""
    for kind in ("refusal", "outage"):
        for call in tool.calls.get(kind, []):
            chain = model.flow.chain(tool, call)
            if chain is None or _offers_nothing(chain) or _decided(chain) or _is_chosen_otherwise(chain):
                continue
            whole = model.flow.with_lookups(chain)
            if whole is None or (lacks_identity(whole, model) and not is_urgent(served, model)):
                continue
            if test := _failed(whole, kind, served, model):
                yield test


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
    if is_barred(chain, served, model) if kind == "outage" else _is_refused_before(chain, served, model):
        return None
    if kind == "refusal":
        slots, spoken = (s | {"the_thing": s["the_noun"]} for s in (slots, spoken))
    reacted = react_last(way, served, model) if kind == "outage" else react_to_record(way, model)
    if kind == "refusal" and not reacted:
        reacted = react_last(way, served, model)
    if reacted is None:
        return None
    if reacted:
        script.expect("not_done_thing", "does_not", ground, step, **slots)
    elif kind == "refusal":
        script.expect("cannot", "says", ground, step, **slots)
        script.expect("not_done_thing", "does_not", ground, step, **slots)
        if not is_gone(chain.last):
            script.say("insist", **spoken)
        script.say("end_cannot", **spoken)
    else:
        script.expect("could_not", "says", ground, step, **slots)
        script.expect("not_done_thing", "does_not", ground, step, **slots)
        script.say("again_failed", **way.slots)
        script.say("end_could_not", **way.slots)
    why = _why(chain)
    if kind == "refusal" and _is_not_tried(why, served, model):
        return None
    alone = _says_nothing_else(why, served, model) and not _goes_by_more(chain, model)
    if kind == "refusal" and not alone and not (reacted and _is_ruled_by(why, script, model)):
        return None
    known = why and grammar_of(model.spoken).language == DEFAULT_OF_CODES
    frame = "outage_write" if kind == "outage" else "refused" if known else "refused_plain"
    name = script.spoken.name(frame, Wish=served.wish, why=why)
    key = (served.tool.tool.name, entry_key(way))
    spared = kind == "refusal" and not (alone and _only_the_call_tells(why, chain))
    calls = [replace(c, optional=c.optional or (spared and c.id == way.last_call)) for c in way.calls]
    if kind == "outage":
        last = next(c for c in calls if c.id == way.last_call)
        calls += tried_again(last, reaction_to(chain.last, served, model), model)
    return finish(script, model, kind, key, name, chain=chain, calls=calls)


def _is_refused_before(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a rule refuses the deed for this record before it is tried, which is a test of its own, or may
    do so by what the record says.
    """
    given = {one.path for one in fields_of(chain.last.call.input)}
    return is_held_already(chain, served, model) or any(
        shut.certain or shut.by.path not in given for shut in shutting(served, model, record_of(chain, model))
    )


def _is_not_tried(why: str, served: Served, model: AgentModel) -> bool:
    """Whether a good agent does not try what is refused so: a choice that is the wrong one, or an hour or day
    of which the prompt says how long it may be.
    """
    if why.startswith(load(DEFAULT_OF_CODES, "rules")["wrong_choice"]):
        return True
    timed = {word for words in all_words() for word in load(words.language, "rules")["timed"]}
    if timed.isdisjoint(plain(why).split()):
        return False
    span = load(model.judged, "rules")["how_long"]
    return any(re.search(span, plain(s.text)) and concerns(s, served, model) for s in model.prompt.statements)


def _why(chain: Chain) -> str:
    """The refusal's own word for its reason; empty where the answer has none."""
    flat = {plain(key_of(path)): value for path, value in leaves(chain.last.call.output)}
    keys = [key for words in all_words() for key in words.tables["agent_decides"]["reasons"]]
    code = next((str(flat[key]) for key in keys if flat.get(key) and isinstance(flat[key], str)), "")
    words = code.replace("_", " ").replace("-", " ").lower().split()
    return " ".join(words[len(words[0]) == 1 :] if words else ()).strip(".! ")


def _says_nothing_else(why: str, served: Served, model: AgentModel) -> bool:
    """Whether the prompt leaves a refusal at that: it neither is done already nor has a rule of its own."""
    table = load(model.judged, "rules")
    words = [w for w in plain(why).split() if w not in table["plain_reasons"]]
    if set(words) & set(table["done_before"]):
        return False
    said = [plain(s.text) for s in model.prompt.statements]
    if any(re.search(rf"\b{re.escape(none)}", text) for none in _none(why, table) for text in said):
        return False
    own = set(plain(f"{served.wish} {served.tool.tool.name.replace('_', ' ')}").split())
    words = [w for w in words if len(w) > 3 and not _stands(w, own)]
    texts = _texts(model)
    return bool(why) and not any(_stands(w, text) for w in words for text in texts)


def _none(why: str, table: Mapping[str, Any]) -> list[str]:
    """What a reason says that there is none of, without its last letter: `no refill` of `no refills left`."""
    return [match[0][:-1] for match in re.finditer(rf"\b{table['none']} \w{{3,}}", plain(why))]


def _is_ruled_by(why: str, script: Script, model: AgentModel) -> bool:
    """Whether the rules that the outcome rests on have all words of the reason that the prompt has."""
    rules = [model.by_id[g.statement].text for a in script.assertions for g in a.rests_on if g.statement]
    own = set(re.findall(r"\w+", plain(" ".join(rules))))
    words = [w for w in plain(why).split() if len(w) > 3 and any(_stands(w, text) for text in _texts(model))]
    return not rules or all(_stands(w, own) for w in words)


def _only_the_call_tells(why: str, chain: Chain) -> bool:
    """Whether no answer before the deed has a word of why it is refused: a good agent has to try it."""
    answers = (leaf for p in chain.calls if p is not chain.last for leaf in leaves(p.call.output))
    told = {
        word for path, value in answers for word in (*key_words(key_of(path)), *plain(str(value)).split())
    }
    return not any(_stands(word, told) for word in plain(why).split() if len(word) > 3)


def _goes_by_more(chain: Chain, model: AgentModel) -> bool:
    """Whether the refusal has a value that the prompt speaks of: `days_left`, with what is done then."""
    reasons = {key for words in all_words() for key in words.tables["agent_decides"]["reasons"]}
    named = {key_of(path) for path, value in leaves(chain.last.call.output) if value} - reasons
    keys = [set(words) for key in named if len(words := key_words(key)) > 1]
    texts = _texts(model)
    return any(words <= text for words in keys for text in texts)


def _texts(model: AgentModel) -> list[set[str]]:
    """The words of each sentence of the prompt."""
    statements = model.prompt.statements
    return model.once("words", (), lambda: [set(re.findall(r"\w+", plain(s.text))) for s in statements])


def _stands(word: str, text: set[str]) -> bool:
    return any(w[: max(4, len(word) - 2)] == word[: max(4, len(word) - 2)] for w in text)


def _offers_nothing(chain: Chain) -> bool:
    """Whether the deed takes a moment that no list has offered: a good agent never gets there."""
    return any(one.by == "caller" and kind_of(one.key, one.value) == "datetime" for one in chain.last.inputs)


def _is_chosen_otherwise(chain: Chain) -> bool:
    """Whether the agent's own choice of the call is not the one that its successes have most, or another one
    succeeds: a good agent would not make it so.
    """
    tool = chain.last.tool
    own = [name for one in chain.last.inputs if one.by == "agent" and tool.choices(name := str(one.where[0]))]
    made = {name: Counter(c.input.get(name) for c in tool.calls.get("success", ())) for name in own}
    if any(m and chain.last.call.input[name] != m.most_common(1)[0][0] for name, m in made.items()):
        return True
    return bool(own) and any(chain.last.alike_but_for(own))


def _decided(chain: Chain) -> bool:
    """Whether the deed holds an amount or flag that may come out otherwise: worked out, or bargained over."""
    return any(
        isinstance(one.value, bool | int | float)
        and (one.by == "agent" or kind_of(one.key, one.value) == "money")
        for one in chain.last.inputs
    )
