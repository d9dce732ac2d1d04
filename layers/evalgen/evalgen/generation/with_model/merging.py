"""What a model has read joins what the rules have: their statements stand, and it fills in what they left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Condition, Statement, Task
from evalgen.generation.with_model.forms import Reading, Said
from evalgen.generation.with_model.parts import Part
from evalgen.generation.with_model.quotes import FEWEST_WORDS, Passages, words_of

BY_A_MODEL = "read by a model"
"""Why a statement counts as read."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that a model quotes, with its lines in the prompt; `words` are padded, to be searched in."""

    said: Said
    lines: tuple[int, int]
    section: tuple[str, ...]
    words: str


def with_reading(model: AgentModel, known: Sequence[tuple[Part, Reading]]) -> AgentModel:
    """The agent with what is known of its prompt beside what the rules read.

    Tests that rules make are not to see it: what they do not read may be what stops one.
    """
    if not known:
        return model
    read, prompt = [reading for _, reading in known], model.prompt
    statements = _statements(prompt.statements, [one for part in known for one in _found(*part)], model)
    languages = [one.language for one in read if one.language]
    return replace(
        model,
        prompt=replace(
            prompt,
            language=prompt.language or next(iter(languages), model.definition.language[:2]),
            statements=statements,
            tasks=tuple(_tasks(prompt.tasks, known, statements, model)),
            opens=prompt.opens or any(one.opening for one in read),
        ),
    )


def opening_as(by_rules: AgentModel, read: AgentModel) -> AgentModel:
    """The agent by the rules alone, but for who opens the call."""
    if by_rules.prompt.opens == read.prompt.opens:
        return by_rules
    return replace(by_rules, prompt=replace(by_rules.prompt, opens=read.prompt.opens))


def statement_at(statements: Iterable[Statement], lines: tuple[int, int], quote: str) -> str:
    """The id of the statement that a quote with these lines is from: of those that share them the one that
    has its words, else the first; empty where none does."""
    words = _padded(quote)
    there = [s for s in statements if s.lines[0] <= lines[1] and lines[0] <= s.lines[1]]
    holding = (s for s in there if _overlap(_padded(s.text), words))
    found = next(holding, next(iter(there), None))
    return found.id if found else ""


def _found(part: Part, reading: Reading) -> Iterator[_Found]:
    passages = Passages(part.text)
    for said in reading.statements:
        if lines := passages.lines_of(said.quote, 1):
            yield _Found(said, _placed(lines, part), part.section, _padded(said.quote))


def _statements(
    own: Sequence[Statement], found: Sequence[_Found], model: AgentModel
) -> tuple[Statement, ...]:
    at_line: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for line in _lines(one.lines):
            at_line[line].append(number)
    kept: list[Statement] = []
    for statement in own:
        near = sorted({number for line in _lines(statement.lines) for number in at_line[line]})
        words = _padded(statement.text)
        mine = [found[number] for number in near if _overlap(words, found[number].words)]
        kept += [statement] if statement.sure or not mine else _divided(statement, mine, model)
    taken = {line for one in own for line in _lines(one.lines)}
    beside = (one for one in found if taken.isdisjoint(_lines(one.lines)))
    kept += [
        _statement(f"r{number}", one.said.quote, one.lines, one.section, one.said, model)
        for number, one in enumerate(beside, 1)
    ]
    return tuple(sorted(kept, key=lambda one: one.lines[0]))


def _divided(statement: Statement, mine: Iterable[_Found], model: AgentModel) -> Iterator[Statement]:
    """The sentences that were quoted of it, and what is left between them; the first has its id."""
    text, passages, number, end = statement.text, Passages(statement.text), 0, 0

    def named() -> str:
        nonlocal number
        number += 1
        return statement.id if number == 1 else f"{statement.id}.{number}"

    spans = [(passages.span_of(one.said.quote) or (0, len(text)), one) for one in mine]
    for (first, last), one in sorted(spans, key=lambda span: span[0]):
        if first < end:
            continue
        whole = (first, last) == (0, len(text))
        if len(words_of(text[end:first])) >= FEWEST_WORDS:
            yield replace(statement, id=named(), text=text[end:first].strip())
        end = _with_marks(text, last)
        lines = statement.lines if whole else one.lines
        yield _statement(named(), text[first:end].strip(), lines, statement.section, one.said, model)
    if len(words_of(text[end:])) >= FEWEST_WORDS:
        yield replace(statement, id=named(), text=text[end:].strip())


def _statement(
    name: str, text: str, lines: tuple[int, int], section: tuple[str, ...], said: Said, model: AgentModel
) -> Statement:
    tools = tuple(one for one in said.tools if one in model.tools)
    condition = None
    if said.by != "always":
        about = tools[0] if tools and said.by in ("answer", "call") else ""
        condition = Condition(said.when, said.by, about=about)
    return Statement(name, lines, text, section, said.kind, BY_A_MODEL, True, condition, tools=tools)


def _tasks(
    own: Sequence[Task],
    known: Sequence[tuple[Part, Reading]],
    statements: Sequence[Statement],
    model: AgentModel,
) -> Iterator[Task]:
    """Those of the rules, then those that a model found beside them."""
    yield from own
    known_wishes = {task.wish.casefold() for task in own}
    found: dict[str, Task] = {}
    for part, reading in known:
        passages = Passages(part.text)
        for wanted in reading.tasks:
            lines = passages.lines_of(wanted.quote, 1)
            wish = wanted.wish.casefold()
            if lines is None or wish in known_wishes:
                continue
            named = statement_at(statements, _placed(lines, part), wanted.quote)
            one = found.get(wish, Task(wanted.wish, False, ()))
            tools = [name for name in wanted.tools if name in model.tools]
            first, more = sorted((list(one.tools), tools), key=len, reverse=True)
            found[wish] = replace(
                one,
                statements=tuple(dict.fromkeys((*one.statements, *([named] if named else [])))),
                tools=tuple(dict.fromkeys((*first, *more))),
            )
    yield from found.values()


def _placed(lines: tuple[int, int], part: Part) -> tuple[int, int]:
    """In the prompt, of lines in a part."""
    return lines[0] + part.first - 1, lines[1] + part.first - 1


def _with_marks(text: str, end: int) -> int:
    """Behind the mark that follows the last word."""
    while end < len(text) and not text[end].isspace():
        end += 1
    return end


def _padded(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def _overlap(one: str, other: str) -> bool:
    """Whether the words of the one stand in the other."""
    return one in other or other in one


def _lines(lines: tuple[int, int]) -> range:
    return range(lines[0], lines[1] + 1)
