"""The real worker function, with a generator that gets into trouble where a test wants it to.

At the test s13, in the second chunk, and with the folder TROUBLE: a file `raise` there makes it raise once;
unless there is a file `go` it leaves its process id in `waiting` and waits for one.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Setting, Test
from local import ROOT
from local.functions import load_handler
from local.system import Function
from tests.integration.jobs.kit import FakeGenerator, a_draft

TROUBLE = Path(os.environ["TROUBLE"])


def write_scenario(
    test: Test, brief: Brief, setting: Setting, personality: Personality, hello: str = ""
) -> Draft:
    if test.key == "s13":
        if (TROUBLE / "raise").exists():
            (TROUBLE / "raise").unlink()
            raise RuntimeError("trouble")
        while not (TROUBLE / "go").exists():
            (TROUBLE / "waiting").write_text(str(os.getpid()))
            time.sleep(0.01)
    return a_draft(test.key)


embedded.plan_job = FakeGenerator().plan_job
embedded.write_scenario = write_scenario
_handler = load_handler(Function("RealWorker", ROOT / "functions" / "worker", "app.lambda_handler", 0, 0, {}))


def lambda_handler(event: dict[str, Any], context: Any) -> Any:
    return _handler(event, context)
