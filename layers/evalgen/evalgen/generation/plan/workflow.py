"""Workflow tests: candidates of all families, in the order in which they cover most; then variations."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from evalgen.generation.brief import Brief
from evalgen.generation.plan.absences import nothing_tests
from evalgen.generation.plan.answering import answering_tests
from evalgen.generation.plan.asides import aside_tests, asides_in
from evalgen.generation.plan.asked_for import share_of, words_in
from evalgen.generation.plan.bans import ban_tests
from evalgen.generation.plan.cases import case_tests
from evalgen.generation.plan.composites import composite_tests
from evalgen.generation.plan.deeds import deed_tests
from evalgen.generation.plan.failed import failed_tests
from evalgen.generation.plan.gaps import (
    ends_otherwise,
    is_an_exception,
    is_unsaid,
    is_urgent,
    lacks_a_story,
    lacks_identity,
)
from evalgen.generation.plan.inquiries import inquiry_tests
from evalgen.generation.plan.intake import takes_down
from evalgen.generation.plan.intake_ways import intake_tests
from evalgen.generation.plan.labels import label_tests
from evalgen.generation.plan.lacking import lacking_tests
from evalgen.generation.plan.look_ups import as_played, with_demanded
from evalgen.generation.plan.lost_inquiries import lost_caller_tests, lost_inquiry_tests
from evalgen.generation.plan.questions import question_tests
from evalgen.generation.plan.refusals import refusal_tests
from evalgen.generation.plan.requests import request_tests
from evalgen.generation.plan.ruled_inquiries import ruled_inquiry_tests
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.setbacks import setback_tests
from evalgen.generation.plan.shut_out import shut_out_tests
from evalgen.generation.plan.shutting import is_barred
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.unknown import unknown_tests
from evalgen.generation.plan.unmet import is_out_of_reach
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel

DEFAULT = "en"
"""The language of the words of a request where the agent's is not written."""
KEPT_CANDIDATES = 2
"""Of so many agents' requests the candidates are kept, as many as agents are."""
DONE_AT_ONCE = 2
"""Of the deeds that succeed so many stand in one turn of all families."""
MOST_ALIKE = 4
"""Of tests that differ in their record alone so many are planned: more fills a suite and tests nothing."""
CREDENTIALS = ("card_number", "security_code", "pin", "password", "bank_account", "social_security_number")
"""Topics of one kind: what a caller must not hand over."""


def workflow_tests(model: AgentModel, brief: Brief, taken: Collection[str] = ()) -> Iterator[Test]:
    """What a job may plan, the best first; what its request asks for before everything else."""
    words = words_in(brief.extra_instructions, model.spoken or DEFAULT)
    wanted = (lambda test: share_of(words, test, model)) if words else None
    return ordered(model, brief.seed, taken, wanted)


def ordered(
    model: AgentModel, seed: str, taken: Collection[str] = (), wanted: Callable[[Test], float] | None = None
) -> Iterator[Test]:
    """Tests of their own first, one of each kind in turn; then other records of the same, as variations.

    The order depends on the agent and the seed alone. `taken` are keys that are left out; `wanted` says how
    much
    of what the request asks for a test has: those with more come first.
    """
    kinds: dict[tuple[str, ...], list[Test]] = {}
    for test in workflow_candidates(model, seed):
        kinds.setdefault(_shape(test), []).append(test)
    for tests in kinds.values():
        tests.sort(
            key=lambda t: (t.variation_of != "", hashlib.sha256(f"{seed}/{t.key}".encode()).hexdigest())
        )
    turns = _own_first(list(_in_turn(list(kinds.values()))))
    if wanted:
        turns.sort(key=lambda turn: -wanted(turn[1]))
    speech = Speech(model.spoken)
    names: dict[tuple[str, bool], int] = {}
    first: dict[str, str] = {}
    for base, test in turns:
        if test.key in taken:
            continue
        name, variation_of = test.aim, test.variation_of if base.key == test.key else base.key
        number = _nth(names, (name, bool(variation_of)))
        if variation_of:
            name = speech.name("variation", name=name, number=str(number))
        elif number > 1:
            name = speech.name("variation", name=name, number=str(number - 1))
            variation_of = first[test.aim]
        first.setdefault(test.aim, test.key)
        yield replace(test, aim=name, variation_of=variation_of)


def _own_first(turns: list[tuple[Test, Test]]) -> list[tuple[Test, Test]]:
    """Variations come after all tests of their own, and of them what is only heard again last. A second test
    of one name is a variation, too.
    """
    late: dict[int, tuple[bool, bool]] = {}
    aims: set[str] = set()
    for place, (base, test) in enumerate(turns):
        varies = base is not test or bool(test.variation_of) or test.aim in aims
        late[place] = (varies, test.key.startswith("repeated:"))
        aims |= set() if varies else {test.aim}
    return [turns[place] for place in sorted(late, key=lambda place: late[place])]


def _nth(counts: dict[tuple[str, bool], int], key: tuple[str, bool]) -> int:
    counts[key] = counts.get(key, 0) + 1
    return counts[key]


@lru_cache(maxsize=KEPT_CANDIDATES)
def workflow_candidates(model: AgentModel, seed: str) -> tuple[Test, ...]:
    """Every test that is certain, each key once; kept for other jobs with this very model."""
    found: dict[str, Test] = {}
    for test in _all(model, seed):
        found.setdefault(test.key, test)
    return tuple(found.values())


def _all(model: AgentModel, seed: str) -> Iterator[Test]:
    if not model.spoken or not model.judged:
        return
    deeds = list(_of_deeds(model))
    yield from deeds
    if not any(test.key.startswith("no_record:") for test in deeds):
        yield from lost_caller_tests(model)
    yield from composite_tests(model)
    for tool in model.tools.values():
        yield from inquiry_tests(tool, model)
        yield from ruled_inquiry_tests(tool, model)
        yield from lost_inquiry_tests(tool, model)
    yield from intake_tests(model)
    yield from request_tests(model)
    yield from answering_tests(model)
    yield from case_tests(model, seed)
    yield from ban_tests(model, seed)
    yield from question_tests(model, seed)
    yield from label_tests(model, seed)
    yield from unknown_tests(model, seed)


def _of_deeds(model: AgentModel) -> Iterator[Test]:
    """The tests of each deed: where it succeeds, with asides and setbacks, and where it does not."""
    grammar, asides = grammar_of(model.spoken), list(asides_in(model))
    for tool in model.deeds:
        served = served_by(tool, model, grammar)
        if served is None or lacks_a_story(served) or takes_down(tool, model) or is_unsaid(served, model):
            continue
        for call in tool.calls.get("success", []):
            other = is_an_exception(call, tool) or ends_otherwise(call, tool)
            alone = None if other else model.flow.chain(tool, call)
            chain = model.flow.with_lookups(alone) if alone else None
            if chain is not None:
                chain = with_demanded(as_played(chain, served, model), served, model)
                if is_out_of_reach(served, model):
                    continue
                yield from deed_tests(chain, served, model)
                yield from aside_tests(chain, served, asides, model)
                if is_urgent(served, model) or lacks_identity(chain, model):
                    continue
                yield from setback_tests(chain, served, model)
                yield from lacking_tests(chain, served, model)
                if not is_barred(chain, served, model):
                    yield from refusal_tests(chain, served, model)
        yield from failed_tests(tool, served, model)
        yield from nothing_tests(tool, served, model)
        yield from shut_out_tests(tool, served, model)


def _shape(test: Test) -> tuple[str, ...]:
    """What has to happen: the same steps and assertions with other values are the same test."""
    family, _, key = test.key.partition(":")
    if family == "lacking":
        return (family, *(s.moment.what for s in test.steps[1:2]))
    if family in ("no_record", "not_verified", "outage") and key.count("/") == 2:
        return (family, key.split("/")[1], *(s.moment.what for s in test.steps[1:2]))
    if family == "intake":
        return (family, key.rpartition("/")[0] or key)
    if family == "refusal":
        return (family, test.aim)
    if family in ("mismatch", "nothing_on_file"):
        return (family, key.split("/")[1])
    if family == "aside":
        return (family, key.split("/")[1])
    if family == "ruled_out":
        return (family, *key.split("/")[:2])
    if family == "fact":
        return (
            family,
            key.split("/")[0],
            *(t.moment.what for t in test.steps[-1:] if key.endswith("/ruled")),
        )
    if family == "ban" and key.split("/")[-1] in CREDENTIALS:
        return (family, "credentials")
    steps = [s for s in test.steps if not s.moment.standing]
    return (family, *(s.action for s in steps), *(s.moment.what for s in steps))


def _by_subjects(family: list[list[Test]]) -> list[list[Test]]:
    """The first kind of each deed, then the second of each, and so on."""
    counts: dict[str, int] = {}
    nth: list[int] = []
    for tests in family:
        subject = tests[0].key.partition(":")[2].partition("/")[0]
        nth.append(counts.get(subject, 0))
        counts[subject] = nth[-1] + 1
    return [family[place] for place in sorted(range(len(family)), key=lambda place: nth[place])]


def _in_turn(kinds: list[list[Test]]) -> Iterator[tuple[Test, Test]]:
    """(first of its kind, test): the firsts of all families by turns, then the seconds, and so on; of deeds
    that succeed two at a time.
    """
    families: dict[str, list[list[Test]]] = {}
    for tests in kinds:
        families.setdefault(tests[0].key.split(":")[0], []).append(tests)
    for name, family in families.items():
        families[name] = _by_subjects(family)
    order: list[list[Test]] = []
    depth = max((len(f) for f in families.values()), default=0)
    for place in range(depth):
        for name, family in families.items():
            many = DONE_AT_ONCE if name == "done" else 1
            order += family[place * many : (place + 1) * many]
    for place in range(min(MOST_ALIKE, max((len(tests) for tests in order), default=0))):
        for tests in order:
            if place < len(tests):
                yield tests[0], tests[place]
