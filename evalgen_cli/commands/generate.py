"""`evalgen generate`: from an agent's files to scenarios."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from evalgen.generation.brief import AttackType, ScenarioType, SimulationType
from evalgen.importing.imported import Imported
from evalgen.models.settings import ModelSettings, model_settings, naming
from evalgen_cli import showing
from evalgen_cli.agents import read_agent
from evalgen_cli.client import Client
from evalgen_cli.deployed import generate_there
from evalgen_cli.failing import NOT_AS_DEMANDED, Failed
from evalgen_cli.in_process import generate_here
from evalgen_cli.notes import notes_told
from evalgen_cli.options import Agent, AsJson, Model
from evalgen_cli.progress import shown
from evalgen_cli.suite import Suite, write_suite
from evalgen_cli.writing import STDOUT, as_json


def generate(
    agent: Agent,
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=100, help="How many scenarios.")] = 20,
    kind: Annotated[ScenarioType, typer.Option("--type", help="What they are for.")] = "workflow",
    attack: Annotated[
        AttackType | None, typer.Option("--attack", help="With red teaming: what is tried.")
    ] = None,
    form: Annotated[
        SimulationType, typer.Option("--form", help="How their steps are written.")
    ] = "instruction",
    instructions: Annotated[
        str, typer.Option(help="What steers them; numbered paragraphs are one each.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A .json file, or a folder with a file for each.")
    ] = None,
    at_least: Annotated[
        int, typer.Option("--at-least", min=0, max=100, help="End with 1 if fewer could be made.")
    ] = 1,
    as_json_: AsJson = False,
    model: Model = "",
    url: Annotated[
        str, typer.Option(envvar="EVALGEN_URL", help="A deployed stack does it; its key: EVALGEN_API_KEY.")
    ] = "",
) -> None:
    """Generate scenarios for an agent, show them, and save them with -o.

    What is not certain gives no scenario, so there may be fewer; the reason is told.
    """
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    found = read_agent(agent)
    request = _request(count, kind, attack, form, instructions)
    told = Console(stderr=True, highlight=False)
    only_json = as_json_ or out == STDOUT
    if only_json:
        told.print(notes_told(found))
    with shown(told, count) as on_progress:
        if url:
            suite = generate_there(Client(url, _key()), found.agent, request, on_progress)
        else:
            suite = generate_here(found.agent, request, on_progress, told.print, _settings(model))
    if out is not None:
        write_suite(out, suite)
    if as_json_:
        sys.stdout.write(as_json(asdict(suite)))
    elif not only_json:
        _show(found, suite, out)
    if len(suite.scenarios) < at_least:
        raise Failed(f"{len(suite.scenarios)} scenarios are fewer than {at_least}", NOT_AS_DEMANDED)


def _settings(model: str) -> ModelSettings:
    try:
        return model_settings(naming(model, os.environ))
    except RuntimeError as error:
        raise Failed(str(error)) from None


def _key() -> str:
    """Of the stack: from the environment alone, as arguments can be seen by others."""
    key = os.environ.get("EVALGEN_API_KEY", "")
    if not key:
        raise Failed("the variable EVALGEN_API_KEY has to hold the key of the stack that --url names")
    return key


def _request(
    count: int, kind: ScenarioType, attack: AttackType | None, form: SimulationType, instructions: str
) -> dict[str, Any]:
    """The body of generate-bg."""
    request: dict[str, Any] = {
        "num_scenarios": count,
        "scenario_type": kind,
        "simulation_type": form,
        "generate_expected_outcomes": True,
    }
    if attack is not None:
        request["attack_type"] = attack
    if instructions:
        request["extra_instructions"] = instructions
    return request


def _show(found: Imported, suite: Suite, out: Path | None) -> None:
    console = Console(highlight=False)
    console.print(notes_told(found))
    if suite.scenarios:
        one = showing.most_telling(suite.scenarios)
        console.print(showing.overview(suite.scenarios), showing.in_full(one), sep="\n\n")
    if suite.warnings:
        console.print(showing.warnings(suite.warnings))
    if suite.failures:
        console.print(showing.failures(suite.failures))
    made = "1 scenario" if len(suite.scenarios) == 1 else f"{len(suite.scenarios)} scenarios"
    saved = f"Saved {made} in {out}" if out else "Nothing is saved without -o FILE"
    console.print(saved, markup=False, soft_wrap=True)
