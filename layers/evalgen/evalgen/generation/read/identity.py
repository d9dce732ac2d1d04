"""How an agent makes sure who is calling: facts of the record that it asks for and compares."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import in_all, words_in
from evalgen.generation.values import (
    PERSONAL,
    Path,
    is_half_told,
    key_of,
    key_words,
    kind_of,
    leaves,
    names_person,
    plain,
    same,
    snake,
    words_of,
)

LONGEST_CALL = 8
_FULL_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][\w'-]+(?: (?:de |del |la )*[A-ZÁÉÍÓÚÑ][\w'-]+){1,3}")


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact that the agent asks for and compares with the record; `noun` is what it is asked as."""

    path: Path
    key: str
    noun: str
    value: Any
    statement: Statement


def compared_in(
    record: Any,
    given: Collection[str],
    statements: Sequence[Statement],
    language: str,
    about: Collection[str] = (),
) -> list[Compared]:
    """The facts of a record that the prompt wants to hear from the caller, in the prompt's order.

    `given` are the values that the caller has said before, `about` those that the call is about: they decide
    which thing of a list is meant.
    """
    rules, words = load(language, "identity"), words_in(language)
    found: dict[Path, tuple[int, tuple[int, int], Compared]] = {}
    whole = any(
        kind_of(key_of(p), v) == "name" and is_full_name(v) for p, v in leaves(record) if names_person(p)
    )
    sentences = [(n, s, _with_names(s.text, language, whole)) for n, s in enumerate(statements)]
    asking = [
        (n, s, text, asked)
        for n, s, text in sentences
        if (asked := _asked_at(text, language)) >= 0
        and not _says("of_some", _told_so_far(n, sentences), language)
        and (_says("compares", text, language) or _near(n, sentences, language))
    ]
    instead = _instead(asking, record, language)
    asking = [one for one in asking if one[0] not in instead]
    for number, (place, compared) in instead.items():
        if compared is not None:
            found[compared.path] = (number, (place, place), compared)
    for path, value in leaves(record):
        key = key_of(path)
        if (
            not (names_person(path) or _names_listed(path, record, about))
            or not _can_be_asked(key, value, language)
            or same(value) in given
        ):
            continue
        listed = (
            words.singular(" ".join(words_of(str(path[-3])))) if _names_listed(path, record, about) else ""
        )
        fact = words.noun_of(key) if listed and not _is_name(path) else ""
        for noun in (
            [rules["listed_fact"].format(item=listed, noun=fact)]
            if fact
            else [rules["listed_name"].format(item=listed)]
            if listed
            else _nouns(rules, re.sub(rules["on_file"], "", words.noun_of(key)))
        ):
            said = _saying(noun, fact, listed, language)
            for n, statement, text, asked in asking:
                if not listed and plain(noun) not in text:
                    continue
                match = said.search(text)
                if match and asked < match.start():
                    one = Compared(path, snake(f"{listed} {key}"), noun, value, statement)
                    found.setdefault(path, (n, match.span(), one))
    spoken = sorted(found.values(), key=lambda f: f[:2])
    kept: dict[str, Compared] = {}
    for number, span, one in spoken:
        if not any(n == number and _covers(other, span) for n, other, _ in spoken):
            kept.setdefault(one.noun, one)
    return list(kept.values())


@lru_cache(maxsize=8192)
def _with_names(text: str, language: str, whole: bool) -> str:
    """A sentence plainly, with `both names` as this record has them: whole or in parts."""
    rules = load(language, "identity")
    said = rules["name_whole"] if whole else rules["name_in_parts"]
    return re.sub(rules["both_names"], said, re.sub(rules["of_its_place"], "", plain_text(text)))


def _instead(
    asking: Sequence[tuple[int, Statement, str, int]], record: Any, language: str
) -> dict[int, tuple[int, Compared | None]]:
    """The sentences that compare what is asked for with a field by its name (`the caller's full name with
    guardian_name`), by number: where it is asked for, and somebody's name that the record holds there.
    """
    rules, noun, found = load(language, "identity"), words_in(language).noun_of("full_name"), {}
    for number, statement, text, _ in asking:
        for path, value in leaves(record):
            key = plain(" ".join(key_words(key_of(path))))
            named = re.search(rules["compares_with"].replace("FIELD", re.escape(key)), text)
            if named and noun in text and noun not in key and (value is None or is_full_name(value)):
                one = None if value is None else Compared(path, snake(noun), noun, value, statement)
                found[number] = (text.index(noun), one)
    return found


def _told_so_far(number: int, sentences: Sequence[tuple[int, Statement, str]]) -> str:
    """A sentence, with the one before it in its line: `Somebody else may book. Ask for their name.`"""
    _, statement, text = sentences[number]
    _, before, said = sentences[max(number - 1, 0)]
    return f"{said} {text}" if before is not statement and before.lines == statement.lines else text


def key_of_person(path: Path, value: Any) -> str:
    """The key of a fact of somebody; `holder` with a name in full is `full_name`."""
    key = snake(str(path[-1]))
    people = in_all("nouns", "people")
    return "full_name" if people.intersection(key_words(key)[-1:]) and is_full_name(value) else key


def is_full_name(value: Any) -> bool:
    return isinstance(value, str) and _FULL_NAME.fullmatch(value) is not None


def _covers(other: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether other words hold these: `last name`, of which `name` is no fact of its own."""
    return other != span and other[0] <= span[0] and span[1] <= other[1]


@lru_cache(maxsize=1024)
def _saying(noun: str, fact: str, listed: str, language: str) -> re.Pattern[str]:
    """What names a fact in a plain text; a `listed` one with the thing of the list that it is of."""
    rules = load(language, "identity")
    if fact:
        pattern = rules["listed_fact_pattern"].format(item=listed, noun=re.escape(plain(fact)))
    else:
        pattern = rules["listed_pattern"].format(item=listed) if listed else re.escape(plain(noun))
    other = "" if fact or listed else "".join(f"(?<!{word} )" for word in rules["parts_of"].get(noun, ()))
    return re.compile(rf"(?<!\w){other}{pattern}(?!\w)")


def _is_name(path: Path) -> bool:
    return str(path[-1]).lower() == "name"


def _names_listed(path: Path, record: Any, about: Collection[str]) -> bool:
    """A name or day of birth in a list of the record: of what the call is about, else of the first."""
    if len(path) < 3 or not isinstance(path[-2], int):
        return False
    if not _is_name(path) and kind_of(str(path[-1]), "") != "birth_date":
        return False
    things = record
    for part in path[:-2]:
        things = things[part]
    meant = [n for n, one in enumerate(things) if {same(v) for _, v in leaves(one)} & set(about)]
    return path[-2] == (meant[0] if meant else 0)


def _near(number: int, sentences: Sequence[tuple[int, Statement, str]], language: str) -> bool:
    """Whether the next sentence compares what this one asks for; a mere call may stand between."""
    after = [s for s in sentences[number + 1 : number + 3] if not _is_a_call(s, language)]
    return bool(after) and _says("compares", after[0][2], language)


def _is_a_call(sentence: tuple[int, Statement, str], language: str) -> bool:
    """`Use lookup_reservation.`"""
    _, statement, text = sentence
    short = len(statement.text.split()) <= LONGEST_CALL and bool(statement.names)
    return short and not _says("compares", text, language)


@lru_cache(maxsize=4096)
def _says(rule: str, text: str, language: str) -> bool:
    return re.search(load(language, "identity")[rule], text) is not None


@lru_cache(maxsize=4096)
def _asked_at(text: str, language: str) -> int:
    """Where it is asked for something in a plain text; -1 where it is not, or only told: `Say the total`."""
    rules = load(language, "identity")
    told = re.match(rules["tells"], text)
    match = re.compile(rules["asks"]).search(text, told.end() if told else 0)
    return match.start() if match else -1


def nouns_of(key: str, noun: str, language: str) -> set[str]:
    """What a fact may be called: as its key is spelt, as that is said, and by what means the same."""
    rules = load(language, "identity")
    spelt = " ".join(words_of(key))
    return {plain(one) for name in (spelt, noun) for one in _nouns(rules, name)}


def _nouns(rules: dict[str, Any], noun: str) -> Iterator[str]:
    """A fact is asked for without whose it is, too: `the surname` for `purchaser surname`."""
    yield noun
    yield from rules["synonyms"].get(noun, ())
    whose, _, fact = noun.partition(" ")
    if fact in rules["of_whom"] and plain(whose) in in_all("nouns", "people"):
        yield fact
        yield from rules["synonyms"].get(fact, ())


def _can_be_asked(key: str, value: Any, language: str) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= 60 or is_half_told(key, value):
        return False
    asked, words = load(language, "identity")["facts"], key_words(key)
    is_state = words[-1:] in (("status",), ("state",), ("estado",))
    return kind_of(key, value) in PERSONAL or (not is_state and not set(asked).isdisjoint(words))
