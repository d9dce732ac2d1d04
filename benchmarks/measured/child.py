"""Run in a tree of either build: read, plan and write for the agent in a folder, in JSON what that took.

`python child.py FOLDER SCENARIOS [knowledge_base]`, with the tree and its layer on PYTHONPATH. Another agent
is planned for first, so that all is loaded and nothing of this one is kept.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

try:
    from evalgen.generation.brief import Brief, Personality
    from evalgen.generation.definition import Document
    from evalgen.generation.embedded import plan_job, read_agent, write_scenario
    from evalgen_cli.agents import definition_in

    OLDER = False
except ImportError:
    from evalgen.generation import plan_job, write_scenario  # type: ignore[attr-defined,no-redef] # as it was
    from evalgen.planning.brief import Brief, Personality  # type: ignore[import-not-found,no-redef]
    from evalgen.reading.definition import Document  # type: ignore[import-not-found,no-redef]
    from evalgen.reading.model import read_agent  # type: ignore[import-not-found,no-redef]
    from local.agent_folder import definition_in  # type: ignore[import-not-found,no-redef]

    OLDER = True


UPLOADED = "uploaded.txt"
WARMING = Path("tests/agents/utility_30_tools")
WARMING_TEXT = "# Keys\n\nA spare key costs 18 dollars. The office is open from 9 am to 5 pm."


def peak_mb() -> float:
    """Of this process alone: what `getrusage` says on Linux may be its parent's."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    folder, wanted, kind = Path(sys.argv[1]), int(sys.argv[2]), (sys.argv[3:] or ["workflow"])[0]
    agent = definition_in(folder)
    if (folder / UPLOADED).is_file():
        text = (folder / UPLOADED).read_text("utf-8")
        agent = replace(agent, documents=(*agent.documents, Document(99, UPLOADED, text)))
    brief = Brief(wanted, "bench", (Personality(1, "Normal", "en"),), scenario_type=kind)
    brief = replace(brief, generate_expected_outcomes=True)
    warming = replace(definition_in(WARMING), documents=(Document(98, "keys.txt", WARMING_TEXT),))
    plan_job(warming, replace(brief, num_scenarios=1))
    marks = [time.process_time()]
    read_agent(agent)
    marks.append(time.process_time())
    planned = plan_job(agent, brief)
    marks.append(time.process_time())
    tests = planned.plans if OLDER else planned.tests
    for test in tests:
        write_scenario(test) if OLDER else write_scenario(
            test, brief, planned.setting, brief.personality_of(0)
        )
    marks.append(time.process_time())
    read, plan, write = (after - before for before, after in pairwise(marks))
    figures = {
        "scenarios": len(tests),
        "read_s": read,
        "plan_s": plan,
        "write_s": write,
        "peak_mb": peak_mb(),
    }
    print(json.dumps({**figures, "all_s": marks[-1] - marks[0]}))  # noqa: T201 - the parent process reads it


if __name__ == "__main__":
    main()
