"""Loads a function's code as Lambda does, and calls its handler."""

from __future__ import annotations

import importlib.util
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from local.intrinsics import TemplateError, arn
from local.system import Function

Handler = Callable[[dict[str, Any], "Context"], Any]


@dataclass(slots=True)
class Context:
    """Lambda's context object, for one invocation."""

    function_name: str
    memory_limit_in_mb: int
    timeout_s: int
    function_version: str = "$LATEST"
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    started_at: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        return arn(self.function_name)

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return "local"

    def get_remaining_time_in_millis(self) -> int:
        spent_s = time.monotonic() - self.started_at
        return max(0, int((self.timeout_s - spent_s) * 1000))


def load_handler(function: Function) -> Handler:
    """Import the function's module under a name of its own: every function calls its module `app`."""
    module_name, _, attribute = function.handler.rpartition(".")
    source = function.folder / f"{module_name}.py"
    spec = importlib.util.spec_from_file_location(f"functions.{function.name}.{module_name}", source)
    if spec is None or spec.loader is None:
        raise ImportError(f"{source} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    handler: Handler = getattr(module, attribute)
    return handler


def invoke(function: Function, handler: Handler, event: dict[str, Any]) -> Any:
    """Call the handler with a fresh context. Raises whatever it raises."""
    context = Context(function.name, function.memory_mb, function.timeout_s)
    return handler(event, context)


def shared_environment(functions: Iterable[Function]) -> dict[str, str]:
    """The variables of functions that run in one process. Raises TemplateError if two give one two values."""
    shared: dict[str, str] = {}
    for function in functions:
        for name, value in function.environment.items():
            if shared.setdefault(name, value) != value:
                raise TemplateError(f"{function.name}: {name} differs between functions of one process")
    return shared
