"""`python -m local`"""

from __future__ import annotations

from local.cli import app

app(prog_name="python -m local")
