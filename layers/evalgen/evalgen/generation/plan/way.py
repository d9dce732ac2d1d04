"""A caller's way through a chain of calls, and what its deed is called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.plan.things import Listed
from evalgen.generation.plan.told_apart import Telling
from evalgen.generation.read.answers import unfinished_state
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.identity import Compared
from evalgen.generation.values import kind_of


@dataclass(frozen=True)
class Choice:
    """What the caller chose of a list, in which step, and how it is told from the others."""

    thing: Listed
    told: Telling
    step: int
    words: str


@dataclass
class Walk:
    """A script up to the point where all is known that the last call takes.

    `slots` fill the frames about the deed in the spoken language, `judged_slots` in the one of outcomes.
    `given` are the numbers of the steps that give an input, by call and place. `when` refers to the day and
    time of the deed, `mentioned` to what the request says beside the wish, `new_one` to what a thing is
    changed into.
    """

    chain: Chain
    served: Served
    script: Script
    slots: dict[str, str]
    judged_slots: dict[str, str]
    identifying: int = 0
    given: dict[tuple[int, str], int] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    when: dict[str, str] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    new_one: str = ""
    said: set[tuple[str, str]] = field(default_factory=set)
    compared: tuple[Compared, ...] = ()

    def copy(self) -> Walk:
        return replace(
            self,
            script=self.script.copy(),
            given=dict(self.given),
            choices=list(self.choices),
            when=dict(self.when),
            mentioned=list(self.mentioned),
            said=set(self.said),
        )

    @property
    def choice(self) -> Choice | None:
        return self.choices[-1] if self.choices else None

    @property
    def last_step(self) -> int:
        return len(self.script.steps)

    @property
    def calls(self) -> tuple[ExpectedCall, ...]:
        return expected_calls(self.chain)

    @property
    def last_call(self) -> str:
        return next(c.id for c, p in zip(self.calls, self.chain.calls, strict=True) if p is self.chain.last)


def entry(chain: Chain) -> str:
    """The record that a chain is about."""
    return repr([(p.tool.tool.name, p.call.input) for p in chain.calls if not p.optional])


def records_of(chain: Chain) -> list[int]:
    """The calls whose answers are about the caller: the one that identifies, else the first that opens a
    record by its number, else the first.
    """
    asked = [n for n, p in enumerate(chain.calls) if p.tool.role == "identify"]
    read = [n for n, p in enumerate(chain.calls) if p.tool.role == "read"]
    return asked[:1] or [n for n in read if _by_its_number(chain.calls[n])][:1] or read[:1]


def _by_its_number(played: Played) -> bool:
    return any(one.by == "caller" and kind_of(one.key, one.value) == "id" for one in played.inputs)


def expected_calls(chain: Chain) -> tuple[ExpectedCall, ...]:
    """The calls with their order: each after those that it takes a value from."""
    found = []
    for number, played in enumerate(chain.calls):
        after = {f"c{one.call + 1}" for one in played.inputs if one.by == "answer"}
        if number and played.tool.role == "write" and not after:
            after = {f"c{n + 1}" for n, p in enumerate(chain.calls[:number]) if p.tool.role == "identify"}
        found.append(
            ExpectedCall(
                f"c{number + 1}",
                played.tool.tool.id,
                played.tool.tool.name,
                played.call.input,
                played.call.output,
                played.optional,
                tuple(sorted(after)),
            )
        )
    return tuple(found)


def the_thing(way: Walk, speech: Speech, slots: dict[str, str]) -> str:
    """The deed's noun with the day and time that the caller chose or gave."""
    frame = "_".join(part for part in ("date", "time", "end") if part in way.when)
    if not frame:
        return slots["the_noun"]
    return str(speech.frames["the_one"][frame]).format(
        item=slots["noun"], the_item=slots["the_noun"], **way.when
    )


def moved(way: Walk) -> bool:
    """Whether something that the caller has already gets another day and time."""
    noun = way.slots["noun"].split()[-1]
    old = any(not c.thing.offered and c.thing.item.split()[-1] == noun for c in way.choices)
    return (old and way.choices[-1].thing.offered) or (changes(way) and bool(way.when))


def changes(way: Walk) -> bool:
    """Whether a day that is given for the deed is a new one."""
    name = way.served.tool.name
    return name is not None and name.changes


def wants_a_day(way: Walk) -> bool:
    """Whether the deed is one for which callers ask for a day; of other deeds they tell it."""
    verb = way.slots["verb"]
    return (
        way.served.tool.role != "write" or verb in way.script.spoken.grammar.words.tables["wishes"]["dated"]
    )


def as_left(way: Walk, *, either: bool = False) -> Walk:
    """The way with what becomes of the deed's thing where its answer says that it is not over yet; `either`:
    that or done.
    """
    state = unfinished_state(way.chain.last.call)
    if not state:
        return way
    slots, judged = (
        slots | {"is_done": _left(state, slots, speech, either=either)}
        for slots, speech in ((way.slots, way.script.spoken), (way.judged_slots, way.script.judged))
    )
    return replace(way, slots=slots, judged_slots=judged)


def _left(state: str, slots: dict[str, str], speech: Speech, *, either: bool) -> str:
    left = speech.grammar.is_left(state, slots["noun"])
    whole = not either or left.split()[-1:] == [slots["participle"]]
    return left if whole else speech.grammar.either([left, slots["participle"]])


def done_slots(way: Walk, slots: dict[str, str], speech: Speech) -> dict[str, str]:
    """The slots with what is done to what: `the appointment`, `is moved to {{…date}} at {{…time}}`; `to` is
    what stands behind the verb.
    """
    frames, to = speech.frames["the_one"], ""
    if changes(way) and way.new_one:
        to = str(frames["changed_to"]).format(value=way.new_one)
    elif not moved(way):
        return slots | {"the_thing": the_thing(way, speech, slots), "to": ""}
    elif {"date", "time"} <= set(way.when):
        to = str(frames["moved_to_end" if "end" in way.when else "moved_to"]).format(**way.when)
    elif set(way.when) == {"date"}:
        to = str(frames["changed_to"]).format(value=way.when["date"])
    into = {key: slots[key] + to for key in ("is_done", "is_not_done", "participle")}
    return slots | into | {"the_thing": slots["the_noun"], "to": to}
