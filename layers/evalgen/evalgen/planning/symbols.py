"""All values of a scenario in one table, so that profile, instructions and mock calls cannot disagree."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.brief import GivenProfile
from evalgen.generation.definition import Variable
from evalgen.generation.draft import MockEntry
from evalgen.generation.values import DAY_WORDS, HOUR_WORDS, ValueKind, kind_of, leaves, same, words_of
from evalgen.planning.choice import draw
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.records import Chain
from evalgen.reading.tools import ToolModel

_IDENTITY = ("name", "birth_date", "phone", "email")
_DAY_LIKE = {"day", "today", "birth", "dia", "hoy"}
_LANGUAGE_WORDS = {"language", "idioma"}
_COUNT_WORDS = {"count", "attempts", "amount", "age", "edad", "cantidad"}


@dataclass
class Symbols:
    """`caller` is what the caller knows, by key; `keys` says under which key an input of the chain stands."""

    caller: dict[str, Any] = field(default_factory=dict)
    keys: dict[tuple[int, str], str] = field(default_factory=dict)

    def add(self, key: str, value: Any) -> str:
        """Enter a value under its key, or under a free one if that key has another value; return the key."""
        if key in self.caller and same(self.caller[key]) != same(value):
            known = next(
                (k for k, v in self.caller.items() if k.endswith(f"_{key}") and same(v) == same(value)), None
            )
            if known:
                return known
            prefix = next(
                p for p in ("second", "third", "fourth", "fifth", "other") if f"{p}_{key}" not in self.caller
            )
            key = f"{prefix}_{key}"
        self.caller.setdefault(key, value)
        return key

    def misstate(self, key: str, value: Any) -> str:
        """Enter a wrong value beside the true one."""
        self.caller[f"misstated_{key}"] = value
        return f"misstated_{key}"


def symbols_of(chain: Chain | None, freetext: dict[str, Any]) -> tuple[Symbols, list[MockEntry]]:
    """The table and the expected calls of a chain; free text that the mock data leaves out is filled in."""
    table, entries = Symbols(), []
    for index, step in enumerate(chain.steps if chain else ()):
        output = deepcopy(step.call.output)
        given = dict(step.call.input)
        for parameter in step.tool.parameters:
            if parameter.freetext and parameter.name not in given and parameter.name in freetext:
                given[parameter.name] = freetext[parameter.name]
        if step.tool.effect == "identify" and step.outcome == "success" and isinstance(output, dict):
            for key, value in output.items():
                if kind_of(key, value) in _IDENTITY and isinstance(value, str) and key not in given:
                    table.caller.setdefault(key, value)
        said = {k: v for k, v in given.items() if k not in {link.key for link in step.links}}
        for key, value in said.items():
            if isinstance(value, dict | list):
                for path, leaf in leaves(value, (key,)):
                    table.add("_".join(str(p) for p in path), leaf)
                continue
            own = (
                key
                if kind_of(key, value) != "id" or step.tool.effect == "identify" or step.outcome == "success"
                else f"claimed_{key}"
            )
            table.keys[index, key] = table.add(own, value)
        for link in step.links:
            if kind_of(link.key, given[link.key]) == "datetime":
                table.caller.setdefault(
                    f"preferred_{link.key}" if not link.key.startswith("preferred") else link.key,
                    given[link.key],
                )
        entries.append(MockEntry(step.tool.tool.id, step.tool.name, given, output))
    return table, entries


def free_text(tools: Iterable[ToolModel]) -> dict[str, list[str]]:
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


def variables_for(
    variables: tuple[Variable, ...],
    table: Symbols,
    entries: list[MockEntry],
    given: GivenProfile | None,
    seed: str,
    lexicon: Lexicon,
) -> dict[str, Any]:
    """A value for every dynamic variable: the given profile's, the record's, or one that fits its name."""
    told = given.main_agent_variables if given else {}
    known = {**{k: v for e in entries for k, v in flat(e.output).items()}, **table.caller}
    return {v.name: told.get(v.name, _value(v, known, seed, lexicon)) for v in variables}


def flat(output: Any) -> dict[str, Any]:
    """The scalars of an answer by their keys."""
    return (
        {k: v for k, v in output.items() if not isinstance(v, dict | list)}
        if isinstance(output, dict)
        else {}
    )


def _value(variable: Variable, known: dict[str, Any], seed: str, lexicon: Lexicon) -> Any:
    if variable.name in known:
        return known[variable.name]
    kind = kind_of(variable.name, "")
    same_kind = [
        v
        for k, v in known.items()
        if kind_of(k, v) == kind and not k.startswith(("misstated", "claimed", "other"))
    ]
    if kind in _IDENTITY and same_kind:
        return same_kind[0]
    if kind == "id":
        stem = set(words_of(variable.name)) - {"id", "number", "code"}
        for key, value in known.items():
            if stem and stem <= set(words_of(key)):
                return value
    return invented(variable, kind, seed, lexicon)


def invented(variable: Variable, kind: ValueKind, seed: str, lexicon: Lexicon) -> Any:
    """A plausible value for a variable of which nothing is known but its name and description."""
    name, number = variable.name, draw(seed, "value", variable.name)
    last = words_of(name)[-1:]
    words = set(words_of(name)) | set(words_of(variable.description))
    if example := lexicon.patterns.example.search(variable.description + " "):
        return example["x"].rstrip(".").strip()
    if kind == "phone":
        return f"+1555{number % 900 + 100:03d}01{number // 1000 % 90 + 10:02d}"
    if kind == "name":
        return lexicon.invented.names[number % len(lexicon.invented.names)]
    if kind == "email":
        return f"caller{number % 900 + 100}@example.com"
    if kind == "id" or last == ["account"]:
        return f"{''.join(w[0] for w in words_of(name) if w != 'id').upper() or 'R'}-{number % 90000 + 10000}"
    if words & HOUR_WORDS:
        return f"{8 + number % 10:02d}:{number // 100 % 4 * 15:02d}"
    if words & (DAY_WORDS | _DAY_LIKE):
        return f"2026-{number % 12 + 1:02d}-{number // 100 % 28 + 1:02d}"
    if kind == "money":
        return number % 400 + 20
    if words & _LANGUAGE_WORDS:
        return lexicon.invented.language
    if kind == "number" or words & _COUNT_WORDS:
        return number % 5 + 1
    return " ".join(words_of(name)[-2:]).replace("name", "").strip() or name
