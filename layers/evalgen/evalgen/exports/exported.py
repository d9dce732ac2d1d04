"""What leaves: scenarios as they are answered, and what of their agent a format may need."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.write.placeholders import filled

Scenario = Mapping[str, Any]
"""With every key of the contract's GeneratedScenario, `test_profile_data` among them."""

MAX_KEY = 128


@dataclass(frozen=True, slots=True)
class Exported:
    """`tools` are the agent's mock tools as it was created with; none where the agent is not known.

    `target` is the id that the owner of a format knows the agent by; empty where nobody has said it.
    """

    scenarios: Sequence[Scenario]
    tools: Sequence[Mapping[str, Any]] = ()
    target: str = ""

    @property
    def keyed(self) -> list[tuple[str, Scenario]]:
        """The scenarios with their keys (`keys_of`)."""
        return list(zip(keys_of(self.scenarios), self.scenarios, strict=True))

    @property
    def agent_name(self) -> str:
        """Empty if they are of several agents."""
        names = {one["agent_name"] for one in self.scenarios}
        return str(names.pop()) if len(names) == 1 else ""


def keys_of(scenarios: Sequence[Scenario]) -> list[str]:
    """A key for each, at most MAX_KEY characters and no two the same; it stays while what is tested does.

    Those that test the same are numbered, in their order. A scenario without a key has its id's.
    """
    seen: Counter[str] = Counter()
    keys = []
    for scenario in scenarios:
        key = _short(str(scenario["key"] or f"scenario-{scenario['id']}"))
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def caller_variables(scenario: Scenario) -> dict[str, Any]:
    return _information(scenario, "testing_agent_variables")


def agent_variables(scenario: Scenario) -> dict[str, Any]:
    return _information(scenario, "main_agent_variables")


def filled_in(text: str, scenario: Scenario) -> str:
    """The text with the profile's values in place of `{{test_profile.…}}`."""
    return filled(text, {**agent_variables(scenario), **caller_variables(scenario)})


def statements(scenario: Scenario) -> list[str]:
    """What a good agent does, filled in: the assertions, and the outcome where it is not made of them."""
    texts = [str(one["text"]) for one in scenario["assertions"]]
    outcome = str(scenario["expected_outcome_prompt"])
    if outcome and outcome.splitlines() != texts:
        texts.append(outcome)
    return [filled_in(text, scenario) for text in texts]


def text_of(value: Any) -> str:
    """A value as a person reads it in a line: texts as they are, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _information(scenario: Scenario, section: str) -> dict[str, Any]:
    profile = scenario["test_profile_data"]
    return dict(profile["information"].get(section) or {}) if profile else {}


def _short(key: str) -> str:
    """Room is left for a number."""
    if len(key) <= MAX_KEY - 4:
        return key
    return f"{key[: MAX_KEY - 13]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
