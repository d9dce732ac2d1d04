"""`evalgen generate --url`: the same suite, made by a stack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evalgen_cli.suite import read_suite
from tests.e2e.kit import Stack
from tests.unit.command.kit import SAMPLE, run, told

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    stack = Stack(tmp_path_factory.mktemp("stack") / "state")
    try:
        yield stack.client.base
    finally:
        stack.close()


def test_a_stack_makes_the_suite_that_the_command_makes(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALGEN_API_KEY", "local-key")
    for name, where in (("here", []), ("there", ["--url", base])):
        assert run("generate", SAMPLE, "-n", "4", "-o", tmp_path / name, *where).exit_code == 0
    here, there = (read_suite(tmp_path / name) for name in ("here", "there"))
    assert here.scenarios == there.scenarios
    assert here.coverage["items"] == there.coverage["items"]


def test_a_stack_that_refuses_is_told_in_a_line(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALGEN_API_KEY", "wrong")
    code, error = told(run("generate", SAMPLE, "-n", "1", "--url", base))
    assert code == 3
    assert "401" in error.splitlines()[-1]


def test_a_stack_that_is_not_there_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALGEN_API_KEY", "key")
    code, error = told(run("generate", SAMPLE, "-n", "1", "--url", "http://127.0.0.1:9"))
    assert (code, error.splitlines()[-1].startswith("evalgen: POST http://127.0.0.1:9/")) == (3, True)
