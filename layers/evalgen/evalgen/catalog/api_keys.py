"""API keys: made, listed and withdrawn. Only a key's SHA-256 is stored; nobody can be shown the key again."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass

from evalgen.clock import Clock, iso
from evalgen.errors import NotFound
from evalgen.storage import keys
from evalgen.storage.ports import Expect, Put, Table, TransactionCancelled, Update
from evalgen.storage.walking import every_item

DAY_SECONDS = 24 * 60 * 60
ID_DIGITS = 12
"""So many of the hash's hexadecimal digits name a key to people."""

PREFIX = "evalgen_"
"""Lets secret scanners find a key that got where it should not be."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`revoked_at` is empty while the key is in force, `expires_at` if it stays so until it is withdrawn."""

    id: str
    label: str
    created_at: str
    expires_at: str
    revoked_at: str


def hashed(api_key: str) -> str:
    return hashlib.sha256(api_key.encode()).hexdigest()


def make_key(table: Table, clock: Clock, project_id: int, label: str, days: int = 0) -> str:
    """A new key for the project, in force from now on, for so many days or, with 0, until it is withdrawn.

    Raises NotFound without such a project.
    """
    if table.get(keys.project(project_id)) is None:
        raise NotFound(f"There is no project {project_id}.")
    api_key = PREFIX + secrets.token_urlsafe(32)
    expires_at = int(clock()) + days * DAY_SECONDS if days else 0
    add_key(table, clock, project_id, label, api_key, expires_at)
    return api_key


def add_key(
    table: Table, clock: Clock, project_id: int, label: str, api_key: str, expires_at: int = 0
) -> None:
    """Let a key into the project; one that is known already stays as it is."""
    sha256_hex = hashed(api_key)
    entry = {
        **keys.api_key(sha256_hex)._asdict(),
        "project_id": project_id,
        "label": label,
        "created_at": iso(clock()),
        **({"expires_at": expires_at} if expires_at else {}),
    }
    pointer = keys.api_key_of(project_id, sha256_hex)._asdict()
    with suppress(TransactionCancelled):
        table.transact([Put(entry, Expect.ABSENT), Put(pointer)])


def list_keys(table: Table, project_id: int) -> list[ApiKey]:
    """All of the project's keys, the withdrawn ones too, oldest first."""
    found = [
        ApiKey(
            sha256_hex[:ID_DIGITS],
            str(item["label"]),
            str(item["created_at"]),
            iso(int(item["expires_at"])) if "expires_at" in item else "",
            str(item.get("revoked_at", "")),
        )
        for sha256_hex in _hashes(table, project_id)
        if (item := table.get(keys.api_key(sha256_hex))) is not None
    ]
    return sorted(found, key=lambda key: key.created_at)


def revoke_key(table: Table, clock: Clock, project_id: int, key_id: str) -> None:
    """Withdraw a key; gateways that remember it let it in for some minutes more. Raises NotFound."""
    found = [one for one in _hashes(table, project_id) if one[:ID_DIGITS] == key_id]
    if not found:
        raise NotFound(f"Project {project_id} has no key {key_id}.")
    for sha256_hex in found:
        table.write(Update(keys.api_key(sha256_hex), set={"revoked_at": iso(clock())}))


def _hashes(table: Table, project_id: int) -> list[str]:
    return [str(item["sk"]) for item in every_item(table, keys.entities(project_id, keys.API_KEY))]
