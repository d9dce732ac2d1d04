"""Facts of sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Sentence
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import is_plural, thing
from evalgen.generation.read.documents.rules import Rule, Rules, filled

_DONE = re.compile(r"[.!]$")


class Sentences:
    """Reads the sentences of one document."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str]) -> None:
        self._rules, self._maker, self._names = rules, maker, names

    def facts(self, sentence: Sentence) -> Iterator[Fact]:
        """The fact of the sentence, or of its halves where rules account for both of them.

        What a second half says to be included or allowed may be so only of the first: it is not taken alone.
        """
        whole = self.fact(sentence)
        if not whole.sure:
            if listed := self._of_one_verb(sentence):
                yield from listed
                return
            halves = re.split(self._rules.data["coordinate"], sentence.text, maxsplit=1)
            first = self.fact(replace(sentence, text=halves[0]))
            if len(halves) == 2 and first.sure:
                second = self.fact(replace(sentence, text=self._with_subject(halves[1], first.said)))
                if second.sure:
                    yield replace(first, text=sentence.text)
                    if second.because != "polar":
                        yield replace(second, text=sentence.text)
                    return
                if self._goes_on_freely(halves[1]):
                    yield replace(first, text=sentence.text)
                    return
        yield whole

    def _goes_on_freely(self, half: str) -> bool:
        """Whether the second half of a sentence adds something to the first and narrows nothing of it."""
        begins = self._rules.has_verb(" ".join(half.split()[:2]))
        return begins and not re.search(self._rules.data["halves"]["narrows"], half, re.IGNORECASE)

    def _of_one_verb(self, sentence: Sentence) -> list[Fact]:
        """`A key costs 18 pounds, a fob 30 pounds`: a fact of each; empty where one is not certain."""
        first, *others = re.split(f"{self._rules.data['coordinate']}|, ", _DONE.sub("", sentence.text))
        value = self._rules.last_fixed(first)
        read = self.fact(replace(sentence, text=first))
        if not others or not value or not read.sure or not first.lower().startswith(read.said.lower()):
            return []
        verb = first[len(read.said) : -len(value)].strip()
        facts = [read]
        for other in others:
            amount = self._rules.last_fixed(other)
            subject = other[: -len(amount)].strip().removesuffix(verb.split()[-1]).strip() if amount else ""
            facts.append(self.fact(replace(sentence, text=f"{subject} {verb} {amount}")))
            if not subject or not facts[-1].sure or facts[-1].because != read.because:
                return []
        return [replace(fact, text=sentence.text) for fact in facts]

    def _with_subject(self, half: str, subject: str) -> str:
        """The second half of a sentence, with the subject of the first where it begins with its verb."""
        return f"{subject} {half}" if self._rules.has_verb(half.split(maxsplit=1)[0]) else half

    def fact(self, sentence: Sentence) -> Fact:
        """The fact by the first rule that accounts for the whole sentence, unread where there is none."""
        text = " ".join(sentence.text.split())
        text = text[:1].upper() + text[1:]
        said = self.passive(text) or _DONE.sub("", text)
        if not self._rules.indefinite.search(said):
            for rule in self._rules.sentence_rules:
                if found := self._by(rule, said, sentence):
                    return found
        return self._maker.unread(sentence.text, sentence.line, "no rule", sentence.section)

    def _by(self, rule: Rule, said: str, sentence: Sentence) -> Fact | None:
        match = rule.pattern.match(said)
        if not match:
            return None
        texts = rule.texts
        groups = {name: value or "" for name, value in match.groupdict().items()}
        groups |= {"tail": self._changed(groups["tail"], "own_tail")} if "tail" in groups else {}
        subject = groups.get("s") or filled(texts.get("subject", ""), False, groups)
        is_noun = not subject or texts.get("any_subject") or self._rules.is_subject(subject)
        if not is_noun or self._excepted(rule, groups):
            return None
        if texts.get("any_subject") and sentence.text[:1].islower():
            return None
        if self._rules.has_verb(groups.get("v", "")) and not texts.get("any_subject"):
            return None
        if sentence.section and re.fullmatch(self._rules.data["leaning"], subject, re.IGNORECASE):
            return None
        subject = self._said(subject)
        clause = ""
        if texts.get("explain"):
            answer = self._answer(rule, said, groups.get("v", ""))
            clause = self._maker.clause_of(answer) if answer else ""
            if not clause:
                return None
            clause = self._maker.explained(clause)
        plural = self._plural(groups.get("verb", ""), subject)
        if re.search(self._rules.data["two_clauses"], subject):
            return None
        values = {**groups, "s": subject, "any": self._any(rule, groups, subject, plural)}
        polar = bool(texts.get("polar"))
        if polar and re.match(self._rules.data["asked_with"], groups.get("v", "")):
            values["p"] = f"{groups.get('p', '')}{groups['v']}"
        negated = groups.get("not", "").strip() or (
            groups["verb"] if groups.get("verb", "") in self._rules.data["negative_verbs"] else ""
        )
        if polar and not negated and re.search(self._rules.data["recited"], subject):
            return None
        value = f"{'no' if negated else 'yes'}{groups.get('v', '')}" if polar else groups.get("v", "") or said
        return self._maker.fact(
            rule,
            kind="sentence",
            text=sentence.text,
            line=sentence.line,
            plural=plural,
            values={**values, "v": value},
            value=value,
            said=subject,
            clause=clause,
            section=sentence.section,
            attribute=f"{rule.name}:{groups.get('p', '')}" if "p" in groups else "",
        )

    def _answer(self, rule: Rule, said: str, tail: str) -> str:
        """What answers the question: of a yes or no the restriction too, of a mere addition nothing.

        Empty where what follows is neither for certain.
        """
        if not rule.texts.get("polar") or not tail:
            return said
        if re.search(self._rules.data["takes_back"], tail, re.IGNORECASE):
            return ""
        if re.match(self._rules.data["adds"], tail, re.IGNORECASE):
            return said.removesuffix(tail)
        restricts = re.match(self._rules.data["restricts"], tail, re.IGNORECASE)
        return said if restricts and len(re.findall(r"\d+", tail)) < 2 else ""

    def passive(self, text: str) -> str:
        """`We accept cards.` as what is so of cards; empty where it is not such a sentence."""
        we = self._rules.data["we"]
        verbs = "|".join(we["verbs"])
        match = self._rules.compiled(we["pattern"].replace("{VERB}", verbs)).match(_DONE.sub("", text))
        if not match or not self._rules.is_subject(match["o"]):
            return ""
        thing_said, several = match["o"], is_plural(match["o"], self._rules)
        plural = several or any(f" {word} " in thing_said for word in self._rules.words["joining"])
        participle = we["verbs"][match["verb"].lower()]
        values = {"o": thing_said, "not": we["not"] if match["not"] else "", "p": participle}
        said = filled(we["passive"], plural, {**values, "tail": match["tail"] or ""})
        return said[0].upper() + said[1:]

    def _said(self, subject: str) -> str:
        return self._changed(self._rules.lowered(subject, self._names), "own_subject")

    def _changed(self, text: str, table: str) -> str:
        """A text with the substitutions of a table: `within the area` for `within our area`."""
        for pattern, replacement in self._rules.data[table]:
            text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
        return text

    def _plural(self, verb: str, subject: str) -> bool:
        agreeing = self._rules.data["verbs_of_several"]
        return verb.lower() in agreeing if verb else is_plural(subject, self._rules)

    def _excepted(self, rule: Rule, groups: dict[str, str]) -> bool:
        unless = rule.texts.get("unless", "")
        timeless = rule.texts.get("timeless", "")
        return (
            bool(unless and groups.get(unless))
            or bool(timeless and groups.get(timeless, "").lower() in self._rules.words["times"])
            or any(
                re.search(pattern, groups.get("v", "").strip(), re.IGNORECASE)
                for pattern in rule.texts.get("unless_in", ())
            )
        )

    def _any(self, rule: Rule, groups: dict[str, str], subject: str, plural: bool) -> str:
        """The article of what there is or is not: `no shuttle` is asked for as `a shuttle`."""
        if "{any}" not in rule.texts["ask"] or not groups.get("not"):
            return ""
        if plural or subject.split(maxsplit=1)[0] in self._rules.words["articles"]:
            return f"{self._rules.data['any']} " if plural else ""
        phrase = thing(subject, self._rules, self._names)
        return phrase.text.removesuffix(subject) if phrase else f"{self._rules.data['any']} "
