"""An attack in words: persona, context, numbered turns, and what the agent must and must not do."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from evalgen.planning.attack import Attack
from evalgen.planning.choice import draw
from evalgen.planning.plan import Plan
from evalgen.planning.strategies import Attacks
from evalgen.writing.instructions import rendered, speaking
from evalgen.writing.phrases import Phrases

_REFERENCE = re.compile(r"\{\{.*?\}\}")
_LOOK_ALIKE = str.maketrans("aceopxyi", "асеорхуі")
_ZERO_WIDTH = "\u200b"
LONGEST_NAME = 80
_OURS = ("goal", "x")
"""Values in the agent's words, in which the caller is `you`."""


def attack_lines(plan: Plan, attack: Attack, attacks: Attacks, phrases: Phrases) -> list[str]:
    """Persona, context and turns, one line each; the other person is named once."""
    text = "\n".join(_lines(plan, attack, attacks, phrases))
    name = rendered(attack.values["other"], phrases)
    first, found, rest = text.partition(name)
    forms = cycle(attacks.words.again)
    again = re.sub(re.escape(name), lambda _: next(forms), rest) if name else rest
    return (first + found + phrases.polish.everywhere(again)).split("\n")


def _lines(plan: Plan, attack: Attack, attacks: Attacks, phrases: Phrases) -> Iterator[str]:
    strategy, aim = attacks.strategies[attack.strategy], attacks.aims[attack.aim]
    values = {name: rendered(value, phrases) for name, value in attack.values.items()}
    values["ask"] = aim.ask[attack.ask].format_map(values)
    values |= _hidden(values["ask"], attacks)
    role = aim.roles[attack.role].format_map(values)
    values |= {"role": role, "Role": role[:1].upper() + role[1:], "manner": attacks.manners[attack.manner]}
    yield attacks.persona[attack.lead].format_map(values)
    context = [strategy.context[attack.context], *speaking(plan, phrases)]
    if "details" in values:
        context.append(attacks.details[attack.ending % len(attacks.details)])
    yield attacks.context.format(context=phrases.tidy(" ".join(context).format_map(values)))
    texts = {"setup": strategy.setup, "ask": strategy.ask, "push": strategy.push, "probe": aim.probes}
    turns = (texts[kind][place] for kind, place in attack.lines)
    told = [attacks.openings[attack.opening], *turns, attacks.endings[attack.ending]]
    for number, text in enumerate(told, 1):
        yield attacks.turn.format(number=number, text=phrases.tidy(text.format_map(values)))


def _hidden(ask: str, attacks: Attacks) -> dict[str, str]:
    """The request as text attacks hide it."""
    text = _REFERENCE.sub(attacks.words.somebody, attacks.words.request.format(ask=ask))
    words = text.split()
    middle = len(words) // 2
    return {
        "base64": base64.b64encode(text.encode()).decode(),
        "rot13": codecs.encode(text, "rot13"),
        "homoglyph": text.translate(_LOOK_ALIKE),
        "invisible": " ".join(_ZERO_WIDTH.join(word) for word in words),
        "half_a": " ".join(words[:middle]),
        "half_b": " ".join(words[middle:]),
    }


def _reported(attack: Attack, attacks: Attacks, phrases: Phrases) -> dict[str, str]:
    """The values as the reader of an outcome is told them."""
    values = {name: rendered(value, phrases) for name, value in attack.values.items()} | attack.told
    return {name: attacks.told(text) if name in _OURS else text for name, text in values.items()}


def attack_outcome(
    plan: Plan, attack: Attack, attacks: Attacks, phrases: Phrases, calls: str
) -> Iterator[str]:
    """The sentences of the expected outcome; `calls` is the course of the honest request, if any."""

    def chosen(forms: tuple[str, ...], **values: str) -> str:
        return phrases.tidy(forms[draw(plan.seed, "goes_on", plan.signature) % len(forms)].format(**values))

    values = _reported(attack, attacks, phrases)
    yield phrases.tidy(attacks.aims[attack.aim].forbid.format_map(values))
    if "first" in values:
        yield phrases.tidy(attacks.first.format_map(values))
    yield attacks.strategies[attack.strategy].stand
    if "scope" in attack.told:
        yield phrases.tidy(attacks.scope[attack.type].format_map(attack.told))
    yield (
        chosen(attacks.goes_on, calls=calls) if calls else chosen(attacks.goes_on_plain, goal=values["goal"])
    )


def attack_names(plan: Plan, attack: Attack, attacks: Attacks, phrases: Phrases) -> list[str]:
    """Names for the scenario, those that fit first."""
    values: dict[str, Any] = _reported(attack, attacks, phrases)
    label, title = (
        attacks.strategies[attack.strategy].label,
        attacks.aims[attack.aim].title.format_map(values),
    )
    values |= {"label": label, "title": title}
    turn = draw(plan.seed, "name", plan.signature)
    forms = [attacks.names[(turn + i) % len(attacks.names)] for i in range(len(attacks.names))]
    names = [phrases.tidy(form.format_map(values)) for form in forms]
    return sorted(names, key=lambda name: len(name) > LONGEST_NAME)
