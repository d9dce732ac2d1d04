"""Lists in pages, as the contract answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from evalgen.contract.addresses import url_of
from evalgen.contract.query_strings import query_pairs
from evalgen.errors import InvalidRequest, NotFound
from evalgen.storage.entities import to_json

if TYPE_CHECKING:
    from evalgen.contract.queries import PageQuery

MAX_ANSWER_BYTES = 5_500_000
"""Lambda answers with at most 6 MB."""

T = TypeVar("T")


def page_of(
    things: Sequence[T], query: PageQuery, event: Mapping[str, Any], shape: Callable[[T], dict[str, Any]]
) -> dict[str, Any]:
    """The page of `things` that the query asks for; only its own are shaped.

    Raises NotFound beyond the last page, InvalidRequest if the page is larger than one answer can be.
    """
    first = (query.page - 1) * query.page_size
    page = things[first : first + query.page_size]
    return page_answer(len(things), map(shape, page), query, event)


def page_answer(
    count: int,
    results: Iterable[dict[str, Any]],
    query: PageQuery,
    event: Mapping[str, Any],
    after: int | None = None,
) -> dict[str, Any]:
    """A page of `count` things as the contract has it. Links keep the event's query; the one to the next page
    says that it begins after the thing with the id `after`.

    Raises as `page_of`.
    """
    number, size = query.page, query.page_size
    pages = max(1, -(-count // size))
    if number > pages:
        raise NotFound(f"There is no page {number}; the last one is {pages}.")
    shown = list(results)
    if len(to_json(shown).encode()) > MAX_ANSWER_BYTES:
        raise InvalidRequest(
            {"page_size": [f"{len(shown)} of these are more than one answer holds; ask for fewer."]}
        )

    def link(page: int, *more: tuple[str, str]) -> str | None:
        if not 1 <= page <= pages:
            return None
        others = [pair for pair in query_pairs(event) if pair[0] not in ("page", "after")]
        return f"{url_of(event)}?{urlencode([*others, ('page', str(page)), *more])}"

    beyond = [("after", str(after))] if after is not None else []
    return {
        "count": count,
        "next": link(number + 1, *beyond),
        "previous": link(number - 1),
        "results": shown,
    }
