"""API Gateway's REQUEST authorizer: a key opens every route of the stage for its own project."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from typing import Any

from evalgen.storage import keys
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Item

HEADER = "x-cekura-api-key"
BEARER = "bearer "

stores = open_stores(os.environ)


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, object]:
    key = _key_in(event["headers"] or {})
    item = stores.table.get(keys.api_key(hashlib.sha256(key.encode()).hexdigest())) if key else None
    if item is None or not _in_force(item):
        raise Exception("Unauthorized")  # the very text that API Gateway answers with a 401
    api_and_stage = "/".join(event["methodArn"].split("/")[:2])
    return {
        "principalId": f"project-{item['project_id']}",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "execute-api:Invoke",
                    # It is remembered for the key: allowing one route would forbid the next.
                    "Resource": f"{api_and_stage}/*",
                }
            ],
        },
        "context": {"project_id": str(item["project_id"])},
    }


def _key_in(headers: Mapping[str, str]) -> str:
    """Of the header of its own, or else as `Authorization: Bearer KEY`."""
    by_name = {name.lower(): value.strip() for name, value in headers.items()}
    sent = by_name.get("authorization", "")
    bearer = sent[len(BEARER) :].strip() if sent.lower().startswith(BEARER) else ""
    return by_name.get(HEADER) or bearer


def _in_force(item: Item) -> bool:
    """`expires_at` is in seconds since 1970; a key without it, or with 0, does not expire."""
    expires_at = int(item.get("expires_at", 0))
    return not item.get("revoked_at") and (not expires_at or time.time() < expires_at)
