"""The functions that answer HTTP, loaded into the server's own process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, TextIO

from local.functions import Handler, invoke, load_handler
from local.intrinsics import TemplateError
from local.system import Function


class InProcess:
    """Calls functions by name, one invocation at a time: Powertools keeps the current event in a class."""

    def __init__(self, functions: Iterable[Function], log: TextIO) -> None:
        """Load them, their loggers writing to `log`. Raises TemplateError if their environments differ."""
        self._lock = threading.Lock()
        self._loaded: dict[str, tuple[Function, Handler]] = {}
        shared: dict[str, str] = {}
        for function in functions:
            for name, value in function.environment.items():
                if shared.setdefault(name, value) != value:
                    raise TemplateError(f"{function.name}: {name} differs between functions of one process")
            os.environ.update(function.environment)
            with redirect_stdout(log), redirect_stderr(log):
                self._loaded[function.name] = function, load_handler(function)

    def __call__(self, name: str, event: dict[str, Any]) -> Any:
        function, handler = self._loaded[name]
        with self._lock:
            return invoke(function, handler, event)
