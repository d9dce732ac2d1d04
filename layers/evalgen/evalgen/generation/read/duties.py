"""Duties: the imperatives of a clause, one by one, in words that follow `The main agent should`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from evalgen.generation.read.imperatives import Imperatives, masked
from evalgen.generation.read.language import Language
from evalgen.generation.read.moments import Moments, Part
from evalgen.generation.read.statement import Duty
from evalgen.generation.read.verbs import imperative, verbs_of
from evalgen.generation.read.wording import Wording, outside_quotes, unquoted

LONGEST_DUTY = 220
_CUT_QUOTE = re.compile(r"[,;](?=[\"”»]$)")
_SPACES = re.compile(r"\s+")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


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
        self._wording, self._moments = Wording(language), Moments(language)
        self._imperatives = Imperatives(language, tools, self._moments)
        self._table = language.table("duties")

    def read(self, text: str, ban: bool = False) -> Chain | None:
        """The duties of a clause, or nothing where it is no imperative or its parts are not certain."""
        given = text.strip().strip(".!;, ")
        words = self.taken(self._moments.led(given), ban)
        if ban and self._language.pattern(self._table["bare_ban"]).fullmatch(words):
            return Chain((Duty(words, words.split()[0], ban),), 1)
        if not words or not imperative(words, self._language, ban)[0]:
            return None
        if any(
            self._language.pattern(self._table[k]).search(masked(words))
            for k in ("distributed", "callers_own")
        ):
            return None
        parts = list(self._imperatives.parts(words, ban))
        if not parts:
            return None
        if not ban:
            first = Part(parts[0].words + self._moments.of(given))
            parts = self._moments.shared([first, *parts[1:]])
        return Chain(tuple(dict.fromkeys(self._of_parts(parts, ban))), len(parts))

    def _of_parts(self, parts: Sequence[Part], ban: bool) -> Iterator[Duty]:
        """The duties that are fit to be stated; but for calls none in turn behind a question that is not."""
        lost = False
        for part in parts:
            if lost and part.in_turn and not self._imperatives.is_call(part.words):
                return
            duty = self._duty(part.words, ban)
            if duty:
                yield duty
            lost = lost or (duty is None and self._moments.leads_up(part.words))

    @cached_property
    def _means(self) -> re.Pattern[str]:
        """By which tool a thing is done, behind it: `with ask_prescriber, reason no_refills`."""
        return self._language.pattern(self._table["means"].replace("TOOL", self._names))

    @cached_property
    def _names(self) -> str:
        return "|".join(map(re.escape, sorted(sorted(self._tools), key=len, reverse=True))) or "(?!)"

    @cached_property
    def _desks(self) -> re.Pattern[str]:
        """Whom a call is passed to, by the word that a tool has for them."""
        return self._language.pattern(self._table["desks"]["pattern"].replace("TOOL", self._names))

    def called(self, text: str) -> Duty | None:
        """The call that a sentence is, with the moment of it: `book_class once they agree`."""
        call = self._table["call"]
        match = self._language.pattern(call["pattern"].replace("TOOL", self._names)).match(text.strip())
        text = call["gives"].replace("{x}", match["tool"]) if match else ""
        if match and match["when"]:
            text = self._wording.for_outcome(text + self.taken(match["when"]))
        return Duty(text, call["verb"]) if text else None

    def _by_name(self, match: re.Match[str]) -> str:
        return str(self._table["desks"]["gives"]).replace("{x}", match["x"].replace("_", " "))

    def _duty(self, part: str, ban: bool) -> Duty | None:
        base, _ = imperative(part, self._language, ban)
        if not base or len(part) > LONGEST_DUTY:
            return None
        first = _FIRST.match(part)
        words = base + self._verbs.split(first[0])[1] + part[first.end() :] if first else ""
        words = self._language.pattern(self._table["aside"]).sub("", words)
        words = self._desks.sub(self._by_name, self._means.sub("", words))
        words = self._wording.of_company(self._without_opinion(self._based(words.strip()), ban))
        alone = [] if self._tools else [self._table["by_itself"]]
        for beyond in [*self._table["beyond"], *alone] if ban else ():
            words = self._language.pattern(beyond).sub("", words)
        words = self._put("banned", words) if ban else words
        words = self._put("completions", words)
        if not words or self._dangles(words, ban):
            return None
        words = self._put("quoting", words)
        text = self._wording.for_outcome(words)
        if not text or ":" in unquoted(text) or self._language.pattern(self._table["bare_verb"]).match(text):
            return None
        text = _CUT_QUOTE.sub("", _SPACES.sub(" ", text).strip(" ,;."))
        text = self._language.pattern(self._table["hanging"]).sub("", text)
        if any(self._language.pattern(self._table[name]).search(text) for name in ("unsplit", "said")):
            return None
        heard = self._is_heard(text, base, ban)
        return Duty(text, base, ban, heard, "" if ban or not heard else self.told(text))

    def taken(self, words: str, ban: bool = False) -> str:
        """`take name and number` as asking for them, wherever it stands in a chain of orders."""
        return words if ban else self._put("taken", words)

    def _based(self, words: str) -> str:
        """With the imperatives behind an `or` in their base form too."""
        for match in reversed(
            list(self._language.pattern(self._table["alternative"]).finditer(masked(words)))
        ):
            rest = words[match.end() :]
            first = _FIRST.match(rest)
            if self._language.pattern(self._table["governs"]).search(words[: match.start()]):
                continue
            if first and imperative(rest, self._language)[0]:
                words = words[: match.end()] + "".join(self._verbs.split(first[0])) + rest[first.end() :]
        return words

    def _is_heard(self, text: str, base: str, ban: bool) -> bool:
        """Whether a transcript shows it, without the name of a tool or a placeholder."""
        bare = unquoted(text)
        if (
            "{{" in text
            or "_" in bare
            or any(
                self._language.pattern(self._table[name]).search(bare)
                for name in ("silent", "let", "heard_with")
            )
        ):
            return False
        names = self._tools - {text.partition(" ")[0].casefold()}
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in names):
            return False
        return base in (self._verbs.heard_banned if ban else self._verbs.heard)

    def _put(self, table: str, words: str) -> str:
        """The words with what a table of the language puts in the place of some of them."""
        for entry in self._table[table]:
            words = self._language.pattern(entry["pattern"]).sub(entry["gives"], words)
        return words

    def _without_opinion(self, words: str, ban: bool) -> str:
        """Without adverbs of opinion where they stand alone; empty where one is left. What is banned keeps
        those of time, since it would be more without.
        """
        table, pattern = self._verbs.table, self._language.pattern
        left = pattern(rf"\b(?:{table['opinion']}|{table['opinion_words']})\b")
        if ban:
            of_time = pattern(rf"\b(?:{table['of_time']})\b")
            return "" if left.search(of_time.sub(" ", unquoted(words))) else words
        for alone in (rf"(?<=\w),? (?:{table['opinion']})(?=$|,)", rf"(?<=\w),? (?:{table['trailing']})$"):
            words = outside_quotes(words, partial(pattern(alone).sub, ""))
        behind = pattern(rf" (?:{table['opinion']})(?= (?!(?:{table['joins']})\b))")
        verb = words.partition(" ")[0]
        if match := behind.match(words, len(verb)):
            words = verb + words[match.end() :]
        return "" if left.search(unquoted(words)) else words

    def _dangles(self, words: str, ban: bool) -> bool:
        """Whether a word's noun stands elsewhere, or a condition inside of it narrows it."""
        bare = unquoted(words)
        if self._language.pattern(self._table["broken"]).search(bare):
            return True
        if ban and self._language.pattern(self._table["clause_behind"]).search(bare):
            return True
        if not ban and self._language.pattern(self._table["inner"]).search(bare):
            return True
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
                groups = match.groupdict()
                said = (groups.get("x") or groups.get("clause") or "").strip()
                said = self._language.pattern(self._table["relative"]).sub("", said)
                own = self._wording.for_caller(said)
                if not frame.gives or not own or '"' in own or "{{" in own or len(own) > LONGEST_DUTY // 2:
                    return ""
                if self._language.pattern(self._table["not_told"]).search(own):
                    return ""
                return frame.gives.replace("{x}", own)
        return ""

    def completed(self, duty: Duty, wish: str, topic: str) -> Duty:
        """`ask why` of a caller who wants something, and `there is none` of a thing asked for, as wholes."""
        why, none = self._table["why"], self._table["none"]
        text = ""
        if duty.text == why["bare"] and wish:
            text = why["whole"].replace("{wish}", wish)
        elif (match := self._language.pattern(none["pattern"]).match(duty.text)) and topic:
            thing = self._language.pattern(none["article"]).sub("", topic)
            text = none["whole"].replace("{begins}", match[1]).replace("{thing}", thing)
        return replace(duty, text=text, told=self.told(text)) if text else duty
