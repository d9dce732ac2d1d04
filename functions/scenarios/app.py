"""The operations on scenarios."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from evalgen.catalog.scenario_catalog import ScenarioCatalog
from evalgen.served.binding import serving
from evalgen.served.operations.scenarios import OPERATIONS
from evalgen.storage.opening import open_stores


@cache
def catalog() -> ScenarioCatalog:
    return ScenarioCatalog(open_stores(os.environ), time.time)


_serve = serving("scenarios", OPERATIONS, catalog)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
