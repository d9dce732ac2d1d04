"""The one family of errors, divided by what the receiver can do about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NON_FIELD = "non_field_errors"
MAX_PROBLEMS = 20
"""Of one field in one answer; how many more there are is said after them."""


class EvalgenError(Exception):
    """Base of every error that evalgen raises on purpose."""


class ClientError(EvalgenError):
    """The request cannot be served as it is; `status` and `body` are the HTTP answer."""

    status = 400

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers: dict[str, str] = {}

    @property
    def body(self) -> dict[str, object]:
        return {"detail": self.detail}


class InvalidRequest(ClientError):
    """400: every wrong field with what is wrong and what is allowed; `fields` has all of it."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self.fields = {name: list(texts) for name, texts in fields.items()}
        super().__init__("; ".join(f"{name}: {' '.join(_some(texts))}" for name, texts in fields.items()))

    @property
    def body(self) -> dict[str, object]:
        return {name: _some(texts) for name, texts in self.fields.items()}


def _some(problems: Sequence[str]) -> list[str]:
    more = len(problems) - MAX_PROBLEMS
    return [*problems[:MAX_PROBLEMS], *([f"And {more} more."] if more > 0 else [])]


class NotFound(ClientError):
    """404: it does not exist, or it belongs to another project."""

    status = 404


class Conflict(ClientError):
    """409: it contradicts what was stored before."""

    status = 409


class QuotaUsedUp(ClientError):
    """429: more than the project may have in the time; `retry_after_s` is when there is more again."""

    status = 429

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": str(retry_after_s)}


class PayloadTooLarge(ClientError):
    """413: the body is over the size limit."""

    status = 413


class UnsupportedMediaType(ClientError):
    """415: the body's media type is not one of those served."""

    status = 415


class Retryable(EvalgenError):
    """The same work may succeed later: let the message be delivered again."""


class Throttled(Retryable):
    """A model takes no more calls for now: the same work may succeed in `delay_s` seconds."""

    def __init__(self, detail: str, delay_s: float) -> None:
        super().__init__(detail)
        self.delay_s = delay_s


class Permanent(EvalgenError):
    """The same work will never succeed: record the reason and go on."""
