"""Which rule of the prompt wants a yes before a deed, and which questions belong to a task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section, named_beside, stands_in_another_playbook
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain

REACH = 3
"""How many sentences from a read-back on the deed that it is for is named."""
_ASIDE = re.compile(r"\s*\([^()]*\)(?=,|\s\w)")
"""What explains one thing of a list that goes on behind it."""


def asked_here(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a question belongs to this task: it stands in its playbook, or in none."""
    return not (statement.outer or stands_in_another_playbook(statement, served, model))


def confirming(model: AgentModel, served: Served) -> Statement | None:
    """The sure rule by which the agent has to get a yes before this deed, if there is one."""
    return model.once("confirming", served.key, lambda: _confirming(model, served))


def _confirming(model: AgentModel, served: Served) -> Statement | None:
    verbs = {verb for t in model.deeds for verb in _verbs_of(t, model)}
    table = load(model.judged, "rules")
    own = [s for s in model.prompt.statements if s.section == served.section and in_section(s, served)]
    if any(re.search(table["no_confirmation"], s.text, re.IGNORECASE) for s in own):
        return None
    found = [s for s in _confirms(model) if _is_confirming(s, served, model, verbs)]
    tool = served.tool.tool.name
    found.sort(key=lambda s: (tool not in s.text and s not in own, not read_back_of(s, served, model)))
    return next(iter(found), None)


def _is_confirming(statement: Statement, served: Served, model: AgentModel, verbs: set[str]) -> bool:
    """Whether a rule that wants a yes may want it before this deed; `verbs` are those of all deeds."""
    facts = load(model.judged, "rules")["confirms_a_fact"]
    if re.search(facts, statement.text, re.IGNORECASE) or _at_a_time(statement, model):
        return False
    if _is_of_words_said(statement, model):
        return False
    named = _lemmas(statement, model) & verbs
    if not named and _is_to_a_look_up(statement, model):
        return False
    if served.section and not asked_here(statement, served, model):
        return False
    tool = served.tool.tool.name
    if not served.section and _is_of_one_part(statement, served, model):
        return False
    deeds = _deeds_in(statement, model)
    if deeds and tool not in deeds:
        return False
    if tool in statement.tools or (named & _verbs_of(served.tool, model)):
        return True
    if not (named or statement.tools):
        return tool in (_deeds_behind(statement, model) or {tool})
    return in_section(statement, served)


def _is_of_words_said(rule: Statement, model: AgentModel) -> bool:
    """Whether a yes is wanted of who says something in so many words, which no caller of a test does."""
    said = load(model.judged, "rules")["in_so_many_words"]
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    case = re.match(opens, rule.text, re.IGNORECASE)
    return bool(case and re.search(said, case["rest"].partition(", ")[0], re.IGNORECASE))


def _is_to_a_look_up(rule: Statement, model: AgentModel) -> bool:
    """Whether a yes is to what was found: no deed is named in its part, and a look-up is."""
    if rule.names or not rule.section:
        return False
    inside = {name for name, sections in model.sections.items() if rule.section in sections}
    roles = {model.tools[name].role for name in inside}
    return bool(roles & {"identify", "read"}) and not roles & {"write"}


def _is_of_one_part(rule: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a rule stands under a title of its own that neither is about all deeds nor names this one."""
    table = load(model.judged, "rules")
    general = (("titles_of_all", title) for title in rule.section[-1:])
    told = (*general, ("said_of_all", rule.text))
    if not rule.section or any(re.search(table[name], text, re.IGNORECASE) for name, text in told):
        return False
    part = [s for s in model.prompt.statements if s.section == rule.section]
    named = any(served.tool.tool.name in s.names for s in part)
    return not named and _verbs_of(served.tool, model).isdisjoint(_lemmas(rule, model))


def _at_a_time(rule: Statement, model: AgentModel) -> bool:
    """Whether a yes is to what the sentence before says, and that holds at some time only (a late fee),
    unless it names the deed itself.
    """
    table, number = load(model.judged, "rules"), model.place_of(rule)
    if not number or rule.names or not re.search(table["yes_to_that"], rule.text, re.IGNORECASE):
        return False
    before = model.prompt.statements[number - 1]
    near = before.section == rule.section and rule.lines[0] - before.lines[1] <= 1
    return near and re.search(table["at_a_time"], before.text, re.IGNORECASE) is not None


def read_back_of(rule: Statement, served: Served, model: AgentModel) -> str:
    """What a rule has the agent read back before the yes to this deed, in its own words, without what else
    it has done; empty where they lean on others, or the rule may be another deed's.
    """
    table = load(model.judged, "rules")
    text = _ASIDE.sub("", rule.text)
    match = re.search(table["reads_back"], text, re.IGNORECASE)
    what = re.sub(table["does_more"], "", match["what"], flags=re.IGNORECASE).strip(" ,") if match else ""
    behind = text[match.end("what") :] if match else ""
    told_after = match and re.search(table["behind_the_yes"], text[: match.start()], re.IGNORECASE)
    leans = (
        told_after
        or re.search(table["leans"], what, re.IGNORECASE)
        or re.match(table["or_else"], behind, re.IGNORECASE)
    )
    return "" if leans or not _is_for(rule, served, model) else what


def question_of(rule: Statement, model: AgentModel) -> str:
    """The prompt's own words for the question, in the rule or right before it; empty where it has none."""
    pattern, statements = load(model.judged, "rules")["own_question"], model.prompt.statements
    at = model.place_of(rule)
    near = [s for s in statements[max(0, at - 1) : at + 1] if s.section == rule.section]
    found = (re.search(pattern, s.text) for s in reversed(near))
    return next((match["question"] for match in found if match), "")


def _is_for(rule: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a rule names this deed, or the next tool that is named is its, or it stands in its playbook."""
    if _lemmas(rule, model) & _verbs_of(served.tool, model):
        return True
    if deeds := _deeds_behind(rule, model) or deeds_of_its_paragraph(rule, model):
        return served.tool.tool.name in deeds
    return bool(served.section) and rule.section == served.section


def _deeds_behind(rule: Statement, model: AgentModel) -> set[str]:
    """The deeds that the rule or the next sentence behind it names; none where they are too far away."""
    statements = model.prompt.statements
    at = model.place_of(rule)
    for statement in statements[at : at + REACH]:
        if deeds := _deeds_in(statement, model):
            return deeds
    return set()


def _deeds_in(statement: Statement, model: AgentModel) -> set[str]:
    return _deeds_among(statement.names, model)


def _deeds_among(names: Iterable[str], model: AgentModel) -> set[str]:
    return {name for name in names if model.tools[name].role == "write"}


def deeds_of_its_paragraph(statement: Statement, model: AgentModel) -> set[str]:
    """The deeds that the sentences of the same lines name."""
    return _deeds_among(named_beside(statement, model), model)


def _lemmas(statement: Statement, model: AgentModel) -> set[str]:
    """The words of a sentence, gerunds also without their endings; none of those that get the yes itself."""
    text = re.sub(load(model.judged, "rules")["gets_a_yes"], "", statement.text, flags=re.IGNORECASE)
    words = {plain(w.strip(".,;:()\"'")) for w in text.split()}
    return words | {w.removesuffix("ing") for w in words} | {w.removesuffix("ling") for w in words}


def _confirms(model: AgentModel) -> Iterator[Statement]:
    return (model.by_id[name] for name in model.prompt.confirms if name in model.by_id)


def _verbs_of(tool: ToolModel, model: AgentModel) -> set[str]:
    """The verb of a deed and those that mean the same."""
    if tool.name is None:
        return set()
    groups = Speech(model.spoken).grammar.words.tables["synonyms"]["verbs"]
    return set(next((g for g in groups if g[0] == tool.name.verb), [tool.name.verb]))
