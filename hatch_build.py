"""What the wheel depends on: the dependency group `local` of pyproject.toml, which is locked and tested."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

GROUP = "local"


class FromGroups(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        """Adds `dependencies`."""
        text = Path(self.root, "pyproject.toml").read_text("utf-8")
        metadata["dependencies"] = _members(tomllib.loads(text)["dependency-groups"], GROUP)


def _members(groups: dict[str, list[Any]], name: str) -> list[str]:
    return [
        requirement
        for one in groups[name]
        for requirement in ([one] if isinstance(one, str) else _members(groups, one["include-group"]))
    ]
