"""How a row of a table is called in a sentence: with its article, and one or several."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from evalgen.generation.read.documents.rules import Rules
from evalgen.generation.read.grammar import grammar_of

MOST_WORDS = 6
_ASIDE = re.compile(r"(?<=\w) \([^()]*\)$")
_ADDRESS = re.compile(r",? \d.*$")
_UNSPEAKABLE = re.compile(r"[/&:;<>()\[\]{}|@#*+=?!,]|^\d+$|\.\s|\s[-–—]\s|\b[A-Z]{4,}\b|\bof [a-z]+[’']s\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    plural: bool = False
    is_town: bool = False


def phrase_of(label: str, head: str, rules: Rules, names: Collection[str]) -> Phrase | None:
    """The row called `label` below the heading `head` of its column; None where it cannot be said surely."""
    head = head.strip().casefold()
    if head and re.match(rules.column("open_days").texts["below"], head, re.IGNORECASE):
        label = _ADDRESS.sub("", label)
    if rules.rows["classified"].match(head):
        label = _ASIDE.sub("", label)
    upright = _upright(label, rules)
    label = _listed(upright, rules)
    is_person = rules.rows["person"].match(head)
    plain = label.replace(".", "") if is_person else label.replace(",", "") if label != upright else label
    if not label or len(label.split()) > MOST_WORDS or _UNSPEAKABLE.search(plain):
        return None
    if is_person:
        return Phrase(label)
    if rules.rows["towns"].match(head):
        return Phrase(label, is_town=True) if re.match(rules.data["town"], label) else None
    if head and rules.rows["desks"].match(head) and " " in label and label.split()[-1].islower():
        if label.split()[-1] in rules.data["crews"]:
            return None
        return definite(label, rules, names)
    if found := rules.rows["classified"].match(head):
        return _classified(label, found["kind"], rules, names)
    if rules.rows["places"].match(head):
        return definite(label, rules, names)
    if rules.rows["kinds"].match(head) and " " not in label:
        return None
    if rules.rows["thing"].match(head) or (rules.rows["any_thing"].match(head) and _is_noun(label, rules)):
        return thing(label, rules, names)
    return None


def _listed(label: str, rules: Rules) -> str:
    """`Trees, shrubs, conifers` as trees, shrubs and conifers, where each is one word for several."""
    parts = label.split(", ")
    if len(parts) < 2 or not all(part.isalpha() and is_plural(part, rules) for part in parts):
        return label
    *others, last = parts[0], *(part.lower() for part in parts[1:])
    return str(rules.data["listed"]).format(", ".join(others), last)


def _is_noun(label: str, rules: Rules) -> bool:
    """Whether a label of an unknown kind can be a thing: words, and the first is no name or preposition."""
    first = re.match(r"[^\W\d_]{2,}[^\W_]*\b", label)
    known = rules.proper | rules.words["openers"] | rules.words["times"]
    return first is not None and first[0].lower() not in known and re.search(r"[a-z]{3}", label) is not None


def definite(label: str, rules: Rules, names: Collection[str]) -> Phrase | None:
    """A row of a list as what everybody knows: `the climbing shoes`; None where it cannot be said surely."""
    words = label.split()
    if not words or len(words) > MOST_WORDS or _UNSPEAKABLE.search(label):
        return None
    if words[-1].lower() in {*rules.data["tiers"], *rules.data["trailing"]}:
        return None
    if set(map(str.lower, words)) & (rules.words["outside"] | rules.words["people"] | rules.words["joining"]):
        return None
    text = _in_small_letters(words, rules, names)
    if words[0].lower() not in rules.words["articles"]:
        text = grammar_of(rules.language).the(text)
    return Phrase(text, is_plural(label, rules))


def thing(label: str, rules: Rules, names: Collection[str]) -> Phrase | None:
    """A noun as it stands in a table or in front of a colon, with the article that it takes; None of an order
    with its object: `Say the deposit`.
    """
    words = label.split()
    plain = [word.lower() for word in words]
    if len(words) == 1 and plain[0] in rules.data["tiers"]:
        return None
    if set(plain) & rules.words["joining"]:
        several = all(is_plural(word.strip(","), rules) for word in set(plain) - rules.words["joining"])
        return Phrase(_in_small_letters(words, rules, names), plural=True) if several else None
    if len(words) > 1 and plain[-1] in rules.data["trailing"]:
        return None
    if re.search(rules.data["predicates"], label, re.IGNORECASE):
        return None
    if plain[0] in rules.words["articles"]:
        return Phrase(rules.lowered(label, names), is_plural(label, rules))
    if plain[0] in rules.words["outside"] or set(plain) & rules.words["people"]:
        return None
    if set(plain[1:2]) & (rules.words["articles"] | set(rules.data["particles"])):
        return None
    text = _in_small_letters(words, rules, names)
    return with_article(text, rules)


def _upright(label: str, rules: Rules) -> str:
    """`Moving box, small` is a small moving box; any other comma stays."""
    heads = rules.data["heads"]
    found = re.match(heads["inverted"], label)
    if not found or found["word"].lower() not in rules.data["tiers"]:
        return label
    return str(heads["upright"]).format(noun=rules.lowered(found["noun"], ()), word=found["word"])


def with_article(text: str, rules: Rules) -> Phrase | None:
    """English and Spanish differ in what an article needs to know: the language's data say which it is."""
    plural, head = is_plural(text, rules), head_word(text, rules)
    articles = rules.data["articles"]
    if "m" in articles:
        grammar = grammar_of(rules.language)
        gender = grammar.gender(grammar.words.singular(head) if plural else head)
        return Phrase(f"{articles[gender + ('s' if plural else '')]} {text}", plural) if gender else None
    if plural or is_mass(head, rules):
        return Phrase(text, plural)
    return Phrase(f"{articles['an' if rules.an.match(text) else 'a']} {text}")


def is_plural(text: str, rules: Rules) -> bool:
    head = head_word(text, rules)
    return (
        head.endswith(rules.data["plural_ends"])
        and not head.endswith(tuple(rules.data["singular_ends"]))
        and head not in rules.data["not_plural"]
    )


def head_word(text: str, rules: Rules) -> str:
    """The noun that the others belong to."""
    core = re.split(rules.data["head_ends"], text.lower(), maxsplit=1)[0].split()
    return core[0 if rules.data["head_first"] else -1] if core else ""


def _classified(label: str, kind: str, rules: Rules, names: Collection[str]) -> Phrase | None:
    """`Basic` in the column of plans is the Basic plan (and stays the Gold plan if it is that)."""
    text = rules.lowered(label, names) if len(label.split()) > 1 else label
    if rules.data["tiers_in_small_letters"] and label.lower() in rules.data["tiers"]:
        label = label.lower()
    if kind in label.casefold().split():
        return Phrase(rules.data["definite"]["named"].format(label=text), False)
    frame = rules.data["definite"].get(kind, rules.data["definite"]["kind"])
    return Phrase(frame.format(label=label, kind=kind), False)


def _in_small_letters(words: list[str], rules: Rules, names: Collection[str]) -> str:
    """A letter that stands alone behind another word is a name: plan B."""
    first, *others = words
    lowered = [word if len(word) == 1 else rules.lowered(word, names) for word in others]
    begins_name = bool(lowered) and lowered[0][:1].isupper() and len(lowered[0]) > 1
    return " ".join([first if begins_name else rules.lowered(first, names), *lowered])


def is_mass(head: str, rules: Rules) -> bool:
    ing = rules.data.get("mass_ends", "")
    return head in rules.words["mass"] or bool(
        ing and head.endswith(ing) and head not in rules.words["countable"]
    )
