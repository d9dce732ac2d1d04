"""What `make build` makes: whole, compiled, and small."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.conftest import ARCHITECTURE, RUNTIME
from deploy.build import DIGEST, LAYER, build, digest, functions
from deploy.sizes import sizes
from local.system import System

MOST_OF_LAYER = 65_000_000
"""Lambda takes 250 MB of layer and function together. The client of models is half of it, and only
a worker that uses one loads it (docs/decisions/0023-model-proposes.md).
"""
MOST_OF_FUNCTION = 50_000
MACHINES = {"arm64": 0xB7, "x86_64": 0x3E}
"""Architectures by the machine number in the header of their ELF files."""


@pytest.fixture(scope="session", params=["arm64", "x86_64"])
def built_for(request: pytest.FixtureRequest, built: Path) -> tuple[str, Path]:
    """Built for either architecture, the other machine's from its published wheels."""
    if request.param == ARCHITECTURE:
        return request.param, built
    folder = built.parent / request.param
    build(RUNTIME, request.param, folder)
    return request.param, folder


def test_what_is_built_is_small(built_for: tuple[str, Path], system: System) -> None:
    _, folder = built_for
    layer, *others = sizes([folder / LAYER, *functions(folder)])
    assert 10_000_000 < layer.unzipped < MOST_OF_LAYER
    assert {other.name for other in others} == set(system.functions)
    assert max(other.unzipped for other in others) < MOST_OF_FUNCTION


def test_the_layers_libraries_are_for_its_architecture(built_for: tuple[str, Path]) -> None:
    architecture, folder = built_for
    libraries = list((folder / LAYER).rglob("*.so"))
    assert libraries
    for library in libraries:
        header = library.read_bytes()[:20]
        assert header[:4] == b"\x7fELF"
        assert int.from_bytes(header[18:20], "little") == MACHINES[architecture]


def test_every_source_has_its_byte_code_which_nobody_checks_against_it(built: Path) -> None:
    tag = f"cpython-{RUNTIME.removeprefix('python').replace('.', '')}"
    package = built / LAYER / "python" / "evalgen"
    sources = [*package.rglob("*.py"), *(function / "app.py" for function in functions(built))]
    for source in sources:
        code = source.parent / "__pycache__" / f"{source.stem}.{tag}.pyc"
        assert int.from_bytes(code.read_bytes()[4:8], "little") == 0b01  # by hash, and unchecked


def test_a_changed_layer_changes_every_function(built: Path) -> None:
    """Otherwise SAM publishes no new version of a function whose layer alone is new."""
    expected = digest(built / LAYER)
    assert {(function / DIGEST).read_text() for function in functions(built)} == {expected}
