"""From the repository to a stack on AWS: the build, the deployment, and its projects and keys."""

from __future__ import annotations

from local import ROOT

REQUIREMENTS = ROOT / "requirements"
TOOLS = ROOT / ".tools"


class Unable(Exception):
    """It cannot be done here; the text says what is missing or went wrong, and what helps."""
