"""How people tell one of several listed things from the others: by its name, its time, who it is with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evalgen.generation.plan.script import Script
from evalgen.generation.plan.things import Listed
from evalgen.generation.read.chain import Played, is_internal
from evalgen.generation.read.grammar import Grammar, is_sayable
from evalgen.generation.read.words import head_of, in_all
from evalgen.generation.values import key_words, kind_of, snake, words_of

LONG = 120
"""Minutes of what is told with its end."""
_CLOCK = re.compile(r"\d\d:\d\d")
_UNTELLING = ("id", "flag", "phone", "email", "number", "money", "datetime", "date", "time", "birth_date")


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a listed thing from the others: fields with their values, and the frame that says them."""

    frame: str
    values: tuple[tuple[str, str, Any], ...]
    """(slot of the frame, key for the profile, value)"""


def telling(
    one: Any, others: tuple[Any, ...], grammar: Grammar, known: Mapping[str, Any], item: str = ""
) -> Telling | None:
    """None where nothing that can be said tells it apart. `known` are the query's own values by key, `item`
    is what one of them is called.
    """
    if not isinstance(one, dict):
        one, others = {"": one}, tuple({"": other} for other in others)
    if any(not isinstance(other, dict) for other in others):
        return None
    if name := _name_of(one, others, item, grammar):
        return name
    moment = _moment(one, grammar, known)
    if moment and not any(_moment(other, grammar, known) == moment for other in others):
        return moment
    for key, value in sorted(one.items(), key=lambda field: key_words(field[0]) != ("name",)):
        if not _is_telling(key, value, grammar) or any(other.get(key) == value for other in others):
            continue
        frame = "only_with" if _prefix(key, grammar) == "with" else _prefix(key, grammar)
        return Telling(frame, (("value", key or "choice", value),))
    if moment:
        for key, value in one.items():
            if _prefix(key, grammar) == "with" and is_sayable(value):
                same = [o for o in others if _moment(o, grammar, known) == moment]
                if not any(o.get(key) == value for o in same):
                    return Telling(f"{moment.frame}+with", (*moment.values, ("value", key, value)))
    return None


def telling_on_offer(
    one: Any, others: tuple[Any, ...], grammar: Grammar, known: Mapping[str, Any], item: str
) -> Telling | None:
    """The same of what is on offer: the agent has just named its number, where it has one and no time."""
    told = telling(one, others, grammar, known, item)
    timed = told is not None and any(slot in ("date", "time") for slot, _, _ in told.values)
    number = None if timed or not isinstance(one, dict) else _own_number(one, others, item)
    return number or told


def _name_of(one: dict[str, Any], others: tuple[Any, ...], item: str, grammar: Grammar) -> Telling | None:
    """A child or a class by its name, whatever else is known of it; what has no day of its own by its name;
    anything by its title.
    """
    head, nouns = head_of(item), grammar.words.tables["nouns"]
    named = head in nouns["dependants"] or head in nouns["named"]
    alone = ((key, v) for key, v in one.items() if not any(other.get(key) == v for other in others))
    names = [(key, v) for key, v in alone if named or _is_title(key, v, grammar)]
    found = [(k, v) for k, v in names if kind_of(k, v) == "name" or not named or _is_title(k, v, grammar)]
    found.sort(key=lambda field: kind_of(*field) != "name")
    if own := None if found else _own_name(one, others, grammar):
        return own
    return Telling("plain", (("value", *found[0]),)) if found else None


def _own_name(one: dict[str, Any], others: tuple[Any, ...], grammar: Grammar) -> Telling | None:
    """By its `name`, where no other has the same, and its days are none of its own: `review_date`."""
    moment = _moment(one, grammar, {})
    if moment is None or moment.frame != "date" or _is_bare_day(one, grammar):
        return None
    named = ((key, value) for key, value in one.items() if key_words(key) == ("name",))
    key, value = next(named, ("", None))
    if not isinstance(value, str) or any(other.get(key) == value for other in others):
        return None
    return Telling("plain", (("value", key, value),))


def _own_number(one: dict[str, Any], others: tuple[Any, ...], item: str) -> Telling | None:
    """By the number that is on it, where people can say that: the `unit_number` of a unit."""
    for key, value in one.items():
        words = key_words(key)
        own = len(words) > 1 and words[-1] in in_all("fields", "on_it") and words[-2] == head_of(item)
        if own and not is_internal(value) and all(other.get(key) != value for other in others):
            return Telling("plain", (("value", key, value),))
    return None


def _is_bare_day(one: dict[str, Any], grammar: Grammar) -> bool:
    """Whether a date is the thing's own by its key: not a `review_date`, which is of something else."""
    moments = grammar.words.tables["fields"]["moments"]
    return any(kind_of(k, v) == "date" and key_words(k)[0] in moments for k, v in one.items() if key_words(k))


def is_by_name(told: Telling, grammar: Grammar) -> bool:
    """Whether a thing is told by what it is called."""
    key, value = told.values[0][1:]
    return key_words(key) == ("name",) or _is_title(key, value, grammar)


def say_one(script: Script, thing: Listed, told: Telling, prefix: str = "") -> tuple[str, dict[str, str]]:
    """`the slot at {{test_profile.time}}`, and the references by slot: the values go into the profile."""
    frames, slots = script.spoken.frames["the_one"], {}
    for slot, key, value in told.values:
        said = script.spoken.grammar.said(key, value) if _is_code(key, value) else value
        slots[slot] = script.keep(f"{prefix}{_key(key, value, thing, script.spoken.grammar)}", said)
    first, _, more = told.frame.partition("+")
    text = str(frames[first]).format(item=thing.item, the_item=script.spoken.grammar.the(thing.item), **slots)
    return (str(frames[more]).format(one=text, **slots) if more else text), slots


def _is_code(key: str, value: Any) -> bool:
    """Whether it is written for a machine, and people say it in words: `self_pay`."""
    return kind_of(key, value) == "text" and re.fullmatch(r"[a-z]+(?:_[a-z]+)+", str(value)) is not None


def _key(key: str, value: Any, thing: Listed, grammar: Grammar) -> str:
    """A thing's own name is not the caller's."""
    own = snake(key) or "choice"
    is_bare = kind_of(own, value) == "name" and len(words_of(own)) == 1
    callers = grammar.words.tables["keys"]["prefixes"]["people"]
    return snake(f"{thing.item} {own}") if is_bare and head_of(thing.item) not in callers else own


def _moment(one: dict[str, Any], grammar: Grammar, known: Mapping[str, Any]) -> Telling | None:
    """When it is: its day and time, the time alone where the query was for that day; of what lasts for hours
    also its end. The only time beside a day is that (`drop_off`).
    """
    if (moment := _beginning(one, grammar)) is not None:
        return _at(moment[:10], moment[11:16], one, grammar, known)
    days = [(k, v) for k, v in one.items() if kind_of(k, v) == "date" and is_when(k, grammar)]
    past = set(grammar.words.tables["fields"]["no_moments"])
    clocks = [(k, v) for k, v in one.items() if kind_of(k, v) == "time" and past.isdisjoint(key_words(k))]
    times = [(k, v) for k, v in clocks if is_when(k, grammar)]
    times = times or (clocks if len(clocks) == len(days) == 1 else [])
    if times:
        return _at(days[0][1] if days else "", str(times[0][1]), one, grammar, known)
    return Telling("date", (("date", "date", days[0][1]),)) if len(days) == 1 else None


def _at(day: str, time: str, one: dict[str, Any], grammar: Grammar, known: Mapping[str, Any]) -> Telling:
    """The day, unless the query was for it, and the time, to the end of what is long enough for people to say
    so: a half-day window.
    """
    told = [("date", "date", day)] if day and day not in known.values() else []
    told.append(("time", "time", clock(time, grammar)))
    frame = "date_time" if len(told) > 1 else "time"
    ends = set(grammar.words.tables["fields"]["ends_of_spans"])
    clocks = (
        str(v)[11:16] if kind_of(k, v) == "datetime" else str(v)[:5]
        for k, v in one.items()
        if ends & {*key_words(k)}
    )
    end = next((c for c in clocks if _CLOCK.fullmatch(c) and _minutes(c) - _minutes(time) >= LONG), "")
    if not end:
        return Telling(frame, tuple(told))
    return Telling(f"{frame}_end", (*told, ("end", "end_time", clock(end, grammar))))


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _beginning(one: dict[str, Any], grammar: Grammar) -> str | None:
    """The day and time at which it is: of several, the one that is called so, else the only one (a slot's
    `pickup`) or the first of two, which is when it begins: `departs` before `arrives`.
    """
    moments = {key: str(value) for key, value in one.items() if kind_of(key, value) == "datetime"}
    named = next((value for key, value in moments.items() if is_when(key, grammar)), None)
    past = set(grammar.words.tables["fields"]["no_moments"])
    begins = [value for key, value in moments.items() if past.isdisjoint(key_words(key))]
    alone = len(moments) == 1 and not any(kind_of(key, v) in ("date", "time") for key, v in one.items())
    first = begins and (alone or (len(begins) > 1 and begins[0] < begins[1]))
    return named or (begins[0] if first else None)


def clock(text: str, grammar: Grammar) -> str:
    """`14:15` as it is said."""
    hour, minute = text.split(":")[:2]
    return grammar.time(datetime(2000, 1, 1, int(hour), int(minute)))  # noqa: DTZ001


def is_when(key: str, grammar: Grammar) -> bool:
    """Whether a key says when the thing itself is, and not when something else was; a bare value does."""
    words, table = key_words(key), grammar.words.tables["fields"]
    if not words:
        return True
    if " ".join(words[:2]) in table["arrivals"]:
        return True
    if set(words) & set(table["no_moments"]):
        return False
    return words[0] in table["moments"] or words[-1] in table["last_of_moments"]


def _is_telling(key: str, value: Any, grammar: Grammar) -> bool:
    kind = kind_of(key, value)
    if kind in _UNTELLING or (kind == "text" and not isinstance(value, str)):
        return False
    never = grammar.words.tables["fields"]["never"]
    return is_sayable(value) and set(never).isdisjoint(key_words(key))


def _is_title(key: str, value: Any, grammar: Grammar) -> bool:
    """Whether a field is what a thing is called, as people have it: the title of a course."""
    words, table = key_words(key), grammar.words.tables["fields"]
    return (
        words[-1:] != ()
        and words[-1] in table["titles"]
        and kind_of(key, value) == "text"
        and is_sayable(value)
    )


def _prefix(key: str, grammar: Grammar) -> str:
    last = (key_words(key) or ("",))[-1]
    table = grammar.words.tables["fields"]
    return next((name for name in ("with", "at") if last in table[name]), "plain")


def days_asked(played: Played, grammar: Grammar) -> dict[str, Any]:
    """What callers ask a list for, by key; not the first day of a week, which is no thing's own."""
    told = (one for one in played.inputs if one.by == "caller")
    return {one.key: one.value for one in told if not is_of_a_week(one.key, grammar)}


def is_of_a_week(key: str, grammar: Grammar) -> bool:
    """Whether a day stands for the week that begins with it."""
    return not set(grammar.words.tables["fields"]["weeks"]).isdisjoint(key_words(key))
