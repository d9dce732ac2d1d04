"""Who gives an id: an answer of another tool, the caller, a variable; by names and by descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evalgen.generation.definition import Variable
from evalgen.generation.languages import in_every, load, written
from evalgen.generation.read.invented.meaning import Meaning, prefixes
from evalgen.generation.read.invented.parameters import inputs_of, on_file, own_keys
from evalgen.generation.read.invented.shapes import Shape
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words, in_all
from evalgen.generation.values import key_words, plain

_BEHIND = 200
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
    _known: dict[tuple[str, str, str], bool] = field(default_factory=dict, compare=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of all parameters, as the tools spell them."""
        return tuple(dict.fromkeys(m.key for tool in self.tools.values() for m, _ in inputs_of(tool)))

    @cached_property
    def said(self) -> str:
        """The prompt and what is said of the tools."""
        return "\n".join([self.prompt, *(tool.tool.description for tool in self.tools.values())])

    def parameter(self, key: str) -> tuple[Meaning, Shape]:
        """What the tools' own schemas say of a parameter of that name; those that list its values first."""
        meaning = Meaning(key)
        return self._parameters.get(meaning.snake) or (meaning, {})

    @cached_property
    def _parameters(self) -> dict[str, tuple[Meaning, Shape]]:
        found: dict[str, list[tuple[Meaning, Shape]]] = {}
        for tool in self.tools.values():
            for one in inputs_of(tool):
                found.setdefault(one[0].snake, []).append(one)
        return {name: min(all_, key=lambda one: not one[1].get("enum")) for name, all_ in found.items()}

    def made_by(self, thing: str) -> ToolModel | None:
        """The tool that makes such a thing: what `find_booking` finds is what `create_booking` takes."""
        heads = {plain(word) for word in thing.split()}
        deeds = (tool for tool in self.tools.values() if tool.name and tool.role == "write")
        made = [t for t in deeds if t.name and t.name.verb in in_every("invented_things", "makes")]
        only = made[0] if len(made) == 1 and heads & in_every("invented_things", "moment_things") else None
        return next((t for t in made if self.head_of(t) & heads), only)

    @cached_property
    def taken(self) -> list[Taken]:
        """Every id of every tool's input."""
        return [
            Taken(tool.tool.name, meaning, shape, *self.sources_of(tool, meaning))
            for tool in self.tools.values()
            for meaning, shape in inputs_of(tool)
            if meaning.is_id and not (meaning.fact or meaning.text or shape.get("enum"))
        ]

    def identity(self, tool: ToolModel, meaning: Meaning) -> str:
        """What is the same under all spellings: `new_slot_id`, `slotId`, and `id` of `get_slot`."""
        words = [w for w in meaning.words if w not in prefixes()]
        if len(words) == 1 and tool.name and words[0] not in in_every("invented", "known_ids"):
            words += [plain(w) for w in self.thing_of(tool).split()[-1:]]
        return "_".join(sorted(words))

    def identity_of(self, meaning: Meaning) -> str:
        """The same of an id that no tool takes."""
        return "_".join(sorted(w for w in meaning.words if w not in prefixes()))

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
        return any(key_words(v.name) == meaning.words for v in self.variables)

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
            key=lambda t: (not self._is_of(t, meaning), meaning.snake in own_keys(t)),
        )
        if named:
            return (), True
        guessed = [t for t in guessed if meaning.snake not in own_keys(t) and _is_asked_for_one(t)]
        return tuple(t.tool.name for t in on_file(guessed, tool)), False

    def _promises(self, tool: ToolModel, meaning: Meaning) -> bool:
        """Whether the tool's description or the lines about it in the prompt name this very key."""
        if meaning.snake in own_keys(tool) or len(meaning.words) < 2:
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

    def behind(self, tool: ToolModel) -> Iterator[str]:
        """What the prompt says directly behind the names of a tool, up to the next tool's."""
        for at in re.finditer(rf"\b{re.escape(tool.tool.name)}\b", self.prompt):
            text = self.prompt[at.end() : at.end() + _BEHIND]
            cuts = [text.index(other) for other in (*self.tools, "\n\n", "\n#") if other in text]
            yield text[: min(cuts)] if cuts else text

    @cached_property
    def _lines(self) -> list[str]:
        return self.prompt.split("\n")

    def _read_lines(self, name: str) -> Iterator[str]:
        gives = "|".join(load(code, "invented")["gives"] for code in written("invented"))
        for number, line in enumerate(self._lines):
            if name not in line:
                continue
            text = line[line.index(name) :]
            cuts = [text.index(other) for other in self.tools if other != name and other in text]
            text = text[: min(cuts)] if cuts else text
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
        """Whether a caller has it on paper; `stated` is its form by the prompt."""
        key = (meaning.key, meaning.about, stated)
        if key not in self._known:
            self._known[key] = self._is_known_to_caller(meaning, stated)
        return self._known[key]

    def _is_known_to_caller(self, meaning: Meaning, stated: str) -> bool:
        for code in written("invented"):
            table = load(code, "invented")
            if re.search(table["internal"], meaning.said):
                return False
            if set(meaning.words) & set(table["known_ids"]) and meaning.words[-1] not in table["never_known"]:
                return True
            if re.search(table["said_to_be_known"], meaning.said) or (stated and meaning.words[-1] != "id"):
                return True
            numbered = load(code, "tools")["numbered"].format(noun=" ".join(meaning.concept))
            nouns = "|".join(map(re.escape, (numbered, " ".join(meaning.words))))
            if re.search(table["asked_for"].format(noun=f"(?:{nouns})"), self.prompt, re.IGNORECASE):
                return True
        return False


def _is_asked_for_one(tool: ToolModel) -> bool:
    """Whether a read is about something that is there: a list of openings, or asked for by a fact or id."""
    words = tool.name.noun.split() if tool.name else []
    free = in_all("nouns", "offers") | in_every("invented_things", "availability")
    return (
        bool({plain(w) for w in words} & free)
        or any(m.fact or m.is_id for m, _ in inputs_of(tool))
        or not tool.properties
        or any(w.is_plural(words[-1]) for w in all_words() if words)
    )


def _of() -> list[str]:
    return [load(code, "invented")["id_of"] for code in written("invented")]
