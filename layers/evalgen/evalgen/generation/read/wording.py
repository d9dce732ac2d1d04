"""The closed list of substitutions that make the prompt's words those of an outcome or of a caller.

Nothing inside quotation marks is touched. What cannot be made certain gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from evalgen.generation.read.language import Language
from evalgen.generation.read.verbs import verbs_of

_APART = "\1"
"""In place of what is neither the caller's nor the agent's."""
_QUOTED = re.compile(r"([\"“«][^\"”»]*[\"”»])")


def outside_quotes(text: str, change: Callable[[str], str]) -> str:
    """The text with what stands outside of quotation marks changed."""
    parts = _QUOTED.split(text)
    if len(parts) == 1:
        return change(text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub('""', text)


class Wording:
    """Substitutions in one prompt's words."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._table = language.table("wording")
        self.testing: str = self._table["testing"]

    def for_outcome(self, text: str) -> str:
        """The text with the agent as `it` and the caller as the testing agent; empty where not certain."""
        if not self.testing:
            return ""
        words = text
        for pattern, gives in self._table["instructions"]:
            words = self._put(words, pattern, gives)
        for entry in self._table["caller"]:
            words = self._put(words, entry["pattern"], entry["gives"])
        if self._language.pattern(self._table["left"]).search(unquoted(words)):
            return ""
        words = self._pronouns(words)
        return words and self._agent(words)

    def _put(self, text: str, pattern: str, gives: str) -> str:
        compiled = self._language.pattern(pattern)
        return outside_quotes(text, lambda part: compiled.sub(gives, part))

    def _pronouns(self, text: str) -> str:
        """The first pronoun of the caller as a noun, if no other plural or person stands before it."""
        bare = unquoted(text)
        pronoun = self._language.pattern(self._table["pronoun"])
        found = pronoun.search(bare)
        if not found:
            return text
        if self._language.pattern(self._table["of_things"]).search(bare):
            return ""
        if self._language.pattern(self._table["rivals"]).search(
            self._language.pattern(self._table["no_rivals"]).sub(" ", bare[: self._last(bare)])
        ):
            return ""
        before = bare[: found.start()]
        if self.testing in before:
            return text
        for entry in self._table["pronouns"]:
            compiled = self._language.pattern(entry["pattern"])
            if (match := compiled.search(bare)) and match.start() == found.start():
                return self._once(text, compiled, entry)
        return ""

    def _last(self, bare: str) -> int:
        return max(match.start() for match in self._language.pattern(self._table["pronoun"]).finditer(bare))

    def _once(self, text: str, pattern: re.Pattern[str], entry: dict[str, str]) -> str:
        done = False

        def put(match: re.Match[str]) -> str:
            nonlocal done
            if done:
                return match[0]
            done = True
            given = match.expand(entry["gives"])
            verb = (match.groupdict().get("verb") or "").casefold()
            return given.replace("<VERB>", self._agreeing(verb)) if verb else given

        return outside_quotes(text, lambda part: pattern.sub(put, part))

    def _agreeing(self, verb: str) -> str:
        table = verbs_of(self._language.code).table
        if verb in table["agreeing"]:
            return str(table["agreeing"][verb])
        if re.fullmatch(table["modals"], verb) or re.fullmatch(self._table["past"], verb):
            return verb
        return verbs_of(self._language.code).third(verb)

    def of_company(self, text: str) -> str:
        """`we` and `our` as the company and its own; what is not certain stays as it is."""
        noun = str(self._table["company_noun"])
        owner = self._language.owner or noun
        words = text
        for entry in self._table["company"]:
            gives = entry["gives"].replace(noun, owner) if noun else entry["gives"]
            words = self._put(words, entry["pattern"], gives)
        told = self._with_subject(words, self._table["we_verb"], owner)
        return words if "\0" in told else told

    def _agent(self, text: str) -> str:
        """`you` as the agent in the third person."""
        words = self._with_subject(text, self._table["you_verb"], str(self._table["agent"]))
        for entry in self._table["agents"]:
            words = self._put(words, entry["pattern"], entry["gives"])
        return "" if "\0" in words else words

    def _with_subject(self, text: str, pattern: str, subject: str) -> str:
        """A pronoun and its verb in the third person; a zero where the verb's form is not certain."""
        verbs = verbs_of(self._language.code)

        def put(match: re.Match[str]) -> str:
            verb = (match["verb"] or "").strip()
            lowered = verb.casefold()
            if not verb:
                return subject
            if lowered.startswith(("'", "’")):
                return f"{subject}{verbs.table['agreeing'].get(lowered, verb)}"
            known = re.fullmatch(verbs.table["modals"], lowered) or re.fullmatch(self._table["past"], lowered)
            if known:
                return f"{subject} {verb}"
            if lowered in verbs.table["agreeing"] or verbs.base_of(lowered):
                return f"{subject} {self._agreeing(lowered)}"
            return "\0"

        compiled = self._language.pattern(pattern)
        return outside_quotes(text, lambda part: compiled.sub(put, part))

    def second(self, verb: str) -> str:
        """A verb of the caller in the form behind `you`."""
        return str(self._table["plain"].get(verb.casefold(), verb))

    def for_caller(self, text: str) -> str:
        """An outcome's or the prompt's words in the view of the caller; empty where not certain."""
        words = text
        if self._language.pattern(self._table["not_callers"]).search(unquoted(words)):
            return ""
        apart = self._language.pattern(self._table["apart"])
        words = outside_quotes(words, lambda part: apart.sub(rf"\g<before>{_APART}", part))
        for entry in self._table["yours"]:
            words = self._put(words, entry["pattern"], entry["gives"])
        compiled = self._language.pattern(self._table["their_verb"])

        def put(match: re.Match[str]) -> str:
            return f"{self._table['you']} {match['adverb'] or ''}{self.second(match['verb'])}"

        words = outside_quotes(words, lambda part: compiled.sub(put, part))
        return words.replace(_APART, self._table["things"])
