"""A scenario as the prompt of a simulated caller, for tools that take one text."""

from __future__ import annotations

from evalgen.exports.exported import Scenario, caller_variables, filled_in, text_of

MANNER = (
    "Take the steps in their order, each when its moment comes, and no other step. "
    "Say what a step says and nothing more; what you do not know, you do not make up."
)


def caller_prompt(scenario: Scenario) -> str:
    """Who the caller is, what they do, and how, in three sections; nothing in it has to be filled in."""
    return "\n\n".join(
        (
            f"## Identity\n\n{identity(scenario)}",
            f"## Goal\n\n{filled_in(scenario['instructions'], scenario)}",
            f"## Personality\n\n{manner(scenario)} {MANNER}",
        )
    )


def identity(scenario: Scenario) -> str:
    """What the caller knows, a line each."""
    known = caller_variables(scenario)
    lines = [f"Your {name.replace('_', ' ')}: {text_of(value)}" for name, value in known.items()]
    return "\n".join(["You call an agent on the phone.", *lines])


def manner(scenario: Scenario) -> str:
    opening = str(scenario["first_message"])
    opens = f"You open the call: {filled_in(opening, scenario)}" if opening else "You wait to be greeted."
    return f"{scenario['personality_name']}; you speak the language {scenario['scenario_language']}. {opens}"
