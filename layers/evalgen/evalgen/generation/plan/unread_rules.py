"""What the playbook of a deed says in sentences that are not read, as far as it shows in them that it bears
on a call: then it is not certain how that ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section, names_verb
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.way import records_of
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.how_long import is_so_near
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.reading import MUST_BE_SO
from evalgen.generation.read.record_fields import fields_of, plain_text
from evalgen.generation.read.words import in_all, singular_of
from evalgen.generation.values import key_of, key_words, leaves, plain, words_of


def hangs_on_what_is_unread(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether such a sentence is a condition that the records do not surely fulfil, wants something for a
    choice of this deed, says when it is chosen, has something asked of which the call knows nothing, or ends
    the deed where something is so.
    """
    unread = model.once("unread rules", served.key, lambda: list(_unread(served, model)))
    return (
        _lacks_a_condition(chain, served, model)
        or _wants_something_first(chain, unread, model)
        or _says_what_is_chosen(chain, unread)
        or _asks_besides(chain, unread, model)
        or any(_may_close(text, chain, served, model) for text in (*unread, *_facts(served, model)))
    )


def _facts(served: Served, model: AgentModel) -> list[str]:
    """The facts in its playbook, some of which have a label."""
    facts = (s for s in model.prompt.statements if s.kind == "fact" and in_section(s, served))
    return model.once("facts of a playbook", served.key, lambda: [s.text for s in facts])


def _may_close(text: str, chain: Chain, served: Served, model: AgentModel) -> bool:
    """`Under 7 days: the date can't be changed`, where that is so for these records, or not known."""
    rules, parts = load(model.judged, "rules"), load(model.judged, "prompt")["parts"]
    label, case = re.match(parts["label"], text), re.match(parts["opens_case"], text, re.IGNORECASE)
    when, _, end = case["rest"].partition(", ") if case else ("", "", "")
    when, end = (label["label"], label["right"]) if label and not end else (when, end)
    if re.search(rules["in_so_many_words"], when, re.IGNORECASE):
        return False
    if not re.search(rules["closes"], end, re.IGNORECASE) or not names_verb(end, served.tool, model):
        return False
    own = [field.held for n in records_of(chain) for field in fields_of(chain.calls[n].record)]
    said, table = plain_text(when), load(model.judged, "records")
    near = is_so_near(own, said, table, model.record_rules.today)
    if near is not None:
        return near
    return model.record_rules.holds(when, record_of(chain, model), by_states=True) is not False


def _lacks_a_condition(chain: Chain, served: Served, model: AgentModel) -> bool:
    """`All of these must hold: …`, of which one is not so, or is not understood."""
    listed = model.once("listed conditions", served.key, lambda: list(_listed(served, model)))
    fields = record_of(chain, model) if listed else []
    return any(model.record_rules.holds(one, fields, by_states=True) is not True for one in listed)


def _listed(served: Served, model: AgentModel) -> Iterator[str]:
    said = ((at, s) for at, s in enumerate(model.prompt.statements) if s.because.endswith(MUST_BE_SO))
    return (s.text for at, s in said if in_section(s, served) or _comes_before(at, served, model))


def _comes_before(at: int, served: Served, model: AgentModel) -> bool:
    """Whether the deed that a part of several deeds names next is this one."""
    section = model.prompt.statements[at].section
    behind = (one for one in model.prompt.statements[at:] if one.section == section)
    named = (name for one in behind for name in one.names if model.tools[name].role == "write")
    return not served.section and next(named, "") == served.tool.tool.name


def _unread(served: Served, model: AgentModel) -> Iterator[str]:
    """In its playbook, or, where the deed has none, where the prompt names its tool: in the parts that do,
    but for the paragraphs of other deeds.
    """
    named = [s for s in model.prompt.statements if served.tool.tool.name in s.names and not served.section]
    places = {(s.section, s.lines) for s in named}
    sections = {s.section for s in named if s.section}
    deeds = {tool.tool.name for tool in model.deeds} - {served.tool.tool.name}
    others = {s.lines for s in model.prompt.statements if not deeds.isdisjoint(s.names)}
    others -= {s.lines for s in named}
    in_a_case = load(model.judged, "rules")["asked_in_a_case"]
    for one in (s for s in model.prompt.statements if s.kind == "unread"):
        near = (one.section in sections and one.lines not in others) or (one.section, one.lines) in places
        if in_section(one, served) or (near and not re.search(in_a_case, one.text, re.IGNORECASE)):
            yield one.text


def _wants_something_first(chain: Chain, unread: list[str], model: AgentModel) -> bool:
    """`Stolen bin: ask for the police event number`, where one is ordered."""
    wants = load(model.judged, "rules")["wants_first"]
    said = (text.partition(":") for text in unread)
    wanting = (label for label, _, rest in said if re.match(wants, plain(rest).strip()))
    labels = [set(re.findall(r"[a-z]+", plain(label))) for label in wanting]
    for name, value in chain.last.call.input.items() if labels else ():
        choices = {one: {*words_of(plain(one))} for one in chain.last.tool.choices(name)}
        others = set().union(*(words for one, words in choices.items() if one != value))
        own = choices.get(str(value), set()) - others
        if own and any(own <= label for label in labels):
            return True
    return False


def _says_what_is_chosen(chain: Chain, unread: list[str]) -> bool:
    """`No charge, cover "warranty"`: of several choices that are mocked the agent takes one by a rule."""
    made = [call.input for call in chain.last.tool.calls.get("success", ())]
    open_ones = (
        str(value)
        for name, value in chain.last.call.input.items()
        if value in chain.last.tool.choices(name) and len({str(one.get(name)) for one in made}) > 1
    )
    chosen = [rf"[\"`'“]{re.escape(value)}[\"`'”]" for value in open_ones]
    return any(re.search(pattern, text) for pattern in chosen for text in unread)


def _asks_besides(chain: Chain, unread: list[str], model: AgentModel) -> bool:
    """`Go through the three checks`, `How many bedrooms?`, to which the caller has no answers."""
    table = load(model.judged, "rules")
    inputs = (leaf for played in chain.calls for leaf in leaves(played.call.input))
    known = {word for path, _ in inputs for word in key_words(key_of(path))} - in_all("nouns", "people")
    alters = chain.last.tool.name is not None and chain.last.tool.name.alters
    answered = [*table["asked_of_all"], *(() if alters else table["asked_of_new"]), *table["asks_for_a_yes"]]
    questions = (re.match(table["asks_plainly"], text, re.IGNORECASE) for text in unread)
    asking = [text for text in unread if re.search(table["asks_besides"], text, re.IGNORECASE)]
    for text in [*asking, *(question[0] for question in questions if question)]:
        if re.search(table["compares"], text, re.IGNORECASE):
            continue
        of_all = any(re.search(pattern, text, re.IGNORECASE) for pattern, *_ in answered)
        if not of_all and known.isdisjoint(singular_of(word) for word in words_of(plain(text))):
            return True
    return False
