"""GET generate-progress. Neither Powertools nor pydantic here: importing them takes longer than answering."""

from __future__ import annotations

import os
from typing import Any

from evalgen.errors import ClientError
from evalgen.http import answer, answer_error
from evalgen.jobs.progress import progress
from evalgen.storage.opening import open_stores

stores = open_stores(os.environ)


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, object]:
    project_id = int(event["requestContext"]["authorizer"]["project_id"])
    try:
        return answer(200, progress(stores.table, project_id, event["queryStringParameters"] or {}))
    except ClientError as error:
        return answer_error(error)
