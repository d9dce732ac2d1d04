"""A test profile that the request names: its values win; what it lacks is said aloud, not referred to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evalgen.generation.brief import GivenProfile
from evalgen.generation.draft import MockEntry
from evalgen.generation.values import kind_of, same
from evalgen.planning.plan import Beat
from evalgen.planning.symbols import Symbols, flat


def given_wins(table: Symbols, entries: list[MockEntry], given: GivenProfile) -> list[MockEntry]:
    """The given profile's values in the place of generated ones, in the table and in every expected call."""
    changed: dict[str, Any] = {}
    known = {**_record(entries), **table.caller}
    for key, value in _values(given).items():
        if key in known and same(known[key]) != same(value) and not isinstance(value, dict | list):
            changed[same(known[key])] = value
        table.caller[key] = value

    def replaced(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: replaced(v) for k, v in value.items()}
        if isinstance(value, list):
            return [replaced(v) for v in value]
        if isinstance(value, str) and same(value) in changed:
            return changed[same(value)]
        return value

    return [MockEntry(e.tool_id, e.tool_name, replaced(e.input), replaced(e.output)) for e in entries]


def _values(given: GivenProfile) -> dict[str, Any]:
    return {**given.testing_agent_variables, **given.main_agent_variables}


def _record(entries: list[MockEntry]) -> dict[str, Any]:
    """What the first answer that is about a person says of them."""
    for entry in entries:
        record = flat(entry.output)
        if any(kind_of(key, value) in ("name", "phone", "email") for key, value in record.items()):
            return record
    return {}


def spelled_out(beats: Iterable[Beat], table: Symbols, given: GivenProfile) -> list[Beat]:
    """The beats with the values themselves where the given profile has no such key to refer to."""
    return [Beat(b.move, b.ordinal, spelled_values(b.values, table, given)) for b in beats]


def spelled_values(values: dict[str, Any], table: Symbols, given: GivenProfile) -> dict[str, Any]:
    """The same for the values of one beat or attack."""
    known = _values(given)

    def spelled(value: Any) -> Any:
        if isinstance(value, dict) and "ref" in value and value["ref"] not in known:
            return {key: v for key, v in value.items() if key != "ref"} | {
                "plain": table.caller[value["ref"]]
            }
        if isinstance(value, dict) and "all" in value:
            return {"all": [spelled(part) for part in value["all"]]}
        if isinstance(value, dict) and "refs" in value:
            return {"all": [spelled({"ref": key}) for key in value["refs"]]}
        return value

    return {name: spelled(value) for name, value in values.items()}
