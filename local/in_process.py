"""The functions that answer HTTP, loaded into the server's own process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, TextIO

from local.functions import Handler, invoke, load_handler, shared_environment
from local.system import Function


class InProcess:
    """Calls functions by name, one invocation at a time: Powertools keeps the current event in a class."""

    def __init__(self, functions: Iterable[Function], log: TextIO) -> None:
        """Load them, their loggers writing to `log`. Raises TemplateError if their environments differ."""
        self._lock = threading.Lock()
        self._loaded: dict[str, tuple[Function, Handler]] = {}
        functions = tuple(functions)
        os.environ.update(shared_environment(functions))
        for function in functions:
            with redirect_stdout(log), redirect_stderr(log):
                self._loaded[function.name] = function, load_handler(function)

    def __call__(self, name: str, event: dict[str, Any]) -> Any:
        function, handler = self._loaded[name]
        with self._lock:
            return invoke(function, handler, event)
