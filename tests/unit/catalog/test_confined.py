"""What reads bytes from outside has little time, little memory, no files and no secrets."""

from __future__ import annotations

import pytest

from evalgen.extraction.confined import REFUSED, Bounds, Confined, Exceeded

GREEDY = "tests.unit.catalog.greedy"


@pytest.mark.parametrize(
    ("wish", "bounds", "says"),
    [("memory", Bounds(20, 300), "300 MB"), ("time", Bounds(1, 300), "1 s")],
)
def test_more_than_there_is_ends_the_process_and_says_what_was_exceeded(
    wish: str, bounds: Bounds, says: str
) -> None:
    with pytest.raises(Exceeded, match=says):
        Confined(bounds).run(GREEDY, wish.encode())


def test_nothing_is_left_of_seconds_that_an_earlier_run_has_taken() -> None:
    confined = Confined(Bounds(1, 300))
    with pytest.raises(Exceeded):
        confined.run(GREEDY, b"time")
    with pytest.raises(Exceeded):
        confined.run(GREEDY, b"nothing")


def test_enough_is_enough() -> None:
    assert Confined(Bounds(20, 1000)).run(GREEDY, b"memory") == (1, b"")


def test_no_file_is_written() -> None:
    assert Confined(Bounds(20, 300)).run(GREEDY, b"files")[0] == REFUSED


def test_credentials_are_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("EVALGEN_BLOBS_SECRET", "secret")
    code, output = Confined(Bounds(20, 300)).run(GREEDY, b"environment")
    assert code == 0
    assert b"PYTHONPATH" in output
    assert b"AWS" not in output
    assert b"EVALGEN" not in output
