"""Metrics as lines of the log (CloudWatch's embedded metric format): nothing is called, nothing waits.

`docs/operations.md` lists them; the template's alarms and its dashboard read them.
"""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "evalgen"


def emit(name: str, value: float, unit: MetricUnit = MetricUnit.Count, **dimensions: str) -> None:
    """One metric. Raises ValueError where a dimension has its name: the metric would be lost in silence."""
    if name in dimensions:
        raise ValueError(f"a dimension has the metric's name {name}")
    with single_metric(name=name, unit=unit, value=value, namespace=NAMESPACE) as metric:
        for dimension, text in dimensions.items():
            metric.add_dimension(dimension, text)
