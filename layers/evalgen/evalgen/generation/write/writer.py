"""The embedded writer: a test in words, without a model."""

from __future__ import annotations

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.draft import Draft, MockEntry
from evalgen.generation.plan.test import Setting, Test
from evalgen.generation.write.frames import greeting, step_line
from evalgen.generation.write.script import script_of
from evalgen.generation.write.structured import structured

END_CALL, ON_TRANSFER = "TOOL_END_CALL", "TOOL_END_CALL_ONLY_ON_TRANSFER"


def write(test: Test, brief: Brief, setting: Setting, personality: Personality, hello: str = "") -> Draft:
    """The draft of a test; always the same for the same arguments.

    `hello` is how a caller greets, for a language that has no word of ours for it.
    """
    first_message = brief.first_message or ("" if setting.agent_opens else greeting(test.language) or hello)
    instructions = instructions_of(test, setting)
    conditional_actions = None
    if brief.simulation_type == "conditional_actions":
        conditional_actions = structured(test, first_message, setting)
        instructions, first_message = script_of(conditional_actions)
    given = brief.test_profile
    return Draft(
        name=test.aim,
        instructions=instructions,
        expected_outcome=outcome_of(test, brief),
        first_message=first_message,
        language=personality.language,
        tags=tuple(dict.fromkeys((*test.tags, *personality.traits))),
        tool_ids=tool_ids_of(test, brief),
        profile_name=given.name if given else test.profile_name or test.aim,
        main_agent_variables=given.main_agent_variables if given else test.variables,
        testing_agent_variables=given.testing_agent_variables if given else test.profile,
        mock_entries=_entries(test),
        assertions=test.assertions,
        expected_calls=test.calls,
        forbidden_calls=test.forbidden,
        conditional_actions=conditional_actions,
        covers=test.covers,
        key=test.key,
        variation_of=test.variation_of,
        sources=tuple({"file_name": s.file, "line": s.line, "text": s.text} for s in test.sources),
    )


def instructions_of(test: Test, setting: Setting) -> str:
    """The persona of an attack, and the numbered steps."""
    steps = [
        f"{number}. {step_line(step, test.language, setting)}" for number, step in enumerate(test.steps, 1)
    ]
    persona = [test.attack.persona] if test.attack and test.attack.persona else []
    return "\n".join([*persona, *steps])


def outcome_of(test: Test, brief: Brief) -> str:
    """The given outcome; else, where one is wanted, the assertions, a line each."""
    if brief.expected_outcome:
        return brief.expected_outcome
    if not (brief.generate_expected_outcomes or test.attack):
        return ""
    return "\n".join(assertion.text for assertion in test.assertions)


def tool_ids_of(test: Test, brief: Brief) -> tuple[str, ...]:
    """The given ones, and the one that hangs up where the caller does, unless only a transfer may end it."""
    ends = bool(test.steps) and test.steps[-1].last and ON_TRANSFER not in brief.tool_ids
    return tuple(dict.fromkeys((*brief.tool_ids, *([END_CALL] if ends else []))))


def _entries(test: Test) -> tuple[MockEntry, ...]:
    """Each expected call once; a call repeated with the same input has the same answer."""
    entries: list[MockEntry] = []
    for call in test.calls:
        entry = MockEntry(call.tool_id, call.tool, call.input, call.output)
        if entry not in entries:
            entries.append(entry)
    return tuple(entries)
