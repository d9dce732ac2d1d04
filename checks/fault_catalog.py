"""A project's world for faults: what people do with what they own, in which steps, and what has to hold."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from checks.fault_world import KINDS, void
from evalgen.catalog.agent_parts import new_documents
from evalgen.catalog.agents import Agents
from evalgen.catalog.api_keys import list_keys, make_key, revoke_key
from evalgen.catalog.bulk import Bulk
from evalgen.catalog.folders import Folders
from evalgen.catalog.forgetting import forget
from evalgen.catalog.profiles import Profiles
from evalgen.catalog.refiling import Refiling
from evalgen.catalog.scenarios import Scenarios
from evalgen.catalog.seeds import create_project, list_projects
from evalgen.catalog.uploads import Uploads
from evalgen.contract.agents import AgentCreate, AgentPatch
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate, TagsAdd
from evalgen.contract.folders import FolderCreate, FolderDelete, FolderMove
from evalgen.contract.knowledge import UploadCreate
from evalgen.contract.profiles import ProfileCreate, ProfilePatch
from evalgen.contract.queries import ProfileQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.dead_letters import bury
from evalgen.errors import ClientError
from evalgen.jobs.create import create_job
from evalgen.jobs.ending import tell_end
from evalgen.jobs.messages import ExtractMessage, ForgetMessage
from evalgen.jobs.quota import Quota
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.id_sets import count, page
from evalgen.storage.kinds import AGENT, PROFILE, SCENARIO, UPLOAD
from evalgen.storage.listing import labelled, labels_of
from evalgen.storage.ports import Stores
from evalgen.storage.walking import every_item
from evalgen.telemetry.events import NoEvents
from evalgen.work import work
from tests.integration.jobs.kit import NOW, PROJECT, Dying, FakeGenerator, Inbox, Killed, a_request

TEXT = b"We open at nine. A visit costs 40 dollars."
Step = Callable[[Stores], None]


def clock() -> float:
    return NOW


@dataclass
class Shop:
    """A project with an agent that has a document, an upload that was sent, two folders, and three scenarios
    of a finished job with their profiles."""

    stores: Stores
    inbox: Inbox = field(default_factory=Inbox)

    def __post_init__(self) -> None:
        self.stores = replace(self.stores, queue=self.inbox)
        self.agents = Agents(self.stores, clock)
        request = AgentCreate(name="Desk", description="Answer {{caller}}.", provider={"agent_id": "asst-1"})
        self.agent = int(self.agents.create(PROJECT, request)["id"])
        problems: list[str] = []
        [document] = new_documents([(0, "hours.txt", _base64(TEXT))], iter([900]), problems)
        self.agents.add_documents(PROJECT, self.agent, [document])
        announced = UploadCreate(file_name="more.txt", file_size=len(TEXT))
        self.upload = int(Uploads(self.stores, clock).create(PROJECT, self.agent, announced)["id"])
        self.stores.blobs.put(keys.upload_body(PROJECT, self.upload), TEXT)
        for name in ("a", "b"):
            Folders(self.stores.table, clock).create(PROJECT, FolderCreate(name=name))
        item = Entities(self.stores.table, AGENT).get(PROJECT, self.agent)
        job = replace(a_request(3), agent_id=self.agent, agent_body=str(item["body_name"]), folder_path="a")
        self.job = create_job(self.stores, clock, PROJECT, job, None, "b")
        self.deliver()
        self.scenarios = page(labelled(self.stores.table, PROJECT, SCENARIO, "ALL"), 100)
        self.profile = int(_all(self.stores, PROFILE)[0]["id"])
        self.labels = self._labels().keys()

    def deliver(self) -> None:
        """Every message that waits, without faults."""
        self.inbox.run(self.stores, FakeGenerator())

    def delete_agent(self, stores: Stores) -> None:
        agents = Agents(stores, clock)
        agents.withdraw(PROJECT, self.agent)
        forget(stores, clock, ForgetMessage(PROJECT, self.agent, delete=True))
        agents.delete(PROJECT, self.agent)

    def check(self) -> None:
        """Raises AssertionError where two things that are stored disagree, or one points to nothing."""
        table = self.stores.table
        expected = self._labels()
        for kind, label in {*self.labels, *expected}:
            found = labelled(table, PROJECT, kind, label)
            assert page(found, count(found)) == sorted(expected.get((kind, label), ())), (kind, label)
        scenarios, profiles = (_all(self.stores, kind) for kind in (SCENARIO, PROFILE))
        uses = {str(item["sk"]) for item in every_item(table, keys.uses(PROJECT))}
        used = {(one["test_profile"], one["id"]) for one in scenarios if one.get("test_profile")}
        assert uses <= {keys.use(PROJECT, *pair).sk for pair in used}
        listed = Profiles(table, clock).list(PROJECT, ProfileQuery())
        told = {(profile["id"], one) for profile in listed for one in profile["scenarios"]}
        assert told == {pair for pair in used if pair[0] in {profile["id"] for profile in profiles}}
        agents = {body["id"] for body in _all(self.stores, AGENT)}
        owners = {body["agent"] for body in (*scenarios, *profiles)} - {None}
        assert owners <= agents, f"of agents that are gone: {owners - agents}"
        for item in every_item(table, keys.entities(PROJECT, AGENT)):
            assert table.get(keys.agent_alive(PROJECT, int(item["id"]))), "no job can be made for an agent"
            assert self.stores.blobs.get(str(item["body_name"])), "an agent has no definition"
            for file in body_of(item)["settings"].get("files", []):
                assert self.stores.blobs.get(keys.document_body(PROJECT, file["sha256"])), "a file is gone"
        for upload in _all(self.stores, UPLOAD):
            assert upload["status"] != "extracting", "an upload hangs"
        paths = {body["path"] for body in _all(self.stores, "FOLDER")}
        assert {one["folder_path"] for one in scenarios} - {None, ""} <= paths, "a folder is gone"
        for project_id, _ in list_projects(self.stores):
            assert project_id == PROJECT or len(_all(self.stores, "METRIC", project_id)) == 10

    def _labels(self) -> dict[tuple[str, str], set[int]]:
        found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for kind in (SCENARIO, PROFILE):
            for body in _all(self.stores, kind):
                for label in labels_of(kind, body):
                    found[kind, label].add(body["id"])
        return found


def steps(shop: Shop) -> dict[str, Step]:
    """What people and their messages do, by name; each may be done again."""
    agent, profile, three = shop.agent, shop.profile, shop.scenarios
    extract, generator = ExtractMessage(PROJECT, shop.upload).body, FakeGenerator()

    def scenarios(stores: Stores) -> Scenarios:
        return Scenarios(stores.table, clock)

    def bulk(stores: Stores) -> Bulk:
        return Bulk(stores.table, clock)

    def profiles(stores: Stores) -> Profiles:
        return Profiles(stores.table, clock)

    def agents(stores: Stores) -> Agents:
        return Agents(stores, clock)

    def extracting(stores: Stores) -> None:
        Uploads(shop.stores, clock).complete(PROJECT, agent, shop.upload)
        work(stores, clock, generator, extract)

    def burying(stores: Stores) -> None:
        Uploads(shop.stores, clock).complete(PROJECT, agent, shop.upload)
        shop.inbox.messages.clear()
        bury(stores, clock, extract)

    def documents(stores: Stores) -> None:
        added = new_documents([(0, "prices.txt", _base64(TEXT + b" No."))], iter([901]), [])
        agents(stores).add_documents(PROJECT, agent, added)

    def revoking(stores: Stores) -> None:
        for key in list_keys(stores.table, PROJECT):
            revoke_key(stores.table, clock, PROJECT, key.id)

    new = AgentCreate(description="Ask.", provider={"agent_id": "asst-2"})
    change = AgentPatch(description="Say no.", provider={"agent_id": "asst-3"})
    facts = {"name": "Caller", "information": {"main_agent_variables": {"id": "1"}}}
    made = ProfileCreate.model_validate({**facts, "agent": agent})
    free = ProfilePatch(agent=None)
    patch = ScenarioPatch(tags=["x", "given"], folder_path="b", test_profile=profile)
    return {
        "agent made": lambda s: void(agents(s).create(PROJECT, new)),
        "agent changed": lambda s: void(agents(s).patch(PROJECT, agent, change)),
        "agent deleted": shop.delete_agent,
        "documents added": documents,
        "documents removed": lambda s: void(agents(s).remove_documents(PROJECT, agent, None)),
        "upload announced": lambda s: void(
            Uploads(s, clock).create(PROJECT, agent, UploadCreate(file_name="a.txt", file_size=9))
        ),
        "upload completed": lambda s: void(Uploads(s, clock).complete(PROJECT, agent, shop.upload)),
        "worker, extract": extracting,
        "dead letters, extract": burying,
        "worker, forget": lambda s: work(s, clock, generator, ForgetMessage(PROJECT, agent, True).body),
        "profile made": lambda s: void(profiles(s).create(PROJECT, made)),
        "profile changed": lambda s: void(
            profiles(s).patch(PROJECT, profile, ProfilePatch(name="Other", agent=agent))
        ),
        "profile freed": lambda s: void(profiles(s).patch(PROJECT, profile, free)),
        "profile deleted": lambda s: profiles(s).delete(PROJECT, profile),
        "scenario changed": lambda s: void(scenarios(s).patch(PROJECT, three[1], patch)),
        "scenario deleted": lambda s: scenarios(s).delete(PROJECT, three[1]),
        "scenarios deleted": lambda s: void(bulk(s).delete(PROJECT, BulkDelete(scenarios=three[:2]))),
        "scenarios changed": lambda s: void(
            bulk(s).update(PROJECT, BulkUpdate(scenarios=three, folder_path="b"))
        ),
        "tags added": lambda s: void(bulk(s).add_tags(PROJECT, TagsAdd(scenarios=three, tags=["new"]))),
        "scenarios copied": lambda s: void(bulk(s).duplicate(PROJECT, Duplicate(scenarios=three), "key")),
        "folder made": lambda s: void(Folders(s.table, clock).create(PROJECT, FolderCreate(name="c"))),
        "folder moved": lambda s: void(
            Refiling(s.table, clock).move(PROJECT, FolderMove(path="a", new_parent_path="b"))
        ),
        "folder deleted": lambda s: Refiling(s.table, clock).delete(PROJECT, FolderDelete(path="a")),
        "project made": lambda s: void(create_project(s, clock, "New")),
        "key made": lambda s: void(make_key(s.table, clock, PROJECT, "new")),
        "key revoked": revoking,
        "quota": lambda s: Quota(s.table, clock, 10).take(PROJECT, 1),
        "end told": lambda s: void(tell_end(s.table, NoEvents(), clock, PROJECT, shop.job, "m")),
    }


def one(shop: Shop, name: str, kind: str, at: int) -> bool:
    """One fault at the `at`-th call; False if there are fewer. Raises AssertionError if it mattered."""
    step = steps(shop)[name]
    dying = Dying(shop.stores, at=at, after=KINDS[kind][0])
    if kind == "agent deleted in between":
        dying.kill = lambda: shop.delete_agent(shop.stores)
    elif kind == "another worker in between":
        dying.kill = lambda: step(shop.stores)
    else:
        dying.kill = KINDS[kind][1](None, step)  # type: ignore[arg-type] # these faults need no world
    with suppress(Exception, Killed):
        step(dying.stores)
    if dying.calls < at:
        return False
    with suppress(ClientError):  # what was done already, or is gone
        step(shop.stores)
    shop.deliver()
    shop.check()
    return True


def _all(stores: Stores, kind: str, project_id: int = PROJECT) -> list[dict[str, Any]]:
    return list(map(body_of, every_item(stores.table, keys.entities(project_id, kind))))


def _base64(data: bytes) -> str:

    return base64.b64encode(data).decode()
