"""Which tool serves what people call for, and in which words they ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from evalgen.generation.languages import load
from evalgen.generation.plan.of_others import said_of_others
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Task
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, plain, words_of

_NUMBERS = (("id",), ("code",), ("number",))


@dataclass(frozen=True)
class Served:
    """A tool that does what is asked for. `said` fills the frames: verb, noun and what becomes of it."""

    tool: ToolModel
    wish: str
    asks_to: bool
    task: Task | None
    titled: tuple[str, ...] = ()
    """The headings of a playbook that names the tool or is called by its thing: `Task: Refill`."""
    elsewhere: frozenset[str] = frozenset()
    """The ids of the sentences about another one of several things that the tool does: `Cancel: …`."""

    @property
    def key(self) -> tuple[str, ...]:
        """Of what is worked out for it: a tool may serve tasks in several sections."""
        return (self.tool.key, *self.section)

    @property
    def section(self) -> tuple[str, ...]:
        return (self.task.section if self.task else ()) or self.titled


def served_by(tool: ToolModel, model: AgentModel, grammar: Grammar) -> Served | None:
    """The task that a writing tool serves, or a wish made of its name where people use its verb."""
    of = (tool.key, grammar.language)
    served = model.once("served", of, lambda: _served_by(tool, model, grammar))
    if served is None or not tool.others:
        return served
    elsewhere = model.once("said of others", tool.key, lambda: said_of_others(tool, model))
    return replace(served, elsewhere=elsewhere)


def _served_by(tool: ToolModel, model: AgentModel, grammar: Grammar) -> Served | None:
    name = tool.name
    if name is None or tool.role != "write":
        return None
    best, points = None, 0.0
    for task in model.prompt.tasks:
        here = _points(task, tool, model, grammar)
        if here > points:
            best, points = task, here
    if best is not None and _is_of_any_thing(best, tool, model, grammar):
        if len(_playbooks_of_others(best, tool, model, grammar)) > 1:
            return None
        best = replace(best, wish=f"{name.verb} {grammar.a(grammar.words.written(name.noun))}")
    words, titled = said_name(tool, grammar), model.playbooks.get(tool.tool.name, ())
    titled = model.titled.get(tool.key, titled)
    if follows(tool, model, grammar) or (best is None and _is_for_a_case(tool, model)):
        return None
    if person := _of_person(tool, grammar):
        wish = best.wish if best and len(best.wish.split()) > 1 else person["wish"]
        return Served(tool, wish, True, best, titled) if wish else None
    if best is not None:
        alone = best.asks_to and len(best.wish.split()) == 1 and words is not None
        wish = f"{best.wish} {grammar.a(grammar.words.written(words[1]))}" if alone and words else best.wish
        return Served(tool, wish, best.asks_to, best, titled)
    wishes = grammar.words.tables["wishes"]
    if words is None or (words[0] in wishes["logging"] and words[1].split()[-1] in wishes["logged"]):
        return None
    verb, noun = words
    said = wishes.get("said", {}).get(verb)
    if said and noun.split()[-1] in said["of"]:
        verb = said["as"]
    elif verb not in wishes["verbs"]:
        return None
    thing = grammar.a(grammar.words.written(noun))
    wish = f"{verb} {thing}"
    if have := wishes.get("done_for_them", {}).get(verb):
        wish = str(have).format(a_thing=thing, participle=grammar.participle(verb, noun))
    return Served(tool, wish, True, None, titled)


def _is_of_any_thing(task: Task, tool: ToolModel, model: AgentModel, grammar: Grammar) -> bool:
    """Whether a deed undoes or changes what several others make, each a thing of its own, and a task names
    one of those: `cancel_booking` for lessons and exams.
    """
    if tool.name is None or not tool.name.alters or not said_name(tool, grammar):
        return False
    made = [
        _singulars(grammar, t.name.noun.split())
        for t in model.deeds
        if t.name and t.name.noun and not t.name.alters
    ]
    thing, own = (_singulars(grammar, text.split()) for text in (task.wish, tool.name.noun))
    return len(set(made)) > 1 and not thing & own and any(thing & one for one in made)


def _playbooks_of_others(
    task: Task, tool: ToolModel, model: AgentModel, grammar: Grammar
) -> set[tuple[str, ...]]:
    """The sections of all tasks with the verb of this one that name a thing which another deed makes."""
    verb = task.wish.split()[0]
    alike = (t for t in model.prompt.tasks if t.section and t.wish.split()[0] == verb)
    return {t.section for t in alike if _is_of_any_thing(t, tool, model, grammar)}


def follows(tool: ToolModel, model: AgentModel, grammar: Grammar) -> bool:
    """Whether a deed is done only to what another deed has made: a replacement `for a blocked card`. What
    changes or undoes is asked for all the same.
    """
    if tool.choice and tool.name and tool.name.alters:
        return False
    for other in model.deeds:
        words = said_name(other, grammar)
        if other is not tool and words:
            done = re.escape(f"{grammar.participle(*words)} {words[1]}")
            if re.search(rf"\b{done}\b", tool.tool.description, re.IGNORECASE):
                return True
    return False


def _is_for_a_case(tool: ToolModel, model: AgentModel) -> bool:
    """Whether the prompt has a deed done only where something is so that no caller brings about: `If a class
    is full, offer the waitlist with join_waitlist`, and speaks of its thing nowhere else.
    """
    name = tool.tool.name
    opens = load(model.judged, "prompt")["parts"]["opens_case"] if model.judged else "(?!)"
    noun = plain(tool.name.noun.split()[-1]) if tool.name and tool.name.noun else name
    about = [
        s for s in model.prompt.statements if name in s.names or (not s.tools and noun in key_words(s.text))
    ]
    return any(name in s.names for s in about) and all(
        s.condition.by in ("other", "answer")
        if s.condition
        else not s.sure and re.match(opens, s.text, re.IGNORECASE) is not None
        for s in about
    )


def _of_person(tool: ToolModel, grammar: Grammar) -> dict[str, str] | None:
    """What a deed to a person makes, and how callers ask for it: `enrol_learner`, `enroll_in_class`; None of
    other deeds.
    """
    name, tables = tool.name, grammar.words.tables
    if name is None or name.language != grammar.language or not name.noun:
        return None
    told = tables["wishes"].get("of_people", {}).get(name.verb)
    if told is None:
        return None
    behind = words_of(tool.tool.name)[1:2]
    if behind and behind[0] in tables["nouns"]["ends"]:
        thing = name.noun
    elif grammar.words.singular(name.noun.split()[-1]) in tables["nouns"]["people"]:
        things = [words[:-1] for key in tool.properties if (words := key_words(key))[-1:] in _NUMBERS]
        people = {*tables["nouns"]["people"], *tables["keys"]["prefixes"]["people"]}
        thing = next((" ".join(words) for words in things if words and words[-1] not in people), "")
    else:
        return None
    wish = told["wish"].format(a_thing=grammar.a(grammar.words.written(thing))) if thing else ""
    return {"as": told["as"], "noun": told["noun"], "wish": wish}


def said_name(tool: ToolModel, grammar: Grammar) -> tuple[str, str] | None:
    """Verb and noun of a tool's name in a language, where all its words are known there."""
    name = tool.name
    if person := _of_person(tool, grammar):
        return person["as"], person["noun"]
    if name is None or not name.noun or re.search(grammar.rules["no_noun"], name.noun.split()[-1]):
        return None
    if name.language == grammar.language:
        said_as = grammar.words.tables["wishes"].get("said_as", {}).get(name.verb, {})
        return said_as.get(grammar.words.singular(name.noun.split()[-1]), name.verb), name.noun
    meant = grammar.words.tables.get("meant", {}).get(name.language, {})
    verb, noun = meant.get("verbs", {}).get(name.verb), meant.get("nouns", {}).get(name.noun)
    return (verb, noun) if verb and noun else None


def slots_of(tool: ToolModel, language: str) -> dict[str, str] | None:
    """What fills the frames about a tool's deed: {verb}, {the_noun}, {participle}, {is_done} …"""
    words = said_name(tool, grammar_of(language))
    return dict(_slots(*words, language)) if words else None


@lru_cache(maxsize=4096)
def _slots(verb: str, named: str, language: str) -> dict[str, str]:
    grammar = grammar_of(language)
    noun = grammar.words.written(named)
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
    same_verb = bool(words) and words[0] in (*group, tool.name.verb)
    shared = len(stems & own)
    named = any(tool.tool.name in s.tools for s in model.lines_of(task)) if task.section else False
    others = (t.name.verb for t in model.deeds if t is not tool and t.name)
    if not same_verb or (len(words) == 1 and words[0] != tool.name.verb and words[0] in others):
        return 0.0
    if not shared and not named and len(words) > 2:
        return 0.0
    return 1.0 + shared + named


def _singulars(grammar: Grammar, words: list[str]) -> frozenset[str]:
    return frozenset(grammar.words.singular(plain(word)) for word in words)
