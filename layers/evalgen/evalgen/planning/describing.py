"""What a plan says of its caller and of itself."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.draft import MockEntry
from evalgen.generation.ledger import limit_id
from evalgen.generation.values import kind_of, leaves, same
from evalgen.planning.ideas import Idea
from evalgen.planning.script import Script
from evalgen.reading.acts import for_reader, lowered
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.situations import case_of
from evalgen.reading.tool_names import spoken

LONGEST_PROFILE_NAME, LONGEST_TAG = 120, 40
_FIGURE = re.compile(r"\d")
_PERSONAL = ("name", "birth_date", "phone", "email")
NAMES = ("full_name", "name", "nombre_completo", "nombre")


def needed(
    caller: dict[str, Any], script: Script, entries: list[MockEntry], variables: dict[str, Any]
) -> dict[str, Any]:
    """What the caller has to know: who they are, what the steps refer to, what the calls are given."""
    told = set(script.references())
    used = {same(v) for e in entries for _, v in leaves(e.input)}

    def is_needed(key: str, value: Any) -> bool:
        personal = kind_of(key, value) in _PERSONAL and not key.startswith("other")
        return key not in variables and (key in told or same(value) in used or personal)

    return {key: value for key, value in caller.items() if is_needed(key, value)}


def detail_of(idea: Idea, lexicon: Lexicon) -> str:
    """What sets the idea apart from others with its goal and twist."""
    if idea.act:
        return idea.act.x
    if idea.twist == "case":
        return lowered(for_reader(case_of(idea.focus[0], lexicon), lexicon))
    return idea.second.goal.phrase if idea.second else spoken(idea.route.failing, lexicon)


def profile_name_of(caller: dict[str, Any], idea: Idea) -> str:
    """Who calls, and what for."""
    names = (
        str(value)
        for key, value in caller.items()
        if key in NAMES or (key.endswith("_name") and not key.startswith("other"))
    )
    parts = (next(names, ""), idea.route.goal.phrase)
    return " - ".join(part for part in parts if part)[:LONGEST_PROFILE_NAME]


def words_in(text: str) -> list[str]:
    """The words of a text without its punctuation."""
    return re.findall(r"\w+", text)


def tags_of(idea: Idea, lexicon: Lexicon) -> tuple[str, ...]:
    route = idea.route
    words = [w for w in words_in(route.goal.phrase.lower()) if w not in lexicon.words.determiners]
    ending = route.ending if route.ending != "none" else "conversation"
    tags = (
        "workflow",
        "_".join(words)[:LONGEST_TAG],
        "rule" if idea.act else idea.twist,
        f"tool_{ending}" if route.failing else ending,
    )
    return tuple(dict.fromkeys(tags))


def limits_covered(idea: Idea) -> frozenset[str]:
    """The ledger's ids of the limits at which the caller names a value."""
    if idea.act is None or not (idea.act.kind.startswith("limit_") or _FIGURE.search(idea.act.x)):
        return frozenset()
    return frozenset(limit_id(statement.id) for statement in idea.focus if statement.limits)


def shortfall(done: int, wanted: int, statements: int) -> str:
    """Why not every slot got a plan, and what would help."""
    if done >= wanted:
        return ""
    return (
        f"This agent's description has {statements} statement{'s' if statements != 1 else ''}; {done} of "
        f"{wanted} distinct scenarios can be made from it. Add rules, steps or mock data to the agent, or "
        "ask for fewer scenarios."
    )
