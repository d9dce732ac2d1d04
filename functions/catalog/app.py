"""Every operation but those of generation and on scenarios: what a project owns."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger

from evalgen.catalog.catalog import Catalog
from evalgen.contract.gateway import make_app, serve
from evalgen.served.binding import bind
from evalgen.storage.opening import open_stores

app = make_app()


@cache
def catalog() -> Catalog:
    return Catalog(open_stores(os.environ), time.time)


bind(app, "catalog", catalog)
_serve = serve(app, Logger(service="catalog"))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return _serve(event, context)
