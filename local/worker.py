"""Functions in a process of their own: `python -m local.worker FUNCTIONS NICE`, FUNCTIONS as JSON.

Names with events come as JSON lines on standard input, answers leave as JSON lines on standard output, after
a first line that says that the code is loaded. The process ends with its standard input, so with its parent,
even in the middle of an event: what it was doing is delivered again.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO

from local.functions import Handler, invoke, load_handler
from local.system import Function

READY = {"ready": True}


def main(description: str, nice: str) -> None:
    os.nice(int(nice))
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what functions print is their log
    loaded: dict[str, tuple[Function, Handler]] = {}
    for fields in json.loads(description):
        function = Function(**{**fields, "folder": Path(fields["folder"])})
        loaded[function.name] = function, load_handler(function)
    events: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, events), daemon=True).start()
    _answer(answers, json.dumps(READY))
    while True:
        name, event = json.loads(events.get())
        try:
            answer = json.dumps({"result": invoke(*loaded[name], event)})
        except Exception as error:  # noqa: BLE001 - Lambda's runtime reports whatever a handler raises
            if str(error) != "Unauthorized":  # an authorizer's way to say no
                traceback.print_exc()
            answer = json.dumps({"error": [type(error).__name__, str(error)]})
        _answer(answers, answer)


def _read(lines: BinaryIO, events: queue.SimpleQueue[bytes]) -> None:
    for line in lines:
        events.put(line)
    os._exit(0)


def _answer(answers: BinaryIO, line: str) -> None:
    data = memoryview(line.encode() + b"\n")
    while data:
        data = data[answers.write(data) :]


if __name__ == "__main__":
    main(*sys.argv[1:])
