"""Plans for knowledge-base scenarios: documented facts × ways of asking, fresh facts first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from hashlib import sha256

from evalgen.errors import Permanent
from evalgen.languages.tables import known
from evalgen.planning.brief import Brief
from evalgen.planning.candidate import Candidate
from evalgen.planning.choice import draw, shuffled
from evalgen.planning.plan import Beat, Plan, Source
from evalgen.planning.symbols import Symbols, variables_for
from evalgen.reading.facts import Fact, facts_of
from evalgen.reading.limits import limits_of
from evalgen.reading.model import AgentModel
from evalgen.writing.phrases import phrases_of

FACTS_A_SCENARIO = 3
ROUNDS = 4
"""How often every fact may come up, each time in another way of asking."""

_TWISTS = ("plain", "kb_false", "kb_both", "kb_boundary", "kb_absent", "kb_follow", "kb_change")


class KnowledgePlanner:
    """Offers plans one by one; those accepted change how the next ones are worded.

    `facts` are those that it can ask for.
    """

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief, self._taken = model, brief, set(taken)
        documents = [
            d for d in model.definition.documents if not brief.knowledge_base or d.id in brief.knowledge_base
        ]
        self._text = " ".join(d.text for d in documents).lower()
        self.facts = [f for d in documents for f in facts_of(d, model.lexicon) if f.about]
        self._used: Counter[str] = Counter()
        if not self.facts:
            names = ", ".join(d.file_name for d in documents) or "no document"
            raise Permanent(f"No facts that a caller could ask for were found in the documents ({names}).")

    def candidates(self) -> Iterator[Candidate]:
        """Each round asks for every fact once, in groups of one topic, in another way."""
        for turn in range(ROUNDS):
            for number, group in enumerate(self._groups(turn)):
                twist = self._twist(group, number + turn * 3)
                candidate = self._build(group, twist)
                if candidate.plan.signature not in self._taken:
                    yield candidate

    def _accept(self, used: Counter[str]) -> None:
        self._used = used

    def reach(self) -> Iterator[frozenset[str]]:
        """The facts that one scenario of each group asks for."""
        return (frozenset(fact.id for fact in group) for group in self._groups(0))

    def _groups(self, turn: int) -> Iterator[tuple[Fact, ...]]:
        """Facts of one topic, so many at a time; topics take turns, and each round starts elsewhere."""
        topics: dict[str, list[Fact]] = {}
        for fact in self.facts:
            topics.setdefault(f"{fact.file}|{fact.topic}", []).append(fact)
        queues = []
        for facts in topics.values():
            start = turn * 2 % len(facts)
            queue = facts[start:] + facts[:start]
            queues.append(
                [tuple(queue[i : i + FACTS_A_SCENARIO]) for i in range(0, len(queue), FACTS_A_SCENARIO)]
            )
        queues = shuffled(queues, self._brief.seed, f"topics/{turn}")
        for place in range(max(map(len, queues))):
            yield from (queue[place] for queue in queues if place < len(queue))

    def _twist(self, group: tuple[Fact, ...], number: int) -> str:
        for offset in range(len(_TWISTS)):
            twist = _TWISTS[(number + offset) % len(_TWISTS)]
            if twist == "kb_false" and not self._claim(group[0]):
                continue
            if twist == "kb_boundary" and not self._amount(group[0]):
                continue
            if twist == "kb_both" and len(group) < 2:
                continue
            return twist
        return "plain"

    def _claim(self, fact: Fact) -> str:
        """The fact with its first number changed, short enough to be said; nothing if it has none."""
        match = re.search(r"\d+", fact.text)
        if not match or not fact.clause or len(fact.text.split()) > 22:
            return ""
        value = int(match[0])
        wrong = value * 2 if value < 1000 else value + 1
        text = fact.text[: match.start()] + str(wrong) + fact.text[match.end() :]
        return (text if text[1:2].isupper() else text[0].lower() + text[1:]).rstrip(".")

    def _amount(self, fact: Fact) -> str:
        limits = limits_of(fact.text, self._model.lexicon)
        if not limits or not limits[0].unit:
            return ""
        return f"{limits[0].value + 1:g} {limits[0].unit}"

    def _build(self, group: tuple[Fact, ...], twist: str) -> Candidate:
        used = self._used.copy()
        beats: list[Beat] = []
        asked: set[str] = set()

        def beat(move: str, **values: str) -> None:
            if values.get("about") in asked and move != "kb_change":
                values["about"] = self._model.lexicon.asking.more.format(x=first.topic or first.about)
            asked.update(v for k, v in values.items() if k in ("about", "other"))
            beats.append(Beat(move, used[move], dict(values)))
            used[move] += 1

        signature = sha256(f"{twist}|{'+'.join(f.id for f in group)}".encode()).hexdigest()[:16]
        first, rest = group[0], group[1:]
        beat("kb_open")
        if twist == "kb_both":
            beat("kb_both", about=first.about, other=rest[0].about)
            rest = rest[1:]
        elif twist == "kb_false":
            beat("kb_false", claim=self._claim(first))
        else:
            beat("kb_ask", about=first.about)
        if twist == "kb_boundary":
            beat("kb_boundary", amount=self._amount(first))
        for fact in rest:
            beat("kb_next", about=fact.about)
        if twist == "kb_absent":
            beat("kb_absent", topic=self._absent(signature))
        elif twist == "kb_follow":
            beat("kb_follow")
        elif twist == "kb_change":
            beat("kb_change", about=first.about)
        beat("kb_close")
        variables = variables_for(
            self._model.variables, Symbols(), [], self._brief.test_profile, signature, self._model.lexicon
        )
        given = self._brief.test_profile
        plan = Plan(
            signature=signature,
            language=self._model.definition.language,
            seed=self._brief.seed,
            twist=twist,
            goal=first.about,
            detail=first.topic,
            beats=tuple(beats),
            calls=(),
            duties=(),
            entries=(),
            profile=dict(given.testing_agent_variables) if given else {},
            variables=variables,
            profile_name=first.topic or first.file,
            tags=("knowledge_base", twist.removeprefix("kb_"), first.file),
            covers=tuple(f.id for f in group),
            expected_outcome=self._brief.expected_outcome,
            generate_outcome=self._brief.generate_expected_outcomes,
            first_message=self._brief.first_message,
            told_in=known(self._model.language, "knowledge"),
            sources=tuple(Source(f.file, f.line, f.text) for f in group),
        )
        return Candidate(plan, partial(self._accept, used))

    def _absent(self, signature: str) -> str:
        """Something that no document speaks of."""
        options = phrases_of(self._model.language).knowledge.absent
        start = draw(self._brief.seed, "absent", signature)
        for offset in range(len(options)):
            topic = options[(start + offset) % len(options)]
            if not any(w in self._text for w in topic.split() if len(w) > 4):
                return str(topic)
        return str(options[start % len(options)])
