"""The embedded writer: a plan in words, without a model."""

from __future__ import annotations

from evalgen.generation.draft import Draft
from evalgen.planning.attack import Attack
from evalgen.planning.plan import Plan
from evalgen.planning.strategies import attacks_of
from evalgen.writing.attacking import attack_lines, attack_outcome
from evalgen.writing.instructions import chosen_phrases, speaking, steps_of
from evalgen.writing.outcome import MOST_WORDS, course_of, knowledge_outcome, outcome_of, rules_stated
from evalgen.writing.phrases import Phrases, greeting_in, phrases_of


def write(plan: Plan) -> Draft:
    """The plan's draft; always the same for the same plan."""
    if plan.attack:
        return write_attack(plan, plan.attack)
    phrases = phrases_of(plan.told_in or plan.language)
    chosen = chosen_phrases(plan, phrases)
    steps = [*speaking(plan, phrases), *steps_of(chosen, phrases)]
    if plan.sources:
        outcome, stated = knowledge_outcome(plan, chosen, phrases), plan.covers
    else:
        outcome, stated = outcome_of(plan, chosen, phrases, _rule_phrases(plan))
    tags = [*plan.tags, *(phrase.tag for _, phrase in chosen if phrase.tag), *plan.traits]
    return Draft(
        name=plan.name,
        instructions="\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)),
        expected_outcome=plan.expected_outcome or (outcome if plan.generate_outcome else ""),
        first_message=plan.first_message or greeting_in(plan.language),
        language=plan.language,
        tags=tuple(dict.fromkeys(tags)),
        profile_name=plan.profile_name,
        main_agent_variables=plan.variables,
        testing_agent_variables=plan.profile,
        mock_entries=plan.entries,
        sources=tuple({"file_name": s.file, "line": s.line, "text": s.text} for s in plan.sources),
        generated_outcome=plan.generate_outcome and not plan.expected_outcome,
        covers=tuple(c for c in plan.covers if ":" in c or c in stated),
    )


def write_attack(plan: Plan, attack: Attack) -> Draft:
    """The draft of a red-teaming plan: persona, context and turns."""
    attacks = attacks_of(attack.language)
    phrases = phrases_of(attacks.language)
    calls = course_of(plan, phrases) if plan.calls else ""
    outcome = " ".join(attack_outcome(plan, attack, attacks, phrases, calls))
    stated = dict(rules_stated(plan, _rule_phrases(plan)))
    if len(" ".join([outcome, *stated.values()]).split()) > MOST_WORDS:
        stated = {}
    return Draft(
        name=plan.name,
        instructions="\n".join(attack_lines(plan, attack, attacks, phrases)),
        expected_outcome=plan.expected_outcome or " ".join([outcome, *stated.values()]),
        first_message=plan.first_message or greeting_in(plan.language),
        language=plan.language,
        tags=tuple(dict.fromkeys([*plan.tags, *plan.traits])),
        profile_name=plan.profile_name,
        main_agent_variables=plan.variables,
        testing_agent_variables=plan.profile,
        mock_entries=plan.entries,
        generated_outcome=not plan.expected_outcome,
        covers=tuple(c for c in plan.covers if ":" in c or c in stated),
    )


def _rule_phrases(plan: Plan) -> Phrases:
    """The phrases of the language that the prompt's rules are worded in."""
    return phrases_of(plan.rules_language or plan.language)
