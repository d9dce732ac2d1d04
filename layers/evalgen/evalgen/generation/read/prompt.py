"""Stand-in until the reader is merged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalgen.generation.read.statement import Prompt, Statement


def read_prompt(text: str, declared: str, tools: Sequence[str]) -> Prompt:
    out, section = [], ()
    joined, start = "", 1
    for n, line in enumerate([*text.split("\n"), ""], 1):
        if line.startswith("#"):
            section = (line.strip("# "),)
            line = ""
        if not line.strip() or re.match(r"\s*(?:[-*]|\d+[.)])\s", line):
            for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", joined):
                if s.strip():
                    out.append(Statement(f"s{len(out)}", (start, n - 1), s.strip(), section, "unread", "", False, tools=tuple(t for t in tools if t in s)))
            joined, start = line.strip(" -"), n
        else:
            joined += " " + line.strip()
    confirms = tuple(s.id for s in out if re.search(r"(?i)(?:clear|explicit)? ?(?:yes|confirm)", s.text) and re.search(r"(?i)before|wait|get|after a|read it back|repeat|yes", s.text))
    return Prompt(declared[:2], tuple(out), (), confirms=confirms, asks_more=next((s.id for s in out if "anything else" in s.text), ""))
