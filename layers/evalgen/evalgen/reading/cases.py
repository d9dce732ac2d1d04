"""Cases of the prompt that the agent's records are in.

`{"status": "lapsed"}` is the case of «if the membership has lapsed», an empty `vehicles` that of «no
vehicles on file»: nobody has to bring such a case about, the record that the caller has does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evalgen.generation.values import Path, key_of, kind_of, leaves, words_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import Limit, limits_of
from evalgen.reading.records import Step, value_at
from evalgen.reading.statements import Statement
from evalgen.reading.tools import ToolModel

MOST_LABEL_WORDS = 3
_ROOT, _LOOSE_ROOT = 6, 4
_JOINED = re.compile(r"(?<=\w)[-'’](?=\w)")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Condition:
    """One alternative of a trigger: its words without those that say nothing, and its limits."""

    words: frozenset[str]
    negated: bool
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one call shows: labels with the others that could stand there, numbers, yes or no, empty lists.

    `context` has the words of all that belongs to the call: of the tool, its keys and its labels.
    """

    labels: tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]
    numbers: tuple[tuple[frozenset[str], float], ...]
    flags: tuple[tuple[frozenset[str], bool], ...]
    empty: tuple[frozenset[str], ...]
    context: frozenset[str]

    def words(self) -> Iterator[str]:
        """Every word that can prove a condition."""
        for label, others in self.labels:
            for words in (label, *others):
                yield from words
        for key, _ in (*self.numbers, *self.flags):
            yield from key
        for key in self.empty:
            yield from key

    def meets(self, condition: _Condition) -> bool:
        """Whether something shown proves the condition, and the rest of it is about this call."""
        return any(
            all(w[:_LOOSE_ROOT] in self.context for w in condition.words - proven)
            for proven in self._proven(condition)
        )

    def _proven(self, condition: _Condition) -> Iterator[frozenset[str]]:
        for label, others in self.labels:
            for words in others if condition.negated else (label,):
                if words and words <= condition.words:
                    yield words
        for key, value in self.numbers:
            none = condition.negated and value == 0 and bool(key) and key <= condition.words
            if none or any(_beyond(value, limit, key, condition.words) for limit in condition.limits):
                yield key
        for key, flag in self.flags:
            if flag != condition.negated and key and key <= condition.words:
                yield key
        for key in self.empty:
            if condition.negated and key & condition.words:
                yield key & condition.words


@dataclass
class Cases:
    """Tells which conditions of the prompt the answers of a chain of calls fulfil."""

    statements: Sequence[Statement]
    tools: Sequence[ToolModel]
    lexicon: Lexicon
    _conditions: dict[str, tuple[Statement, list[tuple[_Condition, ...]]]] = field(
        init=False, default_factory=dict
    )
    _by_word: dict[str, set[str]] = field(init=False, default_factory=dict)
    _labels: dict[tuple[str, str], set[str]] = field(init=False, default_factory=dict)
    _seen: dict[tuple[str, int, frozenset[Path]], tuple[Step, _Shown]] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for statement in self.statements:
            if _is_case(statement, self.lexicon):
                parts = [self._alternatives(part) for part in (statement.trigger, statement.outer) if part]
                self._conditions[statement.id] = statement, parts
                for word in {word for one in parts[0] for word in _words_in(one)}:
                    self._by_word.setdefault(word, set()).add(statement.id)
        asked_for = {p.name for tool in self.tools for p in tool.parameters}
        for tool in self.tools:
            for call in tool.tool.mock_data:
                for path, value in leaves(call.output):
                    if (key := key_of(path)) not in asked_for and _is_label(key, value):
                        self._labels.setdefault((tool.name, key), set()).add(value)

    def met_by(self, steps: Sequence[Step]) -> list[Statement]:
        """The conditions that these calls fulfil, by their answers or by what is asked for; stable order."""
        return self._met([self._shown(steps, index) for index in range(len(steps))])

    def _met(self, shown: Sequence[_Shown]) -> list[Statement]:
        near = {name for one in shown for word in one.words() for name in self._by_word.get(word, ())}
        return [
            self._conditions[name][0]
            for name in sorted(near)
            if all(
                any(one.meets(condition) for one in shown for condition in part)
                for part in self._conditions[name][1]
            )
        ]

    def decide(self, statement: Statement) -> bool:
        """Whether an example of a tool's answers fulfils the condition, so that no caller has to claim it."""
        return statement.id in self._decided

    @cached_property
    def _decided(self) -> frozenset[str]:
        steps = (Step(tool, call) for tool in self.tools for call in tool.tool.mock_data)
        return frozenset(s.id for step in steps for s in self._met([self._of_call(step, None)]))

    def _alternatives(self, trigger: str) -> tuple[_Condition, ...]:
        lexicon = self.lexicon
        return tuple(
            _condition(part, lexicon) for part in lexicon.patterns.alternative.split(trigger) if part.strip()
        )

    def _shown(self, steps: Sequence[Step], index: int) -> _Shown:
        chosen = frozenset(link.path for step in steps for link in step.links if link.call == index)
        name = (steps[index].tool.name, id(steps[index].call), chosen)
        if name not in self._seen:
            self._seen[name] = steps[index], self._of_call(steps[index], chosen)
        return self._seen[name][1]

    def _of_call(self, step: Step, chosen: Collection[Path] | None) -> _Shown:
        """What a call shows with the entries chosen from its answer; with None, whichever is chosen."""
        lexicon, output = self.lexicon, step.call.output
        empty = [k for k, v in output.items() if v == []] if isinstance(output, dict) else []
        values = list(_about(step, chosen))
        labels = [
            (value, tuple(self._others(step, key, value)))
            for key, value in values
            if self._tells(step, key, value)
        ]
        labels += [(value, ()) for key, value in step.said().items() if _is_label(key, value)]
        names = [step.tool.name, step.tool.noun, *empty, *(key for key, _ in values), *(v for v, _ in labels)]
        return _Shown(
            labels=tuple(
                (_words(v, lexicon), tuple(_words(o, lexicon) for o in others)) for v, others in labels
            ),
            numbers=tuple((_words(k, lexicon), v) for k, v in values if kind_of(k, v) in ("number", "money")),
            flags=tuple((_words(k, lexicon), v) for k, v in values if isinstance(v, bool)),
            empty=tuple(_words(key, lexicon) for key in empty),
            context=frozenset(w[:_LOOSE_ROOT] for name in names for w in words_of(name)),
        )

    def _tells(self, step: Step, key: str, value: Any) -> bool:
        return _is_label(key, value) and (step.tool.name, key) in self._labels

    def _others(self, step: Step, key: str, value: Any) -> Iterator[str]:
        return (label for label in sorted(self._labels[step.tool.name, key]) if label != value)


def _is_case(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether the statement says what to do in a case, and not when in the call."""
    return bool(statement.trigger and statement.consequence) and (
        statement.opener not in lexicon.words.bounds | lexicon.words.standing_openers
    )


def _condition(text: str, lexicon: Lexicon) -> _Condition:
    limits = limits_of(text, lexicon)
    bare = text
    for limit in limits:
        bare = bare.replace(limit.text, " ")
    every = set(_WORD.findall(_JOINED.sub("", bare.lower())))
    return _Condition(_words(bare, lexicon), bool(every & lexicon.words.negations), limits)


def _words_in(condition: _Condition) -> Iterator[str]:
    yield from condition.words
    yield from (limit.unit[:_ROOT] for limit in condition.limits)


def _words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The beginnings of the words that say something, in the singular."""
    words = lexicon.words
    empty = words.common | words.dangling | words.determiners | words.negations | words.case_fillers
    named = _WORD.findall(_JOINED.sub("", " ".join(words_of(text) if "_" in text else [text.lower()])))
    return frozenset(lexicon.nouns.singular(w)[:_ROOT] for w in named if w not in empty)


def _beyond(value: float, limit: Limit, key: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a number is strictly on the side of a limit that its key or its unit is about."""
    about = key & words or (limit.unit and any(limit.unit.startswith(w[:_LOOSE_ROOT]) for w in key))
    return bool(about) and (value > limit.value if limit.side == "at_least" else value < limit.value)


def _is_label(key: str, value: Any) -> bool:
    """Whether a value is a word for a state or a sort, as `lapsed` is."""
    return (
        isinstance(value, str)
        and kind_of(key, value) == "text"
        and 0 < len(words_of(value)) <= MOST_LABEL_WORDS
        and all(c.isalpha() or c in "_ -" for c in value)
    )


def _about(step: Step, chosen: Collection[Path] | None) -> Iterator[tuple[str, Any]]:
    """The values of an answer that its call is about: of a list, those of its only or chosen entry."""
    output = step.call.output
    for path, value in leaves(output):
        position = next((i for i, part in enumerate(path) if isinstance(part, int)), None)
        if position is not None and chosen is not None:
            entries = value_at(output, path[:position])
            alone = isinstance(entries, list) and len(entries) == 1
            if not alone and all(link[: position + 1] != path[: position + 1] for link in chosen):
                continue
        yield key_of(path), value
