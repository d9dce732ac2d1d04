"""A route as what the caller does in it, without any twist."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.values import kind_of
from evalgen.planning.entries import item_noun, item_of, reference_of, siblings, without_known_day
from evalgen.planning.routes import Route
from evalgen.planning.script import Script
from evalgen.planning.symbols import Symbols
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.records import Link, Step
from evalgen.reading.tool_names import spoken, tool_names

_MOVES = {"phone": "identify_phone", "email": "identify_email", "id": "identify_id"}
_MOST_IDENTITY = 2
MOST_SAID = 6
_REASON = re.compile(
    r"reason|purpose|motivo"
    r"|^(?:service|issue|problem|treatment|topic|category|tratamiento|servicio)(?:_type)?$",
    re.IGNORECASE,
)


def skeleton(
    route: Route, table: Symbols, script: Script, lexicon: Lexicon, confirms: bool, stop: int
) -> None:
    """Add the caller's side of a route's first `stop` calls."""
    reason = next((table.keys[key] for key in table.keys if key[0] < stop and _REASON.search(key[1])), None)
    if reason and script.used["open"] >= script.used["open_reason"] * 2:
        script.add("open", "open_reason", goal=route.goal.phrase, reason={"ref": reason})
    else:
        only_reads = all(step.tool.effect != "write" for step in route.steps)
        asks = bool(route.steps) and only_reads and route.ending == "success"
        before, _, behind = lexicon.templates.about_goal.partition("{x}")
        if not route.steps and not behind and route.goal.phrase.startswith(before):
            script.add("open", "open_topic", about=route.goal.phrase.removeprefix(before))
        else:
            script.add("open", "open_question" if asks else "open", goal=route.goal.phrase)
    perform(script, route, table, lexicon, 0, stop, confirms)


def perform(
    script: Script, route: Route, table: Symbols, lexicon: Lexicon, start: int, stop: int, confirms: bool
) -> None:
    """Add what the caller does for the calls from `start` up to `stop`, and for how the last of them ends."""
    for index in range(start, stop):
        _of_step(script, route, index, table, lexicon)
    last = route.steps[stop - 1] if stop > start else None
    if last is None or last.outcome not in ("success", "error"):
        return
    if last.tool.effect != "write":
        if last.outcome == "success":
            script.add("outcome", "answer")
        return
    if confirms:
        script.add("confirm", "confirm")
    if last.outcome == "success":
        if reference := reference_of(last):
            script.add("outcome", "reference", noun=spoken(reference, lexicon))
        else:
            script.add("outcome", "result")


def _of_step(script: Script, route: Route, index: int, table: Symbols, lexicon: Lexicon) -> None:
    step = route.steps[index]
    for link in step.links:
        source = route.steps[link.call]
        if item := item_of(source.call.output, link):
            _point(script, source, item, link, step, lexicon)
    told = set(script.references())
    said = [(key, name) for (i, key), name in table.keys.items() if i == index and name not in told]
    if step.tool.effect == "identify" and len(said) > _MOST_IDENTITY:
        script.add("identify", "identify_all", all={"refs": [name for _, name in said]})
        return
    for position, (key, name) in enumerate(said[:MOST_SAID]):
        parameter = next((p for p in step.tool.parameters if p.name == key), None)
        noun = parameter.noun if parameter else spoken(key, lexicon)
        kind = kind_of(key, table.caller[name])
        if step.tool.effect == "identify":
            _identify(script, kind, noun, name, first=position == 0)
        elif kind == "flag":
            script.add("inputs", "state_flag" if table.caller[name] else "refuse_flag", noun=noun)
        elif kind in ("date", "datetime"):
            second = step.outcome == "success" and route.detour and script.has("inputs")
            script.add("inputs", "alternative" if second else "state_date", noun=noun, value={"ref": name})
        else:
            script.add("inputs", "state", noun=noun, value={"ref": name})
    if step.outcome == "empty" and said:
        script.add("inputs", "empty_react", value={"ref": said[0][1]})


def _identify(script: Script, kind: str, noun: str, name: str, first: bool) -> None:
    special = _MOVES.get(kind, "")
    if not first:
        move = "identify_more"
    elif special and script.used["identify"] > script.used[special] * 2:
        move = special
    else:
        move = "identify"
    script.add("identify", move, noun=noun, value={"ref": name})


def _point(
    script: Script, source: Step, item: dict[str, Any], link: Link, step: Step, lexicon: Lexicon
) -> None:
    """The caller points to an entry of an answer, once for each answer."""
    values = {"item": without_known_day(item, source), "noun": item_noun(link.path, lexicon)}
    if any(b.values.get("item") == values for _, b in script.beats):
        return
    makes = step.tool.action in tool_names().makes
    if source.tool.effect == "identify" or (not makes and kind_of(link.key, "") == "id"):
        script.add("pick", "existing", item=values)
    else:
        many = siblings(source.call.output, link.path) > 1
        script.add("pick", "pick" if many else "pick_single", item=values)
