"""`python -m deploy`"""

from __future__ import annotations

from deploy.cli import app

app(prog_name="python -m deploy")
