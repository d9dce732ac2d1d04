"""A prompt as read, for people: one block for each statement."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.generation.read.statement import Condition, Duty, Prompt, Statement


def shown(prompt: Prompt) -> str:
    """Lines, kind, rule, condition and duties of every statement, then the tasks."""
    return "\n".join(_lines(prompt))


def _lines(prompt: Prompt) -> Iterator[str]:
    yield f"language: {prompt.language or 'not read'}; caller: {', '.join(prompt.caller_nouns) or '-'}"
    yield f"opens: {prompt.opens}; asks more: {prompt.asks_more or '-'}"
    yield f"confirms: {' '.join(prompt.confirms) or '-'}"
    for statement in prompt.statements:
        yield from _statement(statement)
    for task in prompt.tasks:
        named = f" [{' > '.join(task.section)}]" if task.section else ""
        yield f"task: Ask {'to ' if task.asks_to else ''}{task.wish}{named} {' '.join(task.statements)}"


def _statement(statement: Statement) -> Iterator[str]:
    first, last = statement.lines
    place = f"{first}" if first == last else f"{first}-{last}"
    mark = "" if statement.sure else "?"
    yield f"{statement.id} line {place} {statement.kind}{mark} ({statement.because}): {statement.text}"
    for condition in statement.outer:
        yield f"    below {_condition(condition)}"
    if statement.condition:
        yield f"    when  {_condition(statement.condition)}"
    for duty in statement.duties:
        yield f"    {_duty(duty)}"


def _condition(condition: Condition) -> str:
    if condition.by == "caller":
        return f"caller: {' | '.join((condition.move, *condition.others))}"
    if condition.by == "answer":
        return f"answer {condition.answer} of {condition.about or '-'}"
    return f"other: {condition.text}"


def _duty(duty: Duty) -> str:
    heard = "heard" if duty.heard else "unheard"
    told = f" -> {duty.told}" if duty.told else ""
    return f"{'not ' if duty.ban else ''}{duty.text} [{heard}]{told}"
