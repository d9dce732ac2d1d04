"""Facts of questions that a document answers itself."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Answered, Sentence
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.quoted import Quoted
from evalgen.generation.read.documents.rules import Rule, Rules, filled
from evalgen.generation.read.documents.sentences import Sentences

MOST_WORDS = 30
MOST_BEFORE_A_VERB = 8


class Answers:
    """Reads the questions and answers of one document."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str], sentences: Sentences) -> None:
        self._rules, self._maker, self._names, self._sentences = rules, maker, names, sentences
        self._quoted = Quoted(rules, maker, names)
        self._data = load(rules.language, "questions")
        self._questions = tuple(
            Rule(
                entry["name"],
                rules.expanded(entry["pattern"]),
                rules.expanded(f"^(?:{entry.get('value', '$^')})$"),
                entry,
            )
            for entry in self._data["question"]
        )

    def fact(self, part: Answered) -> Fact:
        """Sure where both the question and the first sentence of the answer are understood, or can be taken
        as they stand.
        """
        fact = self._of_part(part)
        first, *others = [*self._rules.sentences(part.answer), ""]
        goes_on = part.answer[len(first) :].lstrip().startswith(";")
        counted = re.match(self._data["counts"], part.question.strip("¿ "), re.IGNORECASE) is not None
        more = counted and any(re.search(self._data["another_count"], one, re.IGNORECASE) for one in others)
        bare = re.fullmatch(self._data["quoted"]["bare"], first, re.IGNORECASE) and ";" in others[0]
        return replace(fact, whole=not (goes_on or more or bare))

    def _of_part(self, part: Answered) -> Fact:
        if part.case:
            return self._quoted.fact(part) or self._unread(part, "answer")
        first, *others = [*self._rules.sentences(part.answer), ""]
        polar = re.match(self._data["polar"], part.question.strip("¿ "), re.IGNORECASE)
        if any(
            self._is_of_another_case(other, first)
            or (polar and re.search(self._data["excepts"], other, re.IGNORECASE))
            for other in others
        ):
            return self._unread(part, "the answer has cases")
        read = self._read(part, first)
        return read if read.sure else self._quoted.fact(part) or read

    def _read(self, part: Answered, first: str) -> Fact:
        question = part.question.strip("¿? ")
        for rule in self._questions:
            if match := rule.pattern.match(question):
                return self._by(rule, match, part, first) or self._unread(part, "answer")
        return self._unread(part, "question")

    def _is_of_another_case(self, other: str, first: str) -> bool:
        """Whether a later sentence says when the first one does not answer, or the same of something else:
        `The Mary has a café. The Anna has a kiosk.`
        """
        if re.search(self._data["otherwise"], other, re.IGNORECASE):
            return True
        (of_first, verb), (of_other, same) = self._begun(first), self._begun(other)
        return bool(verb) and verb == same and of_other not in ("", of_first)

    def _begun(self, sentence: str) -> tuple[str, str]:
        """The subject with which a sentence begins, and its verb; nothing where it has none of its own."""
        words = re.findall(r"[\w’'-]+", sentence.lower())[:MOST_BEFORE_A_VERB]
        at = self._rules.place_of_verb(words)
        own = at and self._has_subject(words[0]) and words[0] not in self._rules.words["dangling"]
        return (" ".join(words[:at]), words[at]) if own else ("", "")

    def _by(self, rule: Rule, match: re.Match[str], part: Answered, first: str) -> Fact | None:
        groups = {name: (value or "").strip() for name, value in match.groupdict().items()}
        subject = self._rules.lowered(groups.get("s", ""), self._names)
        for pattern, replacement in self._rules.data["own_subject"]:
            subject = re.sub(pattern, replacement, subject, flags=re.IGNORECASE)
        subject = self._to_caller(subject)
        verb = groups.get("verb", "").lower()
        plural = verb in self._rules.data["verbs_of_several"] or verb in self._data["asks_of_several"]
        values = {
            **{
                name: f" {value}" if name in ("tail", "p") and value else value
                for name, value in groups.items()
            },
            "w": groups.get("w", "").lower(),
            "verb": verb,
            "s": subject,
        }
        frame = rule.texts["ask"]
        if "{p_s/p}" in frame:
            values["p"] = values["p"].strip()
            frame = frame.replace("{p_s/p}", "{p}" if plural else "{p}" + self._data["third_person"])
        ask = filled(
            frame.replace(" {p}", "{p}") if values.get("p", "").startswith(" ") else frame, plural, values
        )
        state, value, read = self._state(rule, first, values, plural)
        if not state:
            return None
        if rule.texts.get("polar"):
            value = self._verdict(first) or value
        asked = replace(rule, texts={"ask": ask})
        fact = self._maker.fact(
            asked,
            kind="answer",
            text=f"{part.question} {part.answer}",
            line=part.line,
            plural=plural,
            values={"s": subject, "tail": read.tail if read else ""},
            value=value,
            said=read.said if read else ask,
            clause=state,
            section=part.section,
            attribute=read.attribute if read else rule.texts.get("attribute", f"question:{rule.name}"),
        )
        return replace(fact, claim=read.claim, limit=read.limit) if read and fact.sure else fact

    def _state(
        self, rule: Rule, first: str, values: dict[str, str], plural: bool
    ) -> tuple[str, str, Fact | None]:
        """What follows `The main agent should`, the value, and the answer as a fact of its own if it is one.

        Empty where the answer is not understood.
        """
        if not first or len(first.split()) > MOST_WORDS or self._rules.indefinite.search(first):
            return "", "", None
        polar = bool(rule.texts.get("polar"))
        yes, no = (
            re.match(self._data["yes"], first, re.IGNORECASE),
            re.match(self._data["no"], first, re.IGNORECASE),
        )
        rest = first
        if polar and (said := yes or no):
            rest = first[said.end() :].strip(" .!")
            whole = "" if self._restricts(rest) else self._whole(rule, bool(yes), values, plural)
            if whole or not rest:
                return whole, "yes" if yes else "no", None
        asked, *_ = re.split(self._data["goes_further"], rest, maxsplit=1, flags=re.IGNORECASE)
        rest = asked if self._rules.has_verb(asked) else rest
        rest = self._going_on(rest, values["s"])
        read = self._sentences.fact(Sentence(rest[:1].upper() + rest[1:], 1, ""))
        if read.sure:
            return read.state, read.value, read
        rest = rest.strip().rstrip(".!")
        if short := re.match(self._data["short"], rest, re.IGNORECASE):
            rest = short["v"]
        rest = rest.split(rule.texts["until"])[0] if "until" in rule.texts else rest
        if rule.value.match(rest) and "fragment" in rule.texts:
            fragment = {**values, "v": f"`{self._bare(rest)}`"}
            return filled(rule.texts["fragment"], plural, fragment), rest, None
        if not polar and (order := self._order(rest)):
            return order, rest, None
        if self._is_clause(rest):
            clause = self._maker.clause_of(self._sentences.passive(rest) or rest)
            return (self._maker.explained(clause), rest, None) if clause else ("", "", None)
        return "", "", None

    def _order(self, rest: str) -> str:
        """What the answer tells the caller to do; empty where it does not, or cannot stand alone."""
        match = re.match(self._data["orders"], rest, re.IGNORECASE)
        clause = self._maker.clause_of(match["v"]) if match else ""
        return self._maker.judged(self._data["ordered"], False, {"v": clause}) if clause else ""

    def _going_on(self, answer: str, subject: str) -> str:
        """The answer with the question's noun for its subject, where it has none of its own."""
        if not self._rules.is_subject(subject):
            return answer
        going_on = re.sub(
            self._data["goes_on"], lambda _: f"{subject} ", answer, count=1, flags=re.IGNORECASE
        )
        if going_on == answer:
            return answer
        verb = going_on[len(subject) :].split(maxsplit=1)[0]
        return " ".join((subject, verb[0].lower() + verb[1:], *going_on[len(subject) :].split()[1:]))

    def _restricts(self, rest: str) -> bool:
        """Whether what follows a yes or no is more than an addition to it."""
        rest = re.sub(self._data["adds"], "", rest, flags=re.IGNORECASE)
        return re.search(self._data["restricts"], rest, re.IGNORECASE) is not None

    def _whole(self, rule: Rule, is_yes: bool, values: dict[str, str], plural: bool) -> str:
        """The answer by its question, where no more is needed than yes or no; empty: it cannot be said so."""
        if "we" in rule.texts:
            clause = self._sentences.passive(rule.texts["we" if is_yes else "we_not"].format(**values))
            return self._maker.explained(self._maker.clause_of(clause)) if clause else ""
        frame = rule.texts.get("affirm" if is_yes else "deny", "")
        subject = values["s"]
        for pattern, replacement in self._data["to_judge"]:
            subject = re.sub(pattern, replacement, subject, flags=re.IGNORECASE)
        none = re.sub(self._data["none_of"], "", subject, flags=re.IGNORECASE)
        bare = re.sub(self._data["any_of"], "", subject, flags=re.IGNORECASE)
        said = {**values, "s": subject, "none": none, "bare": bare}
        return self._maker.judged(frame, plural, said) if frame else ""

    def _verdict(self, answer: str) -> str:
        """`yes` or `no` where the answer begins with it."""
        return next((said for said in ("yes", "no") if re.match(self._data[said], answer, re.IGNORECASE)), "")

    def _bare(self, value: str) -> str:
        """The value without a full stop and with a small first letter where it is a word."""
        return self._rules.lowered(value, self._names)

    def _is_clause(self, text: str) -> bool:
        """Whether a text has a subject and its verb, and not only one in a case: `two, if nobody is in`."""
        words = re.findall(r"[\w’'-]+", text)
        at = self._rules.place_of_verb(words)
        own = at > 0 and not {word.lower() for word in words[:at]} & {*self._data["of_a_case"]}
        return own and words[at - 1].lower() not in self._rules.words["openers"] and self._has_subject(text)

    def _has_subject(self, text: str) -> bool:
        first = re.match(r"[\w’'-]+", text)
        return first is not None and first[0].lower() not in self._data["no_subject"]

    def _to_caller(self, text: str) -> str:
        for pattern, replacement in self._data["to_caller"]:
            text = re.sub(pattern, replacement, text)
        return text

    def _unread(self, part: Answered, because: str) -> Fact:
        return self._maker.unread(f"{part.question} {part.answer}", part.line, because, part.section)
