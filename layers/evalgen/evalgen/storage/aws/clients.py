"""Clients of AWS, made on first use: neither importing this nor making an adapter imports botocore."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

TRANSIENT = frozenset(
    {
        "500",  # an answer to HEAD has no body to name a code in
        "503",
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "OverLimit",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingError",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of errors, and of reasons of a cancelled transaction, that pass by themselves."""


_ONE_AT_A_TIME = Lock()
"""Clients may be used by several threads, and are made by a session that may not."""


@cache
def client(service: str) -> Any:
    """The process's low-level client of a service; region and credentials come from the environment."""
    import botocore.config  # noqa: PLC0415 - half a second that only its users should pay for

    config = botocore.config.Config(
        # Versions of botocore differ in what they try again, and for how long: `retrying.py` does.
        retries={"mode": "standard", "total_max_attempts": 1},
        connect_timeout=2,
        read_timeout=10,
        tcp_keepalive=True,
        # For addresses that others use: a version that every region takes, the region's own host, and no
        # checksum of a body that is not known when the address is made.
        signature_version="s3v4" if service == "s3" else None,
        s3={"addressing_style": "virtual"},
        request_checksum_calculation="when_required",
    )
    with _ONE_AT_A_TIME:
        return _session().create_client(service, config=config)


@cache
def _session() -> Any:
    """One for all clients: each would read the lists of regions and endpoints again."""
    import botocore.session  # noqa: PLC0415 - likewise

    return botocore.session.get_session()


def is_transient(error: Exception) -> bool:
    """Whether an error of botocore passes by itself: a 5xx, throttling, or a connection that broke."""
    from botocore.exceptions import ConnectionError, HTTPClientError  # noqa: PLC0415, A004 - loaded by then

    if isinstance(error, ConnectionError | HTTPClientError | OSError):
        return True
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return False
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 or status == 429 or response["Error"]["Code"] in TRANSIENT


def error_code(error: Exception) -> str | None:
    """AWS's code of a botocore ClientError; None for any other exception."""
    response = getattr(error, "response", None)
    return response["Error"]["Code"] if isinstance(response, dict) else None
