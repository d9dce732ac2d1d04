"""Which tool serves what people call for, and in which words they ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Task
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain


@dataclass(frozen=True)
class Served:
    """A tool that does what is asked for. `said` fills the frames: verb, noun and what becomes of it."""

    tool: ToolModel
    wish: str
    asks_to: bool
    task: Task | None

    @property
    def section(self) -> tuple[str, ...]:
        return self.task.section if self.task else ()


def served_by(tool: ToolModel, model: AgentModel, grammar: Grammar) -> Served | None:
    """The task that a writing tool serves, or a wish made of its name where people use its verb."""
    name = tool.name
    if name is None or tool.role != "write":
        return None
    best, points = None, 0.0
    for task in model.prompt.tasks:
        here = _points(task, tool, model, grammar)
        if here > points:
            best, points = task, here
    words = said_name(tool, grammar)
    if best is not None:
        alone = best.asks_to and len(best.wish.split()) == 1 and words is not None
        wish = f"{best.wish} {grammar.a(words[1])}" if alone and words else best.wish
        return Served(tool, wish, best.asks_to, best)
    if words is None or words[0] not in grammar.words.tables["wishes"]["verbs"]:
        return None
    verb, noun = words
    return Served(tool, f"{verb} {grammar.a(noun)}", True, None)


def said_name(tool: ToolModel, grammar: Grammar) -> tuple[str, str] | None:
    """Verb and noun of a tool's name in a language, where all its words are known there."""
    name = tool.name
    if name is None or not name.noun:
        return None
    if name.language == grammar.language:
        return name.verb, name.noun
    meant = grammar.words.tables.get("meant", {}).get(name.language, {})
    verb, noun = meant.get("verbs", {}).get(name.verb), meant.get("nouns", {}).get(name.noun)
    return (verb, noun) if verb and noun else None


def slots_of(tool: ToolModel, language: str) -> dict[str, str] | None:
    """What fills the frames about a tool's deed: {verb}, {the_noun}, {participle}, {is_done} …"""
    grammar = grammar_of(language)
    words = said_name(tool, grammar)
    if words is None:
        return None
    verb, noun = words[0], grammar.words.written(words[1])
    return {
        "verb": verb,
        "noun": noun,
        "the_noun": grammar.the(noun),
        "a_noun": grammar.a(noun),
        "participle": grammar.participle(verb, noun),
        "is_done": grammar.is_done(verb, noun),
        "is_not_done": grammar.is_done(verb, noun, "is_not"),
    }


def _points(task: Task, tool: ToolModel, model: AgentModel, grammar: Grammar) -> float:
    """How surely a task is what the tool does; 0: not at all."""
    assert tool.name is not None
    words = [plain(word) for word in task.wish.replace("-", " ").split()]
    stems = _singulars(grammar, words)
    said = said_name(tool, grammar)
    verb, noun = said or (tool.name.verb, tool.name.noun)
    groups = grammar.words.tables["synonyms"]["verbs"]
    group = next((g for g in groups if verb in g), [verb])
    own = _singulars(grammar, noun.split())
    same_verb = bool(words) and words[0] in group
    shared = len(stems & own)
    named = any(tool.tool.name in s.tools for s in model.lines_of(task)) if task.section else False
    if not same_verb:
        return 0.0
    if not shared and not named and len(words) > 2:
        return 0.0
    return 1.0 + shared + named


def _singulars(grammar: Grammar, words: list[str]) -> frozenset[str]:
    return frozenset(grammar.words.singular(plain(word)) for word in words)
