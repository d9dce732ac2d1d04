"""The operations on scenarios and their folders."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger

from evalgen.catalog.scenario_catalog import ScenarioCatalog
from evalgen.contract.gateway import make_app, serve
from evalgen.served.binding import bind
from evalgen.storage.opening import open_stores

app = make_app()


@cache
def catalog() -> ScenarioCatalog:
    return ScenarioCatalog(open_stores(os.environ), time.time)


bind(app, "scenarios", catalog)
_serve = serve(app, Logger(service="scenarios"))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
