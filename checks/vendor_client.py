"""The operations of the vendor's client, and what we do about each, as a page of the documentation.

Reads the source of the installed client: each method that sends a request, with its verb and its path.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import cekura.resources

from evalgen.served.operation import spellings
from evalgen.served.operations.all import OPERATIONS

PAGE = Path(__file__).parents[1] / "docs" / "vendor-client.md"
SERVED, NOT_OURS, LATER = "served", "not ours", "later"

OURS = ("agents", "personalities", "phone_numbers", "predefined_metrics", "scenarios", "test_profiles")
"""Resources that are about agents and scenarios; the others are about calls and what follows from them."""

RUNNING = re.compile(r"/run_|/runs_|/auto-fetch|/verify-|/mcp/|POST .*/tool/")
"""Operations that place calls, take part in them, report on them, or ask a provider."""

HEAD = """# The vendor's client, operation by operation

Made by `PYTHONPATH=layers/evalgen python -m checks.vendor_client` of `cekura` {version}; a test compares it.
*Served*: works here, with that client. *Not ours*: it places calls, evaluates or watches them, or belongs to
the vendor's accounts and billing. *Later*: it is about agents and scenarios, and is not there yet.
`tool_create` is, in spite of its name, the webhook by which an agent calls its mocked tool in a test.

| | served | not ours | later |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A method of a resource, and the request that it sends."""

    resource: str
    name: str
    verb: str
    path: str

    @property
    def route(self) -> tuple[str, str]:
        return self.verb, re.sub(r"\{\w+\}", "{}", self.path).rstrip("/")

    @property
    def status(self) -> str:
        if self.route in ROUTES:
            return SERVED
        return LATER if self.resource in OURS and not RUNNING.search(f"{self.verb} {self.path}") else NOT_OURS


ROUTES = {
    (operation.method, re.sub(r"\{\w+\}", "{}", path).rstrip("/"))
    for operation in OPERATIONS
    for path in spellings(operation.path)
}


def operations() -> list[Sent]:
    """Of the synchronous client, in the order of its source."""
    found = pkgutil.iter_modules(cekura.resources.__path__)
    modules = [importlib.import_module(f"cekura.resources.{one.name}") for one in found if one.name[0] != "_"]
    return [sent for module in modules for sent in _of_module(module)]


def _of_module(module: ModuleType) -> Iterator[Sent]:
    resource = module.__name__.rpartition(".")[2]
    for method in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(method, ast.FunctionDef):
            for call in ast.walk(method):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "self._http.request":
                    verb, path = (_value(argument, module) for argument in call.args[:2])
                    yield Sent(resource, method.name, verb, path)


def _value(argument: ast.expr, module: ModuleType) -> str:
    """A text, or texts and constants of the module put together."""
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.Name):
        return str(getattr(module, argument.id))
    if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Add):
        return _value(argument.left, module) + _value(argument.right, module)
    raise ValueError(f"{module.__name__}: {ast.unparse(argument)} is no constant path")


def page() -> str:
    sent = operations()
    resources = sorted({one.resource for one in sent}, key=lambda name: (name not in OURS, name))
    counts = {name: Counter(one.status for one in sent if one.resource == name) for name in resources}
    counts["**together**"] = Counter(one.status for one in sent)
    text = HEAD.format(version=version("cekura"))
    for name, count in counts.items():
        text += f"| {name} | {count[SERVED]} | {count[NOT_OURS]} | {count[LATER]} |\n"
    for name in (one for one in resources if one in OURS):
        text += f"\n## {name}\n\n| method | request | |\n| --- | --- | --- |\n"
        for one in sent:
            if one.resource == name:
                path = one.path.removeprefix("/test_framework")
                text += f"| `{one.name}` | `{one.verb} {path}` | {one.status} |\n"
    return text


if __name__ == "__main__":
    PAGE.write_text(page())
