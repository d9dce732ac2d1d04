"""Generation with a model behind the two calls that jobs make; the embedded way is what it falls back on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby

from evalgen.errors import Permanent
from evalgen.generation import embedded
from evalgen.generation.assignment import Assignment, Written
from evalgen.generation.brief import Brief
from evalgen.generation.check.scenario import Checker
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.draft import Draft
from evalgen.generation.kept import kept_model
from evalgen.generation.plan.filling import Filling
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Setting, Shortfall, Test
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.unread import NO_LANGUAGE
from evalgen.generation.with_model.asking import NoAnswer
from evalgen.generation.with_model.disposing import FAMILY, Disposing
from evalgen.generation.with_model.forms import Reading
from evalgen.generation.with_model.material import language_told_in, material_of
from evalgen.generation.with_model.merging import opening_as, with_reading
from evalgen.generation.with_model.planning import Ideas
from evalgen.generation.with_model.reading import Reader, Readings
from evalgen.generation.with_model.reviewing import Reviewer, why_not
from evalgen.generation.with_model.telling import told_with
from evalgen.generation.with_model.writing import MODEL, Worded, Writer
from evalgen.generation.write.frames import SEVERAL
from evalgen.generation.write.names import name_of
from evalgen.generation.write.writer import write
from evalgen.models.port import Model


@dataclass(frozen=True)
class WithModel:
    """Of one job: `asked` counts what it is asked, and ends what costs too much."""

    asked: Model
    readings: Readings = field(default_factory=dict[str, Reading])

    def is_read(self, agent: AgentDefinition) -> bool:
        """Whether nothing is left of it for the model to read."""
        return self._reader(kept_model(agent)).is_done()

    def read(self, agent: AgentDefinition, begin: int = 0) -> int:
        """Read a portion of the agent, and answer where the next one begins; 0: there is none.

        Raises Throttled, and Permanent where the model cannot be used.
        """
        return self._reader(kept_model(agent)).read(begin)

    def _reader(self, model: AgentModel) -> Reader:
        return Reader(self.asked, model, self.readings)

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        """The model's tests, then embedded ones; each slot's embedded test is its spare.

        What has not been read of the agent is planned from all the same. Raises as `read` does.
        """
        by_rules = kept_model(agent)
        model = with_reading(by_rules, self._reader(by_rules).known())
        by_rules = opening_as(by_rules, model)
        setting = embedded.setting_of(by_rules)
        told_in = language_told_in(model)
        material = material_of(model, told_in, _documents(agent, brief))
        refused = Counter[str]()
        found: list[Test | None] = []
        ideas: dict[str, Ideas] = {}

        def missing() -> int:
            return brief.num_scenarios - len(found)

        def turned_down() -> Mapping[str, str]:
            return filling.turned_down

        def language_of(spoken: str, _: str) -> str:
            return told_in if spoken == SEVERAL else spoken

        def ideas_in(part: Brief) -> Ideas:
            spoken = part.personality_of(0).language
            if spoken not in ideas:
                disposing = Disposing(model, material, brief, spoken, told_in)
                ideas[spoken] = Ideas(self.asked, disposing, setting, missing, refused, turned_down, taken)
            return ideas[spoken]

        filling = Filling(
            model.definition,
            model.prompt,
            brief,
            setting,
            taken,
            lambda part, _: ideas_in(part).tests(),
            lambda part, aim, _: ideas_in(part).of_paragraph(brief.aims.index(aim) + 1),
            language_of,
            Checker(model.definition, in_own_words=True),
        )
        with ThreadPoolExecutor(1) as pool:
            meanwhile = pool.submit(embedded.plan_model, by_rules, brief, taken)
            for number in range(brief.num_scenarios):
                slot = filling.slot(number)
                found.append(slot if isinstance(slot, Test) else None)
            base = meanwhile.result()
        merged = _merged(base, found, {**refused, **filling.refused})
        covers = [slot.covers if isinstance(slot, Test) else () for slot in merged.slots]
        return told_with(merged, by_rules, model, covers)

    def write_slots(self, assignment: Assignment) -> Written:
        """Write, check and review: what is rejected is written once more, then replaced by its spare."""
        definition, brief, setting = assignment.agent(), assignment.brief, assignment.setting
        ideas = {slot: test for slot, test in assignment.tests.items() if _is_models(test)}
        written = self._written(ideas, definition, brief, setting) if ideas else {}
        for slot, test in assignment.tests.items():
            if slot not in ideas:
                yield slot, write(test, brief, setting, brief.personality_of(slot))
            elif isinstance(draft := written[slot], Draft):
                yield slot, draft
            elif slot in assignment.spares:
                yield slot, write(assignment.spares[slot], brief, setting, brief.personality_of(slot))
            else:
                yield slot, Permanent(draft)

    def _written(
        self, tests: Mapping[int, Test], definition: AgentDefinition, brief: Brief, setting: Setting
    ) -> dict[int, Draft | str]:
        """A draft for each slot, or why there is none."""
        model = kept_model(definition)
        told_in = next(iter(tests.values())).told_in
        material = material_of(model, told_in, _documents(definition, brief))
        texts = [definition.description, *(one.text for one in material.documents)]
        checker = Checker(model.definition, in_own_words=True)
        writer = Writer(self.asked, material, checker, brief, setting, texts)
        reviewer = Reviewer(self.asked, material)
        worded = _worded(writer, tests)
        judged = _reviewed(writer, reviewer, worded)
        rejected = {slot: why for slot, why in judged.items() if why}
        if rejected:
            told = {slot: "; ".join([why, *worded[slot].unused]) for slot, why in rejected.items()}
            again = _worded(writer, {slot: tests[slot] for slot in rejected}, told)
            judged |= _reviewed(writer, reviewer, again)
            worded |= again
        done: dict[int, Draft | str] = {}
        for slot, one in worded.items():
            why = "; ".join(one.problems) or judged.get(slot, "")
            passed = MODEL if slot in judged else ""
            done[slot] = f"The scenario was rejected: {why}" if why else replace(one.draft, reviewed=passed)
        return done


def _merged(base: Planned, found: Sequence[Test | None], refused: Mapping[str, int]) -> Planned:
    """The model's tests, and embedded ones in the slots that it has left, and as spares of the others."""
    names = {mine.aim.casefold() for mine in found if mine}
    others = [_renamed(its, names) for its in base.slots]
    slots = tuple(mine or its for mine, its in zip(found, others, strict=True))
    return replace(
        base,
        slots=slots,
        warnings=tuple(told for told in base.warnings if told != NO_LANGUAGE or not any(found)),
        kept_out={**base.kept_out, **refused},
        spares=tuple(
            its if mine and isinstance(its, Test) else None for mine, its in zip(found, others, strict=True)
        ),
    )


def _worded(
    writer: Writer, tests: Mapping[int, Test], rejected: Mapping[int, str] | None = None
) -> dict[int, Worded]:
    """In the model's words; in those of its plan where those cannot be used."""
    found: dict[int, Worded] = {}
    by_language = sorted(tests, key=lambda slot: (tests[slot].language, slot))
    for _, group in groupby(by_language, key=lambda slot: tests[slot].language):
        part = {slot: tests[slot] for slot in group}
        try:
            found |= writer.worded(part, rejected)
        except NoAnswer:
            continue
    for slot, test in tests.items():
        if slot not in found or found[slot].problems:
            unused = found[slot].problems if slot in found else ()
            found[slot] = replace(writer.as_planned(slot, test), unused=unused)
    return {slot: found[slot] for slot in tests}


def _reviewed(writer: Writer, reviewer: Reviewer, worded: dict[int, Worded]) -> dict[int, str]:
    """By slot why a test does not pass, empty where it does; those that the reviewer mends are put in their
    place.
    """
    why: dict[int, str] = {}
    verdicts = reviewer.verdicts({slot: one for slot, one in worded.items() if not one.problems})
    for slot, judged in verdicts.items():
        mended = writer.mended(worded[slot], judged)
        worded[slot] = mended or worded[slot]
        why[slot] = "" if mended else why_not(judged)
    return why


def _is_models(test: Test) -> bool:
    return test.key.startswith(f"{FAMILY}:")


def _renamed(planned: Test | Shortfall, names: set[str]) -> Test | Shortfall:
    """Under a name that is not among these, to which it is added."""
    if not isinstance(planned, Test):
        return planned
    name = name_of(planned.aim, names)
    names.add(name.casefold())
    return replace(planned, aim=name)


def _documents(agent: AgentDefinition, brief: Brief) -> tuple[Document, ...]:
    """Those that the job draws on: the agent's, or the files of the request."""
    if brief.scenario_type != "knowledge_base":
        return brief.context
    return tuple(one for one in agent.documents if not brief.knowledge_base or one.id in brief.knowledge_base)
