"""A test: an aim, the caller's steps, what is asserted, and the calls that a good agent makes. Data, not text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

MomentKind = Literal["opening", "asked", "offered", "told", "refused"]
AssertionKind = Literal["says", "asks", "refuses", "does_not"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is taken. `what` follows `when asked`, `when offered` … (`for the phone number`, `to confirm the
    date`); of the opening it is empty. A `standing` step is an answer that is given if it is asked for."""

    kind: MomentKind
    what: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the caller (`Give {{test_profile.phone}}`) and its moment; `last` ends the call."""

    action: str
    moment: Moment
    last: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What an assertion rests on: lines of the prompt, or a value of a call's answer (a JSON pointer)."""

    lines: tuple[int, int] | None = None
    statement: str = ""
    call: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement of the expected outcome; `caused_by_step` counts from 1."""

    id: str
    kind: AssertionKind
    text: str
    rests_on: tuple[Ground, ...]
    caused_by_step: int


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """`after` are the ids of calls that have to come before it."""

    id: str
    tool_id: int
    tool: str
    input: dict[str, Any]
    output: Any
    optional: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForbiddenCall:
    """A call that must not be made: with any input (None), and only until another call (empty: never)."""

    tool: str
    input: dict[str, Any] | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """The plan of one slot. `key` says what is tested, in a form that jobs and versions of an agent can compare;
    `variation_of` is the key of the test that this one varies, empty for a test of its own.

    `language` is the one that is spoken, `told_in` the one that the outcome is judged in. `profile` is what the
    caller knows, `variables` what the agent is given. `covers` are ids of statements, tool outcomes and facts.
    """

    __test__ = False

    key: str
    aim: str
    language: str
    told_in: str
    steps: tuple[Step, ...]
    assertions: tuple[Assertion, ...]
    calls: tuple[ExpectedCall, ...] = ()
    forbidden: tuple[ForbiddenCall, ...] = ()
    profile: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    profile_name: str = ""
    tags: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    variation_of: str = ""
