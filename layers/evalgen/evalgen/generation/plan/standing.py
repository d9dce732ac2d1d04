"""Answers to what the prompt has the agent ask, beyond what its tools take: given if they are asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.patterns import search
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.facts_of_people import fact_of
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.plan.shortening import pairs_in
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.test import MOST_STEPS, Moment, Step
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import (
    is_part_of_a_phone,
    is_whole_name,
    key_words,
    kind_of,
)


def stand_by(
    script: Script,
    statements: Iterable[Statement],
    model: AgentModel,
    seed: str,
    place: int,
    without: Collection[str] = (),
    known: Mapping[str, Any] | None = None,
) -> int:
    """Add an answer for each fact of a person that the statements ask for and the profile does not hold.

    The answers stand behind step number `place`, as far as ten steps allow; the values are kept in any case.
    `without` are facts that are not looked for; `known` are those of the caller's record. Answers how many
    steps came in.
    """
    texts = [plain_text(s.text) for s in statements]
    answers = list(_answers(script, texts, model, seed, without, known or {}))
    moved = max(0, min(len(answers), MOST_STEPS - 1 - len(script.steps)))
    script.steps[place:place] = answers[:moved]
    script.assertions[:] = [one.moved(place, moved) for one in script.assertions]
    return moved


def answer_what_is_asked(
    script: Script, statements: Iterable[Statement], model: AgentModel, place: int, verb: str
) -> int:
    """Add a yes to what the statements have the agent ask of every caller (`asked whether …`), and a no where
    something follows from a yes, few people need it, or it is asked in place of an end (`verb`), if room is
    left.
    """
    moves, rules = script.spoken.frames["moves"], load(model.judged, "rules")
    declined = rules["asks_instead"] if verb in rules["ends"] else "(?!)"
    begins, skipped = tuple(moves["asked_whether"]), f"{moves['no_question']}|{moves['either']}"
    told = {
        d.told: moves["no" if _screens(s, model) or search(declined, d.told) else "yes"]
        for s in statements
        for d in s.duties
        if d.heard and d.told.startswith(begins) and not re.search(skipped, d.told, re.IGNORECASE)
    }
    steps = [
        Step(str(answer), Moment("asked", what.split(" ", 1)[1], standing=True))
        for what, answer in told.items()
    ]
    return put(script, place, steps)


def answer_as_everybody(
    script: Script, statements: Sequence[Statement], place: int, *, of_a_new_thing: bool
) -> int:
    """Add what everybody answers to a question of the statements, such as how many people there are, and what
    only who wants something new is asked; answers how many steps came in.
    """
    steps: list[Step] = []
    rules = load(script.judged.language, "rules")
    for pattern, frame, *told in [*rules["asked_of_all"], *(rules["asked_of_new"] if of_a_new_thing else ())]:
        if any(re.search(one, step.moment.what, re.IGNORECASE) for one in told for step in script.steps):
            continue
        if match := next((m for s in statements if (m := search(pattern, s.text, re.IGNORECASE))), None):
            steps.append(script.spoken.step(frame, **match.groupdict()))
    script.steps[place:place] = steps
    return len(steps)


def say_who_they_are(
    script: Script, statements: Iterable[Statement], known: Mapping[str, Any], place: int
) -> int:
    """Add who of several a caller is, if asked (`whether the caller is the main renter or a listed driver`),
    where the record has the caller as that; answers how many steps came in.
    """
    asks, steps = load(script.judged.language, "identity")["asks_which_they_are"], list[Step]()
    named = {key_words(key): value for key, value in known.items() if isinstance(value, str)}
    for match in (m for s in statements if (m := search(asks, plain_text(s.text)))):
        if named.get(key_words(match["x"]), "") in script.profile.values():
            steps.append(script.spoken.step("say_which_standing", **match.groupdict()))
    return put(script, place, steps[:1])


def is_of_several(statement: Statement, model: AgentModel) -> bool:
    """Whether a sentence stands under a heading of several deeds: for which of them is not said."""
    deeds = {t.tool.name for t in model.deeds if statement.section in model.sections[t.tool.name]}
    return bool(statement.section) and len(deeds) > 1


def is_anothers_need(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence asks what few people need under a heading that is not surely this task's."""
    needs = load(model.judged, "rules")["needs"]
    elsewhere = bool(statement.section) and not in_section(statement, served)
    return elsewhere and re.search(needs, statement.text, re.IGNORECASE) is not None


def _screens(statement: Statement, model: AgentModel) -> bool:
    """Whether the prompt goes on with what holds after a yes: `Ask whether it was moved. If it was, …`; or
    asks what few people need.
    """
    table, number = load(model.judged, "rules"), model.place_of(statement) + 1
    if re.search(table["needs"], statement.text, re.IGNORECASE):
        return True
    later = (s.text for s in model.prompt.statements[number : number + 1] if s.section == statement.section)
    follows = any(re.search(table["after_a_yes"], text, re.IGNORECASE) for text in later)
    return follows and not re.search(table["consents"], statement.text, re.IGNORECASE)


def own_up(script: Script, statements: Iterable[Statement], place: int, *, known: bool) -> int:
    """Add a yes to each question in quotation marks whether a caller is who may do this, or, of somebody on
    record, has been there before, if room is left.
    """
    table = load(script.judged.language, "identity")
    asks = [table["asks_whether_you_are"], *([table["asks_whether_you_know_us"]] if known else [])]
    found = (m["question"] for s in statements for one in asks for m in re.finditer(one, s.text))
    yes = str(script.spoken.frames["moves"]["yes"])
    steps = [Step(yes, Moment("asked", f'"{one}"', standing=True)) for one in dict.fromkeys(found)]
    return put(script, place, steps)


def put(script: Script, place: int, steps: Sequence[Step], kept: int = 3) -> int:
    """As many of the steps as there is room for, or will be, with so many `kept` for the end; answers how
    many came in.
    """
    room = MOST_STEPS - kept - len(script.steps)
    if room < len(steps):
        room += pairs_in(script)
    moved = max(0, min(len(steps), room))
    script.steps[place:place] = steps[:moved]
    return moved


def _answers(
    script: Script,
    texts: list[str],
    model: AgentModel,
    seed: str,
    without: Collection[str],
    known: Mapping[str, Any],
) -> Iterator[Step]:
    table = load(model.judged, "facts_of_people")
    asking = [text for text in texts if search(table["asks"], text)]
    for key, value, pattern in _named_things(known, model):
        if value not in script.profile.values() and any(re.search(pattern, text) for text in asking):
            asking = [re.sub(pattern, " ", text) for text in asking]
            ref = script.keep(key, value)
            if not any(ref in step.action for step in script.steps):
                yield script.spoken.answer(ref, _name_of(key, script.spoken.language))
    for key, fact in table["facts"].items():
        if key in without or not any(search(fact["asked"], text) for text in asking):
            continue
        for name, value in known.items():
            if name in fact["keys"] or (key == "full_name" and is_whole_name(name, value)):
                script.profile.setdefault(name, value)
        own = next((k for k in fact["keys"] if k in script.profile), "")
        answers = [k for k, v in script.profile.items() if answers_it(fact, k, v)]
        answers.sort(key=lambda k: key == "full_name" and " " not in str(script.profile[k]))
        own = "" if key == "full_name" and answers[:1] != [own] else own
        held = own or next(iter(answers), "")
        if not held and fact["record_only"] and known:
            continue
        ref = reference(held) if held else script.keep(key, fact_of(key, script, model, seed, known))
        if any(ref in step.action for step in script.steps):
            continue
        noun = load(model.spoken, "facts_of_people")["facts"][key]["noun"]
        if key == "full_name" and set(key_words(held)) & set(table["parts_of_names"]):
            noun = script.spoken.grammar.words.noun_of(held)
        yield script.spoken.answer(ref, noun)


def _named_things(known: Mapping[str, Any], model: AgentModel) -> Iterator[tuple[str, Any, str]]:
    """The names that things of a record have (`pet_name`), with how the prompt speaks of such a name."""
    table = load(model.judged, "identity")
    for key, value in known.items():
        words = key_words(key)
        item = [word for word in words if word not in table["names"]]
        if len(words) == 2 and len(item) == 1 and kind_of(key, value) == "text" and isinstance(value, str):
            yield key, value, str(table["listed_pattern"]).format(item=re.escape(item[0]))


def _name_of(key: str, language: str) -> str:
    table = load(language, "identity")
    item = next(word for word in key_words(key) if word not in table["names"])
    return str(table["listed_name"]).format(item=item)


def answers_it(fact: dict[str, Any], key: str, value: Any) -> bool:
    """Whether a value of a record is this fact of somebody; the last digits of a phone are its number too."""
    return (
        key in fact["keys"]
        or bool(fact["kind"] and kind_of(key, value) == fact["kind"])
        or (fact["kind"] == "phone" and is_part_of_a_phone(key))
    )
