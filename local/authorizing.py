"""What a REST API does with a request authorizer: identity sources, cache, policy."""

from __future__ import annotations

import fnmatch
import threading
import time
from collections.abc import Callable
from typing import Any

from local.messages import Request
from local.proxy_events import authorizer_event, method_arn
from local.routing import Match
from local.system import Api, Authorizer

Call = Callable[[str, dict[str, Any]], Any]
"""Invokes a function by its name with an event."""


class Refused(Exception):
    """The request goes no further; `response` names the gateway response, `status` the case's own status."""

    def __init__(self, response: str, status: int, message: str) -> None:
        super().__init__(message)
        self.response = response
        self.status = status


class Authorizing:
    """Remembers policies, allowing or not, by identity for the authorizer's time; a raised refusal never."""

    def __init__(
        self, api: Api, authorizer: Authorizer, call: Call, clock: Callable[[], float] = time.monotonic
    ):
        self._api = api
        self._authorizer = authorizer
        self._call = call
        self._clock = clock
        self._lock = threading.Lock()
        self._cache: dict[tuple[str, ...], tuple[float, dict[str, Any]]] = {}

    def context(self, request: Request, match: Match) -> dict[str, str]:
        """The authorizer's context for the function. Raises Refused."""
        identity = tuple(request.header(name) or "" for name in self._authorizer.headers)
        if not all(identity):
            raise Refused("UNAUTHORIZED", 401, "Unauthorized")
        answer = self._answer(identity, request, match)
        if not _allows(answer["policyDocument"], method_arn(self._api, request)):
            raise Refused("ACCESS_DENIED", 403, "User is not authorized to access this resource")
        context = {name: _as_text(value) for name, value in (answer.get("context") or {}).items()}
        return {"principalId": str(answer["principalId"]), **context}

    def _answer(self, identity: tuple[str, ...], request: Request, match: Match) -> dict[str, Any]:
        now = self._clock()
        with self._lock:
            expires_at, remembered = self._cache.get(identity, (now, {}))
        if expires_at > now:
            return remembered
        answer = self._ask(request, match)
        with self._lock:
            self._cache = {key: entry for key, entry in self._cache.items() if entry[0] > now}
            self._cache[identity] = (now + self._authorizer.ttl_s, answer)
        return answer

    def _ask(self, request: Request, match: Match) -> dict[str, Any]:
        try:
            answer = self._call(self._authorizer.function, authorizer_event(self._api, request, match))
        except Exception as error:
            if getattr(error, "message", str(error)) == "Unauthorized":
                raise Refused("UNAUTHORIZED", 401, "Unauthorized") from None
            raise Refused("AUTHORIZER_FAILURE", 500, "Internal server error") from error
        if not isinstance(answer, dict) or not {"principalId", "policyDocument"} <= set(answer):
            raise Refused("AUTHORIZER_CONFIGURATION_ERROR", 500, "Internal server error")
        return answer


def _allows(policy: dict[str, Any], arn: str) -> bool:
    effects = {
        statement["Effect"]
        for statement in _as_list(policy["Statement"])
        if any(fnmatch.fnmatchcase(arn, pattern) for pattern in _as_list(statement["Resource"]))
    }
    return effects == {"Allow"}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
