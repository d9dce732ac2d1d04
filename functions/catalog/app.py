"""What a project owns beside agents and scenarios, and the description of the API."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from evalgen.catalog.catalog import Catalog
from evalgen.served.binding import serving
from evalgen.served.operations.catalog import OPERATIONS
from evalgen.storage.opening import open_stores


@cache
def catalog() -> Catalog:
    return Catalog(open_stores(os.environ), time.time)


_serve = serving("catalog", OPERATIONS, catalog)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
