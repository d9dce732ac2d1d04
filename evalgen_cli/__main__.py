"""`python -m evalgen_cli`"""

from __future__ import annotations

from evalgen_cli.start import main

main()
