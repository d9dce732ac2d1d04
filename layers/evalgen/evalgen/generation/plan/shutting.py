"""Which rules of the prompt shut a record out of a deed, and what they want said then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section, is_in_playbook, stands_elsewhere
from evalgen.generation.plan.choices_meant import choices_meant, is_of_no_choice, is_of_others
from evalgen.generation.plan.deed_words import slots_of
from evalgen.generation.plan.held_already import is_held_already
from evalgen.generation.plan.restrictions import forbidding, record_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.reading import TO_CHECK
from evalgen.generation.read.record_fields import Field, plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_of, plain

MOST_CELLS = 4
"""Marks of cells in a row; what has more is a whole table that stands in one text."""

MOST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Shut:
    """A rule that refuses a deed, and the field of the record by which it does."""

    rule: Statement
    by: Field
    language: str
    age: int | None = None
    """In years, where the rule is about that."""
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The choices of the deed that the rule refuses alone, by parameter."""
    certain: bool = True
    """False where it depends on what the deed would lead to."""

    @property
    def label(self) -> str:
        if self.age is not None:
            return str(load(self.language, "records")["age"])
        return plain_text(key_of(self.by.path))

    @property
    def value(self) -> str:
        if self.age is not None:
            return str(self.age)
        return grammar_of(self.language).said(key_of(self.by.path), self.by.value)


def is_barred(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a rule refuses, or may refuse, the deed for the records of a chain."""
    given, shut = chain.last.call.input, shutting(served, model, record_of(chain, model))
    if any(not is_of_others(one.meant, given) for one in shut):
        return True
    return is_held_already(chain, served, model) or bool(forbidding(chain, served, model))


def shutting(served: Served, model: AgentModel, fields: Sequence[Field]) -> Iterator[Shut]:
    """The rules that refuse this deed for a record with these fields, in the prompt's order."""
    rules = model.once("refusing", served.key, lambda: list(_refusing(served, model)))
    for statement, conditions in rules:
        for condition in conditions:
            holds = partial(model.record_rules.holds, condition, by_states=True)
            decides = holds(fields) is True
            alone = (one for one in fields if decides and holds([one]) is True)
            if own := next(alone, None):
                age, meant = model.record_rules.age_of(own), choices_meant(statement.text, served.tool)
                certain = statement.kind != "order" and not (
                    _limits_a_new_value(statement, served, model)
                    or _says_more(statement, model)
                    or _is_behind_what_is_unread(statement, model)
                )
                yield Shut(statement, own, model.spoken, age, meant, certain)
                break


def _refusing(served: Served, model: AgentModel) -> Iterator[tuple[Statement, list[str]]]:
    """The rules that refuse this deed for some record, each with what may be its condition."""
    for statement in model.prompt.statements:
        if stands_elsewhere(statement, served, model) or is_of_no_choice(statement.text, served.tool, model):
            continue
        ways = (_of_a_row, _of_a_sentence) if statement.row else (_of_a_sentence,)
        if conditions := [one for way in ways for one in way(statement, served, model)]:
            yield statement, conditions


def _of_a_row(statement: Statement, served: Served, model: AgentModel) -> Iterator[str]:
    """The condition of a row of a table that says `no` in the column of this deed."""
    table = load(model.judged, "rules")
    (title, condition), *others = statement.row
    for column, cell in others:
        said = plain(f"{table['none']} {column}")
        if re.match(rf"{table['none']}\b", plain(cell)) and _names(said, served.tool, model):
            yield from (condition, f"{title} {condition}")


def _of_a_sentence(statement: Statement, served: Served, model: AgentModel) -> Iterator[str]:
    """The parts of a rule each of which may be the condition, where what it refuses is surely this deed: its
    clause names it, or names none in its playbook and is not about money that nobody pays or gets back.
    """
    table, text = load(model.judged, "rules"), statement.text
    if (
        text.count("|") > MOST_CELLS
        or not (shuts := _shuts(statement.kind, text, table))
        or re.search(f"{table['but']}|{table['requires']}|{table['opens_a_list']}", text, re.IGNORECASE)
        or re.match(table["why_they_call"], plain(text))
    ):
        return
    if re.search(table["at_some_time"], text, re.IGNORECASE) or _orders(statement, served, model):
        return
    bare = re.sub(table["refers"], "", text, flags=re.IGNORECASE)
    clauses = [plain(re.sub(table["offered"], "", part)) for part in re.split(table["parts"], bare)]
    refusing = [part for part in clauses if re.search(shuts, part, re.IGNORECASE)]
    label, _, behind = text.partition(": ")
    if behind and not re.search(shuts, behind, re.IGNORECASE) and re.search(shuts, label, re.IGNORECASE):
        return
    named = [tool for tool in model.deeds if any(_names(part, tool, model) for part in refusing)]
    owners = [tool for tool in model.deeds if is_in_playbook(statement, tool.tool.name, model)]
    if served.tool not in owners and any(tool in named for tool in owners):
        return
    own = in_section(statement, served) or served.tool.tool.name in statement.tools
    of_money = refusing and all(re.search(table["of_money"], part, re.IGNORECASE) for part in refusing)
    if served.tool not in named if named else of_money or not own or _is_of_another_thing(refusing, table):
        return
    for part in re.split(table["parts"], statement.condition.text if statement.condition else text):
        bare = re.sub(table["is_not_done"], "", part) if shuts == table["is_not_done"] else part
        if not re.match(table["limits"], bare.strip(), re.IGNORECASE):
            yield re.sub(table["not_with"], "", bare.strip(), flags=re.IGNORECASE)


def _is_of_another_thing(refusing: Sequence[str], table: dict[str, Any]) -> bool:
    """Whether what is refused is one more of something, and no deed is named: `no further credit`."""
    return bool(refusing) and all(re.search(table["no_more_of"], part, re.IGNORECASE) for part in refusing)


def _orders(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a rule has the deed done in its case: `If it has no helmet, say so and add one`."""
    case = statement.condition.text if statement.condition else ""
    rest = statement.text.replace(case, "") if case else ""
    refuses = _shuts(statement.kind, rest, load(model.judged, "rules"))
    return not refuses and _names(plain(rest), served.tool, model)


def _limits_a_new_value(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a rule is about what the deed would lead to: `cannot be moved to a Sunday`."""
    of_a_new_value = load(model.judged, "rules")["of_a_new_value"]
    texts = (statement.text, statement.condition.text if statement.condition else "")
    return any(
        re.match(of_a_new_value, said[named.end() :])
        for said in map(plain, texts)
        for pattern in _patterns(served.tool, model)
        for named in pattern.finditer(said)
    )


def _says_more(statement: Statement, model: AgentModel) -> bool:
    """Whether a sentence without a condition of its own has parts that are no condition of its refusal:
    `Drivers under 25 pay $27 a day, charged for ten days, and can't take a van.`
    """
    parts = re.split(load(model.judged, "rules")["parts"], statement.text)
    return statement.kind == "fact" and not statement.row and len(parts) > MOST_PARTS


def _is_behind_what_is_unread(statement: Statement, model: AgentModel) -> bool:
    """Whether a fact goes on in an item of which something before it is not read: that may be its case."""
    if statement.kind != "fact":
        return False
    before = model.prompt.statements[: model.place_of(statement)]
    item = (s for s in before if s.lines == statement.lines and s.section == statement.section)
    return any(not s.sure and not s.because.endswith(TO_CHECK) for s in item)


def _shuts(kind: str, text: str, table: dict[str, Any]) -> str:
    """The pattern by which a sentence refuses something; empty where it does not. Of a plain fact also that
    something is not done, or is done so many times.
    """
    of_facts = (table["is_not_done"], table["times"]) if kind == "fact" else ()
    said = (table["shuts"], *of_facts)
    return next((one for one in said if re.search(one, text, re.IGNORECASE)), "")


def _names(text: str, tool: ToolModel, model: AgentModel) -> bool:
    """Whether a clause has the verb of a deed, or says that there is no such thing to be had."""
    return any(pattern.search(text) for pattern in _patterns(tool, model))


def _patterns(tool: ToolModel, model: AgentModel) -> list[re.Pattern[str]]:
    return model.once("naming", tool.key, lambda: _naming(tool, model))


def _naming(tool: ToolModel, model: AgentModel) -> list[re.Pattern[str]]:
    slots = slots_of(tool, model.judged)
    if slots is None:
        return []
    grammar, noun = grammar_of(model.judged), plain(slots["noun"].split()[-1])
    groups = load(model.judged, "tools")["synonyms"]["verbs"]
    verbs = next((g for g in groups if slots["verb"] in g), [slots["verb"]])
    stems = {plain(verb).removesuffix("e") for verb in verbs}
    forms = {plain(grammar.participle(verb, slots["noun"])) for verb in verbs}
    words = "|".join(map(re.escape, sorted(stems | forms)))
    done = "".join(rf"(?<!\b{word} )" for word in load(model.judged, "rules")["perfect"])
    found = [re.compile(rf"(?<![\w_]){done}(?:{words})\w{{0,4}}(?![\w_])")]
    if tool.name is not None and not tool.name.alters:
        found.append(re.compile(load(model.judged, "rules")["none_of"].replace("NOUN", re.escape(noun))))
    return found
