"""A job's world for faults: what may go wrong, in which steps, and what has to be true afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from evalgen.catalog.forgetting import forget
from evalgen.catalog.profiles import Profiles
from evalgen.contract.queries import ProfileQuery
from evalgen.dead_letters import bury
from evalgen.errors import Retryable
from evalgen.generation.definition import AgentDefinition
from evalgen.jobs.agent_alive import alive, withdraw
from evalgen.jobs.create import create_job
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.id_sets import count
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import EVERY, labelled, of_agent
from evalgen.storage.ports import Contention, Put, Stores
from evalgen.storage.typed_json import to_json
from evalgen.work import work
from tests.integration.jobs.kit import (
    AGENT_BODY,
    AGENT_ID,
    DAYS,
    NOW,
    PROJECT,
    Dying,
    FakeGenerator,
    Inbox,
    Killed,
    a_request,
    die,
    job_of,
    partition,
    start_job,
)

TOTAL = 13
RECEIVES = 5


@dataclass
class World:
    """Stores whose queue is a list; `deliver` does what SQS, Lambda and the sweeper do, without faults."""

    stores: Stores
    inbox: Inbox = field(default_factory=Inbox)
    generator: FakeGenerator = field(default_factory=FakeGenerator)

    def __post_init__(self) -> None:
        self.stores = replace(self.stores, queue=self.inbox)

    def start(self) -> str:
        return start_job(self.stores, a_request(TOTAL), idempotency_key="k")

    def deliver(self, dice: random.Random | None = None, faulty: Callable[[], Stores] | None = None) -> None:
        """Until nothing is left. With `dice` in any order, twice or thrice, on stores that `faulty` makes."""
        receives: Counter[str] = Counter()
        now = NOW + DAYS
        while True:
            while self.inbox.messages:
                at = dice.randrange(len(self.inbox.messages)) if dice else 0
                message = self.inbox.messages.pop(at)
                if dice and dice.random() < 0.2:
                    self.inbox.messages.append(message)
                stores = faulty() if faulty else self.stores
                try:
                    work(stores, lambda: NOW, self.generator, message)
                except (Exception, Killed):  # noqa: BLE001 - whatever it is, the message comes again
                    receives[repr(message)] += 1
                    dead = receives[repr(message)] >= RECEIVES
                    if dead:
                        bury(self.stores, lambda: NOW, message)
                    else:
                        self.inbox.messages.append(message)
            now += DAYS
            if not sweep(self.stores, lambda now=now: now):  # type: ignore[misc] # this round's
                return

    def check(self, job_id: str, *, gone: bool = False) -> None:
        """Raises AssertionError unless each slot has ended once, with all that belongs to it, and counts."""
        job = job_of(self.stores, job_id)
        assert job.completed + job.failed == TOTAL, (job.completed, job.failed)
        slots = [
            item for item in partition(self.stores, keys.slot(PROJECT, job_id, 0).pk) if "reason" in item
        ]
        assert len(slots) == TOTAL
        assert sum(1 for slot in slots if slot["reason"]) == job.failed
        scenarios = partition(self.stores, keys.entities(PROJECT, SCENARIO))
        assert len(scenarios) == (0 if gone else job.completed)
        assert len(partition(self.stores, keys.entities(PROJECT, PROFILE))) == len(scenarios)
        told = Profiles(self.stores.table, lambda: NOW).list(PROJECT, ProfileQuery())
        assert [profile["scenarios"] for profile in told] == [[int(one["id"])] for one in scenarios]
        assert partition(self.stores, keys.uses(PROJECT)) == []
        for kind, label in ((SCENARIO, EVERY), (SCENARIO, of_agent(AGENT_ID)), (PROFILE, of_agent(AGENT_ID))):
            assert count(labelled(self.stores.table, PROJECT, kind, label)) == len(scenarios), (kind, label)
        assert partition(self.stores, keys.WATCHED) == []


def fail(error: Exception) -> Callable[[], None]:
    def kill() -> None:
        raise error

    return kill


def delete_agent(world: World) -> None:
    withdraw(world.stores.table, PROJECT, AGENT_ID)
    forget(world.stores, lambda: NOW, ForgetMessage(PROJECT, AGENT_ID, delete=True))


KINDS: dict[str, tuple[bool, Callable[[World, Callable[[Stores], None]], Callable[[], None]]]] = {
    "killed before a call": (False, lambda world, step: die),
    "killed after a call": (True, lambda world, step: die),
    "call refused": (False, lambda world, step: fail(Retryable("no"))),
    "answer lost": (True, lambda world, step: fail(Retryable("no answer"))),
    "conflict or throttling": (False, lambda world, step: fail(Contention("busy"))),
    "disk full": (False, lambda world, step: fail(OSError("no space left on device"))),
    "another worker in between": (False, lambda world, step: lambda: step(world.stores)),
    "agent deleted in between": (False, lambda world, step: lambda: delete_agent(world)),
}


def steps(world: World) -> dict[str, Callable[[], Callable[[Stores], None]]]:
    """What each function does, once everything before it is done."""

    def taken(number: int) -> dict[str, object]:
        world.start()
        for _ in range(number):
            work(world.stores, lambda: NOW, world.generator, world.inbox.messages.pop(0))
        return world.inbox.messages.pop(0)

    def working(number: int) -> Callable[[Stores], None]:
        message = taken(number)
        world.inbox.messages.append(message)
        return lambda stores: work(stores, lambda: NOW, world.generator, message)

    def burying(number: int) -> Callable[[Stores], None]:
        message = taken(number)
        return lambda stores: bury(stores, lambda: NOW, message)

    def creating() -> Callable[[Stores], None]:
        world.stores.table.write(Put(alive(PROJECT, AGENT_ID)))
        world.stores.blobs.put(AGENT_BODY, to_json(AgentDefinition("Desk", "en", "Answer.")))
        return lambda stores: void(create_job(stores, lambda: NOW, PROJECT, a_request(TOTAL), "k", "b"))

    def sweeping() -> Callable[[Stores], None]:
        taken(0)
        return lambda stores: void(sweep(stores, lambda: NOW + 500))

    return {
        "api": creating,
        "worker, plan": lambda: working(0),
        "worker, chunk": lambda: working(1),
        "dead letters, plan": lambda: burying(0),
        "dead letters, chunk": lambda: burying(1),
        "sweeper": sweeping,
    }


def void(_: object) -> None: ...


def one(world: World, function: str, kind: str, at: int) -> bool:
    """One fault at the `at`-th call; False if there are fewer. Raises AssertionError if it mattered."""
    after, killing = KINDS[kind]
    step = steps(world)[function]()
    dying = Dying(world.stores, at=at, after=after)
    dying.kill = killing(world, step)
    with suppress(Exception, Killed):
        step(dying.stores)
    if dying.calls < at:
        return False
    deleted = kind.startswith("agent")
    if deleted and function == "api":  # there may be no job, and there are no scenarios
        world.deliver()
        assert partition(world.stores, keys.entities(PROJECT, SCENARIO)) == []
        return True
    job_id = world.start()
    if "dead" in function:
        step(world.stores)
    world.deliver()
    world.check(job_id, gone=deleted)
    return True
