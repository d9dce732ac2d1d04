"""Whether callers want what a deed can take or leave out: `Ask whether they want to use a voucher`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evalgen.generation.plan.standing import put
from evalgen.generation.plan.test import Moment, Step
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import singular_of
from evalgen.generation.values import key_words, plain, words_of

TO_THE_END = 2
"""Steps behind these: a yes, and the end."""


def answer_of_options(way: Walk, statements: Iterable[Statement], place: int) -> int:
    """Add a yes to what the deed of this call takes, and a no to what it leaves out, where one parameter
    alone is that; answers how many steps came in.
    """
    moves, last = way.script.spoken.frames["moves"], way.chain.last
    if last.tool is not way.served.tool:
        return 0
    optional = {name: set(key_words(name)) for name in last.tool.properties if name not in last.tool.required}
    steps: list[Step] = []
    for duty in (d for s in statements for d in s.duties if d.heard):
        wants = re.search(moves["wants_one"], duty.told)
        words = {singular_of(plain(word)) for word in words_of(wants["x"])} if wants else set()
        meant = [name for name, own in optional.items() if own & words]
        if wants and len(meant) == 1:
            answer = moves["yes"] if meant[0] in last.call.input else moves["no"]
            steps.append(Step(str(answer), Moment("asked", duty.told.split(" ", 1)[1], standing=True)))
    return put(way.script, place, steps, TO_THE_END)
