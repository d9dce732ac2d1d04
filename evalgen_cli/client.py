"""A client of the API, as the command needs it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

V1 = "/test_framework/v1"
V2 = "/test_framework/v2"
POLL_S = 0.1
STALLED_S = 180.0
SHOWN = 2000


class ApiError(Exception):
    """The API refused or did not get on; the text says what and where."""


class Client:
    """`base`: the API's address with its stage, such as `https://….amazonaws.com/v1`."""

    def __init__(self, base: str, key: str) -> None:
        self.base = base.rstrip("/")
        self._key = key

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer's JSON. Raises ApiError for any status but a good one."""
        where = f"{method} {self.base}{path}"
        try:
            request = urllib.request.Request(  # noqa: S310 - http or https: whoever asks names it
                self.base + path,
                method=method,
                data=None if body is None else json.dumps(body).encode(),
                headers={"X-CEKURA-API-KEY": self._key, "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - likewise
                result: dict[str, Any] = json.load(answer)
                return result
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(SHOWN).decode(errors="replace")
            raise ApiError(f"{where}: {error.code} {said}") from None
        except (OSError, ValueError) as error:
            raise ApiError(f"{where}: {getattr(error, 'reason', error)}") from None

    def create_agent(self, agent: dict[str, Any]) -> int:
        return int(self.call("POST", f"{V2}/aiagents/", agent)["id"])

    def generate(
        self, request: dict[str, Any], on_progress: Callable[[dict[str, Any]], None]
    ) -> dict[str, Any]:
        """Start a job and follow it to its end; the last progress answer. Raises ApiError."""
        job = self.call("POST", f"{V1}/scenarios/generate-bg/", request)["progress_id"]
        moved_at, before = time.monotonic(), -1
        while True:
            progress = self.call("GET", f"{V1}/scenarios/generate-progress/?progress_id={job}")
            on_progress(progress)
            ended = progress["completed_scenarios"] + progress["failed_scenarios"]
            if ended >= progress["total_scenarios"]:
                return progress
            if ended != before:
                moved_at, before = time.monotonic(), ended
            if time.monotonic() - moved_at > STALLED_S:
                total = progress["total_scenarios"]
                raise ApiError(f"the job stands still at {ended} of {total} scenarios for {STALLED_S:g} s")
            time.sleep(POLL_S)

    def coverage(self, job: str) -> dict[str, Any]:
        return self.call("GET", f"{V1}/scenarios/generate-coverage/?progress_id={job}")
