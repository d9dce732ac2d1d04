from __future__ import annotations

from pathlib import Path

import pytest

from local import LAYER
from local.intrinsics import TemplateError, load_template
from local.reading import read_system
from local.system import System
from tests.conftest import ROOT

MINIMAL = """
Parameters: {Stage: {Type: String, Default: beta}}
Conditions: {IsBeta: !Equals [!Ref Stage, beta], IsOther: !Not [!Equals [!Ref Stage, beta]]}
Resources:
  Queue: {Type: "AWS::SQS::Queue"}
  Thing:
    Type: Test::Thing
    Properties: %s
"""


def resolved(tmp_path: Path, properties: str) -> dict[str, object]:
    path = tmp_path / "template.yaml"
    path.write_text(MINIMAL % properties)
    return load_template(path).of_type("Test::Thing")["Thing"]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("{A: !Ref Stage}", {"A": "beta"}),
        ("{A: !Ref Queue}", {"A": "sqlite:Queue"}),
        ("{A: !GetAtt Queue.Arn}", {"A": "arn:aws:local:local:000000000000:Queue"}),
        ("{A: {'Fn::GetAtt': [Queue, QueueName]}}", {"A": "Queue"}),
        ('{A: !Sub "${Stage}-${Queue}-${AWS::Region}"}', {"A": "beta-sqlite:Queue-local"}),
        ('{A: !Sub "${Queue.Arn}/*"}', {"A": "arn:aws:local:local:000000000000:Queue/*"}),
        ("{A: !If [IsBeta, 1, 2], B: !If [IsOther, 1, 2]}", {"A": 1, "B": 2}),
        ('{A: !If [IsOther, 1, !Ref "AWS::NoValue"], B: [!Ref "AWS::NoValue", 3]}', {"B": [3]}),
    ],
)
def test_intrinsic_functions_are_resolved(
    tmp_path: Path, properties: str, expected: dict[str, object]
) -> None:
    assert resolved(tmp_path, properties) == expected


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ("{A: !Ref Nothing}", "no parameter or resource Nothing"),
        ("{A: !GetAtt Nothing.Arn}", "no parameter or resource Nothing"),
        ("{A: !Select [0, [1]]}", "cannot resolve Select"),
    ],
)
def test_what_cannot_be_resolved_is_named(tmp_path: Path, properties: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        resolved(tmp_path, properties)


def test_a_parameter_that_the_template_lacks_is_refused() -> None:
    with pytest.raises(TemplateError, match="no parameter Stge"):
        read_system(ROOT / "template.yaml", {"Stge": "x"})


def test_a_given_parameter_wins_over_its_default() -> None:
    assert read_system(ROOT / "template.yaml", {"Stage": "beta"}).api.stage == "beta"


def test_every_function_has_its_handler_in_its_folder(system: System) -> None:
    for function in system.functions.values():
        assert function.handler == "app.lambda_handler"
        assert "def lambda_handler(event" in (function.folder / "app.py").read_text()


def test_every_function_gets_the_agreed_environment(system: System) -> None:
    for name, function in system.functions.items():
        queue = "DeadLetterQueue" if name == "DeadLettersFunction" else "WorkQueue"
        assert function.environment["EVALGEN_TABLE"] == "Table"
        assert function.environment["EVALGEN_QUEUE_URL"] == f"sqlite:{queue}"
        assert function.environment["EVALGEN_BUCKET"] == "Bucket"


def test_the_layer_of_the_template_is_the_one_on_the_import_path() -> None:
    template = load_template(ROOT / "template.yaml")
    (layer,) = template.of_type("AWS::Serverless::LayerVersion").values()
    assert ROOT / layer["ContentUri"] == LAYER


def test_a_message_stays_invisible_for_six_times_its_functions_timeout(system: System) -> None:
    for source in system.sources:
        assert system.queues[source.queue].visibility_s >= 6 * system.functions[source.function].timeout_s


def test_work_that_failed_five_times_goes_to_the_dead_letters_and_both_queues_are_consumed(
    system: System,
) -> None:
    assert system.queues["WorkQueue"].max_receives == 5
    assert system.queues["WorkQueue"].dead_letters == "DeadLetterQueue"
    consumers = {source.queue: source.function for source in system.sources}
    assert consumers == {"WorkQueue": "WorkerFunction", "DeadLetterQueue": "DeadLettersFunction"}
    assert all(source.reports_failures for source in system.sources)


def test_every_route_is_authorized_and_has_its_own_method(system: System) -> None:
    methods = {(route.method, route.path) for route in system.api.routes}
    assert len(methods) == len(system.api.routes)
    open_paths = {route.path for route in system.api.routes if not route.authorized}
    assert open_paths == {"/openapi.json", "/docs"}
    assert ("POST", "/test_framework/v1/scenarios/generate-bg") in methods
    assert ("GET", "/test_framework/v1/scenarios/generate-progress") in methods


def test_an_any_method_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "template.yaml").read_text().replace("Method: patch", "Method: ANY")
    path = tmp_path / "template.yaml"
    path.write_text(text)
    with pytest.raises(TemplateError, match="only explicit methods"):
        read_system(path)


def test_a_function_that_may_delete_what_is_listed_may_count_it_down() -> None:
    functions = load_template(ROOT / "template.yaml").of_type("AWS::Serverless::Function")
    actions: dict[str, set[str]] = {}
    for name, own in functions.items():
        for policy in own.get("Policies", []):
            for action in (
                policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
            ):
                found = action["Action"]
                actions.setdefault(name, set()).update([found] if isinstance(found, str) else found)
    deleting = {name for name, may in actions.items() if "dynamodb:DeleteItem" in may}
    serving = {"AgentsFunction", "CatalogFunction", "ScenariosFunction", "SuitesFunction"}
    assert serving | {"WorkerFunction", "SweeperFunction"} <= deleting
    assert [name for name in sorted(deleting) if "dynamodb:UpdateItem" not in actions[name]] == []


def test_functions_fed_by_queues_may_postpone_what_failed() -> None:
    functions = load_template(ROOT / "template.yaml").of_type("AWS::Serverless::Function")
    for name in ("WorkerFunction", "DeadLettersFunction"):
        assert "sqs:ChangeMessageVisibility" in str(functions[name]["Policies"])


def test_a_crash_counts_against_the_message_in_work_alone(system: System) -> None:
    (work,) = (source for source in system.sources if source.queue == "WorkQueue")
    assert work.batch_size == 1
