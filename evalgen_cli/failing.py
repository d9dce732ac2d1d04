"""How a command ends: every error is a line or a few on standard error, and an exit code."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, ParamSpec, TypeVar

import typer

from evalgen.errors import EvalgenError
from evalgen_cli.client import ApiError

NOT_AS_DEMANDED = 1
WRONG_INPUT = 2
NOT_SERVED = 3
DEFECT = 70
INTERRUPTED = 130
TRACE = "EVALGEN_TRACE"
FOR_MODELS = {
    "openai": "install evalgen[models], which has it",
    "boto3": "install it beside evalgen, for models of Bedrock",
}
"""What the wheel does not bring, as it is large and few need it."""

P = ParamSpec("P")
T = TypeVar("T")


class Failed(Exception):
    """Ends the command with a text and an exit code."""

    def __init__(self, text: str, code: int = WRONG_INPUT) -> None:
        super().__init__(text)
        self.code = code


def told(command: Callable[P, T]) -> Callable[P, T]:
    """The command, whose errors are told and never traced; what it printed has arrived when it ends well."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
        except Failed as error:
            _end(str(error), error.code)
        except EvalgenError as error:
            _end(str(error), WRONG_INPUT)
        except ApiError as error:
            _end(str(error), NOT_SERVED)
        except ModuleNotFoundError as error:
            if error.name not in FOR_MODELS:
                raise
            _end(f"{error.name} is not installed: {FOR_MODELS[error.name]}", WRONG_INPUT)
        except OSError as error:
            _end(_in_words(error), WRONG_INPUT)
        except KeyboardInterrupt:
            _end("stopped before it was done", INTERRUPTED)
        except typer.Exit:
            raise
        except Exception as error:
            if os.environ.get(TRACE):
                raise
            what = f"{type(error).__name__}: {error}"
            _end(f"an error of evalgen's own: {what}; {TRACE}=1 shows where, for a report", DEFECT)
        return result

    return run


def _in_words(error: OSError) -> str:
    if error.errno == errno.EPIPE:
        return "nobody reads the output any more; what was left of it is lost"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _end(text: str, code: int) -> NoReturn:
    # What is still buffered for a reader who is gone, or a full disk, would fail again when Python ends.
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    with suppress(OSError):
        typer.echo("\n".join(f"evalgen: {line}" for line in text.splitlines()), err=True)
    raise typer.Exit(code)
