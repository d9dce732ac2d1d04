"""Each function may do what its code does, and nothing else: its calls against its policy in the template."""

from __future__ import annotations

import base64
import fnmatch
import json
import os
import time
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from evalgen.catalog.seeds import seed
from evalgen.errors import Retryable
from evalgen.storage import keys
from evalgen.storage.aws.clients import client
from evalgen.storage.ports import Delete, Stores
from local.intrinsics import arn
from tests.integration.api.client import (
    AGENTS,
    FIRST,
    GENERATE,
    SERVING,
    V1,
    Answer,
    Api,
    load_function,
    router,
)
from tests.integration.aws_calls import Permission, Recorder, recording
from tests.integration.jobs.kit import CONTEXT, FakeGenerator, sqs_record
from tests.integration.storage.adapters import moto
from tests.policies import TEMPLATE, granted

FUNCTIONS = sorted(TEMPLATE.of_type("AWS::Serverless::Function"))
LATER_S = 600
"""By so much the sweeper's clock is ahead: jobs are old enough for it."""

MODULES = {
    "AuthorizerFunction": "authorizer",
    "DeadLettersFunction": "dead_letters",
    "SweeperFunction": "sweeper",
    "WorkerFunction": "worker",
}


class Deployed(Api):
    """The functions over AWS's adapters, each call recorded under the function that makes it."""

    def __init__(self, stores: Stores, recorder: Recorder, dead_letters_url: str) -> None:
        self.stores = stores
        self.recorder = recorder
        self._functions = {name: load_function(name) for name in SERVING}
        self._router = router()
        self.others: dict[str, ModuleType] = {name: load_function(path) for name, path in MODULES.items()}
        with mock.patch.dict(os.environ, EVALGEN_QUEUE_URL=dead_letters_url):  # as the template has it
            self.others["DeadLettersFunction"] = load_function("dead_letters")
        self.others["WorkerFunction"].generator = FakeGenerator()  # type: ignore[attr-defined]
        later = SimpleNamespace(time=lambda: time.time() + LATER_S)
        self.others["SweeperFunction"].time = later  # type: ignore[attr-defined]

    def send(self, event: dict[str, Any]) -> Answer:
        match = self._router.match(event["httpMethod"], event["path"])
        assert match is not None
        with self.recorder.function(match.route.function):
            return super().send(event)

    def invoke(self, name: str, event: dict[str, Any]) -> Any:
        with self.recorder.function(name):
            return self.others[name].lambda_handler(event, CONTEXT)

    def deliver(self, name: str, *bodies: dict[str, Any]) -> Any:
        records = [sqs_record(str(number), json.dumps(body)) for number, body in enumerate(bodies)]
        answer = self.invoke(name, {"Records": records})
        assert answer == {"batchItemFailures": []}, answer

    def deliver_in_vain(self, name: str, work: str, body: dict[str, Any]) -> None:
        """While what the function calls for its work fails."""
        with mock.patch.object(self.others[name], work, side_effect=Retryable("busy")):
            answer = self.invoke(name, {"Records": [sqs_record("0", json.dumps(body))]})
        assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


@pytest.fixture(scope="module")
def needed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[Permission]]]:
    with pytest.MonkeyPatch.context() as patch, moto(tmp_path_factory.mktemp("aws"), patch) as opened:
        url = opened.stores.queue._url  # type: ignore[attr-defined]
        environment = {
            "EVALGEN_TABLE": opened.stores.table._name,  # type: ignore[attr-defined]
            "EVALGEN_QUEUE_URL": url,
            "EVALGEN_BUCKET": opened.stores.blobs._bucket,  # type: ignore[attr-defined]
            "EVALGEN_EVENT_BUS": "default",
        }
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr("evalgen.catalog.agent_versions.KEPT", 1)
        seed(opened.stores, lambda: 1_800_000_000.0, "key", project_id=FIRST)
        dead_letters_url = client("sqs").create_queue(QueueName="dead-letters")["QueueUrl"]
        recorder = Recorder({url: "WorkQueue", dead_letters_url: "DeadLetterQueue"})
        recording(recorder, patch)
        everything(Deployed(opened.stores, recorder, dead_letters_url), opened.receive)
        yield recorder.needed


def everything(api: Deployed, receive: Any) -> None:
    """Each operation and each kind of message at least once, with what is there and what is not."""
    api.invoke("AuthorizerFunction", {"headers": {"X-CEKURA-API-KEY": "key"}, "methodArn": "a/b/c"})
    document = {"file_name": "a.txt", "content_base64": base64.b64encode(b"Open at nine.").decode()}
    agent = api.agent(knowledge_base_files=[document], provider={"agent_id": "a-1"})["id"]
    path = f"{AGENTS}/{agent}"
    catalog(api, path)
    uploads(api, path, receive)
    job = jobs(api, agent, receive)
    given(api, agent, receive)
    scenarios(api, job)
    leftovers(api, agent, receive)
    rest = {"kind": "forget", "project_id": FIRST, "agent_id": agent, "delete": True}
    api.deliver_in_vain("WorkerFunction", "work", rest)
    api.deliver_in_vain("DeadLettersFunction", "bury", rest)
    api.deliver("WorkerFunction", rest)
    api.call("DELETE", path, query={"delete_related": "true"})


def catalog(api: Deployed, path: str) -> None:
    api.call("PATCH", path, {"name": "Other", "provider": {"agent_id": "a-2"}})
    versions(api, path)
    for collection in (AGENTS, f"{V1}/personalities", f"{V1}/test-profiles", f"{V1}/predefined-metrics"):
        assert api.call("GET", collection).status == 200
    assert api.call("GET", path).status == 200
    assert api.call("GET", f"{path}/knowledge_base").json["results"][0]["file_url"]
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "P"}).json["id"]
    api.call("PATCH", f"{V1}/test-profiles/{profile}", {"name": "Q"})
    api.call("DELETE", f"{V1}/test-profiles/{profile}")
    number = api.call("POST", f"{V1}/phone-numbers/inbound", {"number": "+999"}).json["id"]
    api.call("DELETE", f"{V1}/phone-numbers/inbound/{number}")


def versions(api: Deployed, path: str) -> None:
    found = api.call("GET", f"{path}/history").json["results"]
    last = {"history_id": found[0]["history_id"]}
    assert api.call("PATCH", f"{path}/history/edit", {**last, "version_name": "Now"}).status == 200
    assert api.call("POST", f"{path}/restore", last).status == 200
    assert api.call("GET", f"{AGENTS}/short_list").status == 200
    copy = api.call("POST", f"{path}/duplicate", {"copy_scenarios": True})
    assert copy.status == 201
    assert api.call("DELETE", f"{AGENTS}/{copy.json['id']}").status == 204


def uploads(api: Deployed, path: str, receive: Any) -> None:
    for sent in (True, False):
        announced = {"file_name": "b.txt", "file_size": 6}
        upload = api.call("POST", f"{path}/knowledge_base/uploads", announced).json
        where = f"{path}/knowledge_base/uploads/{upload['id']}"
        assert api.call("POST", f"{where}/complete").status == 400
        name = keys.upload_body(FIRST, upload["id"])
        agent = int(path.rpartition("/")[2])
        unsent = {"agent_id": agent, "num_scenarios": 1, "generation_file_ids": [upload["id"]]}
        assert api.call("POST", GENERATE, unsent).status == 400
        api.stores.blobs.put(name, b"Fact 1")
        drawing_on(api, agent, upload["id"], receive)
        assert api.call("POST", f"{where}/complete").status == 202
        if not sent:
            api.stores.blobs.delete(name)
        api.deliver("WorkerFunction", *receive())
        assert api.call("GET", where).json["status"] == ("ready" if sent else "failed")


def drawing_on(api: Deployed, agent: int, upload: int, receive: Any) -> None:
    """A job with a file in its request and one that was uploaded."""
    inline = {"name": "a.txt", "content_base64": base64.b64encode(b"Open at nine.").decode()}
    job = api.job(agent, 1, generation_files=[inline], generation_file_ids=[upload])
    while messages := receive():
        api.deliver("WorkerFunction", *messages)
    ended = api.call("GET", f"{V1}/scenarios/generate-progress", query={"progress_id": job}).json
    assert ended["completed_scenarios"] == 1


def jobs(api: Deployed, agent: int, receive: Any) -> str:
    body = {"agent_id": agent, "num_scenarios": 3}
    answer = api.call("POST", GENERATE, body, headers={"Idempotency-Key": "once"})
    assert answer.status == 200
    while messages := receive():
        api.deliver("WorkerFunction", *messages)
    job: str = answer.json["progress_id"]
    ended = api.call("GET", f"{V1}/scenarios/generate-progress", query={"progress_id": job}).json
    assert ended["completed_scenarios"] == 3
    return job


def given(api: Deployed, agent: int, receive: Any) -> None:
    """A job with a test profile, in a project that an earlier version made."""
    api.stores.table.write(Delete(keys.defaults(FIRST)))
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "Given"}).json["id"]
    job = api.job(agent, 1, test_profile=profile)
    while messages := receive():
        api.deliver("WorkerFunction", *messages)
    ended = api.call("GET", f"{V1}/scenarios/generate-progress", query={"progress_id": job}).json
    assert [one["test_profile"] for one in ended["scenarios_list"]] == [profile]
    api.call("DELETE", f"{V1}/scenarios/{ended['scenarios_list'][0]['id']}")


def scenarios(api: Deployed, job: str) -> None:
    listed = api.call("GET", f"{V1}/scenarios").json["results"]
    ids = [str(one["id"]) for one in listed]
    assert api.call("GET", f"{V1}/scenarios/{ids[0]}").status == 200
    assert api.call("PATCH", f"{V1}/scenarios/{ids[0]}", {"name": "New"}).status == 200
    export = {"scenario_ids": ",".join(ids), "export_type": "xlsx"}
    assert api.call("GET", f"{V1}/scenarios/export_scenarios", query=export).status == 303
    where = f"{V1}/scenarios/generate-coverage"
    assert api.call("GET", where, query={"progress_id": job}).status == 200
    report, agent = f"{V1}/scenarios/report", str(listed[0]["agent"])
    assert api.call("GET", report, query={"progress_id": job}).status == 200
    assert api.call("GET", report, query={"agent_id": agent}).status == 200
    suites(api, ids)
    assert api.call("DELETE", f"{V1}/scenarios/{ids[0]}").status == 204
    for name in coverage_blobs(api, job):
        api.stores.blobs.delete(name)
    assert api.call("GET", where, query={"progress_id": job}).status == 404
    assert api.call("GET", report, query={"progress_id": job}).status == 404


def suites(api: Deployed, ids: list[str]) -> None:
    folder = api.call("POST", f"{V1}/scenarios/create_folder", {"name": "F"})
    assert folder.status == 201
    numbers = [int(one) for one in ids]
    copied = api.call("POST", f"{V1}/scenarios/duplicate", {"scenarios": numbers[1:], "folder_path": "F"})
    assert copied.status == 201
    update = {"scenarios": numbers, "max_duration": 60}
    assert api.call("POST", f"{V1}/scenarios/adv_update", update).status == 200
    assert api.call("POST", f"{V1}/scenarios/add_tags", {"scenarios": numbers, "tags": ["x"]}).status == 200
    assert "x" in api.call("GET", f"{V1}/scenarios/tags").json
    by_hand = {"name": "H", "personality": 1, "instructions": "Go."}
    assert api.call("POST", f"{V1}/scenarios", by_hand).status == 201
    spec = {"version": "1", "scenarios": [{"name": "S", "instructions": "Go."}]}
    agent = api.call("GET", f"{V1}/scenarios/{ids[0]}").json["agent"]
    imported = api.call("POST", f"{V1}/scenarios/import_suite", {"spec": spec, "agent_id": agent})
    assert imported.status == 200
    call = [{"role": "Testing Agent", "content": "Hello."}]
    begun = api.call(
        "POST", f"{V1}/scenarios/create-from-transcript-bg", {"agent": agent, "transcript_json": call}
    )
    progress = f"{V1}/scenarios/create-from-transcript-progress"
    assert api.call("GET", progress, query=begun.json).status == 200
    assert api.call("POST", f"{V1}/scenarios/rename_folder", {"path": "F", "name": "G"}).status == 200
    assert api.call("POST", f"{V1}/scenarios/delete_folder", {"path": "G"}).status == 204
    assert api.call("POST", f"{V1}/scenarios/delete_scenarios", {"scenarios": numbers[1:]}).status == 204


def coverage_blobs(api: Deployed, job: str) -> list[str]:
    found = client("s3").list_objects_v2(Bucket=api.stores.blobs._bucket, Prefix=f"jobs/{FIRST}/{job}/")  # type: ignore[attr-defined]
    return [one["Key"] for one in found["Contents"] if "/plans-" in one["Key"]]


def leftovers(api: Deployed, agent: int, receive: Any) -> None:
    """A job whose plan message was lost, one whose chunk fails too often, one that has lost its request."""
    for fate in ("plan", "generate", "lost"):
        job = api.job(agent, 2)
        (plan,) = receive()
        match fate:
            case "plan":
                api.invoke("SweeperFunction", {})
                receive()
                api.deliver("DeadLettersFunction", plan)
            case "generate":
                api.deliver("WorkerFunction", plan)
                api.deliver("DeadLettersFunction", *receive())
            case "lost":
                api.stores.table.write(Delete(keys.job_input(FIRST, job)))
                api.deliver("WorkerFunction", plan)
                api.deliver("WorkerFunction", *receive())
    upload = api.call(
        "POST", f"{AGENTS}/{agent}/knowledge_base/uploads", {"file_name": "c.txt", "file_size": 1}
    )
    api.deliver(
        "DeadLettersFunction", {"kind": "extract", "project_id": FIRST, "upload_id": upload.json["id"]}
    )


def allows(grant: Permission, need: Permission) -> bool:
    return grant[0] == need[0] and fnmatch.fnmatchcase(need[1], grant[1])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_that_a_function_does_is_forbidden(needed: dict[str, set[Permission]], function: str) -> None:
    missing = [need for need in needed[function] if not any(allows(it, need) for it in granted(function))]
    assert missing == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_is_allowed_that_a_function_does_not_do(
    needed: dict[str, set[Permission]], function: str
) -> None:
    unused = [grant for grant in granted(function) if not any(allows(grant, it) for it in needed[function])]
    assert unused == []


def test_no_permission_is_for_everything() -> None:
    for function in FUNCTIONS:
        for action, resource in granted(function):
            assert "*" not in action
            assert resource.startswith(("arn:",)) and resource.partition("/")[0] != "arn:*"
            assert (
                resource in (arn("Table"), arn("Bucket"), arn("WorkQueue"), arn("DeadLetterQueue"))
                or "/" in resource
            )
