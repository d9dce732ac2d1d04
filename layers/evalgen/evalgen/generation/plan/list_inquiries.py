"""Callers who ask which things are in their name, such as bookings to come."""

from __future__ import annotations

from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.finish import entry_key, finish
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.walk import walk
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import OF_ONE, key_words, kind_of, plain


def list_test(chain: Chain, tool: ToolModel, model: AgentModel, grammar: Grammar) -> Test | None:
    """The things on file, each with its day and time; three at most, all of them with one."""
    output = chain.last.call.output
    if not isinstance(output, dict) or is_open_to_all(chain.last) or not _is_of_one(chain.last):
        return None
    for key, listed in output.items():
        if not isinstance(listed, list) or not 1 <= len(listed) <= 3:
            continue
        lists = grammar.words.tables["nouns"]
        parts = key_words(key)
        if set(parts) & set(lists["offers"]) or not set(parts) & set(lists["scheduled"]):
            continue
        items = " ".join(w for w in parts if w not in lists["list_words"])
        moments = [_moment_of(one, items, grammar) for one in listed]
        if not items or not grammar.words.is_plural(items) or not all(moments):
            continue
        if not all(_is_to_come(one, model) for one in listed):
            continue
        noun = _stands_in(tool, items, grammar)
        frame = load(model.spoken, "plan")["wishes"]["about_list_of" if noun else "about_list"]
        wish = str(frame).format(items=items, noun=noun)
        way = walk(chain, Served(tool, wish, False, None), model)
        if way is None:
            return None
        script = way.script
        ground = [Ground(call=way.last_call, path=f"/{key}")]
        told = [_moment_of(one, items, script.judged.grammar) for one in listed]
        noun = items if len(told) > 1 else script.judged.grammar.words.singular(items)
        values = script.judged.grammar.listed(told)
        the_noun = script.judged.grammar.the(noun)
        script.expect("lists", "says", ground, way.last_step, values=values, the_items=the_noun)
        the_items = grammar.the(items)
        if way.last_step < 2:
            script.say("repeat_items", the_items=the_items)
        script.say("end_listed", the_items=the_items)
        name = script.spoken.name("listed", items=items)
        key_of_test = (tool.tool.name, items, entry_key(way))
        return finish(script, model, "listed", key_of_test, name, chain=chain, calls=way.calls)
    return None


def _stands_in(tool: ToolModel, items: str, grammar: Grammar) -> str:
    """The thing of theirs that items stand in, as the invoice of trips; empty where callers have them."""
    if tool.role != "read" or tool.name is None or not tool.name.noun:
        return ""
    words, noun = grammar.words, grammar.words.singular(tool.name.noun)
    last, people = noun.split()[-1], words.tables["nouns"]
    of_people = last in people["callers"] or last in people["people"] or last in people["views"]
    same_thing = last == words.singular(items).split()[-1]
    return "" if of_people or same_thing else noun


def _is_of_one(played: Played) -> bool:
    """Whether a look-up is asked with something of the caller's, and not for what everybody may have."""
    return any(one.by == "answer" or kind_of(one.key, one.value) in OF_ONE for one in played.inputs)


def _is_to_come(one: dict[str, Any], model: AgentModel) -> bool:
    """Whether a listed thing has no state, or one in which it is still to come."""
    states = set(load(model.judged, "tools")["deeds"]["states"])
    live = load(model.judged, "invented_things")["live"]
    held = [v for k, v in one.items() if set(key_words(k)) & states and isinstance(v, str)]
    return all(plain(value).replace(" ", "_") in live for value in held)


def _moment_of(one: Any, items: str, grammar: Grammar) -> str:
    """The day and time at which a listed thing is: `start`, `visit_date`, and no `last_color_date`."""
    if not isinstance(one, dict):
        return ""
    own = {*grammar.words.tables["nouns"]["own_moments"], *key_words(grammar.words.singular(items))}
    said = {kind_of(k, v): grammar.said(k, v) for k, v in reversed(one.items()) if set(key_words(k)) <= own}
    return said.get("datetime") or said.get("date", "")
