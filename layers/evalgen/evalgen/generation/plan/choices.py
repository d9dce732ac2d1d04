"""How values are said: choices in the prompt's words, codes by their names, numbers with their units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from evalgen.generation.patterns import search
from evalgen.generation.read.chain import Input, Played
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import plain, words_of

MOST_OFFERED = 3
"""Choices that are offered by name."""
LONGEST_ACRONYM = 4
FEWEST_CODES = 2
"""So many of them have to be explained in the same way."""
_SNAKE = re.compile(r"[a-z]+(?:_[a-z]+)+")
_HOURS = re.compile(r"([01]\d|2[0-3])-([01]\d|2[0-4])")
_NAME = r"[^\W\d_][\w'/-]*(?: (?:&|[\w'/-]+)){0,4}(?= *(?:[,;.(|–—]|$))"
"""What stands behind a code that begins a line, as far as it is the name and no sentence."""
_COUNTED = re.compile(r"[a-z]+_\d{1,2}")
"""One of several of a kind, which nobody calls so: `hamper_2`."""
_CODE = re.compile(r"[A-Z]+[-_]?\d{2,}[A-Z]*|[A-Z]{1,4}")
_WAY = re.compile(r"([A-Z]{2,5})[-/>–]{1,2}([A-Z]{2,5})")
"""From where to where, in codes."""
_IN_A_ROW = re.compile(r"(?:^|[:.](?= ))(?: ?[A-Z]{2,5} [A-Za-z][^,.;:\n]*(?:[,.;]|$)){3,}")
"""Codes with their names, one behind the other: `Stops: HGT West Park, RIP Market Place, …`."""
_NAMED = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}"


def no_choice(played: Played, parameter: str, one: Input, grammar: Grammar) -> str:
    """The frame that says that any of a parameter's choices will do, or none of them; else empty."""
    choices = grammar.words.tables["choices"]
    value = plain(str(one.value)) if "enum" in played.tool.properties.get(parameter, {}) else ""
    return next((f"give_{name}_standing" for name in ("any", "none") if value in choices[name]), "")


def name_of_code(code: str, prompt: str) -> str | None:
    """What the prompt calls a code: `| Plus | PLUS500 |`, `Plus (PLUS500)`, `PLUS500: Plus`."""
    if code not in prompt:
        return None
    own = re.escape(code)
    match = (
        _in_a_row(code, prompt)
        or search(rf"\b([A-Z][a-z]+(?: [A-Za-z0-9]+){{0,2}})\s*[|(=:,–-]+\s*(?:\w+ )?`?{own}\b", prompt)
        or search(rf"(?m)^\W*{own}(?:`? *[=:–—→]|`? -|`?\t| {{2}}) *({_NAME})", prompt)
    )
    return match[1].strip() if match else None


def _in_a_row(code: str, text: str) -> re.Match[str] | None:
    named = rf"(?<![^ :.]){re.escape(code)} ([^,.;]+)"
    rows = (search(named, row[0]) for row in _IN_A_ROW.finditer(text))
    return next((found for found in rows if found), None)


def spoken_value(played: Played, parameter: str, one: Input, grammar: Grammar, prompt: str) -> Any:
    """The value as it is said; None for a code for which the prompt has no name."""
    coded = "enum" in played.tool.properties.get(parameter, {})
    named_code = words_of(parameter)[-1:] == ["code"] and len(words_of(parameter)) > 1 and not coded
    if named_code and isinstance(one.value, str) and (name := name_of_code(one.value, prompt)):
        return name
    if not isinstance(one.value, str) or not (coded or _SNAKE.fullmatch(one.value)):
        return one.value
    return said_choice(one.key, one.value, grammar, prompt, about_of(played, parameter))


def about_of(played: Played, parameter: str) -> str:
    """What the schema says of a parameter."""
    return str(played.tool.properties.get(parameter, {}).get("description", ""))


def choices_of(played: Played, parameter: str, grammar: Grammar, prompt: str) -> list[str]:
    """What a parameter may be, as it is said; empty where one of it has no name."""
    enum, about = played.tool.properties.get(parameter, {}).get("enum"), about_of(played, parameter)
    named = [
        said_choice(parameter, one, grammar, prompt, about) if isinstance(one, str) else None
        for one in (enum if isinstance(enum, list) else ())
    ]
    return [name for name in named if name] if all(named) else []


def is_put_as_a_question(value: Any, choices: list[str], grammar: Grammar, prompt: str) -> bool:
    """Whether a choice is `both` of the others, or the prompt asks for one of few: `pickup or shipping`."""
    if plain(str(value)) in grammar.words.tables["choices"]["several"]:
        return True
    orders = (choices, choices[::-1]) if 1 < len(choices) <= MOST_OFFERED else ()
    return any(search(rf"\b{re.escape(plain(grammar.either(one)))}\b", plain(prompt)) for one in orders)


def said_choice(key: str, choice: str, grammar: Grammar | None, prompt: str, about: str = "") -> str | None:
    """A choice as people say it; None for a code for which neither the prompt nor what the schema says
    `about` it has a name. Without a grammar as the prompt writes it.
    """
    if grammar and (hours := _HOURS.fullmatch(choice)):
        return grammar.hours(int(hours[1]), int(hours[2]))
    if meant := meaning_of_code(choice, about):
        return meant[0]
    if _CODE.fullmatch(choice):
        return name_of_code(choice, prompt) or _explained(choice, about)
    if choice.isupper() and f"({choice})" in prompt and (named := name_of_code(choice, prompt)):
        return named
    if _COUNTED.fullmatch(choice):
        bare = [choice.replace("_", " ")]
        if not (_is_worded(bare, prompt) or _is_worded(bare, about)):
            return None
    if (ends := _WAY.fullmatch(choice)) and not _is_worded(ends.groups(), prompt):
        return _way_in_words(ends.groups(), grammar, f"{prompt}\n{about}")
    if choice[:1].isupper() and not choice.isupper():
        return choice.replace("_", " ")
    said = (grammar.said(key, choice) if grammar else choice).replace("_", " ")
    table = grammar.words.tables["choices"] if grammar else {}
    for pattern, gives in table.get("in_full", ()):
        said = re.sub(pattern, gives, said)
    return _in_full(said, prompt, table) or _as_written(said, prompt, table.get("tails", ()))


def meaning_of_code(code: str, about: str) -> tuple[str, str] | None:
    """What the schema says of a code among others, and what it calls them all: `Machine: GEN-7K = generator,
    7 kVA; …`.
    """
    if code != code.upper() or not re.search(r"[A-Z]", code) or about.count("=") < FEWEST_CODES:
        return None
    label = re.match(r"([^\W\d_]+(?: [^\W\d_]+)?): *\S+ *=", about)
    end = ";" if ";" in about else ","
    match = re.search(rf"(?<![\w-]){re.escape(code)} *= *([^{end}\n]+)", about)
    return (match[1].strip(" ."), label[1].lower() if label else "") if match else None


def _explained(code: str, text: str) -> str | None:
    """What a text says that a code stands for: `DUN = Dunmarrow`, `Dunmarrow (DUN)`, `DUN Dunmarrow, …`."""
    own = rf"\b{re.escape(code)}\b"
    match = (
        re.search(rf"{own}`? *[=:(–—→]+ *({_NAMED})", text)
        or re.search(rf"({_NAMED}) \(`?{own}`?\)", text)
        or _in_a_row(code, text)
    )
    return match[1] if match else None


def _is_worded(parts: Sequence[str], prompt: str) -> bool:
    """Whether the prompt has a part as a word of its own: `PICK-UP`."""
    return any(re.search(rf"\b{re.escape(part.lower())}\b", plain(prompt)) for part in parts)


def _way_in_words(ends: Sequence[str], grammar: Grammar | None, text: str) -> str | None:
    """From where to where, by the names of the codes, where a text says that they stand in that order."""
    names = [_explained(end, text) for end in ends]
    if grammar is None or not all(names):
        return None
    table = grammar.words.tables["choices"]
    ways = [str(table["way"]).format(*pair) for pair in (names, names[::-1])]
    ordered = re.search(table["from_to"], plain(text)) or any(way in text for way in ways)
    return ways[0] if ordered else None


def _in_full(choice: str, prompt: str, table: Mapping[str, Any]) -> str:
    """A choice that the prompt never has alone, as it names it: `pelvic floor session` for `pelvic`,
    `shipping` for `ship`.
    """
    flat, word = plain_as_long(prompt), re.escape(plain(choice))
    if not table or " " in choice or search(table["alone"].replace("CHOICE", word), flat):
        return ""
    found = search(table["named"].replace("CHOICE", word), flat)
    if not found and not search(rf"\b{word}\b", flat):
        found = search(table["as_deed"].replace("CHOICE", word), flat)
    return prompt[found.start() : found.end()].lower() if found else ""


def _as_written(choice: str, prompt: str, tails: Sequence[str]) -> str:
    """A choice as the prompt writes it: `cut and blow-dry` for `cut blowdry`, with its accents, `household
    items` for `household`.
    """
    words = ["-?".join(map(re.escape, word)) for word in plain(choice).split()]
    between, tail = r"[^\w.,;:|]+(?:[a-z]{1,3} )?", rf"(?: (?:{'|'.join(tails)})\b)?" if tails else ""
    if not (found := search(rf"\b{between.join(words)}\b{tail}", plain_as_long(prompt))):
        return _with_names(choice, prompt) if " " in choice else choice
    written = " ".join(prompt[found.start() : found.end()].split())
    named = written.istitle() and (" " in written or not _is_written_small(written, prompt))
    acronym = written.isupper() and len(written) <= LONGEST_ACRONYM and not _is_written_small(written, prompt)
    own = acronym or re.search(r"[a-z][A-Z]", written)
    return written if named or own else written.lower()


def _with_names(choice: str, prompt: str) -> str:
    """A choice that the prompt has nowhere whole, with its names as that writes them: `Ardmore to Ellen`."""

    def written(match: re.Match[str]) -> str:
        name = match[0].capitalize()
        return match[0] if _is_written_small(name, prompt) else name

    return re.sub(r"(?<![^ ])[a-z]{3,}(?![^ ])", written, choice)


@lru_cache(maxsize=4)
def plain_as_long(prompt: str) -> str:
    """Plain, a letter for each of its own: of `ß` the first of two."""
    text = plain(prompt)
    return text if len(text) == len(prompt) else "".join((plain(letter) or letter)[0] for letter in prompt)


def _is_written_small(word: str, prompt: str) -> bool:
    """Whether a word that begins with a capital here begins otherwise elsewhere, or opens sentences only."""
    if search(rf"\b{re.escape(word.lower())}\b", prompt):
        return True
    return search(rf"[\w,:] {re.escape(word)}\b", prompt) is None


def with_unit(said: str, one: Input, grammar: Grammar) -> str:
    """A number with the unit that its key has: `66 inches` of `height_in`."""
    unit = grammar.words.unit_of(one.key) if isinstance(one.value, int | float) else ""
    return f"{said} {grammar.words.singular(unit) if one.value == 1 else unit}".rstrip()
