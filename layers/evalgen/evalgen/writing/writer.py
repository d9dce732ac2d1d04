"""The embedded writer: a plan in words, without a model."""

from __future__ import annotations

from evalgen.planning.plan import Plan
from evalgen.reading.lexicon import lexicon_of
from evalgen.writing.draft import Draft
from evalgen.writing.instructions import chosen_phrases, steps_of
from evalgen.writing.outcome import outcome_of
from evalgen.writing.phrases import phrases_of


def write(plan: Plan) -> Draft:
    """The plan's draft; always the same for the same plan."""
    phrases, lexicon = phrases_of(plan.language), lexicon_of(plan.language)
    chosen = chosen_phrases(plan, phrases)
    steps = list(steps_of(plan, chosen, phrases))
    outcome, stated = outcome_of(plan, chosen, phrases, lexicon)
    tags = [*plan.tags, *(phrase.tag for _, phrase in chosen if phrase.tag), *plan.traits]
    return Draft(
        name=plan.name,
        instructions="\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)),
        expected_outcome=plan.expected_outcome or (outcome if plan.generate_outcome else ""),
        first_message=plan.first_message or phrases.words["hello"],
        language=plan.language,
        tags=tuple(dict.fromkeys(tags)),
        profile_name=plan.profile_name,
        main_agent_variables=plan.variables,
        testing_agent_variables=plan.profile,
        mock_entries=plan.entries,
        generated_outcome=plan.generate_outcome and not plan.expected_outcome,
        covers=tuple(c for c in plan.covers if ":" in c or c in stated),
    )
