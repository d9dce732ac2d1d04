"""A test as data: an aim, the caller's steps, what is asserted, and the calls that a good agent makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

MomentKind = Literal["opening", "asked", "offered", "told", "refused"]
AssertionKind = Literal["says", "asks", "refuses", "does_not"]

LONGEST_NAME = 80
FEWEST_STEPS, MOST_STEPS = 3, 10
"""Of a scenario: what a runner plays within a call."""
MOST_ASSERTIONS = 6
"""Of a scenario: so many lines a judge holds a call against."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is taken.

    `what` follows `when asked`, `when offered` … (`for the phone number`, `to confirm the date`), in the
    language that is spoken; of the opening it is empty. A `standing` step is an answer that is given if it is
    asked for.
    """

    kind: MomentKind
    what: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the caller (`Give {{test_profile.phone}}`) and its moment.

    `last` ends the call; its action may be left empty, and is then just that.
    """

    action: str
    moment: Moment
    last: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What an assertion rests on: lines of the prompt, a fact of a document, or a value of a call's answer.

    `lines` count from 1; `path` is a JSON pointer into the answer of the expected call with the id `call`.
    `attack` is an attack type whose own default it is: what any agent must keep.
    """

    lines: tuple[int, int] | None = None
    statement: str = ""
    document: str = ""
    call: str = ""
    path: str = ""
    attack: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One line of the expected outcome, whole (`The main agent should …`); `caused_by_step` counts from 1."""

    id: str
    kind: AssertionKind
    text: str
    rests_on: tuple[Ground, ...]
    caused_by_step: int

    def moved(self, place: int, by: int = 1) -> Assertion:
        """The line where `by` steps more stand behind step number `place`."""
        return replace(self, caused_by_step=self.caused_by_step + by * (self.caused_by_step > place))


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """A call that a good agent makes, and its mocked answer; `after` are ids of calls that come before it."""

    id: str
    tool_id: int
    tool: str
    input: dict[str, Any]
    output: Any
    optional: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForbiddenCall:
    """A call that must not be made: with any input (None) or one that holds these values, and only until
    another call (empty: never).
    """

    tool: str
    input: dict[str, Any] | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a document says, and where."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Attack:
    """What a red-teaming test is made of; `owasp` are ids of the OWASP lists for LLM and agentic
    applications."""

    type: str
    strategy: str
    aim: str
    owasp: tuple[str, ...] = ()
    persona: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """The plan of one slot.

    `aim` is its name, too: it is cut at 80 characters, and made unlike the others of its job.
    `key` says what is tested, in a form that jobs and versions of an agent can compare; `variation_of` is the
    key of the test that this one varies, empty for a test of its own. `language` is the one that is spoken,
    `told_in` the one that the outcome is judged in. `profile` is what the caller knows, `variables` what the
    agent is given. `covers` are ids of statements, tool outcomes and facts.
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
    sources: tuple[Source, ...] = ()
    attack: Attack | None = None

    @property
    def is_ruled(self) -> bool:
        """Whether a line of the outcome rests on a sentence of the prompt."""
        return any(ground.statement for one in self.assertions for ground in one.rests_on)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A slot without a test: the reason, and the paragraph of the request that was to be its aim."""

    reason: str
    aim: str = ""

    @property
    def told(self) -> str:
        return f"{self.aim}: {self.reason}" if self.aim else self.reason


@dataclass(frozen=True, slots=True)
class Setting:
    """What all tests of a job share: whether the agent opens the call, whether its greeting asks something
    else than how it can help, and what it works for (`the clinic`), said in `language`; empty where that is
    not sure; and whether it places the calls, so that whom it calls hears first what the call is about.
    """

    agent_opens: bool = False
    asks_otherwise: bool = False
    organisation: str = ""
    language: str = ""
    calls_out: bool = False

    def organisation_in(self, language: str) -> str:
        return self.organisation if language == self.language else ""


@dataclass(frozen=True, slots=True)
class Path:
    """One task played honestly with one record, from the request to the result, without the end of the call.

    `wish` follows `Ask to` where `asks_to`, else `Ask`. `steps[0]` is the request at the agent's opening and
    the next `identifying` steps say who is calling. `result` is what the caller is told when it is done, to
    follow `when told` (`that the visit is booked`), and `asserted` the outcome's lines about it.
    """

    wish: str
    asks_to: bool
    steps: tuple[Step, ...]
    identifying: int
    result: str
    asserted: tuple[Assertion, ...]
    calls: tuple[ExpectedCall, ...] = ()
    forbidden: tuple[ForbiddenCall, ...] = ()
    profile: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    profile_name: str = ""
    covers: tuple[str, ...] = ()
