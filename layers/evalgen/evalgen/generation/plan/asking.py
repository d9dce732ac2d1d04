"""How facts are asked for in a call: steps, what they are followed by, and what a good agent says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import permutations
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.amounts import difference, sides, wrong
from evalgen.generation.plan.test import LONGEST_NAME, Assertion, Ground, Moment, MomentKind, Source, Step
from evalgen.generation.plan.unanswered import Unanswered
from evalgen.generation.read.documents import Fact
from evalgen.generation.read.documents.rules import filled, rules_of

MOST_WORDS = 2
"""Of an amount with its unit."""
MOST_PAIRS = 2
"""Comparisons within one column of a table."""


@dataclass(frozen=True, slots=True)
class Question:
    """`action` is the step that asks, `told` what the next one waits for, `state` the outcome."""

    action: str
    told: str
    state: str
    facts: tuple[Fact, ...]
    kind: MomentKind = "told"
    order: Ground | None = None
    """The line of the prompt that the outcome rests on, where it is no fact."""


Planned = tuple[str, tuple[Question, ...], tuple[Fact, ...]]
"""An aim, the questions that serve it, and the facts that are tested."""


class Asking:
    """Asks for the facts of one agent in one language."""

    def __init__(self, language: str, facts: Sequence[Fact], seed: str, texts: Iterable[str] = ()) -> None:
        """`texts` are the agent's own, in which no wrong value may stand."""
        self._frames, self._rules = load(language, "knowledge"), rules_of(language)
        self._facts, self._seed = facts, seed
        self._said = "\n".join(texts).casefold()
        self._asked: Counter[str] = Counter()
        self._numbers = {
            int(n) for fact in facts for n in re.findall(r"\d+", fact.text.replace(",", "")) if len(n) < 10
        }

    def direct(self, fact: Fact) -> Question:
        return self._question(fact.ask, fact.told, fact.state, fact)

    def aim(self, facts: Sequence[Fact]) -> str:
        """The first question, and the second where a name has room for it; a third is not named."""
        first, *others = (self._named(fact) for fact in facts[:2])
        joined = str(self._frames["aim"]).format(questions=self._frames["joined"].join([first, *others]))
        return joined if len(joined) <= LONGEST_NAME else str(self._frames["aim"]).format(questions=first)

    def _named(self, fact: Fact) -> str:
        named = str(self._frames["question_about"]).format(question=fact.ask, about=fact.about)
        return named if fact.about else fact.ask

    def premise(self, group: tuple[Fact, ...]) -> Planned | None:
        """The caller believes something wrong about each fact; behind a single one, another question about
        the same thing.
        """
        wrongly = [(fact, value) for fact in group if fact.claim and (value := self._wrong(fact))]
        if not wrongly:
            return None
        questions = tuple(self._belief(fact, value) for fact, value in wrongly)
        facts = tuple(fact for fact, _ in wrongly)
        if len(facts) == 1 and (other := self.beside(facts[0])):
            questions, facts = (*questions, self.direct(other)), (*facts, other)
        first, value = wrongly[0]
        return self._frames["premise"].format(claim=first.claim.replace("{value}", value)), questions, facts

    def _belief(self, fact: Fact, value: str) -> Question:
        heard = self._frames["heard_about" if fact.about else "heard"]
        action = heard.format(claim=fact.claim.replace("{value}", value), about=fact.about)
        state = self._frames["not_so"].format(state=fact.state, wrong=value)
        return Question(action, fact.told, state, (fact,))

    def _wrong(self, fact: Fact) -> str:
        """An amount near it, or what the table says of another row: that first of what is no bare amount."""
        near, other = wrong(fact.value, self._numbers, self._rules, self._said), self._of_another_row(fact)
        return other or near if len(fact.value.split()) > MOST_WORDS else near or other

    def _of_another_row(self, fact: Fact) -> str:
        """What the same column says of another row, the most alike in length; empty where there is none."""
        cell = (fact.file, fact.table, fact.column, fact.because)
        others = {
            f.value
            for f in self._facts
            if f.row and f.claim and (f.file, f.table, f.column, f.because) == cell
        } - {fact.value}
        length = len(fact.value)
        return min(
            others,
            key=lambda value: (abs(len(value) - length), _sha(f"{self._seed}|{fact.id}|{value}")),
            default="",
        )

    def limit(self, group: tuple[Fact, ...]) -> Planned | None:
        """A case within the limit and one beyond it."""
        (fact,) = group
        amounts = sides(fact.limit, self._rules) if fact.limit else None
        if not fact.limit or not amounts:
            return None
        questions = []
        for amount, state in zip(amounts, (fact.limit.within, fact.limit.beyond), strict=True):
            question = fact.limit.question.replace("{amount}", amount)
            questions.append(self._question(question, question, state.replace("{amount}", amount), fact))
        return self._frames["limit_aim"].format(question=self._named(fact)), tuple(questions), (fact,)

    def unknown(self, open_question: Unanswered, fact: Fact) -> Planned:
        """Something that is answered, and then something that is not."""
        action = self._frames["ask"].format(question=open_question.question)
        order = Ground(lines=(open_question.line, open_question.line), statement=open_question.text)
        last = Question(action, open_question.what, open_question.state, (), open_question.moment, order)
        aim = self._frames["unanswered"]["aim"].format(question=open_question.question)
        return aim, (self.direct(fact), last), (fact,)

    def comparable_pairs(self) -> list[tuple[Fact, ...]]:
        """Cells of one column whose amounts differ, the smaller first, of rows that people choose between."""
        columns: dict[tuple[str, ...], list[Fact]] = {}
        frames = self._frames["compare"]
        for fact in self._facts:
            if fact.kind == "cell" and fact.attribute in frames and re.search(frames["rows"], fact.said):
                columns.setdefault((fact.file, fact.table, fact.column), []).append(fact)
        pairs: list[tuple[Fact, ...]] = []
        for cells in columns.values():
            found = [pair for pair in permutations(cells, 2) if self._difference(pair)]
            found.sort(key=lambda pair: _sha(f"{self._seed}|{pair[0].id}|{pair[1].id}"))
            used: set[str] = set()
            chosen = []
            for pair in found:
                if not used & {fact.id for fact in pair}:
                    chosen.append(pair)
                    used |= {fact.id for fact in pair}
            pairs += chosen[:MOST_PAIRS]
        return pairs

    def compare(self, pair: tuple[Fact, ...]) -> Planned | None:
        """By how much one of two is more, and then another question."""
        less, more = pair
        frames = {**self._frames["compare"], **self._frames["compare"][less.attribute]}
        values = {"less": less.said, "more": more.said, "tail": less.tail, "d": f"`{self._difference(pair)}`"}
        question = filled(frames["ask"], more.several, values)
        state = filled(frames["state"], more.several, values)
        asked = Question(self._frames["ask"].format(question=question), question, state, pair)
        other = self.beside(less, more)
        questions = (asked, self.direct(other)) if other else (asked,)
        aims = (self._frames["aim"].format(questions=question), filled(frames["aim"], False, values))
        aim = next((aim for aim in aims if len(aim) <= LONGEST_NAME), aims[-1])
        return aim, questions, (*pair, other) if other else pair

    def _difference(self, pair: Sequence[Fact]) -> str:
        less, more = pair
        return difference(less.value, more.value, self._rules)

    def beside(self, *facts: Fact) -> Fact | None:
        """Another fact of the same file: the least asked, of the same row or else of another section."""
        first, ids = facts[0], {fact.id for fact in facts}
        asked = {(fact.attribute, fact.subject) for fact in facts}
        others = [
            f
            for f in self._facts
            if f.id not in ids and f.file == first.file and (f.attribute, f.subject) not in asked
        ]
        chosen = min(
            others,
            key=lambda f: (
                self._asked[f.id],
                (f.table, f.row) != (first.table, first.row) or not f.row,
                f.section == first.section,
                _sha(f"{self._seed}|{first.id}|{f.id}"),
            ),
            default=None,
        )
        if chosen:
            self._asked[chosen.id] += 1
        return chosen

    def note(self, facts: Sequence[Fact]) -> None:
        """Facts that are asked for: others go beside a question before them."""
        self._asked.update(fact.id for fact in facts)

    def played(self, questions: Sequence[Question]) -> tuple[tuple[Step, ...], tuple[Assertion, ...]]:
        """The steps, each at the answer to the one before, and a line of the outcome for each question."""
        steps, assertions, moment = [], [], Moment("opening")
        for number, question in enumerate(questions, 1):
            before = questions[number - 2].facts if number > 1 else ()
            steps.append(Step(self._going_on(question, before), moment))
            moment = Moment(question.kind, question.told)
            grounds = tuple(
                Ground(document=fact.file, lines=(fact.line, fact.line), statement=fact.text)
                for fact in question.facts
            )
            if question.order:
                grounds = (question.order,)
            text = self._frames["outcome"].format(state=question.state.removesuffix("."))
            assertions.append(Assertion(f"a{number}", "says", text, grounds, number))
        steps.append(Step(self._frames["end"], moment, last=True))
        return tuple(steps), tuple(assertions)

    def _going_on(self, question: Question, before: tuple[Fact, ...]) -> str:
        """The step that asks; what it is about is not said again behind a question about the same."""
        fact = question.facts[0] if question.facts else None
        if fact is None or not before or fact.about != before[0].about:
            return question.action
        again = question.action == asked(self._frames, fact.ask, fact)
        return str(self._frames["ask"]).format(question=fact.ask) if again else question.action

    @staticmethod
    def sources(facts: Sequence[Fact]) -> tuple[Source, ...]:
        unique = {(fact.file, fact.line): Source(fact.file, fact.line, fact.text) for fact in facts}
        return tuple(unique.values())

    def _question(self, question: str, told: str, state: str, fact: Fact) -> Question:
        return Question(asked(self._frames, question, fact), told, state, (fact,))


def asked(frames: Mapping[str, Any], question: str, fact: Fact) -> str:
    """The step that asks it, with what the fact's heading is about where the fact leans on that."""
    return str(frames["ask_about" if fact.about else "ask"]).format(question=question, about=fact.about)


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()
