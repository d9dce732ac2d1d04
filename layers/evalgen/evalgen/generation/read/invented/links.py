"""Who gives an id: an answer of another tool, the caller, a variable; by names and by descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evalgen.generation.definition import Variable
from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.shapes import DEEPEST, Shape, shapes_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words
from evalgen.generation.values import plain, words_of

_NEAR = 2
"""How many lines below the one that names a tool still speak of it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An id or moment that a tool takes, with the names of the tools that give it; the surest first."""

    tool: str
    meaning: Meaning
    shape: Shape
    sources: tuple[str, ...]
    certain: bool
    """Whether a description or the prompt says where it comes from; else only names agree."""


@dataclass(frozen=True)
class Links:
    """The links between all tools of an agent."""

    tools: Mapping[str, ToolModel]
    prompt: str
    variables: Sequence[Variable] = ()
    _said: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def taken(self) -> list[Taken]:
        """Every id of every tool's input."""
        return [
            Taken(tool.tool.name, meaning, shape, *self.sources_of(tool, meaning))
            for tool in self.tools.values()
            for meaning, shape in inputs_of(tool)
            if meaning.is_id and not meaning.fact and not meaning.text
        ]

    def identity(self, tool: ToolModel, meaning: Meaning) -> str:
        """What is the same under all spellings: `new_slot_id`, `slotId`, and `id` of `get_slot`."""
        prefixes = {w for code in written("invented") for w in load(code, "invented")["prefixes"]}
        words = [w for w in meaning.words if w not in prefixes]
        if len(words) == 1 and tool.name and not _is_known(words[0]):
            words += [plain(w) for w in self.thing_of(tool).split()[-1:]]
        return "_".join(sorted(words))

    def thing_of(self, tool: ToolModel) -> str:
        """What a tool is about, in the singular."""
        if not tool.name:
            return ""
        noun = tool.name.noun
        return next((w.singular(noun) for w in all_words() if w.language == tool.name.language), noun)

    def head_of(self, tool: ToolModel) -> set[str]:
        """The noun of what a tool is about, without the words that narrow it; empty where it has none."""
        words = self.thing_of(tool).split()
        if not words or not tool.name:
            return set()
        first = load(tool.name.language, "grammar")["head"] == "first"
        return {plain(words[0] if first else words[-1])}

    def variable(self, meaning: Meaning) -> bool:
        return any(tuple(plain(w) for w in words_of(v.name)) == meaning.words for v in self.variables)

    def sources_of(self, tool: ToolModel, meaning: Meaning) -> tuple[tuple[str, ...], bool]:
        """The tools whose answers hold the id, and whether that is said rather than guessed by names."""
        others = [t for t in self.tools.values() if t is not tool and t.role != "inward"]
        about = meaning.about.lower()
        named = [t for t in others if re.search(rf"\b{re.escape(t.tool.name.lower())}\b", about)]
        named.sort(key=lambda t: about.index(t.tool.name.lower()))
        reads = [t for t in others if t.role in ("read", "identify")]
        if said := [t for t in named if t.role != "write"]:
            return tuple(t.tool.name for t in said), True
        promised = [t for t in reads if self._promises(t, meaning)]
        mentioned = [
            t
            for t in reads
            if t.tool.name.lower() in tool.tool.description.lower() and self._holds(t, meaning)
        ]
        if found := [*mentioned, *(t for t in promised if t not in mentioned)]:
            return tuple(t.tool.name for t in found), True
        guessed = sorted(
            (t for t in reads if self._holds(t, meaning)),
            key=lambda t: (not self._is_of(t, meaning), meaning.snake in _own_keys(t)),
        )
        if named:
            return (), True
        return tuple(t.tool.name for t in guessed if meaning.snake not in _own_keys(t)), False

    def _promises(self, tool: ToolModel, meaning: Meaning) -> bool:
        """Whether the tool's description or the lines about it in the prompt name this very key."""
        if meaning.snake in _own_keys(tool) or len(meaning.words) < 2:
            return False
        spellings = {meaning.key, meaning.snake, " ".join(meaning.words)}
        pattern = r"\b(?:" + "|".join(map(re.escape, sorted(spellings))) + r")\b"
        return any(
            re.search(pattern, text, re.IGNORECASE) for text in (tool.tool.description, *self.lines_of(tool))
        )

    def lines_of(self, tool: ToolModel) -> Sequence[str]:
        """What the prompt says that the tool gives: from its name up to the next tool's."""
        if tool.tool.name not in self._said:
            self._said[tool.tool.name] = tuple(self._read_lines(tool.tool.name))
        return self._said[tool.tool.name]

    @cached_property
    def _lines(self) -> list[str]:
        return self.prompt.split("\n")

    def _read_lines(self, name: str) -> Iterator[str]:
        gives = "|".join(load(code, "invented")["gives"] for code in written("invented"))
        for number, line in enumerate(self._lines):
            if name not in line:
                continue
            text = line[line.index(name) :]
            for more in self._lines[number + 1 : number + 1 + _NEAR]:
                if any(other in more for other in self.tools) or not more.strip():
                    break
                text += " " + more
            if match := re.search(gives, text, re.IGNORECASE):
                yield text[match.start() :].split(". ", 1)[0]
            for clause in re.split(r"[.;]", line):
                if re.search(rf"\b{re.escape(name)}\b\W+(?:{gives})", clause):
                    yield clause

    def _holds(self, tool: ToolModel, meaning: Meaning) -> bool:
        """Whether the answer of a tool is about what an id is of."""
        return self._is_of(tool, meaning) or self._lists(tool, meaning)

    def _is_of(self, tool: ToolModel, meaning: Meaning) -> bool:
        thing, concept = self.head_of(tool), set(meaning.concept)
        if thing & concept:
            return True
        for code in written("invented_things"):
            free = set(load(code, "invented_things")["availability"])
            if thing & free and concept & free:
                return True
        return False

    def _lists(self, tool: ToolModel, meaning: Meaning) -> bool:
        return bool(self.listed_as(tool, meaning))

    def listed_as(self, tool: ToolModel, meaning: Meaning) -> str:
        """Under which word in the plural the description of a tool lists what the id is of."""
        said = plain(tool.tool.description)
        for word in reversed(meaning.concept):
            for match in re.finditer(r"\w+", said):
                for words in all_words():
                    if match[0] != word and words.is_plural(match[0]) and words.singular(match[0]) == word:
                        return match[0]
        if of := next((m[1] for p in _of() if (m := re.search(p, meaning.said))), ""):
            for words in all_words():
                for match in re.finditer(r"\w+", said):
                    if match[0] != of and words.singular(match[0]) == of:
                        return match[0]
        return ""

    def known_to_caller(self, meaning: Meaning, stated: str) -> bool:
        """Whether a caller has it on paper. `stated` is the form that the prompt gives it, if any."""
        for code in written("invented"):
            table = load(code, "invented")
            if re.search(table["internal"], meaning.said):
                return False
            if set(meaning.words) & set(table["known_ids"]) and meaning.words[-1] not in table["never_known"]:
                return True
            if re.search(table["said_to_be_known"], meaning.said) or (stated and meaning.words[-1] != "id"):
                return True
            noun = load(code, "tools")["numbered"].format(noun=" ".join(meaning.concept))
            if re.search(table["asked_for"].format(noun=re.escape(noun)), self.prompt, re.IGNORECASE):
                return True
        return False


def _is_known(word: str) -> bool:
    return any(word in load(code, "invented")["known_ids"] for code in written("invented"))


def _of() -> Iterator[str]:
    for code in written("invented"):
        yield load(code, "invented")["id_of"]


def _own_keys(tool: ToolModel) -> set[str]:
    """What a tool is given, as far as it has to be."""
    return {Meaning(name).snake for name in tool.properties if name in (*_required(tool), *chosen_of(tool))}


def _required(tool: ToolModel) -> list[str]:
    named = (tool.tool.parameters or {}).get("required")
    return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []


def chosen_of(tool: ToolModel) -> tuple[str, ...]:
    """Parameters that are not required and without which a call says nothing."""
    required = _required(tool)
    meanings = {n: Meaning(n, str(rule.get("description", ""))) for n, rule in tool.properties.items()}
    free = [n for n in meanings if n not in required]
    if not required and free and tool.role != "inward":
        first = next((n for n in free if meanings[n].fact == "phone"), "")
        return (first or next((n for n in free if meanings[n].fact or meanings[n].is_id), free[0]),)
    changes = tool.name and any(tool.name.verb in load(c, "invented")["changes"] for c in written("invented"))
    if changes and free and all(meanings[n].is_id for n in required if n in meanings):
        return tuple(n for n in free if not meanings[n].is_id)[:1]
    return ()


def inputs_of(tool: ToolModel) -> Iterator[tuple[Meaning, Shape]]:
    """Every parameter with its parts, whatever it is nested in."""
    root = tool.tool.parameters or {}
    yield from _parts("", root, root, 0)


def _parts(key: str, schema: Any, root: Any, depth: int) -> Iterator[tuple[Meaning, Shape]]:
    if depth > DEEPEST:
        return
    for shape in shapes_of(schema, root):
        if shape.get("type") == "object" or isinstance(shape.get("properties"), dict):
            for name, part in (shape.get("properties") or {}).items():
                yield from _parts(str(name), part, root, depth + 1)
        elif shape.get("type") == "array":
            yield from _parts(key, shape.get("items", {}), root, depth + 1)
        elif key:
            yield Meaning(key, str(shape.get("description", "")), str(shape.get("format", ""))), shape
