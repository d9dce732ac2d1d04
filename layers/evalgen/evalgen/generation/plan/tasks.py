"""Which tool serves what people call for, and in which words they ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.plan.deed_words import (
    is_verb_of,
    said_name,
    slots_of,
    slots_with,
    wish_of_person,
)
from evalgen.generation.plan.of_others import said_of_one_use, said_of_others
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Task
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, plain


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
    """The task that a writing tool serves, or a wish made of its name where people use its verb; none where
    the task is one of two things (`move a delivery or a visit`), of which callers have one.
    """
    of = (tool.key, grammar.language)
    served = model.once("served", of, lambda: _served_by(tool, model, grammar))
    if served and model.judged and re.search(load(model.judged, "rules")["of_either"], served.wish):
        return None
    if served is None or (served.section and not tool.others):
        return served
    said = said_of_others if tool.others else said_of_one_use
    elsewhere = model.once("said of others", tool.key, lambda: said(tool, model))
    return replace(served, elsewhere=elsewhere) if elsewhere else served


def _served_by(tool: ToolModel, model: AgentModel, grammar: Grammar) -> Served | None:
    name = tool.name
    if name is None or tool.role != "write":
        return None
    best, points = None, 0.0
    for task in model.prompt.tasks:
        here = _points(task, tool, model, grammar)
        if here > points:
            best, points = task, here
    best = best or _only_task_of(tool, model)
    if best is not None and _is_of_any_thing(best, tool, model, grammar):
        if len(_playbooks_of_others(best, tool, model, grammar)) > 1:
            return None
        best = replace(best, wish=f"{name.verb} {grammar.a(grammar.words.written(name.noun))}")
    words, titled = said_name(tool, grammar), model.playbooks.get(tool.tool.name, ())
    titled = model.titled.get(tool.key, titled)
    if follows(tool, model, grammar) or (best is None and _is_for_a_case(tool, model)):
        return None
    if person := wish_of_person(tool, grammar):
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


def _only_task_of(tool: ToolModel, model: AgentModel) -> Task | None:
    """The one task whose playbook has this deed done and no other, whatever the tool is called: `extend a
    stay` by `update_departure`.
    """
    own = model.sections.get(tool.tool.name, frozenset())
    others = {s for t in model.deeds if t.tool is not tool.tool for s in model.sections.get(t.tool.name, ())}
    found = [t for t in model.prompt.tasks if t.section and t.asks_to and t.section in own - others]
    return found[0] if len(found) == 1 else None


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
        s.condition.is_not_played or s.condition.by == "answer"
        if s.condition
        else not s.sure and re.match(opens, s.text, re.IGNORECASE) is not None
        for s in about
    )


def slots_for(served: Served, language: str) -> dict[str, str] | None:
    """What fills the frames about a deed, in the words of the wish where that is another one: a stay that
    `update_departure` extends.
    """
    grammar, own = grammar_of(language), said_name(served.tool, grammar_of(language))
    verb, _, rest = served.wish.partition(" ")
    noun = rest.partition(" ")[2]
    joined = noun.replace("-", "")
    if own and joined != noun and joined.startswith(own[1]) and grammar.a(noun) == rest:
        return dict(slots_with(own[0], noun, language))
    if own is None or not served.task or is_verb_of(served.tool, verb, own[0], grammar):
        return slots_of(served.tool, language)
    if not noun or " " in noun or grammar.a(noun) != rest:
        return slots_of(served.tool, language)
    return dict(slots_with(verb, noun, language))


def _points(task: Task, tool: ToolModel, model: AgentModel, grammar: Grammar) -> float:
    """How surely a task is what the tool does; 0: not at all."""
    assert tool.name is not None
    words = [plain(word) for word in task.wish.replace("-", " ").split()]
    stems = _singulars(grammar, words)
    said = said_name(tool, grammar)
    verb, noun = said or (tool.name.verb, tool.name.noun)
    own = _singulars(grammar, noun.split())
    same_verb = bool(words) and is_verb_of(tool, words[0], verb, grammar)
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
