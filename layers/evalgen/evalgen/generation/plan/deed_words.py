"""The words of a deed: verb and noun of its tool as people say them, and what fills the frames about it."""

from __future__ import annotations

from functools import lru_cache

from evalgen.generation.patterns import search
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, words_of

_NUMBERS = (("id",), ("code",), ("number",))


def wish_of_person(tool: ToolModel, grammar: Grammar) -> dict[str, str] | None:
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
    if person := wish_of_person(tool, grammar):
        return person["as"], person["noun"]
    if name is None or not name.noun or search(grammar.rules["no_noun"], name.noun.split()[-1]):
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
    return dict(slots_with(*words, language)) if words else None


def is_verb_of(tool: ToolModel, verb: str, said: str, grammar: Grammar) -> bool:
    """Whether a verb is the one of a tool's name, or means the same."""
    groups = grammar.words.tables["synonyms"]["verbs"]
    group = next((g for g in groups if said in g), [said])
    return verb in (*group, tool.name.verb if tool.name else "")


@lru_cache(maxsize=4096)
def slots_with(verb: str, named: str, language: str) -> dict[str, str]:
    """What fills the frames about a deed with this verb and noun."""
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
