"""The rules by which documents in one language are read, from `languages/<language>/facts.toml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.patterns import compiled

READ = ("en", "es")
"""Languages whose documents are read."""

_CHOICE = re.compile(r"\{([^{}/]*)/([^{}/]*)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»')]*\s+(?=[\"“«'(¿¡]?[A-ZÁÉÍÓÚÑÜ0-9])|(?<=\w)\s*;\s+(?=\w)")
_SEEN = re.compile(r"(?<=[^\W\d_A-Z] )[A-ZÁÉÍÓÚÑ][^\W\d_]+|(?<=, )[A-ZÁÉÍÓÚÑ][^\W\d_]+")


def places_in(text: str, names: Collection[str], language: str) -> Mapping[str, str]:
    """Names of places with the word that stands before them most often: `{"Dockside": "at"}`."""
    if language not in READ:
        return {}
    before = "|".join(load(language, "facts")["before_places"])
    found: dict[str, Counter[str]] = {}
    for match in re.finditer(rf"\b({before}) ([^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+)*)", text):
        if set(match[2].split()) <= set(names):
            found.setdefault(match[2], Counter())[match[1]] += 1
    return {name: counted.most_common(1)[0][0] for name, counted in found.items()}


def currency_in(text: str, language: str) -> str:
    """The only currency that a text names, in the plural; empty where there are none or several."""
    if language not in READ:
        return ""
    data = load(language, "facts")
    money = {sign: name for sign, name in data["units"].items() if name in data["heads"]["currencies"]}
    pattern = "|".join(re.escape(sign) if not sign.isalpha() else rf"\b{sign}\b" for sign in money)
    named = {money[found.lower()] for found in re.findall(pattern, text, re.IGNORECASE)}
    return named.pop() if len(named) == 1 else ""


@dataclass(frozen=True)
class Rule:
    """A named entry of the rules, with what its pattern is of: a sentence, a heading or a label.

    Each is compiled when it is first asked for: a prompt has no use for those of tables.
    """

    name: str
    of: str
    of_value: str
    texts: Mapping[str, Any]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self.of, re.IGNORECASE)

    @cached_property
    def value(self) -> re.Pattern[str]:
        return compiled(self.of_value, re.IGNORECASE)


def names_in(text: str) -> frozenset[str]:
    """Words that stand with a capital inside sentences, and never without: names."""
    small = set(re.findall(r"\b[^\W\dA-Z_][^\W_]*", text))
    return frozenset(word for word in _SEEN.findall(text) if word.lower() not in small)


class Rules:
    """All rules of a language; the lists of words stand in `words`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.data = load(language, "facts")
        self.words: dict[str, frozenset[str]] = {
            name: frozenset(words) for name, words in self.data["words"].items()
        }
        self.proper = frozenset(self.data["proper"])
        self.numbers: Mapping[str, int] = self.data["numbers"]
        self._macros: dict[str, str] = {}
        for name, pattern in self.data["macros"].items():
            self._macros[name] = self.expanded(pattern)
        self.sentence_rules = tuple(self._rule(entry, "pattern") for entry in self.data["sentence"])
        self.columns = tuple(self._rule(entry, "head") for entry in self.data["column"])
        self.labels = tuple(self._rule(entry, "head") for entry in self.data["label"])
        self.fixed = self.compiled(r"\S+@\S+\.\w+|{RANGE}|{MONEY}|{DURATION}|{CLOCK}|{PHONE}")
        self._money = self.compiled("^(?:{MONEY})")
        self.an = self.compiled(self.data["an"])
        self.rows = {name: self.compiled(pattern) for name, pattern in self.data["rows"].items()}
        self.pronouns = self.compiled(rf"\b(?:{'|'.join(sorted(self.words['dangling']))})\b")
        self.indefinite = self.compiled(
            rf"\b(?:{'|'.join(map(re.escape, sorted(self.words['indefinite'])))})\b"
        )
        prompts = load(language, "prompt")
        self._hour, self._anew = (self.compiled(prompts[key]) for key in ("hour", "begins_anew"))
        self._goes_on = self.compiled(self.data["hours_go_on"])
        self._abbreviated = re.compile(
            r"(?<![^\W_])(?:" + "|".join(map(re.escape, self.data["abbreviations"])) + r")\.$"
        )

    def expanded(self, pattern: str) -> str:
        for name, value in self._macros.items():
            pattern = pattern.replace("{" + name + "}", value)
        return pattern

    def compiled(self, pattern: str) -> re.Pattern[str]:
        return compiled(self.expanded(pattern), re.IGNORECASE)

    def _rule(self, entry: Mapping[str, Any], key: str) -> Rule:
        value = self.expanded(f"^(?:{entry.get('value', '.*')})$")
        return Rule(entry["name"], self.expanded(entry[key]), value, entry)

    def sentences(self, text: str) -> list[str]:
        """The sentences of a paragraph, and the clauses between semicolons, each as it stands. The hours of
        further days belong to those before: `Monday to Friday 8 to 6. Saturday 8 to 1. Closed Sunday.`
        """
        found, start = [], 0
        for match in _SENTENCE_END.finditer(text):
            piece = text[start : match.start()]
            if self._abbreviated.search(piece) and not (
                self._hour.search(piece) and self._anew.match(text[match.end() :])
            ):
                continue
            if self._goes_on.match(text[match.end() :]):
                continue
            found.append(piece.strip())
            start = match.end()
        return [piece for piece in (*found, text[start:].strip()) if piece]

    def lowered(self, text: str, names: Collection[str]) -> str:
        """The text as it stands inside a sentence: its first word in small letters unless it is a name, or
        begins one of two words with capitals (`Quick Picks`).
        """
        first = re.match(r"[^\W\d_][\w’'-]*", text)
        if re.match(r"[^\W\d_][\w’'-]* [^\W\d_a-záéíóúñ]", text):
            return text
        if not first or not first[0][:1].isupper() or first[0] in names or first[0].lower() in self.proper:
            return text
        if (
            len(first[0]) > 1
            and not first[0][1:].replace("’", "").replace("'", "").replace("-", "").islower()
        ):
            return text
        return text[0].lower() + text[1:]

    def column(self, name: str) -> Rule:
        """The first rule of columns with that name."""
        return next(rule for rule in self.columns if rule.name == name)

    def begins_with_money(self, text: str) -> bool:
        return self._money.match(text) is not None

    def last_fixed(self, text: str) -> str:
        """The amount, time or number that the text ends with; empty where it ends otherwise."""
        *_, last = ["", *(match[0] for match in self.fixed.finditer(text))]
        return last if last and text.endswith(last) else ""

    def is_subject(self, text: str) -> bool:
        """Whether no word of it shows that it is more than a noun and what belongs to it, or only some."""
        words = re.findall(r"[\w’'-]+", text.lower())
        if self.words["openers"] & set(words[:1]) or re.match(
            self.data["bare_ordinals"], text, re.IGNORECASE
        ):
            return False
        counted = bool(words) and (words[0].isdigit() or words[0] in self.data["counting"])
        return not counted and not self.words["outside"] & set(words) and not self.has_verb(text)

    def has_verb(self, text: str) -> bool:
        return bool(self.words["finite"] & set(re.findall(r"[\w’'-]+", text.lower())))

    def place_of_verb(self, words: Sequence[str]) -> int:
        """The place of the first verb among words; 0 where nothing stands before one."""
        finite = self.words["finite"]
        return next((n for n, word in enumerate(words) if word.lower() in finite), 0)

    def speaks_to_reader(self, text: str) -> bool:
        """Whether it still speaks to the reader."""
        return re.search(self.data["you"], text, re.IGNORECASE) is not None

    def amount_of(self, text: str) -> int | None:
        """A whole number in digits or in words."""
        plain = text.strip().lower().replace(",", "")
        return int(plain) if plain.isdigit() else self.numbers.get(plain)


def filled(frame: str, plural: bool, values: Mapping[str, str]) -> str:
    """The frame with its values, and of each `{one/several}` the form that agrees."""
    chosen = _CHOICE.sub(lambda match: match[2] if plural else match[1], frame)
    for name, value in values.items():
        chosen = chosen.replace("{" + name + "}", value)
    return " ".join(chosen.split())


@cache
def rules_of(language: str) -> Rules:
    """Raises FileNotFoundError for a language that is not read."""
    return Rules(language)


def language_of(text: str) -> str:
    """The language that is read in which a text is written; empty: none of them.

    A tenth of its words have to be those by which a language is known, half as many again as of any other.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return ""
    shares = sorted(((_known(words, language), language) for language in READ), reverse=True)
    (most, language), (next_most, _) = shares[0], shares[1]
    return language if most >= 0.1 and most >= 1.5 * next_most else ""


def _known(words: list[str], language: str) -> float:
    """The share of words by which the language is known, less thrice those that it does not have."""
    data = load(language, "facts")
    return (sum(w in data["known_by"] for w in words) - 3 * sum(w in data["not_by"] for w in words)) / len(
        words
    )
