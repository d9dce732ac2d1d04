"""What a deed turns on that is not known before the call: a yes, a sum, a day, a look-up's answer."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, is_only_of_others
from evalgen.generation.plan.chosen_in_cases import is_chosen_in_a_case
from evalgen.generation.plan.demanded import demanded
from evalgen.generation.plan.fitting import takes_one_of_several_inside, takes_what_does_not_fit
from evalgen.generation.plan.handled_first import is_handled_first
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.unread_rules import hangs_on_what_is_unread
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.variables import is_now
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words, in_all, singular_of
from evalgen.generation.values import (
    key_of,
    key_words,
    kind_of,
    kind_words,
    leaves,
    plain,
    same,
    snake,
    words_of,
)


def is_undecided(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a good agent may come to another end of a deed than this chain does."""
    return served.tool.role == "write" and (
        _is_agreed_to(chain, model)
        or _hangs_on_a_rule(chain, model)
        or _hangs_on_the_day(chain, served, model)
        or _lacks_a_read(chain, served, model)
        or _is_not_seen_to_be_free(chain, served, model)
        or _is_ordered_otherwise(chain)
        or is_handled_first(chain, model, served)
        or takes_what_does_not_fit(chain, grammar_of(model.spoken))
        or takes_one_of_several_inside(chain)
        or _is_sorted_by_the_agent(chain)
        or _lacks_what_a_choice_wants(chain)
        or is_chosen_in_a_case(chain, model)
        or hangs_on_what_is_unread(chain, served, model)
        or any(_is_full(p.call.output) for p in chain.calls if p is not chain.last)
    )


def _is_sorted_by_the_agent(chain: Chain) -> bool:
    """Whether a choice of the deed is a class of what callers tell in their own words, which are not known:
    `illness_or_bereavement`, `other`.
    """
    ors, rest = in_all("nouns", "either"), in_all("choices", "rest")
    for one in chain.last.inputs:
        choices = chain.last.tool.choices(str(one.where[0])) if len(one.where) == 1 else []
        if one.by != "caller" or not choices:
            continue
        if snake(str(one.value)) in rest or any(ors & set(words_of(plain(c))[1:-1]) for c in choices):
            return True
    return False


def _lacks_what_a_choice_wants(chain: Chain) -> bool:
    """Whether a choice of the deed wants a text more that the example leaves out: `only for a fault`."""
    call, tool = chain.last.call, chain.last.tool
    chosen = {" ".join(words_of(plain(str(v)))) for name, v in call.input.items() if tool.choices(name)}
    patterns = [words.tables["agent_decides"]["only_for"] for words in all_words()]
    wanted = (
        match["x"]
        for name in tool.properties.keys() - call.input.keys()
        for pattern in patterns
        if (match := re.search(pattern, tool.about(name)))
    )
    return any(x in chosen for x in wanted)


def _is_agreed_to(chain: Chain, model: AgentModel) -> bool:
    """Whether the deed holds a yes to what a rule asks only at some time (`accept_late_fee`), and a variable
    says what day it is: whether the two agree is not known.
    """
    agreed = in_all("agent_decides", "agreed")
    return _day_is_set(model) and any(
        value is True and agreed & set(key_words(key_of(path)))
        for path, value in leaves(chain.last.call.input)
    )


def _hangs_on_a_rule(chain: Chain, model: AgentModel) -> bool:
    """Whether the deed takes a sum, or a choice such as a fee's, that the agent works out by rules and no
    answer before it has: whether it is the right one is not known.
    """
    sums, tool = in_all("agent_decides", "sums"), chain.last.tool
    if tool.name and in_all("agent_decides", "asks_for_money") & set(key_words(tool.name.noun)):
        sums |= in_all("agent_decides", "sums_asked")
    told = {
        same(value)
        for p in chain.calls
        for path, value in (leaves(p.call.output) if p is not chain.last else ())
        if not sums.isdisjoint(key_words(key_of(path)))
    }
    settled, kinds = in_all("agent_decides", "settled"), in_all("wishes", "kinds")
    applies = [words.tables["agent_decides"]["applies"] for words in all_words()]
    for path, value in leaves(chain.last.call.input):
        name, words = str(path[0]), key_words(key_of(path))
        ruled = bool(tool.choices(name)) and any(re.search(rule, tool.about(name)) for rule in applies)
        ruled = ruled or name in tool.ruled or not settled.isdisjoint(words)
        is_kind = words[-1:] and words[-1] in kinds and words[0] not in in_all("facts", "charged")
        chosen = bool(tool.choices(name)) and not is_kind
        counted = kind_of(key_of(path), value) in ("money", "number") or chosen
        worked_out = ruled or (counted and not sums.isdisjoint(words))
        if not worked_out or same(value) in told:
            continue
        if tool.tool.name in model.invented or not _is_the_only_one(chain, name):
            return True
    return False


def _is_the_only_one(chain: Chain, name: str) -> bool:
    """Whether the mock data do the deed with this value of a parameter alone, all else the same, while they
    have others of it elsewhere: which is right shows in them.
    """
    last = chain.last
    own, made = same(last.call.input.get(name)), last.tool.calls.get("success", ())
    varies = any(same(one.input.get(name)) != own for one in made)
    return varies and not last.is_made_otherwise((name,))


def _is_ordered_otherwise(chain: Chain) -> bool:
    """Whether the mock data have the deed with another of the choices that the prompt orders by name, and all
    else the same: which of them is right is not known.
    """
    last = chain.last
    ordered = last.tool.ordered & last.call.input.keys()
    others = last.alike_but_for(ordered) if ordered else ()
    return any(one.input != last.call.input for one in others)


def _hangs_on_the_day(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the deed brings a sum that a rule of it charges at some time only (`less than 24 hours before`)
    while a variable says what day it is: whether it is due is not known.
    """
    charged = in_all("facts", "charged")
    output = leaves(chain.last.call.output)
    if not _day_is_set(model) or not any(v and charged & set(key_words(key_of(p))) for p, v in output):
        return False
    table = load(model.judged, "rules")
    patterns = (table["at_some_time"], table["costs"])
    return any(
        concerns(s, served, model)
        for s in model.prompt.statements
        if all(re.search(pattern, s.text, re.IGNORECASE) for pattern in patterns)
    )


def _day_is_set(model: AgentModel) -> bool:
    days = kind_words("day") | set(load(model.judged, "invented")["days"])
    named = (v for v in model.variables if is_now(v.name, v.description, model.judged))
    return any(days & {*key_words(v.name), *key_words(v.description)} for v in named)


def makes_what_is_found(tool: ToolModel, look_up: ToolModel | None) -> bool:
    """Whether a deed makes the very thing by which its callers are looked up: there is none before."""
    name, found = tool.name, look_up.name if look_up else None
    if name is None or look_up is None or found is None:
        return False
    thing = singular_of(plain(name.noun.split()[-1])) if name.noun else ""
    numbers = {words[-2] for key in look_up.properties if (words := key_words(key))[1:]}
    makes = name.verb in load(name.language, "invented_things")["makes"]
    return makes and thing == singular_of(plain(found.noun.split()[-1])) and thing in numbers


def _lacks_a_read(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the playbook of the task names a look-up that the chain has no mocked answer for, or the prompt
    names one that takes just what the deed takes, as a check of what is free does.
    """
    made = {p.tool.tool.name for p in chain.calls}
    return not demanded(served, model) <= made or any(
        name not in made and _checks(model.tools[name], chain) for name in model.mentioned
    )


def _checks(tool: ToolModel, chain: Chain) -> bool:
    """Whether a look-up is asked with two or more of a deed's own inputs and nothing else."""
    return tool.role == "read" and len(tool.required) > 1 and set(tool.required) <= set(chain.last.call.input)


def _is_not_seen_to_be_free(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether callers name the day of a deed, and the tool that says what is free for it was not asked with
    it.
    """
    named = [one.value for played, one in chain.inputs("caller") if played is chain.last]
    unseen = any(kind_of("", value) == "date" and same(value) not in chain.asked_before for value in named)
    return unseen and any(
        _tells_what_is_free(tool) and not is_only_of_others(name, served, model)
        for name, tool in model.tools.items()
    )


def _is_full(answer: Any) -> bool:
    """Whether an answer counts as many of something as its own limit of them: `open_holds` 3, `limit` 3."""
    limits, used = in_all("agent_decides", "limits"), in_all("agent_decides", "used")
    counts = (
        [(key_words(k), v) for k, v in answer.items() if type(v) is int] if isinstance(answer, dict) else []
    )
    most = [value for words, value in counts if words[-1:] and words[-1] in limits]
    so_many = [
        value
        for words, value in counts
        if words and words[-1] not in limits and (words[0] in used or singular_of(words[-1]) != words[-1])
    ]
    return len(most) == 1 and any(value >= most[0] > 0 for value in so_many)


def _tells_what_is_free(tool: ToolModel) -> bool:
    if tool.role != "read" or tool.name is None or not tool.name.noun:
        return False
    asked = (leaves(call.input) for calls in tool.calls.values() for call in calls)
    days = any(kind_of(key_of(path), value) == "date" for one in asked for path, value in one)
    free = load(tool.name.language, "invented_things")["availability"]
    return days and plain(tool.name.noun.split()[-1]) in free
