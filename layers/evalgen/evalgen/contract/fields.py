"""The kinds of field that requests are made of, each with the text that says what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator

from evalgen.contract.problems import shown, wrong

T = TypeVar("T")

MAX_TAGS = 32
MAX_TAG = 64
MAX_NAME = 255
MAX_TEXT = 20_000
MAX_IDS = 100
TOOL_IDS = ("TOOL_DTMF", "TOOL_RECEIVE_DTMF", "TOOL_END_CALL", "TOOL_END_CALL_ONLY_ON_TRANSFER")


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise wrong("Must not be null; leave the field out instead.")
    return value


NotNull = BeforeValidator(_refuse_null)
"""For a field that may be absent (its default is None) and, when it is there, has a value."""


def between(low: int, high: int) -> AfterValidator:
    """An integer from `low` to `high`, both included."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise wrong(f"Must be between {low} and {high}; got {shown(value)}.")
        return value

    return AfterValidator(check)


def at_most(characters: int) -> AfterValidator:
    """A text of at most so many characters."""

    def check(value: str) -> str:
        if len(value) > characters:
            raise wrong(f"Must have at most {characters} characters; got {len(value)}.")
        return value

    return AfterValidator(check)


def at_most_items(items: int) -> AfterValidator:
    """A list of at most so many items."""

    def check(value: list[Any]) -> list[Any]:
        if len(value) > items:
            raise wrong(f"Must have at most {items} items; got {len(value)}.")
        return value

    return AfterValidator(check)


def _refuse_blank(value: str) -> str:
    if not value.strip():
        raise wrong("Must not be blank.")
    return value


NotBlank = AfterValidator(_refuse_blank)


def if_given(check: AfterValidator) -> AfterValidator:
    """The same check for a field that may be None."""
    function: Callable[[Any], Any] = check.func  # type: ignore[assignment]  # none here takes the info argument
    return AfterValidator(lambda value: value if value is None else function(value))


def _known_tools(ids: list[str]) -> list[str]:
    unknown = [value for value in ids if value not in TOOL_IDS]
    if unknown:
        raise wrong(f"Must be among {', '.join(TOOL_IDS)}; got {', '.join(map(shown, unknown[:5]))}.")
    if "TOOL_DTMF" in ids and "TOOL_RECEIVE_DTMF" in ids:
        raise wrong("TOOL_DTMF and TOOL_RECEIVE_DTMF exclude each other; send one of them.")
    return ids


def _without_repeats(values: list[T]) -> list[T]:
    return list(dict.fromkeys(values))


Name = Annotated[str, NotBlank, at_most(MAX_NAME)]
Tag = Annotated[str, NotBlank, at_most(MAX_TAG)]
Tags = Annotated[list[Tag], at_most_items(MAX_TAGS), AfterValidator(_without_repeats)]
ToolIds = Annotated[list[str], AfterValidator(_known_tools), AfterValidator(_without_repeats)]
Ids = Annotated[list[int], at_most_items(MAX_IDS)]
LongText = Annotated[str, at_most(MAX_TEXT)]
OptionalName = Annotated[Name | None, NotNull]
OptionalId = Annotated[int | None, NotNull]
