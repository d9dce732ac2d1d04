"""The fuzzer tells what it found: too slow, too large, raised, and which input it was."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

import fuzz.__main__ as command
from fuzz.kinds import KINDS, REFUSALS
from fuzz.texts import size_up_to, text
from local.system import Function

CHILD = """
import json, signal, sys
kind, seed, first, last = sys.argv[1], *map(int, sys.argv[2:])
for number in range(first, last):
    print(json.dumps({"number": number}), flush=True)
    if number == 1 and kind == "hangs":
        signal.pause()
    if number == 1 and kind == "dies":
        sys.exit(9)
    megabytes = 900 if kind == "eats" and number == 2 else 10
    seconds = 0.9 if kind == "dawdles" and number == 4 else 0.1
    raised = "ValueError: no" if kind == "raises" and number == 3 else ""
    print(json.dumps({"size": 5, "refused": number == 0, "raised": raised, "seconds": seconds,
                      "megabytes": megabytes}), flush=True)
"""


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("ends", []),
        ("hangs", ["#1: not done within 2 s"]),
        ("dawdles", ["#4: 0.9 s of 0.5"]),
        ("dies", ["#1: the process ended with 9"]),
        ("eats", ["#2: 900 MB of 64"]),
        ("raises", ["#3: ValueError: no"]),
    ],
)
def test_each_way_to_fail_is_found_with_its_number(
    kind: str, found: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fuzz").mkdir()
    (tmp_path / "fuzz" / "child.py").write_text(CHILD)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    function = Function("Fn", tmp_path, "app.x", 1, 128, {})
    result = command.Result()
    command.batch(kind, function, [0, 0, 5], result, until=float("inf"))
    assert result.finds == found
    assert result.refused == 1


def test_one_input_is_tried_by_its_number_and_shown_in_a_table() -> None:
    done = CliRunner().invoke(command.app, ["--kind", "schemas", "--only", "3", "--seconds", "0"])
    assert done.exit_code == 0, done.output
    assert "schemas" in done.output


def test_an_input_is_the_same_whenever_it_is_made_and_never_larger_than_asked_for() -> None:
    for number in range(30):
        size = size_up_to(Random(number), 5_000)
        assert 1 <= size <= 5_000
        assert text(Random(number), size) == text(Random(number), size)
        assert len(text(Random(number), size)) <= size


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_answers_or_refuses(kind: str) -> None:
    for number in range(3):
        try:
            assert KINDS[kind].attempt(Random(f"{kind}-{number}")) >= 0
        except REFUSALS:
            continue
