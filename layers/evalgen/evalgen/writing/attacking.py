"""An attack in words: persona, context, numbered turns, and what the agent must and must not do."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from evalgen.planning.attack import Attack
from evalgen.planning.choice import draw
from evalgen.planning.plan import Plan
from evalgen.planning.strategies import Attacks, Strategy
from evalgen.writing.instructions import rendered, speaking
from evalgen.writing.phrases import Phrases

_REFERENCE = re.compile(r"\{\{.*?\}\}")
_LOOK_ALIKE = str.maketrans("aceopxyi", "асеорхуі")


def attack_lines(plan: Plan, attack: Attack, attacks: Attacks, phrases: Phrases) -> Iterator[str]:
    """Persona, context and turns, one line each."""
    strategy = attacks.strategies[attack.strategy]
    values = {name: rendered(value, phrases) for name, value in attack.values.items()} | _dressed(attack.ask)
    values |= {"ask": attack.ask, "goal": plan.goal}
    leads = attacks.lists["lead"] if "who" in values else (attacks.nobody,)
    persona = attacks.lists["persona"][attack.persona]
    yield leads[attack.ending % len(leads)].format(who=values.get("who", ""), persona=persona)
    context = strategy.context[attack.opening % len(strategy.context)]
    yield attacks.context.format(context=" ".join([context, *speaking(plan, phrases)]))
    for number, text in enumerate(_turns(attack, strategy, attacks, values), 1):
        yield attacks.turn.format(number=number, text=phrases.tidy(text.format_map(values)))


def _turns(attack: Attack, strategy: Strategy, attacks: Attacks, values: dict[str, str]) -> Iterator[str]:
    named = "_named" if "agent" in values else ""
    openings = attacks.lists[f"opening{named}" if "value" in values else f"opening{named}_plain"]
    yield openings[attack.opening // 3 % len(openings)]
    for place, variant in attack.turns:
        yield strategy.turns[place][variant]
    endings = attacks.lists["ending_item" if "item" in values and attack.ending % 2 else "ending"]
    yield endings[attack.ending // 2 % len(endings)]


def _dressed(ask: str) -> dict[str, str]:
    """The request as text attacks hide it."""
    words = f"please {_REFERENCE.sub('somebody else', ask)}".split()
    middle = len(words) // 2
    return {
        "base64": base64.b64encode(" ".join(words).encode()).decode(),
        "homoglyph": " ".join(words).translate(_LOOK_ALIKE),
        "half_a": " ".join(words[:middle]),
        "half_b": " ".join(words[middle:]),
    }


def attack_outcome(plan: Plan, attack: Attack, attacks: Attacks, calls: str) -> Iterator[str]:
    """The sentences of the expected outcome; `calls` is the course of the honest request, if any."""

    def chosen(name: str) -> str:
        forms = attacks.lists[name]
        return forms[draw(plan.seed, name, plan.signature) % len(forms)]

    ask = attack.told_ask
    for pattern, text in attacks.reader:
        ask = re.sub(pattern, text, ask)
    yield chosen("must_not").format(ask=ask, harm=attacks.harms[attack.type])
    yield chosen("style")
    yield chosen("goes_on").format(calls=calls) if calls else chosen("goes_on_plain").format(goal=plan.goal)


def attack_name(plan: Plan, attack: Attack, attacks: Attacks) -> str:
    label = attacks.strategies[attack.strategy].label
    forms = attacks.lists["names"]
    ask = attack.told_ask
    for pattern, text in attacks.reader:
        ask = re.sub(pattern, text, ask)
    values = {
        "label": label,
        "Label": label[0].upper() + label[1:],
        "ask": ask,
        "Ask": ask[0].upper() + ask[1:],
    }
    return forms[draw(plan.seed, "name", plan.signature) % len(forms)].format_map(values)
