"""GET generate-progress. Neither Powertools nor pydantic here: importing them takes longer than answering."""

from __future__ import annotations

import logging
import os
from typing import Any

from evalgen.errors import ClientError, Retryable
from evalgen.http import answer, answer_error, answer_later, unless_known
from evalgen.jobs.progress import progress
from evalgen.storage.opening import open_stores

logger = logging.getLogger("progress")  # in Lambda, a JSON line with what `extra` has
stores = open_stores(os.environ)


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, object]:
    project_id = int(event["requestContext"]["authorizer"]["project_id"])
    try:
        found = progress(stores.table, project_id, event["queryStringParameters"] or {})
        return unless_known(event, answer(200, found))
    except ClientError as error:
        return answer_error(error)
    except Retryable:
        logger.exception("not now")
        return answer_later()
    except Exception:  # the last line of defence: the client gets JSON, the log gets the trace
        request_id = event["requestContext"].get("requestId", "")
        logger.exception("unexpected error", extra={"correlation_id": request_id})
        return answer(500, {"detail": f"Something went wrong on our side; request {request_id}."})
