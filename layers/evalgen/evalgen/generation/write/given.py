"""A test profile that the request names: its values win wherever those of a test would differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evalgen.generation.brief import GivenProfile
from evalgen.generation.plan.test import Test
from evalgen.generation.values import kind_of, leaves, same
from evalgen.generation.write.placeholders import key_in, reference, replaced

_PERSONAL = ("name", "phone", "email", "birth_date")
_COMPARED = ("date", "datetime", "time", "number", "money", "flag")
"""Kinds of value that rules of the prompt and records are compared with."""
_SHORTEST_PART = 3


def under_given(test: Test, given: GivenProfile) -> Test | None:
    """The test as the given caller plays it; None where its path does not hold for them.

    Values are replaced in steps, assertions and calls. A placeholder whose key the profile has not becomes
    the profile's only key for the same kind of personal value, where it has one; else the value itself is
    said. A path breaks where a replaced value is compared with a record or a rule, or is a part of another.
    What the profile has not, nobody knows: a call that needs it does not pass the checks.
    """
    values = {**given.main_agent_variables, **given.testing_agent_variables}
    known = {**test.variables, **test.profile}
    keys = _keys(known, values)
    if keys is None:
        return None
    swap = _Swap(known, values, keys)
    if not swap.holds_for(test):
        return None
    return replace(
        test,
        aim=swap.text(test.aim),
        steps=tuple(
            replace(
                step,
                action=swap.text(step.action),
                moment=replace(step.moment, what=swap.text(step.moment.what)),
            )
            for step in test.steps
        ),
        assertions=tuple(replace(one, text=swap.text(one.text)) for one in test.assertions),
        calls=tuple(
            replace(call, input=swap.data(call.input), output=swap.data(call.output)) for call in test.calls
        ),
        forbidden=tuple(replace(one, input=swap.data(one.input)) for one in test.forbidden),
        profile=dict(given.testing_agent_variables),
        variables=dict(given.main_agent_variables),
        profile_name=given.name,
    )


class _Swap:
    """`keys`: by key of the test, that of the given profile. `changed`: by `same` form of an old value, the
    new one."""

    def __init__(self, known: dict[str, Any], values: Mapping[str, Any], keys: dict[str, str]) -> None:
        self.known = known
        self.keys = keys
        self.changed = {
            same(known[key]): values[to]
            for key, to in keys.items()
            if not isinstance(known[key], dict | list) and same(known[key]) != same(values[to])
        }

    def holds_for(self, test: Test) -> bool:
        told = [str(leaf) for call in test.calls for _, leaf in leaves([call.input, call.output])]
        for key in self.keys:
            old = str(self.known[key])
            if same(old) not in self.changed:
                continue
            if kind_of(key, self.known[key]) in _COMPARED and any(same(old) == same(leaf) for leaf in told):
                return False
            if len(old) >= _SHORTEST_PART and any(old in leaf and same(old) != same(leaf) for leaf in told):
                return False
        return True

    def text(self, told: str) -> str:
        told = replaced(told, lambda match: self._reference(key_in(match), match[0]))
        for key in self.keys:
            old = self.known[key]
            if same(old) in self.changed:
                told = _in_place_of(str(old), str(self.changed[same(old)]), told)
        return told

    def data(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.data(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.data(inner) for inner in value]
        if value is None or isinstance(value, bool):
            return value
        new = self.changed.get(same(value), value)
        return str(new) if isinstance(value, str) else new

    def _reference(self, key: str, told: str) -> str:
        if key in self.keys:
            return reference(self.keys[key])
        return str(self.known[key]) if key in self.known else told


def _in_place_of(old: str, new: str, told: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, told)


def _keys(known: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str] | None:
    """By key of the test, that of the profile; None where it is not certain whose value one of them is."""
    keys = {key: key for key in known if key in values}
    for kind in _PERSONAL:
        mine = [key for key, value in known.items() if kind_of(key, value) == kind]
        theirs = [key for key, value in values.items() if key not in known and kind_of(key, value) == kind]
        if not theirs or not mine or any(key in keys for key in mine):
            continue
        if len(theirs) > 1 or len({same(known[key]) for key in mine}) > 1:
            return None
        keys |= dict.fromkeys(mine, theirs[0])
    return keys
