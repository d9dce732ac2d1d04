"""Sentences as they are printed."""

from __future__ import annotations

from evalgen.writing.phrases import phrases_of


def test_who_is_to_ask_something_asks_once() -> None:
    assert phrases_of("en").tidy("thank the agent, then ask to ask about the plan ..") == (
        "Thank the agent, then ask about the plan."
    )
