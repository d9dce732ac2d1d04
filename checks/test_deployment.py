"""A deployment, rehearsed: the built template in ministack, from the first key to a dead letter.

What ministack cannot do stands in `checks/ministack.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from checks.conftest import ARCHITECTURE, RUNTIME, Deployed
from checks.ministack import STACK, bridge
from checks.processes import until
from deploy import Unable
from deploy.build import LAYER, mark
from deploy.up import deploy
from evalgen.storage.aws.marshalling import marshalled_key
from evalgen.storage.keys import job_input
from evalgen_cli.agents import read_agent
from evalgen_cli.client import V1, Client
from tests.conftest import ROOT

SAMPLE = ROOT / "events" / "agents" / "roadside"


def command(deployed: Deployed, *arguments: str) -> str:
    """What `python -m deploy` answers about the stack."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy", *arguments, "--stack", STACK],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **deployed.cloud.variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def status_of(url: str, key: str | None) -> tuple[int, Any]:
    request = urllib.request.Request(url, headers={"X-CEKURA-API-KEY": key} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.fixture(autouse=True)
def trusted(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", deployed.cloud.variables["SSL_CERT_FILE"])


@pytest.fixture(scope="module")
def key(deployed: Deployed) -> str:
    """The key of the first project, made as docs/deploy.md says."""
    return command(deployed, "projects", "--create", "First").splitlines()[-1]


@pytest.fixture
def client(deployed: Deployed, key: str) -> Client:
    return Client(deployed.base, key)


def test_a_job_runs_from_the_request_to_twenty_scenarios(client: Client, deployed: Deployed) -> None:
    agent = client.create_agent(read_agent([ROOT / "tests" / "agents" / "utility_30_tools"]).agent)
    request = {"agent_id": agent, "num_scenarios": 20, "scenario_type": "workflow"}
    progress = client.generate(request, lambda _: None)
    assert (progress["status"], progress["completed_scenarios"]) == ("completed", 20), deployed.cloud.logs()
    assert len({scenario["id"] for scenario in progress["scenarios_list"]}) == 20
    assert client.call("GET", f"{V1}/scenarios/?page_size=100")["count"] == 20


def test_a_request_without_a_valid_key_is_refused(deployed: Deployed, key: str) -> None:
    url = f"{deployed.base}{V1}/personalities/"
    assert status_of(url, key)[0] == 200
    assert [status_of(url, wrong)[0] for wrong in (None, "wrong")] == [401, 401]


def test_a_withdrawn_key_is_listed_and_no_longer_let_in(deployed: Deployed, key: str) -> None:
    second = command(deployed, "keys", "--create", "for the build").strip()
    listed = next(line for line in command(deployed, "keys").splitlines() if "for the build" in line)
    assert second not in listed
    command(deployed, "keys", "--revoke", listed.split("│")[1].strip())
    url = f"{deployed.base}{V1}/personalities/"
    assert status_of(url, second)[0] == 401
    assert status_of(url, key)[0] == 200


def test_a_message_that_fails_five_times_ends_its_jobs_slots_as_failed(
    client: Client, deployed: Deployed
) -> None:
    cloud = deployed.cloud
    queue = {"QueueUrl": deployed.outputs["WorkQueueUrl"]}
    functions, sqs = cloud.client("lambda"), cloud.client("sqs")
    [worker] = [
        mapping["UUID"]
        for mapping in functions.list_event_source_mappings()["EventSourceMappings"]
        if "WorkerFunction" in mapping["FunctionArn"]
    ]
    functions.update_event_source_mapping(UUID=worker, Enabled=False)
    agent = client.create_agent(read_agent([SAMPLE]).agent)
    request = {"agent_id": agent, "num_scenarios": 12, "scenario_type": "workflow"}
    job = client.call("POST", f"{V1}/scenarios/generate-bg/", request)["progress_id"]
    cloud.client("dynamodb").update_item(
        TableName=deployed.outputs["TableName"],
        Key=marshalled_key(job_input(1, job)),
        UpdateExpression="SET body = :poison",
        ExpressionAttributeValues={":poison": {"S": "poison"}},
    )
    # Twelve minutes between deliveries are right for a worker that hangs, and too long for a check.
    sqs.set_queue_attributes(**queue, Attributes={"VisibilityTimeout": "1"})
    functions.update_event_source_mapping(UUID=worker, Enabled=True)

    def failed() -> dict[str, Any]:
        progress = client.call("GET", f"{V1}/scenarios/generate-progress/?progress_id={job}")
        return progress if progress["failed_scenarios"] else {}

    progress = until(failed, f"the job ends as failed; {cloud.folder / 'ministack.log'}", 90)
    assert (progress["status"], progress["failed_scenarios"]) == ("failed", 12)
    assert {failure["reason"].split(";")[0] for failure in progress["failures"]} == {
        "Planning failed repeatedly"
    }
    assert '"message":"dead letter"' in cloud.logs()


def test_an_update_of_the_layer_alone_moves_every_function_to_it(
    deployed: Deployed, built: Path, tmp_path: Path, client: Client
) -> None:
    before = _live_layers(deployed)
    changed = tmp_path / "build"
    shutil.copytree(built, changed)
    (changed / LAYER / "python" / "changed.py").write_text("")
    mark(changed)
    deploy(STACK, [f"Runtime={RUNTIME}", f"Architecture={ARCHITECTURE}"], changed, deployed.cloud.variables)
    bridge(deployed.cloud)
    after = _live_layers(deployed)
    assert before.keys() == after.keys()
    assert len(set(before.values())) == len(set(after.values())) == 1
    assert set(before.values()) != set(after.values())
    assert client.call("GET", f"{V1}/personalities/")


def _live_layers(deployed: Deployed) -> dict[str, str]:
    """The layer version that each function's alias leads to, by the function's name."""
    functions = deployed.cloud.client("lambda")
    return {
        function["FunctionName"]: functions.get_function_configuration(
            FunctionName=function["FunctionName"], Qualifier="live"
        )["Layers"][0]["Arn"]
        for function in functions.list_functions()["Functions"]
    }


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (["SnapStart=on", "Runtime=python3.11"], "SnapStart=on needs Runtime=python3.12"),
        (["DomainName=api.example.com"], "DomainName needs CertificateArn"),
        (["Runtime=python3.9"], "Runtime"),
        (["Stage=a-b"], "Stage"),
        (["AlarmEmail=nobody"], "AlarmEmail"),
        (["WorkerConcurrency=1"], "WorkerConcurrency"),
        (["JobRetentionDays=0"], "JobRetentionDays"),
    ],
)
def test_a_bad_parameter_is_refused_before_anything_is_created(
    deployed: Deployed,
    built: Path,
    parameters: list[str],
    reason: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    right = [f"Architecture={ARCHITECTURE}", f"Runtime={RUNTIME}"]
    with pytest.raises(Unable, match="sam deploy failed"):
        deploy("refused", [*right, *parameters], built, deployed.cloud.variables)
    said = capfd.readouterr()
    assert reason in " ".join((said.out + said.err).split())
    stacks = deployed.cloud.client("cloudformation").list_stack_resources
    with pytest.raises(Exception, match="does not exist"):
        stacks(StackName="refused")
