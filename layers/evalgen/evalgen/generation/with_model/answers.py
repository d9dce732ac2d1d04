"""Answers that a plan leaves out: what its calls take of the caller, and what everybody is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.plan.about import is_of_other_calls
from evalgen.generation.plan.script import Script, Speech, reference
from evalgen.generation.plan.standing import answers_it, stand_by
from evalgen.generation.plan.test import MOST_STEPS, Step, Test
from evalgen.generation.plan.way import entry
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_of, leaves, same
from evalgen.generation.with_model.path import Impossible
from evalgen.generation.write.placeholders import without_placeholders


def with_answers(test: Test, chain: Chain, model: AgentModel) -> Test:
    """The test with steps for values that no step gives, behind the request.

    Raises Impossible for such a value where there is no room, or the words of the language are not known.
    """
    speaks, judges = (language in written("plan") for language in (test.language, test.told_in))
    room = max(0, MOST_STEPS - len(test.steps)) if speaks else 0
    missing = list(_unsaid(test, _folded))
    if len(missing) > room:
        missing = list(_unsaid(test, same))
    if len(missing) > room:
        raise Impossible(f"no step gives {reference(missing[0])}, which a call takes")
    for key in reversed(missing):
        speech = Speech(test.language)
        step = speech.answer(reference(key), speech.grammar.words.noun_of(key))
        test = _behind_the_request(test, step)
    return _asked_in_any_case(test, chain, model) if speaks and judges and not test.attack else test


def _unsaid(test: Test, form: Callable[[Any], str]) -> Iterator[str]:
    """The keys of the profile whose values go into calls, and that neither a step nor an answer tells; `form`
    is the same for values that are the same.
    """
    said = "\n".join(f"{step.action} {step.moment.what}" for step in test.steps)
    told = {form(value) for _, value in leaves(test.variables)}
    told |= {form(value) for key, value in test.profile.items() if reference(key) in said}
    profile = {form(value): key for key, value in test.profile.items()}
    for call in test.calls:
        for value in (value for _, value in leaves(call.input) if form(value) in profile):
            if form(value) not in told and form(value) not in form(said):
                told.add(form(value))
                if not call.optional:
                    yield profile[form(value)]
        told |= {form(value) for _, value in leaves(call.output)}


def _folded(value: Any) -> str:
    """Of a choice the same as it is said and as it stands in a call: `oak_hill` is Oak Hill."""
    return re.sub(r"[\W_]+", "", same(value))


def _behind_the_request(test: Test, step: Step) -> Test:
    moved = tuple(one.moved(1) for one in test.assertions)
    return replace(test, steps=(test.steps[0], step, *test.steps[1:]), assertions=moved)


def _asked_in_any_case(test: Test, chain: Chain, model: AgentModel) -> Test:
    """With what the prompt has the agent ask for beside its records, unless a step or statement speaks of it,
    or it stands in a part about calls that this test has not: who is calling, where nobody is looked up.
    """
    asking = [
        one for one in _asking(test, model) if not (one.section and is_of_other_calls(one, chain, model))
    ]
    if not asking:
        return test
    script = Script(
        Speech(test.language),
        Speech(test.told_in),
        list(test.steps),
        list(test.assertions),
        dict(test.profile),
    )
    left = _spoken_of(test) | _of_records(test, model)
    stand_by(script, asking, model, entry(chain), 1, left)
    used = "\n".join(step.action for step in script.steps)
    added = {k: v for k, v in script.profile.items() if k not in test.profile and reference(k) in used}
    return replace(
        test,
        steps=tuple(script.steps),
        assertions=tuple(script.assertions),
        profile={**test.profile, **added},
    )


def _asking(test: Test, model: AgentModel) -> Iterator[Statement]:
    """The orders of the playbooks that the test rests on, and of none."""
    statements = (model.by_id.get(g.statement) for one in test.assertions for g in one.rests_on)
    own = {s.section for s in statements if s}
    own |= {model.playbooks[call.tool] for call in test.calls if call.tool in model.playbooks}
    others = {t.section for t in model.prompt.tasks if t.section} | set(model.playbooks.values())
    for one in model.prompt.statements:
        playbooks = [section for section in others if one.section[: len(section)] == section]
        if one.kind == "order" and not (one.forbids or one.outer) and all(s in own for s in playbooks):
            yield one


def _spoken_of(test: Test) -> set[str]:
    """The facts that a step or statement is about: given, withheld, mistaken, or not to be asked for."""
    facts: dict[str, Any] = load(test.language, "facts_of_people")["facts"]
    told = [*(f"{step.action} {step.moment.what}" for step in test.steps)]
    told += [one.text for one in test.assertions if test.told_in == test.language]
    texts = [without_placeholders(text).casefold() for text in told]
    nouns = {key: fact["noun"].split()[-1] for key, fact in facts.items()}
    return {
        key
        for key, fact in facts.items()
        if any(re.search(fact["asked"], text) or re.search(rf"\b{nouns[key]}\b", text) for text in texts)
    }


def _of_records(test: Test, model: AgentModel) -> set[str]:
    """The facts that an answer of the call holds of somebody: whose they are is the plan's to say."""
    facts: dict[str, Any] = load(model.judged, "facts_of_people")["facts"]
    held = [(key_of(path), value) for call in test.calls for path, value in leaves(call.output)]
    return {
        name
        for name, fact in facts.items()
        if (fact["record_only"] and test.calls) or any(answers_it(fact, key, value) for key, value in held)
    }
