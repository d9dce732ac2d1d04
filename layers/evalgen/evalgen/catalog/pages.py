"""Lists in pages, as the contract answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from evalgen.catalog.entities import to_json
from evalgen.contract.gateway import url_of
from evalgen.contract.queries import PageQuery, query_pairs
from evalgen.errors import InvalidRequest, NotFound

MAX_ANSWER_BYTES = 5_500_000
"""Lambda answers with at most 6 MB."""

T = TypeVar("T")


def page_of(
    things: Sequence[T], query: PageQuery, event: Mapping[str, Any], shape: Callable[[T], dict[str, Any]]
) -> dict[str, Any]:
    """The page of `things` that the query asks for; only its own are shaped. Links keep the event's query.

    Raises NotFound beyond the last page, InvalidRequest if the page is larger than one answer can be.
    """
    number, size = query.page, query.page_size
    pages = max(1, -(-len(things) // size))
    if number > pages:
        raise NotFound(f"There is no page {number}; the last one is {pages}.")

    def link(page: int) -> str | None:
        if not 1 <= page <= pages:
            return None
        others = [pair for pair in query_pairs(event) if pair[0] != "page"]
        return f"{url_of(event)}?{urlencode([*others, ('page', str(page))])}"

    results = [shape(thing) for thing in things[(number - 1) * size : number * size]]
    if len(to_json(results).encode()) > MAX_ANSWER_BYTES:
        raise InvalidRequest(
            {"page_size": [f"{len(results)} of these are more than one answer holds; ask for fewer."]}
        )
    return {"count": len(things), "next": link(number + 1), "previous": link(number - 1), "results": results}
