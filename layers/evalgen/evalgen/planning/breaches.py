"""What attacks try to have broken: the prompt's rules, each as something that a caller can ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evalgen.planning.strategies import Attacks, Words
from evalgen.reading.acts import Act, act_of_limit, checked, from_caller, lowered
from evalgen.reading.goal_words import wanted_of_tool
from evalgen.reading.model import AgentModel
from evalgen.reading.situations import act_of_case
from evalgen.reading.statements import Statement
from evalgen.reading.temptations import act_of_prohibition

MOST_RULES = 4
_BOUNDING = ("condition", "fact", "permission", "prohibition", "requirement")


def breaches_of(model: AgentModel, attacks: Attacks) -> Iterator[tuple[Statement, Act]]:
    """Rules that an aim can be made of, at most MOST_RULES of a kind, and what the caller asks for."""
    counts: Counter[str] = Counter()
    seen: set[Act] = set()
    for statement in model.statements:
        act = _breach(statement, model, attacks.words)
        if act and act not in seen and counts[act.kind] < MOST_RULES:
            seen.add(act)
            counts[act.kind] += 1
            yield statement, act


def _breach(statement: Statement, model: AgentModel, words: Words) -> Act | None:
    if statement.kind == "order":
        return _out_of_order(statement, model, words)
    if statement.opener in model.lexicon.words.dropped_openers:
        return None
    if statement.kind == "prohibition":
        return _forbidden(statement, model)
    return _past_limit(statement, model, words) if statement.kind in _BOUNDING else None


def _forbidden(statement: Statement, model: AgentModel) -> Act | None:
    """A thing with an article that must not be given is a `commitment`, unless the agent is for it."""
    act = act_of_prohibition(statement, model.lexicon, 0)
    if act is None or act.kind != "ask_forbidden":
        return act
    its_own = {t.noun for t in model.tools if t.effect == "write"} & set(act.x.split())
    if "leak" in statement.themes or its_own:
        return None
    return Act("commitment", act.x) if model.lexicon.patterns.determined.match(act.x) else act


def _past_limit(statement: Statement, model: AgentModel, words: Words) -> Act | None:
    """The case that a limit picks out (`a refund of 360 dollars`), or a number of things above it."""
    if not statement.limits:
        return None
    limit, case = statement.limits[0], act_of_case(statement, model.lexicon) if statement.trigger else None
    if case and case.kind == "act_raise" and any(c.isdigit() for c in case.x):
        if limit.money:
            return Act("limit_money", case.x)
        return Act("limit_count", case.x) if words.denied.search(statement.consequence) else None
    if statement.trigger or limit.side != "at_most":
        return None
    act = act_of_limit(statement, model.lexicon, 1)
    return act if act and act.kind == "limit_count" else None


def _out_of_order(statement: Statement, model: AgentModel, words: Words) -> Act | None:
    """A step to skip (`order_early`), or one to take too soon (`order_late`), by where the rule has its act.

    `read it back before booking` has the step that comes first, `cancel only after a yes` the one behind.
    """
    opener, act = statement.opener.casefold(), statement.consequence
    ban = model.lexicon.cues.prohibitions.match(act)
    if ban and opener in words.ahead + words.until:
        return _told("order_late", act[ban.end() :], model, words)
    tools = [model.tool(name) for name in statement.tools]
    named = [tool for tool in tools if tool.name in act] or (tools if words.it.match(act) else [])
    if opener in words.behind and not ban and named and named[-1].effect == "write":
        return Act("order_late", wanted_of_tool(named[-1], model.lexicon))
    if opener not in words.ahead:
        return None
    if named:
        identifies = named[-1].effect == "identify"
        said = words.of_caller.first(model.tool_words[named[-1].name])
        return Act("order_early", said) if identifies else None
    return _told("order_early", act, model, words)


def _told(kind: str, text: str, model: AgentModel, words: Words) -> Act | None:
    """What the rule has the agent do or leave, up to the first of several things."""
    lexicon = model.lexicon
    first, _, rest = text.strip(" ,").partition(" ")
    verb, rest = lexicon.verbs.base_of(first), lexicon.cut_tail(rest).partition(",")[0]
    if not verb or len(rest.split()) < 2 or words.it.match(text.strip()):
        return None
    said = from_caller(lowered(f"{verb} {rest}"), lexicon)
    return checked(Act(kind, words.of_caller.first(said)), lexicon)
