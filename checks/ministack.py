"""A stack deployed into ministack, an emulator of AWS on 127.0.0.1, and what it cannot do.

It checks signatures and policies (`AUTH`) and speaks TLS, so that the functions' own permissions and the
bucket's policy are rehearsed too. It differs from AWS in this, which `bridge` and the checks make up for:

- a parameter of type Number stays text where a template uses it: its poller stumbles over MaximumConcurrency;
- it wants `sqs:SendMessageBatch` of whoever sends a batch; AWS has no such action, `sqs:SendMessage` is all;
- names under execute-api do not resolve: the API is called by a path of the emulator's;
- it refuses requests in words of its own: the template's gateway responses are checked on the embedded stack;
- memory, time-outs in flight, X-Ray, alarms, e-mail, throttles, domains and certificates are accepted and do
  nothing; nor is anything encrypted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import botocore.session

from checks.processes import HOST, free_port, served
from deploy.environments import environment, interpreter

REGION = "eu-west-1"
ACCOUNT = "000000000000"
STACK = "evalgen"


@dataclass(frozen=True)
class Cloud:
    """`variables`: the environment in which clients of AWS, SAM's among them, mean this emulator."""

    address: str
    certificate: Path
    folder: Path
    variables: dict[str, str]

    def client(self, service: str) -> Any:
        return botocore.session.get_session().create_client(
            service,
            region_name=REGION,
            endpoint_url=self.address,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="test",
            verify=str(self.certificate),
        )

    def logs(self) -> str:
        """What the functions logged, for when something went wrong."""
        logs = self.client("logs")
        return "\n".join(
            event["message"]
            for group in logs.describe_log_groups()["logGroups"]
            for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]
            if not event["message"].startswith(("START ", "END ", "REPORT "))
        )


@contextmanager
def ministack(folder: Path, minor: str) -> Iterator[Cloud]:
    """Run it on the Python that the functions are built for: it lends them its own. Raises Unable."""
    home = environment("ministack", interpreter(minor))
    port = free_port()
    address = f"https://{HOST}:{port}"
    credentials = {
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
    }
    variables = {
        **credentials,
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
        "USE_SSL": "1",
        "IOT_MTLS_ENABLED": "0",
    }
    certificate = folder / "ministack-tls" / "server.crt"
    command: list[str | Path] = [home / "bin" / "python", "-m", "ministack"]
    with served(command, port, folder / "ministack.log", variables, folder):
        trusted = {name: str(certificate) for name in ("AWS_CA_BUNDLE", "SSL_CERT_FILE")}
        yield Cloud(address, certificate, folder, {**credentials, **trusted, "AWS_ENDPOINT_URL": address})


def bridge(cloud: Cloud) -> None:
    """Make up for what differs from AWS in a stack that was just deployed."""
    functions = cloud.client("lambda")
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        most = int(mapping["ScalingConfig"]["MaximumConcurrency"])
        functions.update_event_source_mapping(
            UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": most}
        )
    iam = cloud.client("iam")
    for role in (role["RoleName"] for role in iam.list_roles()["Roles"]):
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            batches = [
                {**statement, "Action": "sqs:SendMessageBatch"}
                for statement in document["Statement"]
                if "sqs:SendMessage" in statement["Action"]
            ]
            if batches:
                iam.put_role_policy(
                    RoleName=role,
                    PolicyName="Batches",
                    PolicyDocument=json.dumps({**document, "Statement": batches}),
                )
