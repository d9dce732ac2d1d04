"""What holds for every chain of calls."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.generation.values import same
from evalgen.reading.records import Chain, value_at


def broken_links(chain: Chain) -> Iterator[str]:
    """Where an input of a call is neither said by the caller nor what an earlier call has answered."""
    for index, step in enumerate(chain.steps):
        for key, value in step.call.input.items():
            links = [link for link in step.links if link.key == key]
            if key in step.said():
                continue
            if len(links) != 1 or not 0 <= links[0].call < index:
                yield f"{step.tool.name}.{key} has links {links}"
            elif same(value_at(chain.steps[links[0].call].call.output, links[0].path)) != same(value):
                yield f"{step.tool.name}.{key} is not what {links[0]} leads to"
        for link in step.links:
            if link.key not in step.call.input:
                yield f"{step.tool.name} has a link for {link.key}, which is no input"
