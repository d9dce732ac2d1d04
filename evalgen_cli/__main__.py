"""`python -m evalgen_cli`"""

from __future__ import annotations

from evalgen_cli.app import main

main()
