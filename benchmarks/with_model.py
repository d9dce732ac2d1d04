"""What generation with a model asks for, and how long it takes: a server on 127.0.0.1 that counts.

Tokens are characters / 4; the agent's part counts as cached where it has been sent with the same form before.
`PYTHONPATH=layers/evalgen python -m benchmarks.with_model [folder, or many] [scenarios] [seconds a call]`
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from typer import echo

from benchmarks.sample import SAMPLE
from evalgen_cli.agents import definition_of, read_agent
from evalgen_cli.client import Client
from evalgen_cli.deployed import generate_there
from local.model import model_parameters
from local.stack import Settings, running
from tests.scripted_model.good_answers import GoodModel
from tests.scripted_model.many_orders import AGENT, ManyOrders
from tests.scripted_model.server import ScriptedModel, serving

WORKERS = 4


def main(folder: str = str(SAMPLE), count: str = "20", seconds: str = "0") -> None:
    agent = AGENT if folder == "many" else read_agent([Path(folder)]).agent
    script = ManyOrders() if folder == "many" else GoodModel(definition_of(agent))
    wanted = int(count)
    request = {"num_scenarios": wanted, "scenario_type": "workflow", "generate_expected_outcomes": True}
    with (
        serving(ScriptedModel(script, float(seconds))) as served,
        tempfile.TemporaryDirectory() as state,
        mock.patch.dict("os.environ", MODEL_BASE_URL=f"{served.url}/v1"),
    ):
        parameters = model_parameters("openai:scripted")
        settings = Settings(Path(state), workers=WORKERS, parameters=parameters)
        with running(settings, echo) as base:
            started = time.monotonic()
            suite = generate_there(Client(base, settings.api_key), agent, request, lambda *_: None)
            wall = time.monotonic() - started
    writers = Counter(one["writer"] for one in suite.scenarios)
    echo(f"{dict(writers)} of {wanted}, {seconds} s a call, {WORKERS} workers: {wall:.1f} s")
    forms = Counter(asked.form for asked in served.asked)
    parts, read = forms.pop("reading", 0), served.tokens.pop("reading", Counter[str]())
    echo(f"calls {forms.total() / wanted:.2f} a scenario: {dict(forms)}")
    for name, number in _numbers(sum(served.tokens.values(), Counter())):
        echo(f"tokens {name} {number / wanted:.0f} a scenario")
    echo(f"reading, once: {parts} calls, tokens {dict(_numbers(read))}")


def _numbers(tokens: Counter[str]) -> Iterator[tuple[str, int]]:
    yield "input", tokens["input"]
    yield "of it uncached", tokens["input"] - tokens["cached"]
    yield "output", tokens["output"]


if __name__ == "__main__":
    main(*sys.argv[1:])
