"""The template's retention reaches functions and bucket, and its policies cover the names of blobs."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from evalgen.storage import keys
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import JOB_RETENTION_DAYS
from local.intrinsics import arn, load_template
from local.reading import read_system
from tests.conftest import ROOT
from tests.policies import granted

TEMPLATE = ROOT / "template.yaml"
SETTING = "EVALGEN_JOB_RETENTION_DAYS"

REQUEST = keys.job_request(7, "id")
PLANS = keys.job_plans(7, "id", "digest")
AGENT = keys.agent_body(7, "hash")
DOCUMENT = keys.document_body(7, "hash")
UPLOAD = keys.upload_body(7, 1)
EXPORT = keys.export_body(7, "id")

NEEDED = {
    "ApiFunction": {"s3:PutObject": [REQUEST]},
    "AgentsFunction": {
        "s3:GetObject": [AGENT, DOCUMENT],
        "s3:PutObject": [AGENT, DOCUMENT, UPLOAD],
        "s3:ListBucket": [""],
    },
    "ScenariosFunction": {"s3:GetObject": [PLANS, AGENT], "s3:ListBucket": [""]},
    "SuitesFunction": {"s3:GetObject": [EXPORT], "s3:PutObject": [EXPORT]},
    "WorkerFunction": {
        "s3:GetObject": [REQUEST, PLANS, AGENT, DOCUMENT, UPLOAD],
        "s3:PutObject": [PLANS, DOCUMENT],
        "s3:DeleteObject": [UPLOAD],
        "s3:ListBucket": [""],
    },
}


def allowed(function: str, action: str, name: str) -> bool:
    wanted = f"{arn('Bucket')}/{name}" if name else arn("Bucket")
    return any(own == action and fnmatchcase(wanted, pattern) for own, pattern in granted(function))


@pytest.mark.parametrize(
    ("function", "action", "name"),
    [
        (f, action, name)
        for f, actions in NEEDED.items()
        for action, names in actions.items()
        for name in names
    ],
)
def test_each_function_may_do_what_it_does_with_blobs(function: str, action: str, name: str) -> None:
    assert allowed(function, action, name)


@pytest.mark.parametrize("function", ["AgentsFunction", "CatalogFunction", "ProgressFunction"])
@pytest.mark.parametrize("action", ["s3:GetObject", "s3:PutObject"])
def test_no_function_but_those_that_work_on_jobs_reaches_their_blobs(function: str, action: str) -> None:
    assert not allowed(function, action, REQUEST)


def test_the_function_that_creates_jobs_may_write_nothing_else() -> None:
    assert not any(allowed("ApiFunction", "s3:PutObject", name) for name in (AGENT, DOCUMENT, UPLOAD, EXPORT))


def test_one_number_of_days_rules_items_and_blobs() -> None:
    parameters = {"JobRetentionDays": 7}
    for function in read_system(TEMPLATE, parameters).functions.values():
        assert function.environment[SETTING] == "7"
    rules = load_template(TEMPLATE, parameters).of_type("AWS::S3::Bucket")["Bucket"]
    days = {
        name: [
            rule["ExpirationInDays"]
            for rule in rules["LifecycleConfiguration"]["Rules"]
            if name.startswith(rule["Prefix"]) and rule["Status"] == "Enabled"
        ]
        for name in (REQUEST, PLANS, AGENT, DOCUMENT)
    }
    assert days == {REQUEST: [7], PLANS: [7], AGENT: [], DOCUMENT: []}


def test_items_expire_by_the_attribute_that_the_table_looks_at() -> None:
    [table] = load_template(TEMPLATE).of_type("AWS::DynamoDB::Table").values()
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_template_and_a_process_without_the_setting_keep_jobs_equally_long(tmp_path: Path) -> None:
    stores = open_stores(an_environment(tmp_path))
    environment = read_system(TEMPLATE).functions["ApiFunction"].environment
    assert int(environment[SETTING]) == stores.job_retention_days == JOB_RETENTION_DAYS


@pytest.mark.parametrize("days", ["15", "3650"])
def test_a_process_keeps_jobs_for_as_many_days_as_it_is_told(tmp_path: Path, days: str) -> None:
    embedded = open_stores(an_environment(tmp_path) | {SETTING: days})
    names = {"EVALGEN_TABLE": "t", "EVALGEN_QUEUE_URL": "q", "EVALGEN_BUCKET": "b"}
    deployed = open_stores({**names, SETTING: days})
    assert embedded.job_retention_days == deployed.job_retention_days == int(days)


@pytest.mark.parametrize("days", ["", "0", "14", "3651", "-1", "1.5", "ninety", "²"])
def test_a_number_of_days_that_cannot_be_is_refused_with_what_is_allowed(tmp_path: Path, days: str) -> None:
    with pytest.raises(RuntimeError, match=f"{SETTING} must be a whole number of days from 15 to 3650; got "):
        open_stores(an_environment(tmp_path) | {SETTING: days})


def an_environment(state: Path) -> dict[str, str]:
    return {"EVALGEN_STATE": str(state), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}
