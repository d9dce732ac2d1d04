"""The embedded stack: the real handlers behind a gateway, a queue poller and a schedule on one machine.

What is deployed and how comes from `template.yaml`. As Lambda does, it puts the layer on the import path.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYER = ROOT / "layers" / "evalgen"

if str(LAYER) not in sys.path:
    sys.path.insert(0, str(LAYER))
