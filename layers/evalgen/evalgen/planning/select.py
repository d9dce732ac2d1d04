"""Which candidates to take, in which order: greedy weighted cover, then least like what is chosen."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256

from evalgen.planning.choice import draw
from evalgen.planning.ideas import Idea
from evalgen.planning.themes import twists_in
from evalgen.reading.model import AgentModel

_KIND_WEIGHT = {
    "prohibition": 3.0,
    "condition": 3.0,
    "order": 2.5,
    "requirement": 2.0,
    "permission": 2.0,
    "step": 1.5,
    "fact": 1.0,
    "style": 0.5,
    "identity": 0.5,
    "context": 0.2,
}
OUTCOME_WEIGHT, TWIST_WEIGHT, GOAL_WEIGHT = 22.0, 2.0, 3.0


GOAL_ASKED_FOR, TWIST_ASKED_FOR, ASKED_FOR = 90.0, 90.0, 40.0
OFTEN = 0.6
OWN_WORDS = 5.0
"""What a call that plays the prompt's own words is worth beside one that any agent could get."""

ROOT = 6
"""So many letters of a word decide whether two are the same."""

_WORDS = re.compile(r"\w+")


def signature_of(idea: Idea) -> str:
    return sha256(idea.name.encode()).hexdigest()[:16]


class Selection:
    """Hands out candidates, best first; what is accepted changes what is best next.

    Scores only ever fall as more is chosen, so a stale score is an upper bound and the heap stays exact.
    """

    def __init__(
        self, ideas: list[Idea], model: AgentModel, seed: str, taken: Collection[str], wanted: str
    ) -> None:
        self._model, self._seed = model, seed
        self._used: Counter[str] = Counter()
        self._held: list[Idea] = []
        self._wanted = {w[:ROOT] for w in _WORDS.findall(wanted.lower()) if len(w) > 3} - _told_often(ideas)
        self._wanted_twists = twists_in(wanted, model.lexicon)
        earlier = set(taken)
        self.covered: set[str] = set()
        open_ideas = []
        for idea in ideas:
            if signature_of(idea) in earlier:
                self.covered |= {c for c in idea.covers if not c.startswith(("twist:", "goal:"))}
            else:
                open_ideas.append(idea)
        self._heap = [(-self._score(idea), *self._tie(idea), idea) for idea in open_ideas]
        heapq.heapify(self._heap)

    def __iter__(self) -> Iterator[Idea]:
        while self._heap:
            stale, tie, name, idea = heapq.heappop(self._heap)
            score = -self._score(idea)
            if score > stale + 1e-9 and self._heap and score > self._heap[0][0]:
                heapq.heappush(self._heap, (score, tie, name, idea))
                continue
            yield idea

    @property
    def waiting(self) -> list[Idea]:
        """The candidates that were not handed out yet, in no particular order."""
        return [*(idea for *_, idea in self._heap), *self._held]

    def hold(self, idea: Idea) -> None:
        """Keep an idea that the next slot has no use for, for the slots after it."""
        self._held.append(idea)

    def accept(self, idea: Idea, covers: Collection[str]) -> None:
        self.covered |= {*covers, *(c for c in idea.covers if c.startswith(("twist:", "goal:")))}
        self._used.update(_features(idea))
        for held in self._held:
            heapq.heappush(self._heap, (-self._score(held), *self._tie(held), held))
        self._held.clear()

    def _tie(self, idea: Idea) -> tuple[int, str]:
        return draw(self._seed, "tie", idea.name), idea.name

    def _score(self, idea: Idea) -> float:
        gain = sum(self._weight(item) for item in idea.covers if item not in self.covered)
        return (
            gain
            + self._asked_for(idea)
            + OWN_WORDS * idea.in_prompt_words
            - 0.3 * (idea.choice % 3 if idea.act else 0)
            - sum(_PENALTY[f.split("=")[0]] * self._used[f] for f in _features(idea))
        )

    def _weight(self, item: str) -> float:
        if item.startswith("twist:"):
            return TWIST_WEIGHT
        if item.startswith("goal:"):
            return GOAL_WEIGHT
        statement = self._model.by_id.get(item)
        return _KIND_WEIGHT[statement.kind] if statement else OUTCOME_WEIGHT

    def _asked_for(self, idea: Idea) -> float:
        """How far the idea meets the extra instructions: by its twist, and by the words they share."""
        twist = TWIST_ASKED_FOR * (idea.twist in self._wanted_twists)
        if not self._wanted:
            return twist
        goal, told = idea.route.goal.phrase.lower(), _told(idea)
        return twist + sum(
            GOAL_ASKED_FOR if w in goal else ASKED_FOR for w in self._wanted if w in told
        ) / len(self._wanted)


_PENALTY = {"twist": 1.0, "goal": 0.7, "person": 0.4, "pair": 5.0, "focus": 0.5, "calls": 0.8, "act": 3.0}


def _told(idea: Idea) -> str:
    act = idea.act.x if idea.act else ""
    return " ".join((idea.route.goal.phrase, idea.twist, act, *(s.text for s in idea.focus))).lower()


def _told_often(ideas: list[Idea]) -> set[str]:
    """Beginnings of words that most candidates share: asking for them says nothing."""
    counts = Counter(w for idea in ideas for w in {w[:ROOT] for w in _WORDS.findall(_told(idea))})
    return {word for word, count in counts.items() if count > len(ideas) * OFTEN}


def _features(idea: Idea) -> list[str]:
    goal = idea.route.goal.phrase
    twist = idea.twist if idea.act is None else f"rule-{idea.act.kind}"
    return [
        f"twist={twist}",
        f"goal={goal}",
        f"person={idea.route.person}",
        f"pair={twist}/{goal}",
        "calls="
        + "/".join(f"{s.tool.name}{sorted(map(str, s.call.input.values()))}" for s in idea.route.steps[-1:]),
        *(f"focus={s.id}" for s in idea.focus),
        *([f"act={idea.act.x}"] if idea.act else []),
    ]
