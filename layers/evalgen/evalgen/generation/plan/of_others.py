"""Which sentences may be about another one of the things that a tool does: `Cancel: ask for the reason`."""

from __future__ import annotations

import re

from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import ToolName
from evalgen.generation.values import key_words, kind_of, kind_words, plain

FIRST_WORDS = 4
"""So many words into a line it says what it is about."""
FEWEST_USES = 2


def said_of_others(tool: ToolModel, model: AgentModel) -> frozenset[str]:
    """The ids of those in a line that begins with another deed, and of those that speak of what only others
    take: `Repeat the mobile number`.
    """
    assert tool.name is not None
    own, others = _forms_of(tool.name), {form for name in tool.others for form in _forms_of(name)}
    things = {word for name in (tool.name, *tool.others) for word in key_words(name.noun)}
    taken = {word for key in tool.others_take for word in _words_for(key)} - things
    same_tool = (one for key, one in model.titled.items() if key.startswith(tool.tool.name))
    theirs = [section for section in same_tool if section != model.titled.get(tool.key)]
    found, line, first = set[str](), -1, set[str]()
    for statement in model.prompt.statements:
        words = [plain(word) for word in re.findall(r"[^\W\d_]+", statement.text)]
        if statement.lines[0] != line:
            line, first = statement.lines[0], set(words[:FIRST_WORDS])
        elsewhere = first & others or any(statement.section[: len(one)] == one for one in theirs)
        theirs_alone = taken & set(words) and not own & set(words) and not statement.names
        if (elsewhere or theirs_alone) and not first & own:
            found.add(statement.id)
    return frozenset(found)


def said_of_one_use(tool: ToolModel, model: AgentModel) -> frozenset[str]:
    """The ids of those in one of several parts, each of which gets a yes of its own for this deed: packing
    material and insurance are both added by `add_extra`, and what is said of the one may not hold for the
    other.
    """
    name = tool.tool.name
    confirms = (model.by_id[one] for one in model.prompt.confirms if one in model.by_id)
    parts = {one.section for one in confirms if name in one.names and one.section}
    if name in model.playbooks or len(parts) < FEWEST_USES:
        return frozenset()
    return frozenset(s.id for s in model.prompt.statements if s.section in parts)


def _forms_of(name: ToolName) -> frozenset[str]:
    """A verb with its participle and its gerund."""
    done = grammar_of(name.language).participle(name.verb, name.noun)
    return frozenset(map(plain, (name.verb, done, f"{name.verb}ing", f"{name.verb.removesuffix('e')}ing")))


def _words_for(key: str) -> set[str]:
    """The words by which a parameter alone is spoken of: no day, no hour, no number."""
    kind = kind_of(key, "")
    if kind in ("phone", "email"):
        return set(kind_words(kind))
    return set(key_words(key)) - set().union(*map(kind_words, ("id", "day", "hour")))
