"""The operations on sets of scenarios: folders, tags, test suites."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from evalgen.catalog.suite_catalog import SuiteCatalog
from evalgen.served.binding import serving
from evalgen.served.operations.suites import OPERATIONS
from evalgen.storage.opening import open_stores


@cache
def catalog() -> SuiteCatalog:
    return SuiteCatalog(open_stores(os.environ), time.time)


_serve = serving("suites", OPERATIONS, catalog)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
