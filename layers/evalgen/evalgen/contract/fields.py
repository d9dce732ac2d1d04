"""The kinds of field that requests are made of, each with the text that says what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from evalgen.contract.problems import shown, wrong

T = TypeVar("T")

MAX_TAGS = 32
MAX_TAG = 64
MAX_NAME = 255
MAX_TEXT = 20_000
MAX_FIRST_MESSAGE = 1000
MAX_FOLDER_PATH = 1000
MAX_FOLDER_NAME = 100
SEPARATOR = "."
"""Between the names of a folder's path."""

MAX_IDS = 100
TOOL_IDS = (
    "TOOL_DTMF",
    "TOOL_RECEIVE_DTMF",
    "TOOL_END_CALL",
    "TOOL_END_CALL_ONLY_ON_TRANSFER",
    "TOOL_CALL_HOLD",
    "TOOL_SEND_SMS",
)


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """Tests, or tidies, a value of the right type; `schema` says the same in words of JSON schema.

    `before`: it is tested before anything else is, and whatever its type may be.
    """

    test: Callable[[Any], Any]
    schema: Mapping[str, Any] = field(default_factory=dict)
    before: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self.before:
            return core_schema.no_info_before_validator_function(self.test, handler(source))
        return core_schema.no_info_after_validator_function(self.test, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), **self.schema}


class _NotNull:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_refuse_null, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
        return (
            {**schema, **kinds[0]} if len(kinds) == 1 else {**schema, **({"anyOf": kinds} if kinds else {})}
        )


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise wrong("Must not be null; leave the field out instead.")
    return value


NotNull = _NotNull()
"""For a field that may be absent (its default is None) and, when it is there, has a value."""


def between(low: int, high: int) -> Check:
    """An integer from `low` to `high`, both included."""

    def test(value: int) -> int:
        if not low <= value <= high:
            raise wrong(f"Must be between {low} and {high}; got {shown(value)}.")
        return value

    return Check(test, {"minimum": low, "maximum": high})


def up_to(high: int) -> Check:
    """An integer from 1; more than `high` counts as that, as in the pages of Django REST framework."""

    def test(value: int) -> int:
        if value < 1:
            raise wrong(f"Must be at least 1; got {shown(value)}.")
        return min(value, high)

    return Check(test, {"minimum": 1})


def at_most(characters: int) -> Check:
    """A text of at most so many characters."""

    def test(value: str) -> str:
        if len(value) > characters:
            raise wrong(f"Must have at most {characters} characters; got {len(value)}.")
        return value

    return Check(test, {"maxLength": characters})


def at_most_items(items: int) -> Check:
    """A list of at most so many items, which are looked at only if there are no more."""

    def test(value: object) -> object:
        if isinstance(value, list) and len(value) > items:
            raise wrong(f"Must have at most {items} items; got {len(value)}.")
        return value

    return Check(test, {"maxItems": items}, before=True)


def _refuse_blank(value: str) -> str:
    if not value.strip():
        raise wrong("Must not be blank.")
    return value


NotBlank = Check(_refuse_blank, {"minLength": 1})


def if_given(check: Check) -> Check:
    """The same check for a field that may be None."""
    return replace(check, test=lambda value: value if value is None else check.test(value))


def _as_constants(ids: list[str]) -> list[str]:
    """The vendor's command line calls them `dtmf`, `send_sms_tool_call`; suites say `send_sms`."""
    names = {name.removeprefix("TOOL_").lower(): name for name in TOOL_IDS}
    return [names.get(one.removesuffix("_tool_call"), one) for one in ids]


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
Unrepeated = Check(_without_repeats)
Tags = Annotated[list[Tag], at_most_items(MAX_TAGS), Unrepeated]
ToolIds = Annotated[
    list[str],
    at_most_items(MAX_TAGS),
    Check(_as_constants),
    Check(_known_tools, {"items": {"enum": list(TOOL_IDS)}}),
    Unrepeated,
]
Ids = Annotated[list[int], at_most_items(MAX_IDS)]
LongText = Annotated[str, at_most(MAX_TEXT)]
OptionalName = Annotated[Name | None, NotNull]
OptionalId = Annotated[int | None, NotNull]
