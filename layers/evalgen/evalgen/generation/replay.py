"""A real call becomes a scenario that replays it: its turns, the tools it called, the values it told.

Nothing is made up: the caller says what was said, tools answer what they answered, and the agent should state
what it stated then of its tools' answers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from evalgen.generation.draft import Draft, MockEntry
from evalgen.generation.languages import load, written
from evalgen.generation.plan.test import LONGEST_NAME, Assertion, ExpectedCall, Ground
from evalgen.generation.plan.told import pointer
from evalgen.generation.values import key_of, leaves

Speaker = Literal["agent", "caller"]

DEFAULT = "en"
"""The language of steps where the caller's is not written."""

MOST_STATED = 6
SHORTEST_VALUE = 2
"""Characters of a value that is looked for in what was said."""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that was called; `output` is None where the transcript does not have it."""

    tool: str
    input: dict[str, Any]
    output: Any = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said, or a call."""

    speaker: Speaker | None
    text: str = ""
    call: Call | None = None


@dataclass(slots=True)
class _Told:
    """The steps so far, what the caller knows, and what the agent has stated."""

    words: Mapping[str, str]
    steps: list[str] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    calls: list[ExpectedCall] = field(default_factory=list)
    stated: dict[str, Assertion] = field(default_factory=dict)


def replayed(turns: Sequence[Turn], language: str, tool_ids: Mapping[str, int]) -> Draft:
    """The call as a scenario in the language; `tool_ids` are those of the agent's tools by name."""
    words: dict[str, str] = load(language if language in written("replay") else DEFAULT, "replay")
    told = _Told(words)
    told.profile = dict(_known(turns))
    heard = ""
    for speaker, text in _merged(turns):
        if speaker == "caller":
            form = "answer" if heard else "opening"
            said = _quoted(_with_placeholders(text, told.profile))
            told.steps.append(words[form].format(said=said, heard=_quoted(heard)))
            heard = ""
        elif speaker == "agent":
            heard = _last_sentence(text)
            _state(told, text)
        else:
            _add_call(told, turns[int(text)].call, tool_ids)
    told.steps.append(words["end_after"].format(heard=_quoted(heard)) if heard else words["end"])
    return _draft(told, turns, language)


def _draft(told: _Told, turns: Sequence[Turn], language: str) -> Draft:
    first = next(turn.text for turn in turns if turn.speaker == "caller")
    stated = tuple(told.stated.values())
    entries = (
        MockEntry(call.tool_id, call.tool, call.input, call.output) for call in told.calls if call.tool_id
    )
    canonical = json.dumps([_plain(turn) for turn in turns], sort_keys=True, ensure_ascii=False)
    return Draft(
        name=told.words["name"].format(said=_last_sentence(first))[:LONGEST_NAME],
        instructions="\n".join(f"{number}. {step}" for number, step in enumerate(told.steps, 1)),
        expected_outcome="\n".join(one.text for one in stated),
        first_message="",
        language=language,
        tags=("replay",),
        profile_name=told.words["caller"],
        main_agent_variables={},
        testing_agent_variables=told.profile,
        tool_ids=("TOOL_END_CALL",),
        mock_entries=tuple(entries),
        assertions=stated,
        expected_calls=tuple(told.calls),
        key=f"replay:{hashlib.sha256(canonical.encode()).hexdigest()[:8]}",
    )


def _plain(turn: Turn) -> list[Any]:
    call = turn.call
    return [turn.speaker, turn.text, call and [call.tool, call.input, call.output]]


def _merged(turns: Sequence[Turn]) -> Iterator[tuple[Speaker | None, str]]:
    """What each side said in a row, as one; of a call its place."""
    speaker: Speaker | None = None
    texts: list[str] = []
    for at, turn in enumerate(turns):
        if turn.call is None and turn.speaker == speaker:
            texts.append(turn.text)
            continue
        if texts:
            yield speaker, " ".join(texts)
        speaker, texts = turn.speaker, [turn.text] if turn.call is None else []
        if turn.call is not None:
            yield None, str(at)
    if texts:
        yield speaker, " ".join(texts)


def _known(turns: Sequence[Turn]) -> Iterator[tuple[str, Any]]:
    """What the caller said that a tool was then asked with, by the input's name."""
    said = ""
    names: set[str] = set()
    for turn in turns:
        if turn.speaker == "caller":
            said += f" {turn.text}"
        if turn.call is None:
            continue
        for path, value in leaves(turn.call.input):
            name = re.sub(r"\W+", "_", key_of(path)).strip("_")
            if name and name not in names and _findable(value) and _place(str(value), said):
                names.add(name)
                yield name, value


def _with_placeholders(text: str, profile: Mapping[str, Any]) -> str:
    for name, value in sorted(profile.items(), key=lambda entry: -len(str(entry[1]))):
        found = _place(str(value), text)
        if found:
            text = text[: found.start()] + "{{test_profile." + name + "}}" + text[found.end() :]
    return text


def _add_call(told: _Told, call: Call | None, tool_ids: Mapping[str, int]) -> None:
    if call is not None:
        number = len(told.calls) + 1
        after = (told.calls[-1].id,) if told.calls else ()
        tool_id = tool_ids.get(call.tool, 0)
        told.calls.append(
            ExpectedCall(f"c{number}", tool_id, call.tool, call.input, call.output, after=after)
        )


def _state(told: _Told, text: str) -> None:
    """What the agent says of the answers it has had, each value once."""
    for call in told.calls:
        for path, value in leaves(call.output):
            shown = str(value)
            if len(told.stated) >= MOST_STATED or shown in told.stated or not _findable(value):
                continue
            if _place(shown, text):
                told.stated[shown] = Assertion(
                    f"a{len(told.stated) + 1}",
                    "says",
                    told.words["states"].format(value=shown),
                    (Ground(call=call.id, path=pointer(path)),),
                    max(1, len(told.steps)),
                )


def _findable(value: Any) -> bool:
    return (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and len(str(value)) >= SHORTEST_VALUE
    )


def _place(value: str, text: str) -> re.Match[str] | None:
    """Where a value stands in a text as words of its own, capitals aside."""
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.?!])\s+", " ".join(text.split()))[-1]


def _quoted(text: str) -> str:
    """A text that stands between quotation marks, on one line."""
    return " ".join(text.replace('"', "'").split())
