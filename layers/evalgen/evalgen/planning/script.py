"""A route as what the caller does, in phases that twists can change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from evalgen.planning.plan import Beat
from evalgen.planning.routes import Route
from evalgen.planning.symbols import Symbols
from evalgen.reading.records import Link, Step, value_at
from evalgen.reading.values import Path, kind_of, leaves, singular, words_of

Phase = str
_MOVES = {"phone": "identify_phone", "email": "identify_email", "id": "identify_id"}
MOST_SAID = 3


@dataclass
class Script:
    """Beats in order, each in a phase: open, identify, inputs, pick, confirm, outcome, more, close."""

    used: Counter[str]
    seed: str
    beats: list[tuple[Phase, Beat]] = field(default_factory=list)
    latest: int = 0

    def beat(self, move: str, **values: Any) -> Beat:
        ordinal = self.used[move]
        self.used[move] += 1
        return Beat(move, ordinal, values)

    def add(self, phase: Phase, move: str, **values: Any) -> None:
        self.beats.append((phase, self.beat(move, **values)))

    def put(self, phase: Phase, new_phase: Phase, move: str, **values: Any) -> None:
        """Insert before the first beat of a phase, or at the end."""
        position = next((i for i, (p, _) in enumerate(self.beats) if p == phase), len(self.beats))
        self.beats.insert(position, (new_phase, self.beat(move, **values)))

    def after(self, phase: Phase, new_phase: Phase, move: str, **values: Any) -> None:
        """Insert behind the last beat of a phase, or behind the first beat."""
        self.latest = max((i for i, (p, _) in enumerate(self.beats) if p == phase), default=0) + 1
        self.beats.insert(self.latest, (new_phase, self.beat(move, **values)))

    def then(self, move: str, **values: Any) -> None:
        """Insert right behind the beat that was inserted last by `after` or `then`."""
        self.latest += 1
        self.beats.insert(self.latest, ("more", self.beat(move, **values)))

    def swap(self, phase: Phase, move: str, **values: Any) -> bool:
        """Replace the first beat of a phase; False where there is none."""
        for i, (p, _) in enumerate(self.beats):
            if p == phase:
                self.beats[i] = (phase, self.beat(move, **values))
                return True
        return False

    def swap_value(self, key: str, move: str, **values: Any) -> bool:
        """Replace the beat that says the profile's `key`; False where there is none."""
        for i, (phase, beat) in enumerate(self.beats):
            if beat.values.get("value") == {"ref": key}:
                self.beats[i] = (phase, self.beat(move, **values))
                return True
        return False

    def drop(self, *phases: Phase) -> None:
        self.beats = [(p, b) for p, b in self.beats if p not in phases]

    def references(self) -> list[str]:
        """The profile keys that the beats refer to."""
        values = [v for _, b in self.beats for v in b.values.values() if isinstance(v, dict)]
        return [key for v in values for key in [*([v["ref"]] if "ref" in v else []), *v.get("refs", [])]]

    def has(self, phase: Phase) -> bool:
        return any(p == phase for p, _ in self.beats)


def skeleton(
    route: Route, table: Symbols, used: Counter[str], seed: str, confirms: bool, stop: int
) -> Script:
    """The caller's side of a route's first `stop` calls, without any twist."""
    script = Script(used, seed)
    reason = next((table.keys[key] for key in table.keys if key[0] < stop and _REASON.search(key[1])), None)
    if reason and used["open"] >= used["open_reason"] * 2:
        script.add("open", "open_reason", goal=route.goal.phrase, reason={"ref": reason})
    else:
        asks = (
            bool(route.steps)
            and all(step.tool.effect != "write" for step in route.steps)
            and route.ending == "success"
        )
        script.add("open", "open_question" if asks else "open", goal=route.goal.phrase)
    perform(script, route, table, 0, stop, confirms)
    return script


def perform(script: Script, route: Route, table: Symbols, start: int, stop: int, confirms: bool) -> None:
    """Add what the caller does for the calls from `start` up to `stop`, and for how the last of them ends."""
    for index in range(start, stop):
        _of_step(script, route, index, route.steps[index], table)
    last = route.steps[stop - 1] if stop > start else None
    if last is None or last.outcome not in ("success", "error"):
        return
    if last.tool.effect == "write":
        if confirms:
            script.add("confirm", "confirm")
        if last.outcome == "success":
            reference = reference_of(last)
            script.add(
                "outcome", "reference", noun=" ".join(words_of(reference))
            ) if reference else script.add("outcome", "result")
    elif last.outcome == "success":
        script.add("outcome", "answer")


def _of_step(script: Script, route: Route, index: int, step: Step, table: Symbols) -> None:
    for link in step.links:
        source = route.steps[link.call]
        if item := item_of(source.call.output, link):
            _point(script, source, item, link, step)
    told = set(script.references())
    said = [(key, name) for (i, key), name in table.keys.items() if i == index and name not in told]
    if step.tool.effect == "identify" and len(said) > 2:
        script.add("identify", "identify_all", all={"refs": [name for _, name in said]})
        return
    for position, (key, name) in enumerate(said[: MOST_SAID + 3]):
        parameter = next((p for p in step.tool.parameters if p.name == key), None)
        noun = parameter.noun if parameter else " ".join(words_of(key))
        value = {"ref": name}
        kind = kind_of(key, table.caller[name])
        if step.tool.effect == "identify":
            if position == 0:
                special = _MOVES.get(kind, "")
                script.add(
                    "identify",
                    special if special and script.used["identify"] > script.used[special] * 2 else "identify",
                    noun=noun,
                    value=value,
                )
            else:
                script.add("identify", "identify_more", noun=noun, value=value)
        elif kind == "flag":
            script.add("inputs", "state_flag" if table.caller[name] else "refuse_flag", noun=noun)
        elif kind in ("date", "datetime"):
            script.add(
                "inputs",
                "alternative"
                if step.outcome == "success" and route.detour and script.has("inputs")
                else "state_date",
                noun=noun,
                value=value,
            )
        else:
            script.add("inputs", "state", noun=noun, value=value)
    if step.outcome == "empty" and said:
        script.add("inputs", "empty_react", value={"ref": said[0][1]})


def _point(script: Script, source: Step, item: dict[str, Any], link: Link, step: Step) -> None:
    """The caller points to an entry of an answer, once for each answer."""
    noun = item_noun(link.path)
    values = {"item": without_known_day(item, source), "noun": noun}
    if any(b.values.get("item") == values for _, b in script.beats):
        return
    if source.tool.effect == "identify" or step.tool.verb not in _NEW and kind_of(link.key, "") == "id":
        script.add("pick", "existing", item=values)
    else:
        script.add(
            "pick", "pick" if siblings(source.call.output, link.path) > 1 else "pick_single", item=values
        )


_REASON = re.compile(
    r"reason|purpose|motivo|^(?:service|issue|problem|treatment|topic|category|tratamiento|servicio)(?:_type)?$",
    re.IGNORECASE,
)
_NEW = {
    "book",
    "create",
    "schedule",
    "reserve",
    "make",
    "open",
    "place",
    "order",
    "request",
    "add",
    "dispatch",
}


def item_of(output: Any, link: Link) -> dict[str, Any]:
    """The entry of a list that the link's value stands in, without what only machines use; empty if in none."""
    position = next((i for i in range(len(link.path) - 1, -1, -1) if isinstance(link.path[i], int)), None)
    if position is None:
        return {}
    entry = value_at(output, link.path[: position + 1])
    if not isinstance(entry, dict):
        return {link.key: entry} if isinstance(entry, str) and kind_of(link.key, entry) != "id" else {}
    return {
        k: v
        for k, v in entry.items()
        if not isinstance(v, dict | list | bool)
        and kind_of(k, v) not in ("id", "phone", "email")
        and v not in (None, "")
    }


def without_known_day(item: dict[str, Any], source: Step) -> dict[str, Any]:
    """The entry with only the hour of a moment whose day was asked for."""
    days = {str(v)[:10] for v in source.call.input.values() if kind_of("", v) == "date"}
    return {
        k: str(v)[11:16] if kind_of(k, v) == "datetime" and str(v)[:10] in days else v
        for k, v in item.items()
    }


def siblings(output: Any, path: Path) -> int:
    position = next((i for i in range(len(path) - 1, -1, -1) if isinstance(path[i], int)), None)
    entries = value_at(output, path[:position]) if position is not None else None
    return len(entries) if isinstance(entries, list) else 0


def item_noun(path: Path) -> str:
    """`("upcoming_appointments", 0, "appointment_id")` is about an appointment."""
    names = [part for part in path if isinstance(part, str)]
    position = next((i for i in range(len(path) - 1, -1, -1) if isinstance(path[i], int)), 0)
    holder = next(
        (part for part in reversed(path[:position]) if isinstance(part, str)), names[0] if names else "one"
    )
    last = words_of(holder)[-1] if words_of(holder) else holder
    return singular(last)


_REFERENCE = re.compile(
    r"confirmation|reference|ticket|tracking|booking_(?:ref|number|code)|case|claim|order_(?:id|number)|request_(?:id|number)|reservation|return|refund|code|number|localizador|confirmacion",
    re.IGNORECASE,
)


def reference_of(step: Step) -> str:
    """The key of the answer under which the caller gets something to note down, or nothing."""
    if not isinstance(step.call.output, dict):
        return ""
    given = set(map(str, step.call.input.values()))
    named = [
        key
        for key, value in step.call.output.items()
        if isinstance(value, str | int)
        and not isinstance(value, bool)
        and str(value) not in given
        and kind_of(key, value) == "id"
        and _REFERENCE.search(key)
    ]
    return (
        min(named, key=lambda k: (not re.search("confirm|reference|tracking", k, re.IGNORECASE), k))
        if named
        else ""
    )


def other_items(step: Step, link: Link) -> Iterable[dict[str, Any]]:
    """The entries beside the one that a link points to."""
    position = next((i for i in range(len(link.path) - 1, -1, -1) if isinstance(link.path[i], int)), None)
    entries = value_at(step.call.output, link.path[:position]) if position is not None else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if position is not None and index != link.path[position] and isinstance(entry, dict):
            yield item_of(
                step.call.output,
                Link(link.key, link.call, (*link.path[:position], index, *link.path[position + 1 :])),
            )


def free_text(tools: Iterable[Any]) -> dict[str, list[str]]:
    """Example values by key from all mock data, to fill free text that a call leaves out."""
    found: dict[str, list[str]] = {}
    for tool in tools:
        for call in tool.tool.mock_data:
            for path, value in [*leaves(call.input), *leaves(call.output)]:
                if (
                    isinstance(value, str)
                    and path
                    and isinstance(path[-1], str)
                    and kind_of(path[-1], value) == "text"
                ):
                    options = found.setdefault(path[-1], [])
                    if value not in options:
                        options.append(value)
    return found
