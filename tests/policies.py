"""What the template grants its functions."""

from __future__ import annotations

from functools import cache
from typing import Any

from local.intrinsics import load_template
from tests.conftest import ROOT

TEMPLATE = load_template(ROOT / "template.yaml")


@cache
def granted(function: str) -> frozenset[tuple[str, str]]:
    """The pairs of action and resource in the function's policies, all of whose statements allow."""
    policies = TEMPLATE.of_type("AWS::Serverless::Function")[function]["Policies"]
    statements = [statement for policy in policies for statement in _list(policy["Statement"])]
    assert {statement["Effect"] for statement in statements} <= {"Allow"}, function
    return frozenset(
        (action, resource)
        for statement in statements
        for action in _list(statement["Action"])
        for resource in _list(statement["Resource"])
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
