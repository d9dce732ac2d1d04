"""Alarms, dashboard and their page agree with each other and with what the code tells."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from local.intrinsics import Template, load_template
from tests.conftest import ROOT

EMITTED = re.compile(r'\bemit\("(?P<name>\w+)"(?P<more>[^\n]*)')
PAGE = (ROOT / "docs" / "operations.md").read_text()


@pytest.fixture(scope="module")
def template() -> Template:
    return load_template(ROOT / "template.yaml")


@pytest.fixture(scope="module")
def alarms(template: Template) -> dict[str, dict[str, Any]]:
    return template.of_type("AWS::CloudWatch::Alarm")


def emitted() -> dict[str, set[str]]:
    """Each metric with its dimensions, as the code has them."""
    sources = [*ROOT.glob("functions/*/app.py"), *ROOT.glob("layers/evalgen/evalgen/**/*.py")]
    found = [match for path in sources for match in EMITTED.finditer(path.read_text())]
    return {match["name"]: {"service", *re.findall(r"(\w+)=", match["more"])} for match in found}


def test_the_page_explains_every_alarm_and_no_other(alarms: dict[str, dict[str, Any]]) -> None:
    assert set(re.findall(r"`(\w+Alarm)`", PAGE)) == set(alarms)


def test_the_page_lists_every_metric_with_its_dimensions() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)*) ?\| ", PAGE, re.MULTILINE)
    listed = {name: {"service", *re.findall(r"\w+", dimensions)} for name, dimensions in rows}
    assert listed == emitted()


def test_every_function_has_an_alarm_for_its_errors(
    template: Template, alarms: dict[str, dict[str, Any]]
) -> None:
    functions = set(template.of_type("AWS::Serverless::Function"))
    watched = {
        dimension["Value"]
        for alarm in alarms.values()
        if alarm.get("MetricName") == "Errors"
        for dimension in alarm["Dimensions"]
    }
    assert watched == functions
    throttles = alarms["ThrottlesAlarm"]
    assert (throttles["Namespace"], throttles["MetricName"]) == ("AWS/Lambda", "Throttles")
    assert "Dimensions" not in throttles


def test_alarms_on_metrics_of_ours_ask_for_what_is_emitted(alarms: dict[str, dict[str, Any]]) -> None:
    ours = [alarm for alarm in alarms.values() if alarm.get("Namespace") == "evalgen"]
    assert ours
    for alarm in ours:
        assert {dimension["Name"] for dimension in alarm["Dimensions"]} == emitted()[alarm["MetricName"]]
        assert alarm["Dimensions"] == [{"Name": "service", "Value": "evalgen"}]


def test_the_dashboard_is_one_and_shows_every_metric_by_its_dimensions(template: Template) -> None:
    (board,) = template.of_type("AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(board["DashboardBody"])["widgets"]
    assert len({(widget["x"], widget["y"]) for widget in widgets}) == len(widgets)
    shown: dict[str, set[str]] = {}
    for widget in widgets:
        for metric in widget["properties"]["metrics"]:
            if isinstance(metric[0], dict):
                search = re.search(r'\{evalgen,([\w,]+)\} MetricName="(\w+)"', metric[0]["expression"])
                assert search
                shown[search[2]] = set(search[1].split(","))
            elif metric[0] == "evalgen":
                shown[metric[1]] = {name for name in metric[2::2] if isinstance(name, str)}
    assert shown == emitted()


def test_queues_and_bucket_refuse_what_is_not_encrypted_on_its_way(template: Template) -> None:
    (queues,) = template.of_type("AWS::SQS::QueuePolicy").values()
    (bucket,) = template.of_type("AWS::S3::BucketPolicy").values()
    assert len(queues["Queues"]) == len(template.of_type("AWS::SQS::Queue"))
    for policy in (queues, bucket):
        (statement,) = policy["PolicyDocument"]["Statement"]
        assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
        assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert len(statement["Resource"]) == 2


def test_beside_a_domain_of_its_own_the_api_has_no_other_address() -> None:
    def disabled(**parameters: str) -> Any:
        found = load_template(ROOT / "template.yaml", parameters).of_type("AWS::Serverless::Api")
        return found["Api"]["DisableExecuteApiEndpoint"]

    assert (disabled(), disabled(DomainName="api.example.com")) == (False, True)
