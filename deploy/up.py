"""`sam deploy` of what was built."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy import Unable
from deploy.build import BUILT, environ, sam


def deploy(
    stack: str, parameters: Sequence[str], built: Path = BUILT, variables: Mapping[str, str] | None = None
) -> None:
    """Create or update the stack, in the region and account of the environment. Raises Unable.

    `parameters` are `Name=value` of the template; others keep the value that the stack has, else the default.
    """
    template = built / "template.yaml"
    if not template.exists():
        raise Unable("nothing is built; `make build` comes first")
    done = subprocess.run(  # noqa: S603 - the SAM command line, with a stack's name and parameters
        [
            *(sam(), "deploy", "--template-file", template, "--stack-name", stack),
            *("--resolve-s3", "--capabilities", "CAPABILITY_IAM"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"),
            *("--parameter-overrides", *parameters),
        ],
        env=environ(**(variables or {})),
        check=False,
    )
    if done.returncode:
        raise Unable(f"sam deploy failed (exit code {done.returncode}); what it said stands above")
