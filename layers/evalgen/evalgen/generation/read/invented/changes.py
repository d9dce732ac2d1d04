"""Whether a change changes something: what it is given is not on record already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evalgen.generation.languages import in_every
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import same


def changes_nothing(
    tool: ToolModel, given: Mapping[str, Any], links: Links, output_of: Callable[[str], Any]
) -> str:
    """Why a call is no change, empty where it is one or no deed that changes. `output_of` answers what a
    look-up tells, None where that has no answer.
    """
    if tool.role != "write" or not tool.name or tool.name.verb not in in_every("invented", "changes"):
        return ""
    ids = {key: value for key, value in given.items() if Meaning(key).is_id and not Meaning(key).fact}
    content = {key: value for key, value in given.items() if key not in ids}
    if not content:
        return "" if len(ids) > 1 else "nothing says what is changed"
    sources = {name for key in ids for name in links.sources_of(tool, Meaning(key))[0]}
    known = {same(value) for value in ids.values()}
    things = [one for name in sorted(sources) for one in _things_in(output_of(name))]
    records = [
        one for one in things if known & {same(v) for v in one.values() if not isinstance(v, dict | list)}
    ]
    held = (all(key in one and same(one[key]) == same(v) for key, v in content.items()) for one in records)
    return "what it is given is on record already" if any(held) else ""


def _things_in(output: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(output, dict):
        yield output
    for one in output.values() if isinstance(output, dict) else output if isinstance(output, list) else ():
        yield from _things_in(one)
