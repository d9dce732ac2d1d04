"""The one client of all jobs, where several threads ask first at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from evalgen.jobs.asking import generators
from evalgen.jobs.asking.generators import ModelGenerators
from evalgen.models.port import Answer, Model, Question, Usage
from evalgen.models.settings import ModelSettings
from tests.integration.jobs.kit import NOW, FakeGenerator, Functions

QUESTION = Question("plan", "material", "task", "plan", {}, 10)
AT_ONCE = 10


class Together:
    """Answers once all are asking."""

    name = "together"

    def __init__(self) -> None:
        self._all = threading.Barrier(AT_ONCE, timeout=10)

    def ask(self, question: Question) -> Answer:
        self._all.wait()
        return Answer("yes", "end", Usage(1))


def test_ten_threads_that_ask_first_share_one_client_and_wait_for_each_other_only_until_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Model] = []
    client, second = Together(), threading.Barrier(2)

    def opened(_: ModelSettings) -> Model:
        """Takes as long as another thread needs to come in, should any be let in."""
        made.append(client)
        with suppress(threading.BrokenBarrierError):
            second.wait(0.2)
        return client

    monkeypatch.setattr(generators, "open_model", opened)
    stores = Functions(tmp_path, FakeGenerator()).stores
    asked = ModelGenerators(stores, lambda: NOW, ModelSettings("openai", "scripted"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(asked.ask, [QUESTION] * AT_ONCE))
    assert [one.text for one in answers] == ["yes"] * AT_ONCE
    assert len(made) == 1
