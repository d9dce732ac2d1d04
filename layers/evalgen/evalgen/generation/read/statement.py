"""What a prompt says, sentence by sentence: the types that reading makes and planning uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StatementKind = Literal["case", "ban", "order", "task", "manner", "fact", "identity", "unread"]
"""case: duties under a condition. ban: what is never done. order: what is always done.
task: what people call for. manner: how to speak. fact: what is so. identity: who the agent is.
unread: not read with certainty."""

ConditionBy = Literal["caller", "answer", "call", "flow", "other"]
"""Who brings a condition about: the caller by a move, a tool's answer, the agent by calling a tool (what its
paragraph orders from there on), every call in which something gets done (`flow`: once a thing is chosen), or
nobody that a test controls."""

AnswerKind = Literal["no_match", "empty", "error", "mismatch", "taken", "again"]
"""mismatch: what the caller says does not agree with the record. taken: what
is asked for is full or gone. again: the answer that the sentences before
speak of, a second time; statements have that one in its place."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`text` stands in the prompt.

    `move` is what a caller does to bring it about, as an imperative without an end mark (`Ask about prices`,
    `Say that you have paid already`); empty unless `by` is the caller and what they do is certain. `topic` is
    what the move is about, to follow `about` (`prices`), empty where none is certain. `answer` and `about`
    say which answer of a tool fulfils it, and what the prompt calls the thing looked for or the tool (`an
    available slot`, `freeze_card`); `about` is also the tool that is called. `others` are further moves that
    bring it about just as well.
    """

    text: str
    by: ConditionBy
    move: str = ""
    topic: str = ""
    answer: AnswerKind | None = None
    about: str = ""
    others: tuple[str, ...] = ()

    @property
    def is_not_played(self) -> bool:
        """Whether no test brings it about: nobody does, or a caller with nothing that is certain to say."""
        return self.by == "other" or (self.by == "caller" and not self.move)


@dataclass(frozen=True, slots=True)
class Duty:
    """One or two actions that the prompt orders or forbids, fit to follow `The main agent should`.

    `text` is the prompt's own imperative under the closed list of substitutions (`say that the desk will call
    back`, `ask for the testing agent's name`), without an end mark; of a ban it is what must not be done
    (`give medical advice`). `verb` is the base form it begins with. `heard` says that a transcript shows it.
    `told` is the same as the caller hears it, to follow `when`: `told that the desk will call back`, `asked
    for the name`, `offered a callback`; empty where no form is certain.
    """

    text: str
    verb: str
    ban: bool = False
    heard: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the prompt with the rule that read it.

    `lines` are the first and last line, counted from 1. `section` are the headings above it, outermost first.
    `outer` are the conditions under which the whole stands (an item below `If the caller is a member:`).
    `because` is the name of the rule that accounts for all of it; `sure` is False for what no rule does.
    `tools` are the agent's tools named in it or in the item around it. `row` are the cells of a row of a
    table, each with the title of its column.
    """

    id: str
    lines: tuple[int, int]
    text: str
    section: tuple[str, ...]
    kind: StatementKind
    because: str
    sure: bool
    condition: Condition | None = None
    outer: tuple[Condition, ...] = ()
    duties: tuple[Duty, ...] = ()
    tools: tuple[str, ...] = ()
    row: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The tools that stand in its own text."""
        return tuple(name for name in self.tools if name in self.text)

    @property
    def forbids(self) -> bool:
        """Whether it is read as a ban, certain or not."""
        return self.because.partition(":")[0] in ("ban", "below a ban")


@dataclass(frozen=True, slots=True)
class Task:
    """What people call for. `wish` follows `Ask to` where `asks_to` (`book a visit`), else `Ask` (`about
    prices`).

    `statements` are the ids of those that name it, `section` the headings of its playbook where it has one.
    `tools` serve it, in order, where a model has read that; rules find them by the words.
    """

    wish: str
    asks_to: bool
    statements: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """A whole prompt as read. `language` is the one it is written in; empty: none that is read.

    `caller_nouns` are the words by which it calls the caller, the commonest first. `opens` says that the
    agent opens the call. `asks_more` is the statement by which it asks whether anything else is needed;
    `confirms` are those that want a yes before something is done.
    """

    language: str
    statements: tuple[Statement, ...]
    tasks: tuple[Task, ...]
    caller_nouns: tuple[str, ...] = ()
    opens: bool = False
    asks_more: str = ""
    confirms: tuple[str, ...] = ()
