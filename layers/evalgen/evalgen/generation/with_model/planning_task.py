"""What a model is asked for when it plans: the text behind the material."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from evalgen.generation.brief import Brief
from evalgen.generation.plan.test import Setting
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Task
from evalgen.generation.with_model.disposing import FAMILY, Disposing
from evalgen.generation.with_model.in_language import is_framed, language_named
from evalgen.generation.with_model.instructions import instruction

MOST_EARLIER = 150
MOST_TASKS = 40
_KINDS = {
    "workflow": "plan_workflow",
    "knowledge_base": "plan_knowledge",
    "red_teaming_voice": "plan_red_teaming",
    "red_teaming_text": "plan_red_teaming",
}


def task_of(
    disposing: Disposing,
    setting: Setting,
    count: int,
    focus: str = "",
    earlier: Collection[str] = (),
    dropped: Sequence[str] = (),
    paragraph: int = 0,
) -> str:
    """What is sent after the material; `earlier` are keys of tests, `dropped` what was refused and why,
    `paragraph` the only one that is left; 0: all are.
    """
    model, brief = disposing.model, disposing.brief
    channel = "a text chat" if brief.scenario_type == "red_teaming_text" else "the phone"
    form = "framed" if is_framed(disposing.spoken) else "whole"
    made = [name for name, tool in model.tools.items() if not tool.tool.mock_data]
    made += model.invented
    return instruction(
        "plan",
        count=count,
        kind=instruction(_KINDS[brief.scenario_type], attack=brief.attack_type or "", channel=channel),
        spoken=language_named(disposing.spoken),
        told=language_named(disposing.told_in),
        opening=_opening(setting, model.definition.first_message),
        focus=f"The prompt is shared out between planners; yours is part {focus}." if focus else "",
        tasks=_tasks(model, disposing.material.fence),
        wishes="\n".join(_wishes(brief, disposing.material.fence, paragraph)),
        earlier=_listed("There are already tests with these names; do not repeat them:", _names(earlier)),
        dropped=_listed("Of earlier proposals these could not be used:", dropped),
        made=_made(made),
        made_up=instruction(f"plan_made_up_{form}"),
        moves=instruction(f"plan_moves_{form}"),
        paragraph="the number of the paragraph that it tests, else 0." if brief.aims else "0.",
    )


def _opening(setting: Setting, said: str) -> str:
    if not setting.agent_opens:
        return "The caller says hello first; the request comes when the main agent asks how it can help."
    return f"The main agent opens the call{f': {said!r}' if said else '.'}"


def _tasks(model: AgentModel, fence: str) -> str:
    """What callers want of the agent, each with the tools that serve it."""
    told = [f"- {task.wish}: {', '.join(_tools_of(task, model))}" for task in model.prompt.tasks]
    return "\n".join([f"{fence} what callers want", *told[:MOST_TASKS], f"{fence} end"]) if told else ""


def _tools_of(task: Task, model: AgentModel) -> Collection[str]:
    """Where a model has not read them, those that stand in the task's playbook."""
    return task.tools or dict.fromkeys(name for one in model.lines_of(task) for name in one.tools)


def _wishes(brief: Brief, fence: str, paragraph: int) -> Iterator[str]:
    """What the request says beside the numbers, as data."""
    if brief.extra_instructions:
        yield f"{fence} wishes of the one who asked\n{brief.extra_instructions}\n{fence} end of wishes"
    if brief.aims:
        yield "Each of these paragraphs is the aim of one test, used whole:"
        yield from (f"{n}. {text}" for n, text in enumerate(brief.aims, 1) if paragraph in (0, n))
    if brief.test_profile:
        data = brief.test_profile.testing_agent_variables
        yield f"The caller is always the same, with this data, whose keys the facts use: {data}"


def _names(earlier: Collection[str]) -> list[str]:
    names = [key.removeprefix(f"{FAMILY}:") for key in earlier if key.startswith(FAMILY)]
    return sorted(names)[:MOST_EARLIER]


def _made(tools: Sequence[str]) -> str:
    if not tools:
        return "`made` stays empty."
    return (
        f"There are no examples of {', '.join(tools)}: propose them in `made` (n1, n2 …, each once in the "
        "whole answer; `input`, `answer`: JSON texts that fit schema and description, with realistic values "
        "that agree)."
    )


def _listed(head: str, names: Sequence[str]) -> str:
    return "\n".join([head, *(f"- {name}" for name in names)]) if names else ""
