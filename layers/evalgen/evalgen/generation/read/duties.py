"""Duties: the imperatives of a clause, one by one, in words that follow `The main agent should`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from evalgen.generation.read.language import Language
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
        self._wording = Wording(language)
        self._table = language.table("duties")

    def read(self, text: str, ban: bool = False) -> Chain | None:
        """The duties of a clause, or nothing where it is no imperative or its parts are not certain."""
        words = self.taken(self._led(text.strip().strip(".!;, ")), ban)
        if ban and self._language.pattern(self._table["bare_ban"]).fullmatch(words):
            return Chain((Duty(words, words.split()[0], ban),), 1)
        if not words or not imperative(words, self._language, ban)[0]:
            return None
        if self._language.pattern(self._table["distributed"]).search(_masked(words)):
            return None
        parts = list(self._parts(words, ban))
        if not parts:
            return None
        duties = [duty for part in parts if (duty := self._duty(part, ban))]
        return Chain(tuple(dict.fromkeys(duties)), len(parts))

    @cached_property
    def _means(self) -> re.Pattern[str]:
        """By which tool a thing is done, behind it: `with ask_prescriber, reason no_refills`."""
        return self._language.pattern(self._table["means"].replace("TOOL", self._names))

    @cached_property
    def _names(self) -> str:
        return "|".join(map(re.escape, sorted(self._tools, key=len, reverse=True))) or "(?!)"

    @cached_property
    def _desks(self) -> re.Pattern[str]:
        """Whom a call is passed to, by the word that a tool has for them."""
        return self._language.pattern(self._table["desks"]["pattern"].replace("TOOL", self._names))

    def called(self, text: str) -> Duty | None:
        """The call that a sentence is, with the moment of it: `book_class once they agree`."""
        call = self._table["call"]
        match = self._language.pattern(call["pattern"].replace("TOOL", self._names)).match(text.strip())
        return Duty(call["gives"].replace("{x}", match["tool"]), call["verb"]) if match else None

    def _by_name(self, match: re.Match[str]) -> str:
        return str(self._table["desks"]["gives"]).replace("{x}", match["x"].replace("_", " "))

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
            rest = self._led(words[match.end() :])
            if not ban and self._is_call(rest):
                ends.append(match.start())
                cuts.append(match.end())
                continue
            base, _ = imperative(rest, self._language)
            if not base:
                continue
            part = self._led(bare[cuts[-1] : match.start()]).strip()
            if ban and self._language.pattern(self._table["bare_part"]).match(part):
                continue
            follows = self._follows(part, match[0], base, rest)
            if follows is None:
                return
            if follows:
                ends.append(match.start())
                cuts.append(match.end())
        for start, end in zip(cuts, [*ends, len(words)], strict=True):
            yield self._led(words[start:end].strip(" ,"))

    def _is_call(self, words: str) -> bool:
        """Whether a part is the call of a tool: `transfer_call with reason "parts"`, `use findTenant`."""
        bare = self._language.pattern(self._table["calls"]).sub("", words)
        first = bare.split(maxsplit=1)[0].strip("`\"'“”,.;:()") if bare else ""
        names_one = "_" in first or any(c.isupper() for c in first[1:])
        return names_one and first.casefold() in {tool.casefold() for tool in self._tools}

    def _follows(self, part: str, joint: str, base: str, rest: str) -> bool | None:
        """Whether a verb is the agent's own and not governed by the part before it; None: not certain."""
        table = self._verbs.table
        own = base in self._verbs.own or self._language.pattern(table["own_with"]).match(rest)
        governed = self._language.pattern(table["governing"]).search(part)
        if not governed:
            modal = self._language.pattern(table["modal"]).search(part)
            return True if not modal or own else None
        if base in table["callers"].split():
            return False
        sure = own and "," in joint and "," not in part[governed.start() :]
        return True if sure else None

    def _duty(self, part: str, ban: bool) -> Duty | None:
        base, _ = imperative(part, self._language, ban)
        if not base or len(part) > LONGEST_DUTY:
            return None
        first = _FIRST.match(part)
        words = base + self._verbs.split(first[0])[1] + part[first.end() :] if first else ""
        words = self._language.pattern(self._table["aside"]).sub("", words)
        words = self._desks.sub(self._by_name, self._means.sub("", words))
        words = self._wording.of_company(self._without_opinion(self._based(words.strip())))
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
            list(self._language.pattern(self._table["alternative"]).finditer(_masked(words)))
        ):
            rest = words[match.end() :]
            first = _FIRST.match(rest)
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

    def _without_opinion(self, words: str) -> str:
        """Without adverbs of opinion where they stand alone; empty where one is left."""
        table = self._verbs.table
        for pattern in (
            rf"(?<=\w),? (?:{table['opinion']})(?=$|,)",
            rf"(?<=\w),? (?:{table['trailing']})$",
            rf"(?<=^{words.split(' ', 1)[0]}) (?:{table['opinion']})(?= )",
        ):
            compiled = self._language.pattern(pattern)
            words = outside_quotes(words, partial(compiled.sub, ""))
        left = self._language.pattern(rf"\b(?:{table['opinion']}|{table['opinion_words']})\b")
        return "" if left.search(unquoted(words)) else words

    def _dangles(self, words: str, ban: bool) -> bool:
        """Whether a word's noun stands elsewhere, or a condition inside of it narrows it."""
        bare = unquoted(words)
        if self._language.pattern(self._table["broken"]).search(bare):
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


def _masked(text: str) -> str:
    """The text with quotations and asides blanked out, in its own length."""
    return re.sub(r"[\"“«][^\"”»]*[\"”»]|\([^()]*\)", lambda m: "x" * len(m[0]), text)
