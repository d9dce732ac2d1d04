"""Folders with agents that grow: by entries of their mock data, by their prompt, by their documents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from benchmarks.sample import SAMPLE

UPLOADED = "uploaded.txt"
Answer = dict[str, Any]
WRITING = {
    "book_survey": ("book the survey", "list_technicians", "technician_id"),
    "book_installation": ("book the installation", "list_windows", "window_id"),
    "order_equipment": ("order the equipment", "list_equipment", "equipment_id"),
    "add_package": ("add the package", "list_packages", "package_id"),
}
"""Each with what it does, and the look-up before it that answers one of its inputs."""

MOVING = """You are the agent of Northline Internet. You set up internet for callers.

## Setting up internet
1. Ask for the phone number and call find_account. Then ask for the address, the day, the number of
   devices and the note.
{steps}
Then tell the caller that everything is set up.
"""


def many_entries(folder: Path, entries: int) -> Path:
    """Four writing tools, one after the other, each mocked with so many calls that go with one another."""
    folder.mkdir(parents=True)
    steps = [
        f"{n}. Call {lookup}, then {name} to {what}."
        for n, (name, (what, lookup, _)) in enumerate(WRITING.items(), 2)
    ]
    (folder / "system-prompt.txt").write_text(MOVING.format(steps="\n".join(steps)), "utf-8")
    account = {"account_id": "acc_71", "full_name": "Dana Whitfield", "status": "active"}
    tools: list[dict[str, Any]] = [
        _tool("find_account", "Find an account by the phone number.", [({"phone": "6135550114"}, account)])
    ]
    for name, (what, lookup, answered) in WRITING.items():
        found = {answered: f"{answered[:3]}_1", "status": "available"}
        calls = [_call(name, answered, number) for number in range(entries)]
        tools.append(_tool(lookup, f"List what there is to {what}.", [({"account_id": "acc_71"}, found)]))
        tools.append(_tool(name, f"{what.capitalize()} for a caller.", calls))
    (folder / "mock-tools.json").write_text(json.dumps(tools), "utf-8")
    return folder


def _tool(name: str, description: str, calls: list[tuple[Answer, Answer]]) -> dict[str, Any]:
    mocked = [{"input": asked, "output": answered} for asked, answered in calls]
    return {"name": name, "description": description, "mock_data": mocked}


def _call(tool: str, given: str, number: int) -> tuple[Answer, Answer]:
    said: dict[str, Answer] = {
        "book_survey": {"address": f"{number + 1} Main Street"},
        "book_installation": {"day": f"2026-12-{number % 28 + 1:02d}"},
        "order_equipment": {"devices": number + 1},
        "add_package": {"note": f"door {number + 1}"},
    }
    done = {"status": "done", "reference": f"{tool[:3].upper()}{1000 + number}"}
    return {"account_id": "acc_71", given: f"{given[:3]}_1", **said[tool]}, done


def long_prompt(folder: Path, size: int, tools: int) -> Path:
    """The sample's prompt, repeated with other numbers up to a size, and its tools under so many names."""
    shutil.copytree(SAMPLE, folder)
    prompt = (SAMPLE / "system-prompt.txt").read_text("utf-8")
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        area = len(parts)
        parts.append(prompt.replace("dollars", f"dollars in area {area}").replace("Step ", f"Step {area}."))
    (folder / "system-prompt.txt").write_text("\n\n".join(parts)[:size], "utf-8")
    for name in ("mock-tools.json", "tool-definitions.json"):
        known = json.loads((SAMPLE / name).read_text("utf-8"))
        copies = [
            {**known[n % len(known)], "name": _copied(known[n % len(known)]["name"], n // len(known))}
            for n in range(tools)
        ]
        (folder / name).write_text(json.dumps(copies), "utf-8")
    return folder


def _copied(name: str, copy: int) -> str:
    return f"{name}_{copy}" if copy else name


def long_document(folder: Path, size: int) -> Path:
    """The sample with one document more: price lists, one after the other, up to a size.

    It stands beside the folder's own ones, as what an upload becomes: files that are sent are 3 MB at most.
    """
    shutil.copytree(SAMPLE, folder)
    parts: list[str] = []
    length = 0
    while length < size:
        town = len(parts)
        rows = "\n".join(
            f"| {weight} kg | ${weight * 3 + town % 90} | {weight % 5 + 1} days |"
            for weight in range(5, 60, 5)
        )
        hours = f"The depot of town {town} is open from {town % 4 + 6} am to {town % 5 + 5} pm."
        table = f"| weight | price | time |\n| --- | --- | --- |\n{rows}"
        part = f"## Shipping to town {town}\n\nDelivery costs, by weight:\n\n{table}\n\n{hours}"
        parts.append(part)
        length += len(part) + 2
    (folder / UPLOADED).write_text("\n\n".join(parts)[:size], "utf-8")
    return folder
