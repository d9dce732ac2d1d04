"""Facts of somebody whom no record has whole: a name, a phone number, how many people come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_facts import DIGITS_OF_ONE
from evalgen.generation.plan.script import Script
from evalgen.generation.read.invented.people import people_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import (
    is_first_name,
    is_half_told,
    is_last_name,
    is_part_of_a_phone,
    is_whole_name,
    leaves,
    number_of,
    plain,
)

PHONES = ("phone", "callback_number")


def fact_of(
    key: str, script: Script, model: AgentModel, seed: str, record: Mapping[str, Any] | None = None
) -> str | int:
    """An invented fact of somebody whom no record has whole; parts of one name agree, with those that
    the record has, too. Where numbers begin with a nought, as in the United Kingdom, so does theirs.
    """
    table = load(model.spoken, "facts_of_people")["facts"]
    names = load(model.spoken, "people")["names"]
    number = number_of(f"{seed}/{sorted(script.profile)}")
    known = next((str(v) for k, v in script.profile.items() if is_whole_name(k, v)), "")
    name = known or names[number % len(names)]
    first, last = name.split(maxsplit=1)
    own = {} if known else dict(record or {})
    last = next((str(v) for k, v in own.items() if is_last_name(k) and isinstance(v, str)), last)
    first = next((str(v) for k, v in own.items() if is_first_name(k) and isinstance(v, str)), first)
    values = table[key]["values"]
    named = {"full_name": f"{first} {last}", "first_name": first, "last_name": last}.get(key)
    if key in PHONES:
        numbers = [_ending_as(record or {}, _at_home(str(value), model)) for value in values]
        theirs = model.once("values on record", (), lambda: _on_record(model))
        free = [one for one in numbers if one not in theirs] or numbers
        return free[number % len(free)]
    value: str | int = named or values[number % len(values)]
    parts = {"first": plain(first), "last": plain(last.split()[-1])}
    return value.format(**parts) if isinstance(value, str) else value


def _on_record(model: AgentModel) -> frozenset[str]:
    """The texts of all mock data."""
    calls = [call for tool in model.definition.tools for call in tool.mock_data]
    values = (v for call in calls for side in (call.input, call.output) for _, v in leaves(side))
    return frozenset(value for value in values if isinstance(value, str))


def _ending_as(record: Mapping[str, Any], phone: str) -> str:
    """The number with the last digits that the record has of it."""
    known = ((key, str(value)) for key, value in record.items())
    parts = (v for k, v in known if is_half_told(k, v) or (is_part_of_a_phone(k) and v.isdigit()))
    end = "".join(re.findall(r"\d", next(parts, "")))
    return phone[: len(phone) - len(end)] + end


def _at_home(phone: str, model: AgentModel) -> str:
    home = people_in(model.definition.description, model.spoken)[0].fact("phone")
    return f"{home[:-DIGITS_OF_ONE]}{phone[-DIGITS_OF_ONE:]}" if home[0] == "0" else phone
