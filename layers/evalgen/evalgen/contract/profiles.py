"""The requests that create and change a test profile."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from evalgen.contract.fields import Check, Name, NotNull, OptionalName
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel

SECTIONS = ("main_agent_variables", "testing_agent_variables")


def _sectioned(value: dict[str, Any]) -> dict[str, Any]:
    """A flat object, the older shape, reaches both agents."""
    if not any(section in value for section in SECTIONS):
        return {section: dict(value) for section in SECTIONS}
    for name, part in value.items():
        if name not in SECTIONS:
            raise wrong(
                f"{name} stands beside the sections; only {' and '.join(SECTIONS)} are allowed there."
            )
        if not isinstance(part, dict):
            raise wrong(f"{name}: Must be an object; got {shown(part)}.")
    return {section: value.get(section, {}) for section in SECTIONS}


Information = Annotated[dict[str, Any], Check(_sectioned)]


class ProfileCreate(RequestModel):
    """A flat `information`, the older shape, reaches both agents."""

    name: Name
    agent: int | None = None
    project: int | None = None
    information: Information = Field(default_factory=lambda: _sectioned({}))


class ProfilePatch(RequestModel):
    """Only the fields that are sent change; `information` replaces all there was."""

    name: OptionalName = None
    agent: int | None = None
    project: int | None = None
    information: Annotated[Information | None, NotNull] = None
