"""JSON from outside: read strictly, so that every value can be stored and sent out again."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 64


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
        raise BadJsonError(f"Nested more than {MAX_DEPTH} levels deep.") from None
    except ValueError:
        raise BadJsonError("A number has too many digits.") from None
    _check(value)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BadJsonError(f"{name} is not a JSON value.")


def _check(root: Any) -> None:
    pending: list[tuple[str, int, Any]] = [("", 0, root)]
    while pending:
        path, depth, value = pending.pop()
        if depth > MAX_DEPTH:
            raise BadJsonError(f"Nested more than {MAX_DEPTH} levels deep.")
        if isinstance(value, str):
            _check_text(value, path)
        elif isinstance(value, float) and not math.isfinite(value):
            raise BadJsonError(f"The number at {path or 'the top'} is too large.")
        elif isinstance(value, list):
            pending.extend((f"{path}[{index}]", depth + 1, item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                _check_text(key, path)
                pending.append((f"{path}.{key}" if path else key, depth + 1, item))


def _check_text(text: str, path: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadJsonError(f"The text at {path or 'the top'} holds half a surrogate pair.") from None
