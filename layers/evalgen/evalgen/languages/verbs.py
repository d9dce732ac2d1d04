"""Forms of verbs: from the imperative of a prompt to the form that a duty or a goal has, and to `gives`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.languages.rules import any_of, compiled, rules_of


class Verbs:
    """The `[verbs]` of a language.

    An inflection is an ending of the base form and the endings that imperatives have instead. Where there are
    several, the first is the familiar one, the second the polite one, and all but the first also forbid.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.bases = frozenset(table["base"].split())
        self._commands: dict[str, str] = {}
        self._polite: set[str] = set()
        forbidding: set[str] = set()
        for base in sorted(self.bases):
            forms = _imperatives(base, table["irregular"], table["inflections"])
            self._polite.update(forms[1:2])
            forbidding.update(forms[1:])
            for form in forms:
                self._commands.setdefault(form, base)
        self.commands = frozenset(self._commands)
        self.bans = frozenset(forbidding)
        self.third = rules_of(table["third"]).first
        self.thirds = frozenset(map(self.third, self.bases))
        self.from_third = rules_of(table["from_third"]).first
        self._from_noun = rules_of(table["from_noun"])
        self._from_participle = rules_of(table["from_participle"])
        self._enclitics: dict[str, str] = table["enclitics"]
        self._enclitic = compiled(rf"^(\w+?)({'|'.join(self._enclitics)})$" if self._enclitics else "")
        self._accents: dict[int, str] = str.maketrans(*table["accents"])
        self._chained = compiled(table["chained"].replace("BAN", f"(?:{any_of(self.bans)})"))

    def base_of(self, word: str) -> str:
        """The base form of an imperative, or nothing where the word is none."""
        return self._resolved(word.lower())[0]

    def from_noun(self, word: str) -> Iterator[str]:
        """The base forms that a noun such as `booking` may come from."""
        return self._from_noun.each(word)

    def from_participle(self, word: str) -> str:
        """The base form that `cancelled` or `given` comes from, or nothing."""
        return next((base for base in self._from_participle.each(word) if base in self.bases), "")

    def as_duty(self, text: str) -> str:
        """The imperatives of an instruction in their base form: what somebody `must` do."""
        polite: bool | None = None

        def based(match: re.Match[str]) -> str:
            nonlocal polite
            base, is_polite = self._resolved(match["verb"].lower())
            if not base or (polite is not None and is_polite != polite):
                return match[0]
            polite = is_polite
            before = "".join(self._enclitics.get(word, word) for word in (match["before"] or "").split())
            return f"{match['lead']}{match['no'] or ''}{base}{before}"

        return self._chained.sub(based, text)

    def _resolved(self, word: str) -> tuple[str, bool]:
        """The base form of an imperative with the pronouns behind it, and whether it is the polite one."""
        if word in self._commands:
            return self._commands[word], word in self._polite
        if match := self._enclitic.match(word):
            stem, pronoun = match[1], self._enclitics[match[2]]
            for form in (stem, stem.translate(self._accents)):
                if form in self._commands:
                    return self._commands[form] + pronoun, form in self._polite
        return "", False


def _imperatives(base: str, irregular: Mapping[str, str], inflections: list[list[str]]) -> list[str]:
    if base in irregular:
        return irregular[base].split()
    for ending, forms in inflections:
        if base.endswith(ending):
            return [base[: len(base) - len(ending)] + form for form in forms.split() or [""]]
    return [base]
