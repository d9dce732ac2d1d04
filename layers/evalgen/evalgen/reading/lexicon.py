"""What the reader knows of a language, loaded from `languages/<code>.lexicon.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from evalgen.generation.values import plain
from evalgen.languages.nouns import Nouns
from evalgen.languages.rules import any_of, compiled, rules_of
from evalgen.languages.tables import filled, frozen, known, load
from evalgen.languages.verbs import Verbs
from evalgen.reading.cues import (
    ActForm,
    Asking,
    Cues,
    DutyForm,
    Invented,
    Limits,
    Templates,
    Temptations,
    Views,
    WishForm,
    Words,
)
from evalgen.reading.patterns import Patterns

_CUES = {
    "condition_openers": r"^(?:{})\b",
    "condition_joints": r",? (?P<joint>{}) ",
    "identity": r"^(?:{})",
    "style": r"^(?:{})",
    "tails": r"(?:,\s*|\s+)(?:{})\b",
    "question_words": r"^(?:{})\b",
    "abbreviations": r"\b(?-i:{})\.$",
}
_CUE = r"\b(?:{})\b"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of tools' names: `by_idea` from the English word, `by_spelling` from how a name spells it."""

    by_idea: Mapping[str, str]
    by_spelling: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language as prompts use it; `evalgen.reading.cues` and `patterns` have the parts."""

    language: str
    words: Words
    cues: Cues
    patterns: Patterns
    caller: re.Pattern[str]
    agent: re.Pattern[str]
    templates: Templates
    verbs: Verbs
    nouns: Nouns
    numbers: Mapping[str, int]
    limits: Limits
    themes: Mapping[str, re.Pattern[str]]
    identifiers: Mapping[str, str]
    own_verbs: Vocabulary
    own_nouns: Vocabulary
    tool_goals: Mapping[str, str]
    noun_goals: Mapping[str, str]
    duty_goals: Mapping[str, str]
    wishes: tuple[WishForm, ...]
    acts: tuple[ActForm, ...]
    temptations: Temptations
    facts: Mapping[str, str]
    forms: tuple[DutyForm, ...]
    views: Views
    asking: Asking
    invented: Invented

    def cut_tail(self, phrase: str) -> str:
        """The phrase up to where the prompt goes on to something else: `, and never …`, `, unless …`."""
        return self.cues.tails.split(phrase, maxsplit=1)[0].strip(" ,.")


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a language code, or the English one where there is none."""
    code = known(language, "lexicon")
    data = load(code, "lexicon")
    words = filled(Words, data["words"], frozenset)
    verbs = Verbs(data["verbs"])
    blanks = {
        "CALLER": any_of(words.caller),
        "VERB": any_of(map(re.escape, verbs.commands)),
        "BAN": any_of(map(re.escape, verbs.bans)),
        "COUNT": any_of(data["numbers"]),
    }

    def pattern(text: str) -> re.Pattern[str]:
        for name, words_in_it in blanks.items():
            text = text.replace(name, f"(?:{words_in_it})")
        return compiled(text)

    def cue(name: str, listed: Iterable[str]) -> re.Pattern[str]:
        return pattern(_CUES.get(name, _CUE).format(any_of(listed)))

    return Lexicon(
        language=code,
        words=words,
        cues=filled(Cues, {name: cue(name, listed) for name, listed in data["cues"].items()}),
        patterns=filled(Patterns, data["patterns"], pattern),
        caller=cue("caller", words.caller),
        agent=cue("agent", words.agent),
        templates=filled(Templates, data["templates"]),
        verbs=verbs,
        nouns=Nouns(data["nouns"]),
        numbers=data["numbers"],
        limits=filled(Limits, data["limits"], frozen),
        themes={name: compiled("|".join(cues)) for name, cues in data["themes"].items()},
        **{name: data[name] for name in ("identifiers", "tool_goals", "noun_goals", "duty_goals", "facts")},
        own_verbs=_vocabulary(data["tool_verbs"]),
        own_nouns=_vocabulary(data["tool_nouns"]),
        wishes=tuple(WishForm(pattern(w["match"]), w["goal"]) for w in data["wishes"]),
        acts=tuple(ActForm(a["kind"], pattern(a["match"])) for a in data["acts"]),
        temptations=filled(Temptations, data["temptations"], lambda listed: frozenset(listed.split())),
        forms=tuple(DutyForm(pattern(f["match"]), f["form"], f.get("say", "{rest}")) for f in data["forms"]),
        views=filled(Views, data["views"], rules_of),
        asking=filled(Asking, data["asking"]),
        invented=filled(Invented, data["invented"], frozen),
    )


def _vocabulary(table: Mapping[str, str]) -> Vocabulary:
    own = {idea: words.split() for idea, words in table.items()}
    return Vocabulary(
        by_idea={idea: words[0] for idea, words in own.items()},
        by_spelling={plain(word): word for words in own.values() for word in reversed(words)},
    )
