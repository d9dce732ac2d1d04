from __future__ import annotations

import json

import pytest

from evalgen.telemetry.metrics import emit


def test_a_metric_is_a_line_with_its_dimensions(capsys: pytest.CaptureFixture[str]) -> None:
    emit("Scenarios", 3, writer="embedded", result="completed")
    line = json.loads(capsys.readouterr().out)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Metrics"] == [{"Name": "Scenarios", "Unit": "Count"}]
    assert {"writer", "result"} <= set(directive["Dimensions"][0])
    assert (line["Scenarios"], line["writer"], line["result"]) == ([3.0], "embedded", "completed")


def test_a_dimension_with_the_metrics_name_is_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match="Scenarios"):
        emit("Scenarios", 1, Scenarios="x")
