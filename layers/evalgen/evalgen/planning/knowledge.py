"""Plans for knowledge-base scenarios: documented facts × ways of asking, fresh facts first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from hashlib import sha256

from evalgen.errors import Permanent
from evalgen.generation.brief import Brief
from evalgen.languages.tables import known
from evalgen.planning.candidate import Candidate
from evalgen.planning.choice import shuffled
from evalgen.planning.inquiries import Inquiries
from evalgen.planning.plan import Beat, Plan, Source
from evalgen.planning.symbols import Symbols, variables_for
from evalgen.reading.facts import Fact, facts_of
from evalgen.reading.model import AgentModel

FACTS_A_SCENARIO = 3
ROUNDS = 6
"""How often every fact may come up, each time in another way of asking."""

Group = tuple[Fact, ...]


class KnowledgePlanner:
    """Offers plans one by one; those accepted change how the next ones are worded.

    `facts` are those that it can ask for.
    """

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief, self._taken = model, brief, set(taken)
        documents = [
            d for d in model.definition.documents if not brief.knowledge_base or d.id in brief.knowledge_base
        ]
        self.facts = [fact for fact in facts_of(documents, model.lexicon) if fact.about]
        self._inquiries = Inquiries(model, self.facts, " ".join(d.text for d in documents), brief.seed)
        disputed = {fact.id for pair in self._inquiries.conflicts() for fact in pair}
        self._settled = [fact for fact in self.facts if fact.id not in disputed]
        self._used: Counter[str] = Counter()
        if not self.facts:
            names = ", ".join(d.file_name for d in documents) or "no document"
            raise Permanent(f"No facts that a caller could ask for were found in the documents ({names}).")

    def candidates(self) -> Iterator[Candidate]:
        """What contradicts itself first; then each round asks for every fact once, in another way."""
        for group in self._inquiries.conflicts():
            yield from self._offered(group, "kb_conflict")
        for turn in range(ROUNDS):
            for number, group in enumerate(self._groups(turn)):
                yield from self._offered(group, self._inquiries.twist(group, number + turn * 3))

    def _offered(self, group: Group, twist: str) -> Iterator[Candidate]:
        candidate = self._build(group, twist)
        if candidate.plan.signature not in self._taken:
            yield candidate

    def _accept(self, used: Counter[str]) -> None:
        self._used = used

    def reach(self) -> Iterator[frozenset[str]]:
        """The facts that one scenario of each group asks for."""
        return (frozenset(fact.id for fact in group) for group in self._groups(0))

    def _groups(self, turn: int) -> Iterator[Group]:
        """Facts of one topic, so many at a time; topics take turns, and each round starts elsewhere.

        Cells of a table are taken by row and by column in turn.
        """
        topics: dict[str, list[Fact]] = {}
        for fact in self._settled:
            topic = fact.row if fact.row and turn % 2 == 0 else fact.topic
            topics.setdefault(f"{fact.file}|{topic}", []).append(fact)
        queues = []
        for facts in topics.values():
            start = turn // 2 * 2 % len(facts)
            queue = facts[start:] + facts[:start]
            queue.sort(key=lambda fact: not fact.exact)
            queues.append(
                [tuple(queue[i : i + FACTS_A_SCENARIO]) for i in range(0, len(queue), FACTS_A_SCENARIO)]
            )
        queues = shuffled(queues, self._brief.seed, f"topics/{turn}")
        for place in range(max(map(len, queues), default=0)):
            yield from (queue[place] for queue in queues if place < len(queue))

    def _build(self, group: Group, twist: str) -> Candidate:
        signature = sha256(f"{twist}|{'+'.join(f.id for f in group)}".encode()).hexdigest()[:16]
        used = self._used.copy()
        beats: list[Beat] = []
        for move, values in self._inquiries.beats(group, twist, signature):
            beats.append(Beat(move, used[move], dict(values)))
            used[move] += 1
        given, first = self._brief.test_profile, group[0]
        tested = self._inquiries.tested(group, twist)
        variables = variables_for(self._model.variables, Symbols(), [], given, signature, self._model.lexicon)
        plan = Plan(
            signature=signature,
            language=self._model.definition.language,
            seed=self._brief.seed,
            twist=twist,
            goal=beats[1].values.get("about", first.about),
            detail=first.topic,
            beats=tuple(beats),
            calls=(),
            duties=(),
            entries=(),
            profile=dict(given.testing_agent_variables) if given else {},
            variables=variables,
            profile_name=first.topic or first.file,
            tags=("knowledge_base", twist.removeprefix("kb_"), first.file),
            covers=tuple(f.id for f in tested),
            expected_outcome=self._brief.expected_outcome,
            generate_outcome=self._brief.generate_expected_outcomes,
            first_message=self._brief.first_message,
            told_in=known(self._model.language, "knowledge"),
            sources=tuple(Source(f.file, f.line, f.text) for f in tested),
        )
        return Candidate(plan, partial(self._accept, used))
