"""Scenarios for checks, generated in this process."""

from __future__ import annotations

from functools import cache

from evalgen_cli.agents import read_agent
from evalgen_cli.in_process import generate_here
from evalgen_cli.suite import Suite
from local import ROOT

SAMPLE = ROOT / "events" / "agents" / "roadside"
COUNT = 12


@cache
def sample_suite() -> Suite:
    """COUNT scenarios of the sample agent; the same in every run."""
    request = {"num_scenarios": COUNT, "generate_expected_outcomes": True}
    suite = generate_here(read_agent([SAMPLE]).agent, request, lambda *_: None)
    assert len(suite.scenarios) == COUNT
    return suite
