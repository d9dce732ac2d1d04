"""The operations on agents, their documents and their versions."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from evalgen.catalog.agent_catalog import AgentCatalog
from evalgen.served.binding import serving
from evalgen.served.operations.agents import OPERATIONS
from evalgen.storage.opening import open_stores


@cache
def catalog() -> AgentCatalog:
    return AgentCatalog(open_stores(os.environ), time.time)


_serve = serving("agents", OPERATIONS, catalog)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
