"""By what scenarios and profiles are listed: sets of ids, and which scenarios use a profile.

Imports nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evalgen.storage import keys
from evalgen.storage.id_sets import Ids, both, either, marking, read_ids, without
from evalgen.storage.kinds import KEPT_PROFILE, PROFILE, SCENARIO
from evalgen.storage.ports import Delete, Item, Key, Put, Reading, Write

EVERY = "ALL"


def of_agent(agent_id: int) -> str:
    return f"AGENT#{agent_id}"


def of_assistant(assistant_id: str) -> str:
    return f"ASSISTANT#{assistant_id}"


def in_folder(path: str) -> str:
    """Empty: in none."""
    return f"FOLDER#{path}"


def with_tag(tag: str) -> str:
    return f"TAG#{tag}"


def labels_of(kind: str, body: Mapping[str, Any]) -> list[str]:
    """What a thing is found by; nothing for other kinds than scenarios and profiles."""
    if kind not in (SCENARIO, PROFILE, KEPT_PROFILE):
        return []
    agents = [of_agent(body["agent"])] if body.get("agent") else []
    if kind != SCENARIO:
        return agents
    assistants = [of_assistant(body["assistant_id"])] if body.get("assistant_id") else []
    tags = [with_tag(tag) for tag in dict.fromkeys(body.get("tags", []))]
    return [EVERY, *agents, *assistants, in_folder(body.get("folder_path") or ""), *tags]


def labelled(table: Reading, project_id: int, kind: str, label: str) -> Ids:
    """The ids of all things with a label."""
    return read_ids(table, keys.labelled(project_id, kind, label))


def filtered(table: Reading, project_id: int, labels: Sequence[str], tags: Iterable[str], how: str) -> Ids:
    """The scenarios with all of these labels and, as `how` says, all of the tags, any, or none ("and", "or",
    "not")."""

    def read(label: str) -> Ids:
        return labelled(table, project_id, SCENARIO, label)

    tagged = [read(with_tag(tag)) for tag in tags]
    of_all = list(map(read, labels)) or ([] if tagged and how != "not" else [read(EVERY)])
    if how == "and":
        of_all += tagged
    elif tagged:
        some = tagged[0]
        for one in tagged[1:]:
            some = either(some, one)
        of_all = [without(of_all[0], some), *of_all[1:]] if how == "not" else [some, *of_all]
    found = of_all[0]
    for one in of_all[1:]:
        found = both(found, one)
    return found


def uses(project_id: int, kind: str, body: Mapping[str, Any] | None) -> list[Key]:
    """The item that says that a scenario uses its profile."""
    if kind == SCENARIO and body is not None and body.get("test_profile"):
        return [keys.use(project_id, body["test_profile"], body["id"])]
    return []


def use_items(project_id: int, kind: str, body: Mapping[str, Any]) -> list[Item]:
    return [{**key._asdict()} for key in uses(project_id, kind, body)]


def relisting(
    project_id: int, kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Write]:
    """Writes that list what a thing has become instead of what it was; None: it is not there."""
    old, new = (uses(project_id, kind, body) for body in (before, after))
    writes: list[Write] = [Delete(key) for key in old if key not in new]
    writes += [Put({**key._asdict()}) for key in new if key not in old]
    was, becomes = (labels_of(kind, body) if body is not None else [] for body in (before, after))
    for body, labels, others, by in ((before, was, becomes, -1), (after, becomes, was, 1)):
        if body is not None:
            listed = [keys.labelled(project_id, kind, one) for one in labels if one not in others]
            writes += marking(listed, [body["id"]], by)
    return writes
