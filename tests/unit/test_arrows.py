"""Which packages know which: what stands further down never imports what stands above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYER = Path(ROOT, "layers", "evalgen")
NEVER = {
    "evalgen.generation": ("catalog", "contract", "exports", "jobs", "served", "storage", "telemetry"),
    "evalgen.generation.read": ("generation.plan", "generation.write", "generation.check"),
    "evalgen.generation.write": ("generation.check",),
    "evalgen.jobs": ("catalog", "served", "telemetry"),
    "evalgen.storage": ("catalog", "contract", "generation", "jobs", "served"),
    "evalgen.contract": ("catalog", "jobs", "storage", "generation.read", "generation.plan"),
    "evalgen.models": ("generation", "jobs", "catalog"),
    "evalgen.exports": ("catalog", "jobs"),
}
BY_ONE_ALONE = {("evalgen.generation.plan", "evalgen.generation.check"): "evalgen.generation.plan.filling"}
"""Filling plans, writes and checks, and so belongs to none of the three."""


@cache
def modules() -> dict[str, Path]:
    names = {
        ".".join(path.relative_to(LAYER).with_suffix("").parts).removesuffix(".__init__"): path
        for path in LAYER.glob("evalgen/**/*.py")
    }
    return dict(sorted(names.items()))


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of ours that a module names in its imports, wherever they stand in it."""

    def named() -> Iterator[str]:
        for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (one.name for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    whole = f"{node.module}.{one.name}"
                    yield whole if whole in modules() else node.module

    return frozenset(set(named()) & set(modules()) - {module})


def within(package: str) -> list[str]:
    return [module for module in modules() if module == package or module.startswith(f"{package}.")]


def fail_at_a_cycle(graph: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


def test_no_module_leads_back_to_itself() -> None:
    fail_at_a_cycle({module: set(imported(module)) for module in modules()})


@pytest.mark.parametrize("whole", ["evalgen", "evalgen.generation"])
def test_no_package_leads_back_to_itself(whole: str) -> None:
    depth = whole.count(".") + 2
    inner = [one for one in within(whole) if one != whole and one not in BY_ONE_ALONE.values()]

    def package(module: str) -> str:
        return ".".join(module.split(".")[:depth])

    graph: dict[str, set[str]] = {}
    for module in inner:
        named = {package(one) for one in imported(module) & set(inner)}
        graph.setdefault(package(module), set()).update(named - {package(module)})
    fail_at_a_cycle(graph)


@pytest.mark.parametrize("package", NEVER)
def test_a_package_never_imports_what_stands_above_it(package: str) -> None:
    above = {inner for name in NEVER[package] for inner in within(f"evalgen.{name}")}
    assert above
    found = {module: imported(module) & above for module in within(package)}
    assert {module: names for module, names in found.items() if names} == {}


@pytest.mark.parametrize(("importer", "known"), BY_ONE_ALONE)
def test_one_module_alone_knows_both(importer: str, known: str) -> None:
    inner = set(within(known))
    assert [module for module in within(importer) if imported(module) & inner] == [
        BY_ONE_ALONE[importer, known]
    ]
