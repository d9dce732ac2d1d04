"""Duties: the imperatives of a clause, one by one, in words that follow `The main agent should`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalgen.generation.read.language import Language
from evalgen.generation.read.statement import Duty
from evalgen.generation.read.verbs import imperative, verbs_of
from evalgen.generation.read.wording import Wording, outside_quotes, unquoted

LONGEST_DUTY = 220
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Chain:
    """The duties of a clause that are fit to be stated; `actions` counts all that it orders."""

    duties: tuple[Duty, ...]
    actions: int


class Duties:
    """Reads imperatives in one prompt's words."""

    def __init__(self, language: Language, tools: frozenset[str]) -> None:
        self._language, self._tools = language, tools
        self._verbs = verbs_of(language.code)
        self._wording = Wording(language)
        self._table = language.table("duties")

    def read(self, text: str, ban: bool = False) -> Chain | None:
        """The duties of a clause, or nothing where it is no imperative or its parts are not certain."""
        words = self._led(text.strip().strip(".!;, "))
        if not words or not imperative(words, self._language)[0]:
            return None
        parts = list(self._parts(words, ban))
        if not parts:
            return None
        duties = [duty for part in parts if (duty := self._duty(part, ban))]
        return Chain(tuple(dict.fromkeys(duties)), len(parts))

    def _led(self, text: str) -> str:
        """Without the adverbs before its first verb."""
        lead = self._language.pattern(
            rf"^(?:(?:{self._verbs.table['lead_in']}|{self._verbs.table['opinion']}),? )+"
        )
        return lead.sub("", text)

    def _parts(self, words: str, ban: bool) -> Iterator[str]:
        """The imperatives, split where one surely begins; none where it is not certain whose verb follows."""
        cuts, ends = [0], []
        bare = _masked(words)
        joint = self._language.pattern(self._table["or_joints" if ban else "joints"])
        for match in joint.finditer(bare):
            behind = self._led(words[match.end() :])
            base, _ = imperative(behind, self._language)
            if not base:
                continue
            part = bare[cuts[-1] : match.start()]
            if self._language.pattern(self._verbs.table["governing"]).search(part):
                if base not in self._verbs.own or "," not in match[0]:
                    continue
                if self._language.pattern(self._table["listed"]).search(part):
                    return
            ends.append(match.start())
            cuts.append(match.end())
        for start, end in zip(cuts, [*ends, len(words)], strict=True):
            yield self._led(words[start:end].strip(" ,"))

    def _duty(self, part: str, ban: bool) -> Duty | None:
        base, rest = imperative(part, self._language)
        if not base or len(part) > LONGEST_DUTY:
            return None
        words = self._without_opinion(f"{base} {rest}".strip())
        if not words or self._dangles(words):
            return None
        words = self._quoting(words)
        for entry in self._table["completions"]:
            words = self._language.pattern(entry["pattern"]).sub(entry["gives"], words)
        text = self._wording.for_outcome(words)
        if not text or ":" in unquoted(text):
            return None
        text = _SPACES.sub(" ", text).strip(" ,;.")
        tool = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in self._tools)
        known = self._verbs.heard_banned if ban else self._verbs.heard
        let = self._language.pattern(self._table["silent"]).search(unquoted(text))
        heard = base in known and not tool and "{{" not in text and "_" not in unquoted(text) and not let
        return Duty(text, base, ban, heard, "" if ban or not heard else self.told(text))

    def _quoting(self, words: str) -> str:
        """`say: "…"` with what says that the meaning counts, not the words."""
        for entry in self._table["quoting"]:
            words = self._language.pattern(entry["pattern"]).sub(entry["gives"], words)
        return words

    def _without_opinion(self, words: str) -> str:
        """Without adverbs of opinion where they stand alone; empty where one is left."""
        table = self._verbs.table
        for pattern in (
            rf"(?<=\w),? (?:{table['opinion']})(?=$|,)",
            rf"(?<=\w),? (?:{table['trailing']})$",
            rf"(?<=^{words.split(' ', 1)[0]}) (?:{table['opinion']})(?= )",
        ):
            compiled = self._language.pattern(pattern)
            words = outside_quotes(words, lambda part, c=compiled: c.sub("", part))
        left = self._language.pattern(rf"\b(?:{table['opinion']}|{table['opinion_words']})\b")
        return "" if left.search(unquoted(words)) else words

    def _dangles(self, words: str) -> bool:
        """Whether a word's noun stands elsewhere."""
        bare = unquoted(words)
        if self._language.pattern(self._table["bare_that"]).search(bare):
            return True
        if self._language.pattern(self._table["that_before"]).search(bare):
            return True
        through = self._language.pattern(self._table["let_through"]).sub(" ", bare)
        return self._language.pattern(self._table["pointing"]).search(through) is not None

    def told(self, text: str) -> str:
        """How the caller hears it, to follow `when`; empty where no rule is certain."""
        for frame in self._language.frames("duties", "told"):
            if match := frame.pattern.match(text):
                said = (match.groupdict().get("x") or "").strip()
                own = self._wording.for_caller(said)
                if not frame.gives or not own or '"' in own or "{{" in own or len(own) > LONGEST_DUTY // 2:
                    return ""
                if self._language.pattern(self._table["not_told"]).search(own):
                    return ""
                return frame.gives.replace("{x}", own)
        return ""

    def completed(self, duty: Duty, wish: str) -> Duty:
        """`ask why` of a caller who wants to do something, as a whole."""
        if duty.text != self._table["why"]["bare"] or not wish:
            return duty
        text = self._table["why"]["whole"].replace("{wish}", wish)
        return replace(duty, text=text, told=self.told(text))


def _masked(text: str) -> str:
    """The text with quotations and asides blanked out, in its own length."""
    return re.sub(r"[\"“«][^\"”»]*[\"”»]|\([^()]*\)", lambda m: "x" * len(m[0]), text)
