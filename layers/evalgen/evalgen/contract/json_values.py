"""JSON from outside: read strictly, so that every value can be stored and sent out again."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

MAX_DEPTH = 64
SHOWN_PLACE = 200


class BadJsonError(ValueError):
    """Not JSON that can be served; the text says what is wrong and where."""


def load_json(text: str) -> Any:
    """Read one JSON value. Raises BadJsonError, also for NaN, Infinity, half surrogates, over 64 levels."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except BadJsonError:
        raise
    except json.JSONDecodeError as error:
        raise BadJsonError(
            f"Not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise BadJsonError("A number has too many digits.") from None
    _check(value)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BadJsonError(f"{name} is not a JSON value.")


def _too_deep() -> BadJsonError:
    return BadJsonError(f"Nested more than {MAX_DEPTH} levels deep.")


Step = str | int


def _check(root: Any) -> None:
    """Keeps one iterator for each level: a place is put into words only where something is wrong."""
    place: list[Step] = []
    _check_value(root, place)
    levels: list[Iterator[tuple[Step, Any]]] = [iter(_members(root))]
    while levels:
        step, value = next(levels[-1], (None, None))
        del place[len(levels) - 1 :]
        if step is None:
            levels.pop()
            continue
        place.append(step)
        if len(place) > MAX_DEPTH:
            raise _too_deep()
        _check_value(value, place)
        if isinstance(value, dict | list):
            levels.append(iter(_members(value)))


def _members(value: Any) -> Iterable[tuple[Step, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _check_value(value: Any, place: list[Step]) -> None:
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, float) and not math.isfinite(value):
        raise BadJsonError(f"The number at {_in_words(place)} is too large.")
    elif isinstance(value, dict):
        for key in value:
            _check_text(key, place)


def _check_text(text: str, place: list[Step]) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadJsonError(f"The text at {_in_words(place)} holds half a surrogate pair.") from None


def _in_words(place: list[Step]) -> str:
    """Such as `a.b[0]`; the end of a long one, where the trouble is."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:SHOWN_PLACE]}" for step in place)
    words = words.removeprefix(".") or "the top"
    return words if len(words) <= SHOWN_PLACE else f"…{words[-SHOWN_PLACE:]}"
