"""What the wheel depends on: dependency groups of pyproject.toml, which are locked and tested."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

GROUP = "command"
EXTRAS = ("models",)


class FromGroups(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        """Adds `dependencies` and `optional-dependencies`."""
        groups = tomllib.loads(Path(self.root, "pyproject.toml").read_text("utf-8"))["dependency-groups"]
        metadata["dependencies"] = _members(groups, GROUP)
        metadata["optional-dependencies"] = {extra: _members(groups, extra) for extra in EXTRAS}


def _members(groups: dict[str, list[Any]], name: str) -> list[str]:
    return [
        requirement
        for one in groups[name]
        for requirement in ([one] if isinstance(one, str) else _members(groups, one["include-group"]))
    ]
