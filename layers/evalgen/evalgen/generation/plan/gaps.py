"""What a deed lacks that the prompt wants of it: who is calling, a field, a story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, in_section
from evalgen.generation.plan.own_words import question_of, untold_stories
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.answers import says_verb
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.invented.promises import promised_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words, head_of, in_all
from evalgen.generation.values import key_of, key_words, leaves, lists_in, same


def lacks_identity(chain: Chain, model: AgentModel) -> bool:
    """Whether the agent finds its callers by a look-up and none of its answers is in the chain, or one that
    the deed takes nothing of while some deeds need none.
    """
    apart = model.apart.get(chain.last.tool.tool.name, ())
    finds = any(
        t.role == "identify" and t.calls.get("success") and name not in apart
        for name, t in model.tools.items()
    )
    number = next((n for n, p in enumerate(chain.calls) if p.tool.role == "identify"), None)
    if number is None or chain.calls[number] is chain.last:
        return finds and number is None
    takes = any(one.by == "answer" and one.call == number for p in chain.calls for one in p.inputs)
    said = {same(v) for p in chain.calls if p is not chain.calls[number] for _, v in leaves(p.call.input)}
    asked = {same(v) for _, v in leaves(chain.calls[number].call.input)}
    open_to_all = load(model.judged, "identity")["needs_none"]
    return not (takes or said & asked) and bool(
        re.search(open_to_all, model.definition.description, re.IGNORECASE)
    )


def lacks_fields(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the prompt decides by fields of a record that no answer has."""
    named = model.once("fields named", served.key, lambda: frozenset(_fields_named(served, model)))
    known = {key_of(path) for p in chain.calls for path, _ in (*leaves(p.call.input), *leaves(p.call.output))}
    known |= {key for p in chain.calls for key in lists_in(p.call.output)}
    told = model.once("values told", (), lambda: frozenset(_values_told(model)))
    return bool(named - known - model.names - told)


def _fields_named(served: Served, model: AgentModel) -> Iterator[str]:
    """What the sentences about a deed name as keys do: `balance_due`, `balanceDue`."""
    for s in model.prompt.statements:
        if in_section(s, served) or concerns(s, served, model):
            yield from re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+[A-Z]\w*\b", s.text)


def _values_told(model: AgentModel) -> Iterator[str]:
    """The values that descriptions of tools list for fields of their answers."""
    for tool in model.tools.values():
        for values in promised_in(tool.tool.description, model.judged).values():
            yield from map(str, values)


def lacks_a_story(served: Served) -> bool:
    """Whether the deed takes what only the caller's own story can fill, and no story may be told of it; or is
    several deeds in one.
    """
    tool = served.tool
    if is_several_deeds(tool):
        return True
    return any(not question_of(tool, name) for name in untold_stories(tool))


def is_unsaid(served: Served, model: AgentModel) -> bool:
    """Whether a wish is made of a tool's name alone and nothing has such words: an `access item`, or an
    `item` of which a parameter (`item_type`) says what it is.
    """
    noun = served.tool.name.noun if served.tool.name else ""
    kinds = {(noun, kind) for kind in in_all("wishes", "kinds")}
    typed = any(key_words(key) in kinds for key in served.tool.properties if served.tool.choices(key))
    return served.task is None and (" " in noun or typed) and not model.says(noun)


def is_an_exception(call: MockCall, tool: ToolModel) -> bool:
    """Whether another example does the same without a flag that is set here (`waive_fee`), or none has it of
    those for others: nobody has said what it is set for.
    """
    flags = [key for key, value in call.input.items() if value is True and not tool.is_told(key)]
    others = [other.input for other in tool.calls.get("success", []) if other is not call]
    if others and any(all(flag not in other for other in others) for flag in flags):
        return True
    return any(
        {**call.input, flag: False} == {**other, flag: False} and other.get(flag) is not True
        for flag in flags
        for other in others
    )


def ends_otherwise(call: MockCall, tool: ToolModel) -> bool:
    """Whether an answer calls what was done by another word than other examples, which have the deed's own:
    a booking that is `released` is told so, and not that it is cancelled.
    """
    verb = tool.name.verb if tool.name else ""
    made = tool.calls.get("success", [])
    return bool(verb) and not says_verb(call, verb) and any(says_verb(other, verb) for other in made)


def is_several_deeds(tool: ToolModel) -> bool:
    """Whether a choice says which of several things the tool does: `update_job` to `reschedule`, `cancel`."""
    verbs = {verb for words in all_words() for group in words.tables["synonyms"]["verbs"] for verb in group}
    choices = (rule.get("enum") for rule in tool.properties.values())
    listed = (one for one in choices if isinstance(one, list) and len(one) > 1)
    return any(all(str(choice).lower() in verbs for choice in one) for one in listed)


def is_what_is_left(served: Served, model: AgentModel) -> bool:
    """Whether the deed is what the prompt has done where something fails: `System down: take a message.`"""
    table, name = load(model.judged, "rules"), served.tool.name
    thing = name.noun.rpartition(" ")[2] if name else ""
    if thing not in table["left_to_do"]:
        return False
    texts = (s.text for s in model.prompt.statements if re.search(table["fails"], s.text, re.IGNORECASE))
    return any(re.search(rf"\b{thing}\b", text, re.IGNORECASE) for text in texts)


def is_urgent(served: Served, model: AgentModel) -> bool:
    """Whether the prompt has the deed done before anything else, identification included, or it is about a
    mishap: nobody turns to other things on the way.
    """
    name, own = served.tool.tool.name, served.tool.name
    if own and head_of(own.noun) in load(model.judged, "rules")["mishaps"]:
        return True
    pattern = load(model.judged, "rules")["before_all"]
    return any(name in s.text and re.search(pattern, s.text, re.IGNORECASE) for s in model.prompt.statements)
