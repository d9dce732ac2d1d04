"""Which sentences of the prompt speak of an answer: of this tool's, of this kind, in this call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.chain import Played
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import AnswerKind, Condition, Statement
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_words, leaves, plain, words_of

_READS = ("identify", "read")
_ANSWERS: dict[Answer, frozenset[AnswerKind]] = {
    "no_match": frozenset({"no_match"}),
    "empty": frozenset({"empty", "taken"}),
    "outage": frozenset({"error"}),
    "refusal": frozenset({"taken"}),
}


def is_of_a_mismatch(statement: Statement) -> bool:
    return any(c is not None and c.answer == "mismatch" for c in (statement.condition, *statement.outer))


def wanted(played: Played) -> frozenset[AnswerKind]:
    """The kinds of condition that an answer fulfils: several facts that find nobody do not agree."""
    several = sum(one.by == "caller" for one in played.inputs) > 1
    identifies = played.tool.role == "identify"
    if identifies and played.answer in ("refusal", "no_match") and _says("mismatched", played):
        return frozenset({"mismatch"})
    if identifies and (played.answer == "refusal" or (played.answer == "no_match" and several)):
        return _ANSWERS["no_match"] | {"mismatch"} if several else frozenset({"mismatch"})
    return _ANSWERS.get(played.answer, frozenset())


def is_about(statement: Statement, played: Played, wanted: frozenset[AnswerKind], model: AgentModel) -> bool:
    """Whether a sentence is about an answer, by its own condition or, where that is none of answers, by its
    heading's.
    """
    own = statement.condition
    if own is not None and own.answer is not None and not _means(own, wanted):
        return False
    conditions = [c for c in (own, *statement.outer) if c is not None]
    return any(
        _means(c, wanted)
        and (
            _names(c, played, model)
            or _points_at(c, statement, played, model)
            or _names_what_is_gone(c, played)
            or (c.answer == "mismatch" and _stands_with(statement, played, model))
        )
        for c in conditions
    )


def is_not_found_apart(played: Played, model: AgentModel) -> bool:
    """Whether an answer finds nobody, and the prompt has that and what does not agree as two cases."""
    if played.answer != "no_match":
        return False
    rules = load(model.judged, "identity")
    said = [
        s.text for s in model.prompt.statements if not re.search(rules["mismatch"], s.text, re.IGNORECASE)
    ]
    disagree = any(is_of_a_mismatch(s) for s in model.prompt.statements)
    return disagree and any(re.search(rules["not_found"], text, re.IGNORECASE) for text in said)


def says_unread(what: str, model: AgentModel) -> bool:
    """Whether the prompt says something of this that is not read as an answer: `mismatch`, of facts that do
    not agree; `not_there`, of what a look-up does not find.
    """
    return model.once("says unread", what, lambda: _says_unread(what, model))


def _says_unread(what: str, model: AgentModel) -> bool:
    pattern = re.compile(load(model.judged, "identity")[what], re.IGNORECASE)
    unread = (
        s
        for s in model.prompt.statements
        if s.kind == "unread" or (s.condition is not None and s.condition.answer is None)
    )
    return any(pattern.search(s.text) for s in unread)


def _means(condition: Condition, wanted: frozenset[AnswerKind]) -> bool:
    """Whether the condition is this kind of answer; where nothing comes of it, a list may be empty too."""
    return condition.answer in wanted or (
        "empty" in wanted and condition.answer == "no_match" and not condition.about
    )


def is_gone(played: Played) -> bool:
    """Whether a refusal says itself that something is full or taken."""
    return played.answer == "refusal" and _says("gone", played)


def _says(what: str, played: Played) -> bool:
    """Whether an answer says something itself, in words of any language."""
    patterns = (words.tables["answers"][what] for words in all_words())
    return any(re.search(pattern, _said_by(played)) for pattern in patterns)


def _said_by(played: Played) -> str:
    return plain(" ".join(str(v) for _, v in leaves(played.call.output))).replace("_", " ")


def _names_what_is_gone(condition: Condition, played: Played) -> bool:
    if condition.answer != "taken" or not is_gone(played):
        return False
    return re.search(rf"\b{re.escape(plain(condition.about))}", _said_by(played)) is not None


def _stands_with(statement: Statement, played: Played, model: AgentModel) -> bool:
    """Whether a sentence stands where the tool is named."""
    return statement.section in model.sections[played.tool.tool.name] or not statement.section


def _points_at(condition: Condition, statement: Statement, played: Played, model: AgentModel) -> bool:
    """Whether a condition that names no thing (`If that brings nothing`) stands behind the look-up: of those
    that its section names up to there, the last.
    """
    if condition.answer not in ("no_match", "empty") or condition.about:
        return False
    named = ""
    for one in model.prompt.statements:
        if one.section == statement.section:
            named = next((n for n in reversed(one.names) if model.tools[n].role in _READS), named)
        if one is statement:
            break
    return named == played.tool.tool.name


def _names(condition: Condition, played: Played, model: AgentModel) -> bool:
    """Whether what the condition speaks of is this tool, its thing, or any tool at all."""
    if played.tool.tool.name in condition.text:
        return True
    others = [t for t in model.tools if t in condition.text]
    if others:
        return False
    rules = load(model.judged, "rules")
    said = plain(condition.about or condition.text)
    about = {_singular(w, model) for w in (*re.findall(r"\w+", said), *said.replace("-", "").split())}
    if about & set(rules["any_tool"]):
        return True
    name = played.tool.name
    own = {
        _singular(plain(w), model)
        for w in (*(name.noun.split() if name else ()), *words_of(played.tool.tool.name)[name is not None :])
    }
    lists = [w for call in played.tool.tool.mock_data for w in _list_words(call.output, model)]
    roles = set(rules["identifying"]) if played.tool.role == "identify" else set()
    given = {_singular(w, model) for one in played.inputs if one.by == "caller" for w in key_words(one.key)}
    return bool(about & (own | set(lists) | roles | (given if played.answer == "no_match" else set())))


def _list_words(output: object, model: AgentModel) -> Iterator[str]:
    if isinstance(output, dict):
        for key, value in output.items():
            if isinstance(value, list):
                yield from (_singular(word, model) for word in key_words(key))
                yield from load(model.judged, "rules")["any_list"]


def _singular(word: str, model: AgentModel) -> str:
    return grammar_of(model.judged).words.singular(word)


def holds_for(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether what stands around the answer holds in this call: a wish that is this one, or nothing."""
    for condition in (statement.condition, *statement.outer):
        if condition is None or condition.answer is not None:
            continue
        words = {_singular(plain(w), model) for w in re.findall(r"\w+", condition.text)}
        verb = served.tool.name.verb if served.tool.name else ""
        group = next((g for g in load(model.judged, "tools")["synonyms"]["verbs"] if verb in g), [verb])
        stems = (
            set(words) | {w.removesuffix("ing") for w in words} | {w.removesuffix("lation") for w in words}
        )
        if not stems & set(group):
            return False
    return True
