"""What is deployed is made of: a software bill of materials in the format of CycloneDX 1.6."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local import ROOT

LOCK = ROOT / "layers" / "evalgen" / "requirements.txt"
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?$"
    r"(?P<hashes>(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)",
    re.MULTILINE,
)


def sbom(lock: Path = LOCK) -> dict[str, Any]:
    """The layer's packages with versions, hashes and where they apply, from its locked list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    components = list(_components(lock.read_text()))
    known = "|".join(f"{one['bom-ref']}" for one in components)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, known)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "evalgen",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "evalgen", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _components(text: str) -> Iterator[dict[str, Any]]:
    for found in PINNED.finditer(text):
        purl = f"pkg:pypi/{found['name'].lower().replace('_', '-')}@{found['version']}"
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": found["name"],
            "version": found["version"],
            "purl": purl,
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": purl,
                    "hashes": [{"alg": "SHA-256", "content": digest}],
                }
                for digest in re.findall(r"sha256:([0-9a-f]{64})", found["hashes"])
            ],
        }
        if found["marker"]:
            component["properties"] = [{"name": "python:marker", "value": found["marker"]}]
        yield component
