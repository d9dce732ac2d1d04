from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.system import Function
from local.worker_process import FunctionFailed, WorkerDied, WorkerProcess

CODE = """
import os, signal, time
print("loaded")

def lambda_handler(event, context):
    print("working on", event)
    match event["do"]:
        case "answer":
            return {"pid": os.getpid(), "echo": event, "greeting": os.environ["GREETING"],
                    "context": [context.function_name, context.get_remaining_time_in_millis() > 0]}
        case "raise":
            raise ValueError("boom")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            signal.pause()
        case "answer nonsense":
            return object()
"""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., WorkerProcess]]:
    workers: list[WorkerProcess] = []
    with (tmp_path / "log").open("w") as log:

        def made(code: str = CODE, timeout_s: int = 20, nice: int = 0) -> WorkerProcess:
            (tmp_path / "app.py").write_text(code)
            environment = {"GREETING": "hello"}
            function = Function("Fn", tmp_path, "app.lambda_handler", timeout_s, 128, environment)
            workers.append(WorkerProcess([function], log, nice))
            return workers[-1]

        yield made
        for worker in workers:
            worker.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def do(what: str, **more: Any) -> dict[str, Any]:
    return {"do": what, **more}


def test_a_worker_answers_again_and_again_from_one_process(make: Callable[..., WorkerProcess]) -> None:
    worker = make()
    first = worker.invoke(do("answer", text="é\n" * 200_000))
    assert first["echo"]["text"] == "é\n" * 200_000
    assert (first["greeting"], first["context"]) == ("hello", ["Fn", True])
    assert worker.invoke(do("answer"))["pid"] == first["pid"] == worker.pid != os.getpid()


def test_a_worker_gives_way_as_far_as_it_is_told(make: Callable[..., WorkerProcess]) -> None:
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    for nice in (0, 3):
        worker = make(nice=nice)
        worker.start()
        assert worker.pid is not None
        assert os.getpriority(os.PRIO_PROCESS, worker.pid) == min(mine + nice, 19)


def test_what_a_function_prints_goes_to_the_log(make: Callable[..., WorkerProcess], tmp_path: Path) -> None:
    worker = make()
    worker.invoke(do("answer"))
    worker.close()
    assert (tmp_path / "log").read_text() == "loaded\nworking on {'do': 'answer'}\n"


def test_a_raising_function_leaves_the_process_alive(make: Callable[..., WorkerProcess]) -> None:
    worker = make()
    with pytest.raises(FunctionFailed, match="ValueError: boom"):
        worker.invoke(do("raise"))
    pid = worker.pid
    assert worker.invoke(do("answer"))["pid"] == pid


def test_an_answer_that_is_no_json_is_a_failure(make: Callable[..., WorkerProcess]) -> None:
    worker = make()
    with pytest.raises(FunctionFailed, match="not JSON serializable"):
        worker.invoke(do("answer nonsense"))
    assert worker.invoke(do("answer"))["greeting"] == "hello"


def test_a_worker_that_dies_is_noticed_and_replaced(make: Callable[..., WorkerProcess]) -> None:
    worker = make()
    worker.start()
    pid = worker.pid
    with pytest.raises(WorkerDied, match=r"ended \(exit code -9\)"):
        worker.invoke(do("die"))
    assert worker.invoke(do("answer"))["pid"] != pid


def test_a_worker_killed_between_two_events_is_replaced(make: Callable[..., WorkerProcess]) -> None:
    worker = make()
    first = worker.invoke(do("answer"))["pid"]
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert worker.invoke(do("answer"))["pid"] != first


def test_a_function_that_takes_too_long_is_killed(make: Callable[..., WorkerProcess]) -> None:
    worker = make(timeout_s=1)
    worker.start()
    pid = worker.pid
    assert pid is not None
    with pytest.raises(WorkerDied, match="did not answer within 1 s"):
        worker.invoke(do("hang"))
    assert gone(pid)


def test_a_function_that_cannot_be_loaded_is_a_dead_worker(make: Callable[..., WorkerProcess]) -> None:
    with pytest.raises(WorkerDied, match="exit code 1"):
        make("import nothing_of_that_name").start()


def test_a_worker_ends_with_its_standard_input_even_while_it_works(
    make: Callable[..., WorkerProcess],
) -> None:
    worker = make()
    worker.start()
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.write(b'["Fn", {"do": "hang"}]\n')
    process.stdin.close()
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.returncode == 0
